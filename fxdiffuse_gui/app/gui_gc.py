"""When and where Python looks for garbage: in the event loop's thread, between two events.

Left to itself it does so in whatever thread asks for memory. A widget that is thrown away in another thread
can lock that thread and the event loop up for good, and a full collection holds all threads up: with torch
imported for some 80 ms.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 500  # ms


class Collector(QObject):
    """From now on garbage is looked for in this thread alone, as often as Python would do it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(collect_due)
        self._timer.start()


def collect_due() -> None:
    """Collects the oldest generation that is due."""
    due = [
        n
        for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > most
    ]
    if due:
        gc.collect(due[-1])


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
