"""Atomic writing: a file holds its old or its new content, never half of it."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from fxdiffuse_gui.core.stale_files import remove_stale_files, temporary_name


@contextmanager
def atomic_path(target: Path) -> Generator[Path]:
    """Yields a temporary path next to `target`. When the block succeeds, that file is flushed to disk and
    renamed to `target`.

    When the block raises, the temporary file is removed. Temporary files that killed processes have left in
    the folder are removed too. An existing file keeps its permissions, a new one gets the default ones, and a
    symbolic link is kept: its target is replaced. Raises OSError.
    """
    target = Path(os.path.realpath(target))
    remove_stale_files(target.parent)
    temporary = target.with_name(temporary_name(target))
    # O_EXCL: never write through a file or link that somebody else has put there.
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
    """Makes the rename durable where the system allows it (Windows cannot open a folder)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
