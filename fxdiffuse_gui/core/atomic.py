"""Writes a file so that its name always stands for the old or the new content, never for half of it."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from fxdiffuse_gui.core.stale_files import sweep, temporary_name


@contextmanager
def atomic_path(target: Path) -> Generator[Path]:
    """Yields a temporary path beside `target`; when the block ends well, it is flushed to disk and renamed.

    When the block raises, nothing is left behind; what a killed process has left in the folder is removed. An
    existing file keeps its permissions, a new one gets the usual ones, and a symbolic link keeps pointing
    where it did. Raises OSError.
    """
    target = Path(os.path.realpath(target))
    sweep(target.parent)
    temporary = target.with_name(temporary_name(target))
    # O_EXCL: never write through a file or link that someone else has put there.
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield temporary
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(target.parent)


def write_atomically(target: Path, data: bytes) -> None:
    """Writes `data` to `target` by way of `atomic_path`. Raises OSError."""
    with atomic_path(target) as temporary:
        temporary.write_bytes(data)


def _flush_folder(folder: Path) -> None:
    """Makes the rename durable where the system can (Windows cannot open a folder)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
