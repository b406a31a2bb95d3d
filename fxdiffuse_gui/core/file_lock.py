"""`FileLock`: tells whether the process that took it still runs, however that process has ended."""

import os
import sys
from contextlib import suppress
from pathlib import Path


class FileLock:
    """A locked file. The system lets go of it with the process, so there is no number to go stale."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> "FileLock | None":
        """Locks `path`, which is made if need be; None when another holds it. Raises OSError."""
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(handle):
                os.close(handle)
                return None
            # The one who held it may have removed the file between the two steps.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return cls(path, handle)
            os.close(handle)

    def release(self, *, remove: bool = False) -> None:
        """Lets go; with `remove` the file goes too."""
        if remove and sys.platform != "win32":
            # Before it is let go, so that nobody takes a file that is about to vanish.
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
