"""The progress line: drawn on a terminal, absent elsewhere, gone at the end."""

import io

import pytest

from fxdiffuse_gui.core import progress
from fxdiffuse_gui.core.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_drawn_elsewhere() -> None:
    stream = io.StringIO()
    with ProgressLine("a.jpg", stream) as line:
        line.update(0.5)
    assert stream.getvalue() == ""


def test_percent_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    stream = Terminal()
    with ProgressLine("a.jpg", stream) as line:
        line.update(0.0)
        now[0] = 50.0
        line.update(0.25)
        now[0] = 50.01
        line.update(0.26)  # too soon to redraw
        now[0] = 90.0
        line.update(0.9)
    drawn = stream.getvalue().split("\r")
    assert [text.strip() for text in drawn] == [
        "",
        "a.jpg    0%",
        "a.jpg   25%  2 min 30 s left",
        "a.jpg   90%  10 s left",
        "",
        "",
    ]
    assert len(drawn[3]) == len(drawn[2])  # a shorter text covers the longer one
