"""A folder of photos as jobs: which files are photos, and where the result of each goes."""

from collections.abc import Mapping
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
    folder: Path, output: Path, settings: Mapping[str, Any], naming: Naming
) -> list[tuple[Path, Job | JobError]]:
    """(photo, job or why there is none) for every photo in `folder` itself, by name.

    settings: fields of `Job` besides the files. Results of this very plan are not taken as photos, so that
    both folders may be the same. Raises JobError when the folder cannot be read, holds no photo, or would
    have its photos overwritten.
    """
    photos = _photos(folder)
    if _is_same(folder, output) and not naming.suffix:
        raise JobError("The results would overwrite the photos; give another output folder or a --suffix.")
    if set(naming.suffix) & {"/", "\\", "\0"}:
        raise JobError("The suffix is a part of a file's name and must not hold a slash.")
    if _is_same(folder, output):
        results = {naming.name(photo).casefold() for photo in photos}
        photos = [photo for photo in photos if photo.name.casefold() not in results]
    if not photos:
        raise JobError(f"There is no photo in the folder {display_name(folder)}; choose another one.")
    template = Job(folder, output, **settings)
    taken: dict[str, Path] = {}
    plan: list[tuple[Path, Job | JobError]] = []
    for photo in photos:
        name = naming.name(photo)
        # Without regard to case, as some file systems do.
        first = taken.setdefault(name.casefold(), photo)
        job: Job | JobError = replace(template, input=photo, output=output / name)
        if first is not photo:
            job = JobError(f"Its result would have the name of that of {first.name}; rename one of them.")
        plan.append((photo, job))
    return plan


def _photos(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in PHOTO_SUFFIXES]
        photos = [path for path in found if not path.name.startswith(".") and path.is_file()]
    except NotADirectoryError:
        raise JobError(f"{display_name(folder)} is not a folder; `fxdiffuse edit` edits one photo.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "invalid path"
        raise JobError(f"The folder {display_name(folder)} cannot be read ({reason}).") from None
    return sorted(photos, key=lambda path: (path.name.casefold(), path.name))


def _is_same(folder: Path, output: Path) -> bool:
    try:
        return folder.samefile(output)
    except OSError:
        return False  # whether it can be made and used shows later
