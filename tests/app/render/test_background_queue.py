"""Pictures beside the one on the canvas: they come when the canvas needs nothing, and never in its way."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.alternatives import MOST_PIXELS, Alternatives, pass_at
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.session_recorder import is_final, opened

PhotoFile = Callable[..., Path]
WHOLE = Pass(1.0, Region(0, 0, 90, 60), rough=False)


def grainy(seed: int) -> EditState:
    return EditState(enabled=frozenset({Task.GRAIN}), seed=seed)


class Told:
    """All that has been told of what was asked for."""

    def __init__(self, session: Session) -> None:
        self.alternatives = Alternatives(session._renderer.background_queue, session)
        self.results: list[tuple[int, Result]] = []
        self.done: list[int] = []
        self.failed: list[tuple[int, str]] = []
        self.alternatives.came.connect(lambda *told: self.results.append(told))
        self.alternatives.done.connect(self.done.append)
        self.alternatives.failed.connect(lambda *told: self.failed.append(told))

    def ask(self, *seeds: int) -> None:
        self.alternatives.ask([grainy(seed) for seed in seeds], WHOLE)


@pytest.fixture
def told(qtbot: QtBot, live_session: Session, photo_file: PhotoFile) -> Told:
    opened(qtbot, live_session, photo_file())
    return Told(live_session)


def seeds(engine: Any) -> list[int]:
    return [call.condition.seed for call in engine.calls]


def test_they_come_one_after_another_part_by_part(
    qtbot: QtBot, live_session: Session, engine: Any, told: Told
) -> None:
    told.ask(1, 2, 3)
    qtbot.waitUntil(lambda: told.done == [0, 1, 2])
    assert seeds(engine) == [1, 2, 3] and not told.alternatives.is_waiting
    assert [(place, result.number) for place, result in told.results] == [
        (place, number) for place in (0, 1, 2) for number in (1, 2, 3)
    ]
    assert live_session.photo is not None
    last = told.results[-1][1]
    assert last.shown is not None
    np.testing.assert_array_equal(last.shown, 255 - live_session.photo.original)
    # The canvas hears of none of it.
    assert live_session.preview.status.text == "Original"


def test_the_canvas_goes_first_and_nothing_is_lost(
    qtbot: QtBot, live_session: Session, engine: Any, told: Told
) -> None:
    engine.held = True
    told.ask(1, 2)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    live_session.settings.set_seed(77)
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(engine.calls) == 2)
    assert engine.calls[0].canceled and seeds(engine) == [1, 77]
    assert told.done == []
    engine.held = False
    qtbot.waitUntil(lambda: told.done == [0, 1])
    assert live_session.preview.status.kind == "final"
    main = seeds(engine).index(1, 1)
    assert set(seeds(engine)[1:main]) == {77} and seeds(engine)[main:] == [1, 2]


def test_while_a_handle_is_dragged_they_wait(
    qtbot: QtBot, live_session: Session, engine: Any, told: Told
) -> None:
    live_session.settings.set_seed(77)
    live_session.settings.set_value(Task.GRAIN, 0.05, dragging=True)
    qtbot.waitUntil(is_final(live_session))
    qtbot.waitUntil(lambda: not live_session.preview._scheduler.is_busy)
    told.ask(1)
    qtbot.wait(60)
    assert 1 not in seeds(engine)
    live_session.history.end_drag()
    qtbot.waitUntil(lambda: told.done == [0])


def test_asking_anew_drops_what_has_not_come(
    qtbot: QtBot, live_session: Session, engine: Any, told: Told
) -> None:
    engine.held = True
    told.ask(1, 2)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    told.ask(3)
    engine.held = False
    qtbot.waitUntil(lambda: told.done == [0])
    assert seeds(engine) == [1, 3] and {place for place, _ in told.results} == {0}
    told.ask(4, 5)
    told.alternatives.stop()
    assert not told.alternatives.is_waiting
    told.ask(6)
    qtbot.waitUntil(lambda: told.done == [0, 0])
    assert 5 not in seeds(engine)


def test_an_export_goes_first_too(
    qtbot: QtBot, live_session: Session, engine: Any, told: Told, tmp_path: Path
) -> None:
    live_session.settings.set_seed(77)
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(is_final(live_session))
    engine.held = True
    told.ask(1)
    qtbot.waitUntil(lambda: 1 in seeds(engine))
    with qtbot.waitSignal(live_session.files.exported):
        live_session.files.export(tmp_path / "out.png", ExportOptions())
        qtbot.waitUntil(lambda: engine.calls[-1].condition.seed == 77)
        assert told.done == []
        engine.held = False
    qtbot.waitUntil(lambda: told.done == [0])


def test_another_photo_ends_all(
    qtbot: QtBot, live_session: Session, engine: Any, told: Told, photo_file: PhotoFile
) -> None:
    engine.held = True
    told.ask(1, 2)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    opened(qtbot, live_session, photo_file(30, 20, "other.png"))
    engine.held = False
    told.ask(3)
    qtbot.waitUntil(lambda: told.done == [0])
    assert seeds(engine) == [1, 3] and told.results[-1][1].level == (30, 20)


def test_what_cannot_be_computed_says_so(qtbot: QtBot, engine: Any, told: Told) -> None:
    engine.error = ValueError("The model is broken.")
    told.ask(1)
    qtbot.waitUntil(lambda: told.failed == [(0, "The model is broken.")])
    assert told.done == [] and not told.alternatives.is_waiting


def test_settings_that_change_nothing_need_no_engine(engine: Any, told: Told) -> None:
    told.alternatives.ask([EditState()], WHOLE)
    assert told.done == [0] and engine.calls == []


def test_a_picture_is_as_large_as_its_pixels_on_the_screen() -> None:
    region = Region(100, 50, 800, 600)
    assert pass_at(region, 2.0) == Pass(1.0, region, rough=False) == pass_at(region, 1.0)
    small = pass_at(region, 0.3)
    assert 0.3 <= small.zoom < 0.34 and not small.rough and not small.background
    huge = pass_at(Region(0, 0, 10_000, 8_000), 0.9)
    assert huge.zoom**2 * 80e6 <= MOST_PIXELS


def test_what_is_stopped_at_its_very_end_is_not_taken_for_shown(
    engine: Any, told: Told, live_session: Session, qtbot: QtBot
) -> None:
    """The last part and the end are on their way when the thread is asked back."""
    engine.steps = 1
    side = live_session._renderer.background_queue
    told.ask(1)
    deadline = time.monotonic() + 5
    while not (engine.calls and engine.calls[0].steps == 1) and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.1)
    side.hold()
    qtbot.wait(20)
    assert told.done == [] and told.results == []
    side.resume()
    qtbot.waitUntil(lambda: told.done == [0])
    assert [place for place, _ in told.results] == [0]
