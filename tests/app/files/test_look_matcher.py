"""The photo to match, read and looked at off the drawing thread."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from fxdiffuse_gui.app.files.look_matcher import FoundLook, Matcher
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.look_estimate import Certainty, Estimate, LookEstimate
from fxdiffuse_gui.engine.conditions.tasks import Task

UNKNOWN = {task: Estimate(Certainty.UNKNOWN) for task in (Task.GRAIN, Task.BLUR, Task.SHARPEN)}


def told_by(blocker: SignalBlocker) -> Any:
    """What the awaited signal brought."""
    assert blocker.args is not None
    return blocker.args[0]


class Recorder:
    """An estimator that notes what it is asked, in which thread, and can be held."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[int, ...], bool]] = []
        self.threads: list[threading.Thread] = []
        self.go = threading.Event()
        self.go.set()
        self.canceled: list[bool] = []

    def __call__(self, pixels: FloatImage, lossy: bool, cancel: threading.Event) -> LookEstimate:
        self.asked.append((pixels.shape, lossy))
        self.threads.append(threading.current_thread())
        self.go.wait(5)
        self.canceled.append(cancel.is_set())
        return LookEstimate(UNKNOWN, None, lossy)


def test_a_file_is_looked_at_in_another_thread(
    qtbot: QtBot, qapp: object, photo_file: Callable[..., Path]
) -> None:
    recorder = Recorder()
    matcher = Matcher(recorder)
    path = photo_file(1300, 60)
    with qtbot.waitSignal(matcher.found) as told:
        matcher.look_at(path)
        assert matcher.is_busy
    found: FoundLook = told_by(told)
    assert recorder.asked == [((60, 1300, 3), False)]
    assert recorder.threads[0] is not threading.main_thread()
    assert (found.reference.path, found.reference.name) == (path, "photo.png")
    assert found.reference.digest and found.reference.pixels.shape == (60, 1300, 3)
    assert found.small.shape == (30, 640, 3)
    assert not matcher.is_busy


@pytest.mark.parametrize(("suffix", "lossy"), [("jpg", True), ("webp", True), ("tif", False), ("bmp", False)])
def test_compression_is_told_by_the_file(
    qtbot: QtBot, qapp: object, tmp_path: Path, suffix: str, lossy: bool
) -> None:
    import cv2

    recorder, path = Recorder(), tmp_path / f"photo.{suffix}"
    cv2.imwrite(str(path), np.full((20, 30, 3), 90, np.uint8))
    matcher = Matcher(recorder)
    with qtbot.waitSignal(matcher.found):
        matcher.look_at(path)
    assert recorder.asked == [((20, 30, 3), lossy)]


def test_a_dropped_picture_counts_as_compressed(qtbot: QtBot, qapp: object) -> None:
    recorder = Recorder()
    matcher = Matcher(recorder)
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    with qtbot.waitSignal(matcher.found) as told:
        matcher.look_at_image(image)
    assert recorder.asked == [((20, 30, 3), True)]
    reference: Reference = told_by(told).reference
    assert reference.path is None and reference.pixels[0, 0, 0] == 1


def test_what_cannot_be_read_is_told_in_one_sentence(qtbot: QtBot, qapp: object, tmp_path: Path) -> None:
    path = tmp_path / "notes.jpg"
    path.write_text("no picture")
    matcher = Matcher(Recorder())
    with qtbot.waitSignal(matcher.failed) as told:
        matcher.look_at(path)
    assert told_by(told).startswith("notes.jpg is not a picture") and not matcher.is_busy


def test_an_unforeseen_error_is_told_too(qtbot: QtBot, qapp: object, photo_file: Callable[..., Path]) -> None:
    def broken(pixels: FloatImage, lossy: bool, cancel: threading.Event) -> LookEstimate:
        raise RuntimeError("the sky fell")

    matcher = Matcher(broken)
    with qtbot.waitSignal(matcher.failed) as told:
        matcher.look_at(photo_file())
    assert told_by(told) == "photo.png could not be looked at: the sky fell."


def test_another_photo_calls_the_last_one_off(
    qtbot: QtBot, qapp: object, photo_file: Callable[..., Path]
) -> None:
    recorder = Recorder()
    recorder.go.clear()
    matcher = Matcher(recorder)
    told: list[FoundLook] = []
    matcher.found.connect(told.append)
    matcher.look_at(photo_file(name="first.png"))
    qtbot.waitUntil(lambda: len(recorder.asked) == 1)
    matcher.look_at(photo_file(name="second.png"))
    recorder.go.set()
    qtbot.waitUntil(lambda: not matcher.is_busy)
    assert [one.reference.name for one in told] == ["second.png"]
    assert recorder.canceled == [True, False]


def test_after_stop_nothing_follows(qtbot: QtBot, qapp: object, photo_file: Callable[..., Path]) -> None:
    recorder = Recorder()
    recorder.go.clear()
    matcher = Matcher(recorder)
    matcher.look_at(photo_file())
    qtbot.waitUntil(lambda: len(recorder.asked) == 1)
    matcher.stop()
    with qtbot.assertNotEmitted(matcher.found, wait=120), qtbot.assertNotEmitted(matcher.failed):
        recorder.go.set()
    assert recorder.canceled == [True]


def test_braces_in_a_name_are_no_places(qtbot: QtBot, qapp: object, tmp_path: Path) -> None:
    path = tmp_path / "a{b}.jpg"
    path.write_text("no picture")
    matcher = Matcher(Recorder())
    with qtbot.waitSignal(matcher.failed) as told:
        matcher.look_at(path)
    assert told_by(told).startswith("a{b}.jpg is not a picture")
