"""A folder of photos as jobs: which files are photos, and where the result of each goes."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fxdiffuse_gui.batch.job import Job, JobError, is_same_file
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.formats import FORMATS, PHOTO_SUFFIXES

# Where a photo's own format cannot be written, nothing shall be lost either.
_OTHERWISE = ".png"


@dataclass(frozen=True)
class Naming:
    """How results are called. suffix: put behind the photo's name. extension: ".jpg" or another of `FORMATS`;
    None keeps the photo's own where it can be written and takes PNG elsewhere."""

    suffix: str = ""
    extension: str | None = None

    def name(self, photo: Path) -> str:
        """The file name of what becomes of `photo`."""
        own = photo.suffix if photo.suffix.lower() in FORMATS else _OTHERWISE
        return f"{photo.stem}{self.suffix}{self.extension or own}"


def go_on() -> None:
    """Before each folder that is looked into: never ends the search."""


def plan_batch(
    folder: Path,
    output: Path,
    settings: Mapping[str, Any],
    naming: Naming,
    *,
    recursive: bool = False,
    check: Callable[[], None] = go_on,
) -> list[tuple[Path, Job | JobError]]:
    """(photo, job or why there is none) for every photo in `folder`, by name.

    settings: fields of `Job` besides the files. recursive: also those in the folders inside, whose results go
    to folders of the same names. Results of this very plan are not taken as photos: `folder` and `output` may
    be the same, or `output` lie inside. No result takes the place of a photo. check: as in `find_photos`.
    Raises JobError when the folder cannot be read, holds no photo, or would have its photos overwritten.
    """
    photos = find_photos(folder, output, recursive=recursive, check=check)
    if is_same_file(folder, output) and not naming.suffix:
        raise JobError("The results would overwrite the photos; give another output folder or a --suffix.")
    if set(naming.suffix) & {"/", "\\", "\0"}:
        raise JobError("The suffix is a part of a file's name and must not hold a slash.")
    results = {photo: photo.relative_to(folder).with_name(naming.name(photo)) for photo in photos}
    if is_same_file(folder, output):
        made = {_key(result) for result in results.values()}
        photos = [photo for photo in photos if _key(photo.relative_to(folder)) not in made]
    if not photos:
        below = " or in those inside" if recursive else ""
        raise JobError(f"There is no photo in the folder {display_name(folder)}{below}; choose another one.")
    template = Job(folder, output, **settings)
    originals = {_real(photo) for photo in photos}
    taken: dict[str, Path] = {}
    plan: list[tuple[Path, Job | JobError]] = []
    for photo in photos:
        first = taken.setdefault(_key(results[photo]), photo)
        job: Job | JobError = replace(template, input=photo, output=output / results[photo])
        if first is not photo:
            job = JobError(f"Its result would have the name of that of {first.name}; rename one of them.")
        elif _real(output / results[photo]) in originals:
            job = JobError("Its result would take the place of another photo; choose another output folder.")
        plan.append((photo, job))
    return plan


def find_photos(
    folder: Path,
    output: Path | None = None,
    *,
    recursive: bool = False,
    check: Callable[[], None] = go_on,
) -> list[Path]:
    """The photos in `folder`, by name; with `recursive` also those in the folders inside, after its own.

    Hidden files and folders are left alone, links to folders are not followed, and `output` is not entered.
    check: called before each folder inside; whatever it raises ends the search. Raises JobError when `folder`
    cannot be read; what cannot be read inside it is passed over.
    """
    try:
        photos = _photos_in(folder)
    except NotADirectoryError:
        raise JobError(f"{display_name(folder)} is not a folder; `fxdiffuse edit` edits one photo.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "invalid path"
        raise JobError(f"The folder {display_name(folder)} cannot be read ({reason}).") from None
    if recursive:
        for inside in _folders_inside(folder, output):
            check()
            try:
                photos += _photos_in(inside)
            except OSError:
                continue  # gone since, or closed to us
    return photos


@contextmanager
def made_folder(path: Path) -> Generator[None]:
    """Makes the folder and those above it that are missing, for a result to be written in the block.

    Those that are empty afterwards, because nothing was, go again. Raises JobError when it cannot be used.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        make_folder(path)
        yield
    finally:
        for folder in missing:
            with suppress(OSError):  # there is something in it
                folder.rmdir()


def make_folder(path: Path) -> None:
    """Makes the folder and those above it that are missing. Raises JobError when it cannot be used."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        usable = os.access(path, os.W_OK)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "invalid path"
        raise JobError(f"The folder {display_name(path)} cannot be made ({reason}).") from None
    if not usable:
        raise JobError(f"The folder {display_name(path)} is read-only; choose another one.")


def _photos_in(folder: Path) -> list[Path]:
    found = [path for path in folder.iterdir() if path.suffix.lower() in PHOTO_SUFFIXES]
    photos = [path for path in found if not path.name.startswith(".") and path.is_file()]
    return sorted(photos, key=_order)


def _folders_inside(folder: Path, output: Path | None) -> Iterator[Path]:
    for root, names, _ in os.walk(folder):
        inside = sorted((Path(root) / name for name in names if not name.startswith(".")), key=_order)
        kept = [path for path in inside if output is None or not is_same_file(path, output)]
        names[:] = [path.name for path in kept]
        if Path(root) != folder:
            yield Path(root)


def _order(path: Path) -> tuple[str, str]:
    return path.name.casefold(), path.name


def _key(result: Path) -> str:
    """Equal for names that may be one: some file systems do not regard case."""
    return result.as_posix().casefold()


def _real(path: Path) -> str:
    """Equal for names that lead to one file."""
    return _key(Path(os.path.realpath(path)))
