"""The zip files that projects are: plain when written, and not trusted when read.

No name from inside a file becomes a path: a member is asked for by name and comes back as bytes, or is copied
to a file that the caller has chosen.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message

MANIFEST = "manifest.json"
PHOTO = "photo"
_MEGABYTE = 1_000_000
_MAX_MEMBERS = 200
_MAX_DIRECTORY = 64_000
_MAX_TOTAL = 2_000 * _MEGABYTE
_LIMITS = {MANIFEST: _MEGABYTE, PHOTO: 1_800 * _MEGABYTE}
_NUMBERED_LIMITS = {"mask": 200 * _MEGABYTE, "reference": 500 * _MEGABYTE}
_PARTS = {
    PHOTO: Message("photo"),
    "mask": Message("mask"),
    "reference": Message("reference"),
    MANIFEST: Message("manifest"),
}
_NUMBERED = re.compile(r"(mask|reference)-[0-9]{1,3}")
_END = b"PK\x05\x06"
_END_SIZE = 22
_END64_LOCATOR = b"PK\x06\x07"
_END64_SIZE = 20
_DAMAGE_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, LookupError, RuntimeError, ValueError,
)  # fmt: skip


class ProjectError(UserError):
    """A project cannot be read or written; the sentence names it and says what to do."""


class Members:
    """The members of an open project file; see `open_members`."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._archive = archive
        self._infos = {info.filename: info for info in archive.infolist()}

    def __contains__(self, member: str) -> bool:
        return member in self._infos

    def read(self, member: str) -> bytes:
        """All bytes of `member`, which is within its limit. Raises ProjectError."""
        target = io.BytesIO()
        self.copy(member, target)
        return target.getvalue()

    def copy(self, member: str, target: IO[bytes]) -> None:
        """Copies `member` to `target`; checked against its size and sum. Raises ProjectError, OSError."""
        info = self._infos.get(member)
        if info is None:
            raise damaged(self._name, Message("its {member} is missing", {"member": member}))
        copied = 0
        try:
            with self._archive.open(info) as source:
                while block := source.read(_MEGABYTE):
                    copied += len(block)
                    if copied > info.file_size:
                        raise damaged(self._name)
                    target.write(block)
        except ProjectError:
            raise
        except _DAMAGE_ERRORS:
            raise damaged(self._name) from None
        if copied != info.file_size:
            raise damaged(self._name, Message("it is cut short"))


@contextmanager
def open_members(path: Path) -> Generator[Members]:
    """Opens the project at `path` and checks its directory: only known members, each once, within limits.

    Raises ProjectError.
    """
    name = display_name(path)
    try:
        file = path.open("rb")
    except OSError as error:
        raise ProjectError(
            "{name} cannot be opened ({reason}); check the path.", name=name, reason=error.strerror
        ) from None
    with file:
        try:
            _check_end(file, name)
            archive = zipfile.ZipFile(file)
        except OSError as error:
            raise cannot_be_read(name, error) from None
        except _DAMAGE_ERRORS:
            raise damaged(name) from None
        with archive:
            _check_directory(archive, name)
            yield Members(name, archive)


@contextmanager
def new_archive(path: Path) -> Generator[zipfile.ZipFile]:
    """A zip file at `path` to be filled with `add`. Raises OSError, ProjectError."""
    try:
        with zipfile.ZipFile(path, "w", allowZip64=False) as archive:
            yield archive
    except zipfile.LargeZipFile:
        raise ProjectError("The project would be larger than 2 GB; leave the photo out of it.") from None


def add(archive: zipfile.ZipFile, member: str, content: bytes | Path) -> None:
    """Adds bytes or a file. Only text is compressed: pictures are already. Raises OSError, ProjectError."""
    info = zipfile.ZipInfo(member)
    info.compress_type = zipfile.ZIP_DEFLATED if member == MANIFEST else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    info.file_size = size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > _limit(member):
        raise ProjectError(
            "The {part} has {size:.0f} MB, more than a project can hold ({most:.0f} MB); leave it out.",
            part=_PARTS[member.partition("-")[0]],
            size=size / 1e6,
            most=_limit(member) / 1e6,
        )
    with archive.open(info, "w") as target:
        if isinstance(content, bytes):
            target.write(content)
            return
        with content.open("rb") as source:
            while block := source.read(_MEGABYTE):
                target.write(block)


def damaged(name: str, reason: Message | UserError | None = None) -> ProjectError:
    """The error for the damaged project `name`; `reason` is a part of the sentence."""
    if reason is None:
        return ProjectError("{name} is damaged or no fxdiffuse project; use another copy of it.", name=name)
    return ProjectError(
        "{name} is damaged or no fxdiffuse project ({reason}); use another copy of it.",
        name=name,
        reason=reason,
    )


def cannot_be_read(name: str, error: OSError) -> ProjectError:
    """The error for the project `name` when the system refuses to read it."""
    return ProjectError(
        "{name} cannot be read ({reason}); try again.", name=name, reason=error.strerror or error
    )


def check_is_project(path: Path) -> None:
    """A quick look at the beginning and the end of `path`. Raises ProjectError."""
    with open_members(path) as members:
        if MANIFEST not in members:
            raise damaged(display_name(path))


def _check_end(file: IO[bytes], name: str) -> None:
    """Checks the end record before `zipfile` reads it: no comment, no zip64, a small directory."""
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise ProjectError("{name} is empty (0 bytes); use another copy of it.", name=name)
    file.seek(max(0, size - _END_SIZE - _END64_SIZE))
    tail = file.read()
    end = tail[-_END_SIZE:]
    if len(end) < _END_SIZE or not end.startswith(_END) or end[20:] != b"\0\0":
        raise damaged(name)
    entries, directory = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if entries > _MAX_MEMBERS or directory > _MAX_DIRECTORY or tail.startswith(_END64_LOCATOR):
        raise damaged(name)
    file.seek(0)


def _check_directory(archive: zipfile.ZipFile, name: str) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise damaged(name, Message("a part stands in it twice"))
    for info in infos:
        if _limit(info.filename) == 0:
            raise damaged(name, Message("it holds what is no part of a project"))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & 1:
            raise damaged(name)
        if info.file_size > _limit(info.filename):
            raise damaged(name, Message("a part of it is too large"))
    if sum(info.file_size for info in infos) > _MAX_TOTAL:
        raise damaged(name, Message("it unpacks to too much"))


def _limit(member: str) -> int:
    """How many bytes `member` may unpack to; 0 for a name that no project has."""
    numbered = _NUMBERED.fullmatch(member)
    return _NUMBERED_LIMITS[numbered[1]] if numbered else _LIMITS.get(member, 0)
