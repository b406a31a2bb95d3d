"""A folder of photos as jobs: which files are photos, and where their results go."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from fxdiffuse_gui.batch.job import Job, JobError, is_same_file
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.photo.formats import FORMATS, PHOTO_SUFFIXES

_FALLBACK = ".png"
"""For photos whose own format cannot be written: it loses nothing."""


@dataclass(frozen=True)
class Naming:
    """The names of results. suffix: put after the photo's name. extension: ".jpg" or another of `FORMATS`;
    None keeps the photo's own where it can be written and takes PNG elsewhere."""

    suffix: str = ""
    extension: str | None = None

    def name(self, photo: Path) -> str:
        """The file name of the result of `photo`."""
        own = photo.suffix if photo.suffix.lower() in FORMATS else _FALLBACK
        return f"{photo.stem}{self.suffix}{self.extension or own}"


def plan_folder(
    template: Job, naming: Naming, *, recursive: bool = False, check: Callable[[], None] | None = None
) -> list[tuple[Path, Job | JobError]]:
    """(photo, job or the error why there is none) for every photo in a folder, by name.

    template: the job of every photo, with the folders of photos and results as its input and output.
    recursive: also those in the folders inside, whose results go to folders of the same names. Results of
    this very plan are not taken as photos: both folders may be the same, or one inside the other. No result
    replaces a photo. check: as in `find_photos`.
    Raises JobError when the folder cannot be read, has no photo, or would have its photos overwritten.
    """
    folder, output = template.input, template.output
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
        if recursive:
            raise JobError(
                "There is no photo in the folder {name} or in those inside; choose another one.",
                name=display_name(folder),
            )
        raise JobError(
            "There is no photo in the folder {name}; choose another one.", name=display_name(folder)
        )
    originals = {_real(photo) for photo in photos}
    taken: dict[str, Path] = {}
    plan: list[tuple[Path, Job | JobError]] = []
    for photo in photos:
        first = taken.setdefault(_key(results[photo]), photo)
        job: Job | JobError = replace(template, input=photo, output=output / results[photo])
        if first is not photo:
            job = JobError(
                "Its result would have the name of that of {other}; rename one of them.", other=first.name
            )
        elif _real(output / results[photo]) in originals:
            job = JobError("Its result would take the place of another photo; choose another output folder.")
        plan.append((photo, job))
    return plan


def find_photos(
    folder: Path,
    output: Path | None = None,
    *,
    recursive: bool = False,
    check: Callable[[], None] | None = None,
) -> list[Path]:
    """The photos in `folder`, by name; with `recursive` also those in the folders inside, after its own.

    Hidden files and folders are skipped, links to folders are not followed, and `output` is not searched.
    check: called before each folder inside; it raises an error to end the search. Raises JobError when
    `folder` cannot be read; unreadable folders inside are skipped.
    """
    try:
        photos = _photos_in(folder)
    except NotADirectoryError:
        raise JobError(
            "{name} is not a folder; `fxdiffuse edit` edits one photo.", name=display_name(folder)
        ) from None
    except (OSError, ValueError) as error:
        raise JobError(
            "The folder {name} cannot be read ({reason}).", name=display_name(folder), reason=_reason(error)
        ) from None
    if recursive:
        for inside in _folders_inside(folder, output):
            if check is not None:
                check()
            with suppress(OSError):  # removed in the meantime, or without permission
                photos += _photos_in(inside)
    return photos


@contextmanager
def made_folder(path: Path) -> Generator[None]:
    """Makes the folder and missing ones above it, for a result to be written in the block.

    Those that stay empty are removed again. Raises JobError when the folder cannot be used.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        make_folder(path)
        yield
    finally:
        for folder in missing:
            with suppress(OSError):  # not empty
                folder.rmdir()


def make_folder(path: Path) -> None:
    """Makes the folder and missing ones above it. Raises JobError when it cannot be used."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        usable = os.access(path, os.W_OK)
    except (OSError, ValueError) as error:
        raise JobError(
            "The folder {name} cannot be made ({reason}).", name=display_name(path), reason=_reason(error)
        ) from None
    if not usable:
        raise JobError("The folder {name} is read-only; choose another one.", name=display_name(path))


def _reason(error: OSError | ValueError) -> object:
    return getattr(error, "strerror", None) or Message("invalid path")


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
    """Equal for names that may be one file: some file systems ignore case."""
    return result.as_posix().casefold()


def _real(path: Path) -> str:
    """Equal for paths that lead to one file."""
    return _key(Path(os.path.realpath(path)))
