"""`FileLock`: shows whether the process that took it is still running."""

import os
import sys
from contextlib import suppress
from pathlib import Path


class FileLock:
    """A locked file. The system releases the lock when the process ends, however it ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> "FileLock | None":
        """Locks `path` and creates it if necessary; None when another process holds it. Raises OSError."""
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(handle):
                os.close(handle)
                return None
            # The last holder may have removed the file between the two steps.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return cls(path, handle)
            os.close(handle)

    def release(self, *, remove: bool = False) -> None:
        """Releases the lock; with `remove`, deletes the file too."""
        if remove and sys.platform != "win32":
            # Before the release, so that nobody locks a file that is about to be deleted.
            self.path.unlink(missing_ok=True)
        os.close(self._handle)
        if remove and sys.platform == "win32":
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
