"""Progress of long work: a line on a terminal with percent and time left, and throttled reports."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

_INTERVAL = 0.1


class Throttled:
    """Passes progress on at most every tenth of a second, and its end: the receiver has a window to draw."""

    def __init__(self, report: Callable[[float], object]) -> None:
        self._report = report
        self._last = -_INTERVAL

    def __call__(self, progress: float) -> None:
        """Passes `progress` (0..1) on when it is time."""
        now = time.monotonic()
        if now - self._last >= _INTERVAL or progress >= 1:
            self._last = now
            self._report(float(progress))


class ProgressLine:
    """Redraws one line on `stream` (stderr by default) if that is a terminal; otherwise prints nothing."""

    def __init__(self, title: str = "", stream: TextIO | None = None) -> None:
        self._title = title
        self._stream = sys.stderr if stream is None else stream
        self._shows = self._stream.isatty()
        self._start = time.monotonic()
        self._drawn = -_INTERVAL
        self._width = 0

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(self, *_: object) -> None:
        """Clears the line, also after an error, so that its message stands alone."""
        self.clear()

    def clear(self) -> None:
        """Clears the line, so that something else can be printed; the next update draws it again."""
        if self._width:
            self._stream.write(f"\r{' ' * self._width}\r")
            self._stream.flush()
            self._width = 0

    def retitle(self, title: str) -> None:
        """Changes the title from the next update on."""
        self._title = title

    def update(self, progress: float) -> None:
        """Shows `progress` (0..1) and the time left, estimated from the time spent."""
        now = time.monotonic() - self._start
        if not self._shows or (now - self._drawn < _INTERVAL and progress < 1):
            return
        self._drawn = now
        text = f"{self._title}  {progress:4.0%}"
        if progress > 0:
            text += f"  {_duration(now * (1 - progress) / progress)} left"
        self._stream.write(f"\r{text.ljust(self._width)}")
        self._stream.flush()
        self._width = len(text)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
