"""A folder of photos as jobs: which files are photos, and where the result of each goes."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fxdiffuse_gui.jobs import Job, JobError
from fxdiffuse_gui.photo.image import display_name
from fxdiffuse_gui.photo.sniff import PHOTO_SUFFIXES
from fxdiffuse_gui.photo.writer import FORMATS

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


def plan_batch(
    folder: Path, output: Path, settings: Mapping[str, Any], naming: Naming, *, recursive: bool = False
) -> list[tuple[Path, Job | JobError]]:
    """(photo, job or why there is none) for every photo in `folder`, by name.

    settings: fields of `Job` besides the files. recursive: also those in the folders inside, whose results go
    to folders of the same names. Results of this very plan are not taken as photos: `folder` and `output` may
    be the same, or `output` lie inside. Raises JobError when the folder cannot be read, holds no photo, or
    would have its photos overwritten.
    """
    photos = find_photos(folder, output, recursive=recursive)
    if _is_same(folder, output) and not naming.suffix:
        raise JobError("The results would overwrite the photos; give another output folder or a --suffix.")
    if set(naming.suffix) & {"/", "\\", "\0"}:
        raise JobError("The suffix is a part of a file's name and must not hold a slash.")
    results = {photo: photo.relative_to(folder).with_name(naming.name(photo)) for photo in photos}
    if _is_same(folder, output):
        made = {_key(result) for result in results.values()}
        photos = [photo for photo in photos if _key(photo.relative_to(folder)) not in made]
    if not photos:
        below = " or in those inside" if recursive else ""
        raise JobError(f"There is no photo in the folder {display_name(folder)}{below}; choose another one.")
    template = Job(folder, output, **settings)
    taken: dict[str, Path] = {}
    plan: list[tuple[Path, Job | JobError]] = []
    for photo in photos:
        first = taken.setdefault(_key(results[photo]), photo)
        job: Job | JobError = replace(template, input=photo, output=output / results[photo])
        if first is not photo:
            job = JobError(f"Its result would have the name of that of {first.name}; rename one of them.")
        plan.append((photo, job))
    return plan


def find_photos(folder: Path, output: Path | None = None, *, recursive: bool = False) -> list[Path]:
    """The photos in `folder`, by name; with `recursive` also those in the folders inside, after its own.

    Hidden files and folders are left alone, links to folders are not followed, and `output` is not entered.
    Raises JobError when `folder` cannot be read; what cannot be read inside it is passed over.
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
            try:
                photos += _photos_in(inside)
            except OSError:
                continue  # gone since, or closed to us
    return photos


def make_folders(output: Path, plan: Sequence[tuple[Path, Job | JobError]]) -> None:
    """Makes the folders that the results of `plan` go to. Raises JobError when `output` cannot be used.

    A folder inside it that cannot be made is told of by the jobs that write there.
    """
    make_folder(output)
    for parent in {job.output.parent for _, job in plan if isinstance(job, Job)}:
        with suppress(JobError):
            make_folder(parent)


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
        kept = [path for path in inside if output is None or not _is_same(path, output)]
        names[:] = [path.name for path in kept]
        if Path(root) != folder:
            yield Path(root)


def _order(path: Path) -> tuple[str, str]:
    return path.name.casefold(), path.name


def _key(result: Path) -> str:
    """Equal for names that may be one: some file systems do not regard case."""
    return result.as_posix().casefold()


def _is_same(folder: Path, output: Path) -> bool:
    try:
        return folder.samefile(output)
    except OSError:
        return False  # whether it can be made and used shows later
