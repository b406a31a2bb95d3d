"""Silences stderr, on which C libraries print messages of their own."""

import atexit
import os
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress

_lock = threading.Lock()


@contextmanager
def silenced_stderr() -> Generator[None]:
    """Discards what is written to stderr during the block (libpng prints the errors that it also reports).

    It affects the whole process, so only one block runs at a time. Does nothing in a process without stderr.
    """
    with _lock:
        try:
            sys.stderr.flush()
            saved = os.dup(2)
        except (AttributeError, OSError, ValueError):
            yield
            return
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 2)
            os.close(null)
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def silence_stderr_at_exit() -> None:
    """Discards what is written to stderr after Python's own exit handlers.

    OpenImageIO's binding then reports its objects that are still alive. Qt keeps the window's objects alive
    until the end, so these "leaks" are no errors.
    """
    atexit.register(_silence)


def _silence() -> None:
    with suppress(AttributeError, OSError, ValueError):
        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
