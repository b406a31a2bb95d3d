"""`PhotoLink`: where a project's photo is, which file it is, and how it is found again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.core.i18n import Message, tr_noop
from fxdiffuse_gui.core.strict_json import FieldError, Fields
from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.photo.image import Photo

_LOOKED_AT = 5_000
"""How many files next to a project are compared with a photo that may have been renamed."""
_HEX = frozenset("0123456789abcdef")
_PASTED = tr_noop("Pasted picture")


@dataclass(frozen=True)
class PhotoLink:
    """`path` is where the file was, None for a pasted picture; `sha256` and `size` in bytes are the file's.

    `width` and `height` are the upright photo's. `inside` is a file that holds its bytes as well: the
    project that it was opened from.
    """

    name: str
    path: Path | None
    sha256: str
    size: int
    width: int
    height: int
    inside: Path | None = None

    @classmethod
    def of_file(cls, path: Path, photo: Photo) -> "PhotoLink":
        """Reads the file once more for its hash. Raises OSError."""
        path = path.absolute()
        digest, size = file_sha256(path)
        return cls(path.name, path, digest, size, photo.width, photo.height)

    @classmethod
    def of_pasted(cls, photo: Photo) -> "PhotoLink":
        """For a photo without a file."""
        return cls(_PASTED, None, "", 0, photo.width, photo.height)

    @property
    def shown_name(self) -> str | Message:
        """The photo's name for a message: its file name, or a text to translate for a picture without one."""
        return (
            Message(_PASTED) if self.path is None and self.name == _PASTED else display_name(Path(self.name))
        )

    @property
    def is_in_place(self) -> bool:
        """Whether there is a file of the right length at `path`."""
        try:
            return self.path is not None and self.path.stat().st_size == self.size
        except (OSError, ValueError):
            return False

    def to_json(self, folder: Path) -> dict[str, Any]:
        """Plain values; the path as it is, and relative to the project's `folder`."""
        return {
            "name": self.name,
            "path": None if self.path is None else str(self.path),
            "relative": None if self.path is None else _relative(self.path, folder),
            "sha256": self.sha256,
            "size": self.size,
            "width": self.width,
            "height": self.height,
        }

    @classmethod
    def from_json(cls, fields: Fields) -> "PhotoLink":
        """The inverse of `to_json`, without the relative path. Raises FieldError."""
        path = local_path(fields, "path")
        return cls(
            name=file_name(fields, "name"),
            path=path if path is not None and path.is_absolute() else None,
            sha256=sha256_of(fields, "sha256"),
            size=fields.whole("size", 0, 2**50),
            width=fields.whole("width", 1, 2**31),
            height=fields.whole("height", 1, 2**31),
        )


def find_photo(link: PhotoLink, relative: Path | None, project: Path) -> tuple[Path | None, bool]:
    """Looks for the photo: relative to the project, where it was, and next to the project by name and hash.

    Returns the file, and whether its hash is the right one. Without any such file of the right hash, the
    first of the right name; (None, False) when there is none at all.
    """
    folder = project.absolute().parent
    places = [Path(os.path.normpath(folder / relative))] if relative is not None else []
    if link.path is not None:
        places += [link.path, folder / link.name]
    there = [place for place in dict.fromkeys(places) if is_file(place)]
    for place in there:
        if _matches(place, link):
            return place, True
    if link.path is not None:
        for place in _files_of_size(folder, link.size):
            if _matches(place, link):
                return place, True
    return (there[0], False) if there else (None, False)


def relative_path(fields: Fields) -> Path | None:
    """The photo's path relative to the project, or None. Raises FieldError."""
    path = local_path(fields, "relative")
    return None if path is None or path.is_absolute() or path.drive else path


def local_path(fields: Fields, name: str) -> Path | None:
    """A path on this computer, or None. A path on the network is refused: looking there would tell another
    computer who asks.

    Raises FieldError.
    """
    if name not in fields:
        return None
    text = fields.path(name)
    if text.startswith(("//", "\\\\")):
        raise FieldError("{name} must be a path on this computer", name=name)
    return Path(text)


def file_name(fields: Fields, name: str) -> str:
    """A file name without a folder. Raises FieldError."""
    text = fields.path(name)
    plain = PurePosixPath(text).name == text == PureWindowsPath(text).name and text != ".."
    if not plain or len(text) > 255:
        raise FieldError("{name} must be a file name", name=name)
    return text


def sha256_of(fields: Fields, name: str) -> str:
    """A SHA-256 in hexadecimal digits. Raises FieldError."""
    text = fields.text(name)
    if len(text) != 64 or not set(text) <= _HEX:
        raise FieldError("{name} must be a SHA-256", name=name)
    return text


def is_file(path: Path) -> bool:
    """Whether there is a file at `path`; False for an invalid path. Never raises."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def not_found(link: PhotoLink, project: Path | None) -> ProjectError:
    """The error when the photo is not found; `project` is None for the edit in a crash journal."""
    photo, name = link.shown_name, "" if project is None else display_name(project)
    folder = "" if link.path is None else " ".join(str(link.path.parent).split())
    if project is None:
        return ProjectError(
            "{photo}, which was being edited, is no longer in {folder}; put it back and start again.",
            photo=photo,
            folder=folder,
        )
    if link.path is None:
        return ProjectError("{name} has lost the picture that it edits; use another copy of it.", name=name)
    return ProjectError(
        "{photo}, which {name} edits, is neither in {folder} nor beside {name}; put it "
        "there and open {name} again.",
        photo=photo,
        name=name,
        folder=folder,
    )


def _relative(path: Path, folder: Path) -> str | None:
    try:
        return Path(os.path.relpath(path, folder.absolute())).as_posix()
    except ValueError:  # another drive of Windows
        return None


def _matches(path: Path, link: PhotoLink) -> bool:
    try:
        return path.stat().st_size == link.size and file_sha256(path) == (link.sha256, link.size)
    except OSError:
        return False


def _files_of_size(folder: Path, size: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(_LOOKED_AT), entries, strict=False):
                if entry.is_file() and entry.stat().st_size == size:
                    yield Path(entry.path)
    except OSError:
        return
