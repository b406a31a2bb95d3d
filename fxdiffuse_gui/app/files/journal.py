"""`Journal`: the folder in which one running program keeps the edit that has not been saved.

`TOKEN/edit.fxd` is a project (see `document.project_file`), with its large parts next to it; `TOKEN.lock` is
locked as long as the program runs. A folder whose lock can be taken was left by a program that was killed.
"""

import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fxdiffuse_gui.core.file_lock import FileLock
from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.document.picture_bytes import Encoded
from fxdiffuse_gui.document.project import Manifest, Project
from fxdiffuse_gui.document.project_file import check_project, write_project

_FILE = "edit.fxd"
_TOKEN = re.compile(r"[0-9a-f]{16}")
_ASIDE = ".unreadable"
_KEPT_ASIDE = 3


class Journal:
    """A journal that this program holds. `written_at` is when it was written, in seconds since the epoch."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self._lock = lock
        self._encoded = Encoded()

    @classmethod
    def create(cls, root: Path) -> "Journal":
        """A new, empty journal below `root`, which is created if necessary. Raises OSError."""
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = root / secrets.token_hex(8)
        # The lock first: a folder without one counts as left behind.
        lock = FileLock.take(root / f"{folder.name}.lock")
        if lock is None:
            raise FileExistsError(17, "Another program uses this journal", str(folder))
        try:
            folder.mkdir(mode=0o700)
        except OSError:
            lock.release(remove=True)
            raise
        return cls(folder, lock)

    @property
    def path(self) -> Path:
        """The project file."""
        return self.folder / _FILE

    @property
    def written_at(self) -> float:
        """When the edit was written, in seconds since the epoch. Raises OSError."""
        return self.path.stat().st_mtime

    def check(self) -> Manifest:
        """Reads all of the journal and returns its manifest. Raises ProjectError."""
        return check_project(self.path, parts=self.folder)

    def write(self, project: Project) -> None:
        """Replaces the edit, and deletes parts that it no longer needs. Raises ProjectError, PhotoError."""
        write_project(self.path, project, parts=self.folder, encoded=self._encoded)
        manifest = self.check()
        needed = {_FILE, manifest.link.sha256, *(one.sha256 for one in manifest.references)}
        for path in self.folder.iterdir():
            if path.name not in needed:
                with suppress(OSError):
                    path.unlink()

    def remove(self) -> None:
        """Deletes everything: nothing is left to restore."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release(remove=True)

    def leave(self) -> None:
        """Releases the journal and keeps it for the next start."""
        self._lock.release()

    def set_aside(self) -> Path:
        """Moves an unreadable journal aside and returns where it is now; the last three are kept."""
        aside = self.folder.with_suffix(_ASIDE)
        with suppress(OSError):
            self.folder.rename(aside)
        self._lock.release(remove=True)
        for path in sorted(aside.parent.glob(f"*{_ASIDE}"), key=_age)[_KEPT_ASIDE:]:
            shutil.rmtree(path, ignore_errors=True)
        return aside


@dataclass(frozen=True)
class RecoverableEdit:
    """A journal of a program that was killed, and its manifest."""

    journal: Journal
    manifest: Manifest


def left_behind(root: Path) -> tuple[list[RecoverableEdit], list[Path]]:
    """Takes the journals below `root` that no running program holds; returns them, newest first.

    Empty ones are deleted. Those that cannot be read are set aside; the second result says where.
    """
    found: list[RecoverableEdit] = []
    aside: list[Path] = []
    try:
        folders = sorted((path for path in root.iterdir() if _TOKEN.fullmatch(path.name)), key=_age)
        locks = [path for path in root.glob("*.lock") if path.with_suffix("") not in folders]
    except OSError:
        return found, aside
    for path in locks:
        _remove_stray(path)
    for folder in folders:
        with suppress(OSError):
            lock = FileLock.take(root / f"{folder.name}.lock")
            if lock is None:
                continue
            journal = Journal(folder, lock)
            if not journal.path.exists():
                journal.remove()
                continue
            try:
                found.append(RecoverableEdit(journal, journal.check()))
            except ProjectError:
                aside.append(journal.set_aside())
    return found, aside


def _remove_stray(lock_path: Path) -> None:
    with suppress(OSError):
        lock = FileLock.take(lock_path)
        if lock is not None:
            lock.release(remove=True)


def _age(folder: Path) -> float:
    """Seconds since the edit in `folder` was written; large when there is none."""
    with suppress(OSError):
        return time.time() - (folder / _FILE).stat().st_mtime
    return float("inf")
