"""When and where Python collects garbage: in the event loop's thread, between two events.

By default it does so in any thread that allocates memory. A widget that is deleted in another thread can
block that thread and the event loop for good, and a full collection stops all threads: with torch imported
for some 80 ms.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 500  # ms


class Collector(QObject):
    """From now on garbage is collected in this thread only, as often as Python would do it."""

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
    """No thread collects garbage inside. keep: later collections skip the objects that exist at the end, too;
    they are freed as soon as nothing refers to them, except in reference cycles."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if keep:
            gc.freeze()
        if collects:
            gc.enable()
