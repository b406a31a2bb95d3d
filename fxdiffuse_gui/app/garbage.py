"""When Python looks for garbage: not while something large is put together, and not in what stays.

A full collection holds every thread up, the event loop's too: with torch imported for some 80 ms. It also
may run in any thread, which must not throw a widget away.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def no_collection(*, keep: bool = False) -> Generator[None]:
    """Nothing is collected within, by whatever thread. keep: what is there at the end is not looked at by
    later collections either; it is freed as soon as nothing refers to it, unless it refers to itself."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if keep:
            gc.freeze()
        if collects:
            gc.enable()
