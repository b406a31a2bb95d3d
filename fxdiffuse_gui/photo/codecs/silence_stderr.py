"""Keeps what C libraries print away from the user's terminal."""

import atexit
import os
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress

_lock = threading.Lock()


@contextmanager
def quiet_stderr() -> Generator[None]:
    """Points the process's stderr at nothing while the block runs (libpng prints what it also reports).

    Process-wide, so one block runs at a time. A process without stderr is left alone.
    """
    with _lock:
        try:
            sys.stderr.flush()
            saved = os.dup(2)
        except (AttributeError, OSError, ValueError):
            yield
            return
        try:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 2)
            os.close(nothing)
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def quiet_at_exit() -> None:
    """Lets this process end without a word on stderr, once all of Python's own has been done.

    OpenImageIO's binding counts what is left of it then. Qt still holds a window's worth of Python, and every
    reader would take the "leaks" for something broken.
    """
    atexit.register(_silence)


def _silence() -> None:
    with suppress(AttributeError, OSError, ValueError):
        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
