"""Stand-ins in a running session: newest first, marked, and gone when the model's picture comes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.proxy_previews import SIZES, ProxyPainter
from fxdiffuse_gui.app.render.request import EditRequest, Result
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo
from tests.app.session_recorder import Recorder, is_final, opened

PhotoFile = Callable[..., Path]


def test_a_drag_shows_stand_ins_until_the_model_has_caught_up(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = engine.shows_proxy = True
    told = Recorder(live_session)
    live_session.settings.set_value(Task.GRAIN, 0.02, dragging=True)
    qtbot.waitUntil(lambda: bool(told.results))
    live_session.settings.set_value(Task.GRAIN, 0.03, dragging=True)
    qtbot.waitUntil(lambda: len(told.results) == 2)
    assert all(result is not None and result.proxy_preview for result in told.results)
    assert live_session.preview.status.text == "Stand-in"
    engine.step()
    qtbot.waitUntil(lambda: len(told.results) == 3)
    # The first part of the older settings: the newer stand-in is still what is seen.
    assert live_session.preview.status.text == "Stand-in"
    live_session.history.end_drag()
    assert live_session.preview.status.text == "Stand-in"
    engine.held = False
    qtbot.waitUntil(is_final(live_session))
    assert told.last is not None and told.last.final and not told.last.proxy_preview
    assert live_session.preview.status.text == "Exact"


def test_a_hand_that_rests_while_the_model_is_read_gets_one_too(
    qtbot: QtBot, engine: Any, photo_file: PhotoFile
) -> None:
    may_load, load = threading.Event(), engine.load

    def load_slowly(model: Path | None = None) -> None:
        may_load.wait(10)
        load(model)

    engine.load, engine.held, engine.shows_proxy = load_slowly, True, True
    session = Session(engine)
    session.start()
    try:
        opened(qtbot, session, photo_file())
        told = Recorder(session)
        session.settings.set_value(Task.GRAIN, 0.02, dragging=True)
        assert session.preview.status.text == "Loading the model"
        may_load.set()
        qtbot.waitUntil(lambda: bool(told.results))
        assert told.last is not None and told.last.proxy_preview
    finally:
        may_load.set()
        session.close()


def test_without_a_drag_there_is_none(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.shows_proxy = True
    told = Recorder(live_session)
    live_session.settings.set_value(Task.GRAIN, 0.02)
    qtbot.waitUntil(is_final(live_session))
    assert not any(result is not None and result.proxy_preview for result in told.results)


def test_what_is_stopped_or_fails_says_that_a_stand_in_is_seen(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = engine.shows_proxy = True
    live_session.settings.set_value(Task.GRAIN, 0.02, dragging=True)
    qtbot.waitUntil(lambda: live_session.preview.status.text == "Stand-in")
    live_session.preview.cancel()
    assert live_session.preview.status.text == "Stopped: stand-in"
    live_session.history.end_drag()
    qtbot.waitUntil(lambda: engine.calls[-1].canceled)
    engine.error, engine.held = RuntimeError("broken"), False
    told = Recorder(live_session)
    live_session.settings.set_value(Task.GRAIN, 0.03)
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "error")
    assert live_session.preview.status.text == "Not computed: stand-in" and "broken" in told.messages[0]
    engine.error = None
    live_session.settings.set_value(Task.GRAIN, 0.04)
    qtbot.waitUntil(is_final(live_session))


@pytest.fixture
def source() -> Source:
    original = np.random.default_rng(1).integers(0, 256, (900, 1200, 3), np.uint8)
    return Source(Photo(original, None, 8))


def seen(region: Region) -> Pass:
    return Pass(1.0, region, rough=True)


def drawn(painter: ProxyPainter, request: EditRequest) -> Result:
    result = painter.paint(request)
    assert result is not None
    return result


def test_a_slow_machine_gets_smaller_ones(qapp: QApplication, engine: Any, source: Source) -> None:
    now, pace = [0.0], [1.0]

    def clock() -> float:
        now[0] += pace[0]
        return now[0]

    engine.shows_proxy = True
    painter = ProxyPainter(engine, clock)
    # Blurred, since what is sharp is as large as the screen whatever the effect is drawn on.
    request = EditRequest(1, 1, source, EditCondition(blur=9.0), None, seen(Region(0, 0, 1200, 900)))
    sizes = [np.prod(drawn(painter, request).samples.shape[:2]) for _ in range(5)]
    assert sizes[0] > sizes[1] > sizes[2] == sizes[-1] and sizes[-1] < 1.01 * SIZES[-1]
    pace[0] = 0.001
    sizes = [np.prod(drawn(painter, request).samples.shape[:2]) for _ in range(7)]
    assert SIZES[1] < sizes[-1] < 1.01 * SIZES[0]


def test_a_small_one_leaves_the_photo_as_sharp_as_the_screen(qapp: QApplication, source: Source) -> None:
    class Brighter:
        """Adds a tenth, and nothing that depends on size."""

        def proxy_preview(self, picture: FloatImage, *_: object) -> FloatImage:
            self.size = picture.shape[0] * picture.shape[1]
            return picture + np.float32(0.1)

    engine: Any = Brighter()
    painter = ProxyPainter(engine, lambda: 0.0)
    condition, area = EditCondition(sharpen=1.0), Region(0, 0, 1200, 900)
    at_once = EditRequest(1, 1, source, condition, None, seen(area))
    samples = drawn(painter, at_once).samples
    assert engine.size < 300_000
    expected = np.minimum(source.photo.original.astype(int) + 25.5, 255)
    assert samples.shape == source.photo.original.shape
    assert np.abs(samples - expected).max() <= 1
    half = EditRequest(2, 1, source, condition, None, Pass(0.5, area, rough=True))
    assert drawn(painter, half).samples.shape == (450, 600, 3)
    blurred = EditRequest(3, 1, source, EditCondition(blur=9.0), None, seen(area))
    samples = drawn(painter, blurred).samples
    # Detail would shine through a blur.
    assert samples.shape[0] * samples.shape[1] == engine.size


def test_holes_are_left_to_what_is_on_screen(qapp: QApplication, engine: Any, source: Source) -> None:
    engine.shows_proxy = True
    mask = np.zeros((900, 1200), np.uint8)
    mask[300:600, 200:600] = 255
    area = Region(100, 200, 1000, 600)
    painter = ProxyPainter(engine, lambda: 0.0)
    image = drawn(painter, EditRequest(1, 1, source, EditCondition(grain=0.05), mask, seen(area))).image
    scale = image.width() / area.width
    inside, outside = (image.pixelColor(int(x * scale), int(y * scale)) for x, y in ((300, 250), (700, 250)))
    assert (inside.alpha(), outside.alpha()) == (0, 255)


def test_one_that_fails_is_left_out(qapp: QApplication, engine: Any, source: Source) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    engine.proxy_preview = broken
    painter = ProxyPainter(engine, lambda: 0.0)
    request = EditRequest(1, 1, source, EditCondition(grain=0.05), None, seen(Region(0, 0, 9, 9)))
    assert painter.paint(request) is None
