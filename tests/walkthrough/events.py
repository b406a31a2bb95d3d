"""Mouse and keyboard events through the X server, waiting, and screenshots.

Every function is a generator of conditions: the walk continues when the last one is true. So the event loop
of the window never stops, not even while a dialog is open.
"""

import itertools
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

Condition = Callable[[], bool]
Steps = Iterator[Condition]

TICK_MS = 10
MAX_WAIT_SECONDS = 1800.0
_STEP = 0.016
"""Seconds between two positions of a drag."""


class Walk(QObject):
    """Runs `steps` within the event loop, and measures how long that loop was blocked."""

    def __init__(self, steps: Steps, failed: Callable[[str], None]) -> None:
        super().__init__()
        self._steps = steps
        self._failed = failed
        self._condition: Condition = lambda: True
        self._since = self._beat = time.monotonic()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.longest_stall = 0.0
        """Seconds that the event loop was blocked at most, since this was set to 0."""

    def start(self) -> None:
        """Starts the walk."""
        self._beat = time.monotonic()
        self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        self.longest_stall = max(self.longest_stall, now - self._beat - TICK_MS / 1000)
        try:
            if self._condition():
                self._condition = next(self._steps)
                self._since = time.monotonic()
            elif now - self._since > MAX_WAIT_SECONDS:
                raise TimeoutError("waited for too long")
        except StopIteration:
            self._timer.stop()
        except Exception as error:
            self._timer.stop()
            self._failed(f"{type(error).__name__}: {error}")
            raise
        # The time of the walk itself is no stall of the window.
        self._beat = time.monotonic()


def pause(seconds: float) -> Steps:
    """Does nothing for a while."""
    end = time.monotonic() + seconds
    yield lambda: time.monotonic() >= end


def held(condition: Condition, seconds: float = 0.5) -> Steps:
    """Waits until `condition` has been true for `seconds` without a break."""
    since: list[float] = []

    def holds() -> bool:
        if not condition():
            since.clear()
            return False
        since.append(time.monotonic())
        return since[-1] - since[0] >= seconds

    yield holds


def middle(widget: QWidget) -> QPoint:
    """The center of `widget` on the screen."""
    return widget.mapToGlobal(widget.rect().center())


def go(point: QPoint) -> Steps:
    """Moves the pointer there."""
    yield from _do("mousemove", str(point.x()), str(point.y()))


def click(place: QWidget | QPoint) -> Steps:
    """Clicks the center of a widget, or a point of the screen."""
    yield from go(place if isinstance(place, QPoint) else middle(place))
    yield from pause(0.1)
    yield from _do("click", "1")
    yield from pause(0.15)


def drag(*points: QPoint, seconds: float = 0.6) -> Steps:
    """Presses at the first point and drags through the others at constant speed, `seconds` for each."""
    yield from go(points[0])
    yield from pause(0.1)
    yield from _do("mousedown", "1")
    for start, end in itertools.pairwise(points):
        count = max(int(seconds / _STEP), 1)
        for step in range(1, count + 1):
            yield from go(start + (end - start) * (step / count))
            yield from pause(_STEP)
    yield from _do("mouseup", "1")


def key(name: str) -> Steps:
    """Presses and releases a key, such as "ctrl+s"."""
    yield from _focus()
    yield from _do("key", "--clearmodifiers", name)
    yield from pause(0.15)


def hold(name: str, meanwhile: Steps) -> Steps:
    """Keeps a key down during `meanwhile`."""
    yield from _focus()
    yield from _do("keydown", name)
    yield from meanwhile
    yield from _do("keyup", name)


def write(text: str) -> Steps:
    """Replaces the text of the focused field with `text`."""
    yield from _focus()
    yield from _do("key", "--clearmodifiers", "ctrl+a")
    yield from _do("type", "--delay", "8", text)
    yield from pause(0.2)


def turn(point: QPoint, notches: int) -> Steps:
    """Turns the wheel at `point`; up is positive."""
    yield from go(point)
    yield from _do("click", "--repeat", str(abs(notches)), "--delay", "30", "4" if notches > 0 else "5")
    yield from pause(0.2)


def scroll_to(widget: QWidget, area: QScrollArea) -> Steps:
    """Scrolls `area` by the wheel until `widget` is visible."""
    # At the edge of the column, where no slider is under the pointer.
    edge = area.viewport().mapToGlobal(QPoint(3, area.viewport().height() // 2))
    for _ in range(60):
        port = QRect(area.viewport().mapToGlobal(QPoint()), area.viewport().size()).adjusted(0, 8, 0, -8)
        place = QRect(widget.mapToGlobal(QPoint()), widget.size())
        if port.contains(place):
            return
        yield from turn(edge, -1 if place.bottom() > port.bottom() else 1)
    raise AssertionError(f"{widget.accessibleName() or widget} does not become visible")


def take_screenshot(path: Path) -> None:
    """Saves a picture of the whole screen, with dialogs and menus."""
    QGuiApplication.primaryScreen().grabWindow(0).save(str(path))


def _focus() -> Steps:
    """Focuses the top window, which a bare X server without a window manager does not do."""
    top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if top is None:
        top = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "MainWindow")
    if QApplication.activePopupWidget() is None and QApplication.activeWindow() is not top:
        yield from _do("windowfocus", str(int(top.winId())))
        yield from pause(0.1)


def _do(*words: str) -> Steps:
    process = subprocess.Popen(["xdotool", *words])
    yield lambda: process.poll() is not None
    if process.returncode:
        raise RuntimeError(f"xdotool {' '.join(words)} ended with {process.returncode}")
