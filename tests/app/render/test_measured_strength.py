"""Asked and got in a running session: measured on what is exact, and never shown for other settings."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.measured_crop import LEAST_SIDE, SIDE, MeasuredCrop
from fxdiffuse_gui.app.render.measured_strength import QUIET_MS
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.tasks import Task
from tests.app.session_recorder import is_final, opened

PhotoFile = Callable[..., Path]
AREA = Region(100, 50, 700, 500)


def exact(area: Region) -> Pass:
    return Pass(1.0, area, rough=False)


class Got:
    """Everything that has been measured, in order."""

    def __init__(self, session: Session) -> None:
        self.told: list[dict[Task, float]] = []
        session.preview.strengths_changed.connect(lambda values: self.told.append(dict(values)))

    @property
    def last(self) -> dict[Task, float]:
        return self.told[-1] if self.told else {}


def test_the_middle_of_the_exact_result_is_measured(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    photo = opened(qtbot, live_session, photo_file(1200, 900))
    got = Got(live_session)
    engine.got = {Task.GRAIN: 0.049, Task.BLUR: 3.0}
    live_session.preview.set_view(AREA, 1.0)
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: got.last == {Task.GRAIN: 0.049})
    ((condition, (x0, y0, x1, y1), image),) = engine.measured
    assert condition.grain == 0.05
    assert (x0, y0, x1, y1) == (322, 172, 578, 428)
    np.testing.assert_allclose(image, 1 - photo.original[y0:y1, x0:x1] / np.float32(255), atol=1e-6)


def test_other_settings_take_the_numbers_away_at_once(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(300, 200))
    got = Got(live_session)
    engine.got = {Task.GRAIN: 0.049}
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: got.last == {Task.GRAIN: 0.049})
    engine.held = True
    live_session.settings.set_value(Task.GRAIN, 0.06, dragging=True)
    assert got.last == {}
    engine.held, engine.got = False, {Task.GRAIN: 0.058}
    live_session.history.end_drag()
    qtbot.waitUntil(lambda: got.last == {Task.GRAIN: 0.058})
    assert len(got.told) == 3


def test_what_comes_too_late_is_not_shown(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(300, 200))
    got = Got(live_session)
    engine.got = {Task.GRAIN: 0.049}
    begun, stopped = threading.Event(), list[bool]()
    measure = engine.measure

    def slow(picture: Any, condition: Any, box: Any, edited: Any, cancel: Any) -> Any:
        begun.set()
        stopped.append(cancel.wait(5))
        return measure(picture, condition, box, edited, cancel)

    engine.measure = slow
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(begun.is_set)
    live_session.settings.set_enabled(Task.GRAIN, False)
    qtbot.waitUntil(lambda: bool(engine.measured))
    qtbot.wait(50)
    assert stopped == [True] and got.told == []


def test_a_small_copy_is_not_measured(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(1600, 1200))
    engine.got = {Task.SHARPEN: 1.0}
    live_session.preview.set_view(Region(0, 0, 1600, 1200), 0.5)
    live_session.settings.set_value(Task.SHARPEN, 1.0)
    qtbot.waitUntil(is_final(live_session))
    qtbot.wait(QUIET_MS + 150)
    assert engine.measured == []


def test_a_measurement_that_fails_is_left_out(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(300, 200))
    got = Got(live_session)
    measure, engine.got = engine.measure, {Task.SHARPEN: 0.9}
    failed: list[bool] = []

    def broken(*_: object) -> None:
        failed.append(True)
        raise MemoryError

    engine.measure = broken
    live_session.settings.set_value(Task.SHARPEN, 1.0)
    qtbot.waitUntil(lambda: bool(failed))
    engine.measure = measure
    live_session.settings.set_value(Task.SHARPEN, 1.1)
    qtbot.waitUntil(lambda: got.last == {Task.SHARPEN: 0.9})


@pytest.mark.parametrize(
    "wanted",
    [
        Pass(0.5, AREA, rough=False),
        Pass(1.0, AREA, rough=True),
        Pass(1.0, AREA, rough=False, background=True),
        exact(Region(0, 0, LEAST_SIDE - 1, 500)),
    ],
)
def test_nothing_but_enough_of_the_exact_picture_is_measured(wanted: Pass) -> None:
    assert MeasuredCrop.of(wanted, None) is None


def test_what_is_painted_over_is_not_measured() -> None:
    mask = np.zeros((600, 900), np.uint8)
    mask[250:300, 400:450] = 9
    crop = MeasuredCrop.of(exact(AREA), mask)
    assert crop is not None
    x0, y0, x1, y1 = crop.box
    assert (x1 - x0, y1 - y0) == (SIDE, SIDE) and not mask[y0 - 32 : y1 + 32, x0 - 32 : x1 + 32].any()
    assert AREA.contains(Region(x0, y0, SIDE, SIDE))
    mask[:] = 9
    assert MeasuredCrop.of(exact(AREA), mask) is None


def test_the_piece_is_put_together_from_parts() -> None:
    whole = np.random.default_rng(0).random((600, 900, 3), np.float32)
    crop = MeasuredCrop.of(exact(AREA), None)
    assert crop is not None
    for x in range(0, 900, 300):
        for y in range(0, 600, 200):
            crop.put((x, y, x + 300, y + 200), whole[y : y + 200, x : x + 300])
    x0, y0, x1, y1 = crop.box
    np.testing.assert_array_equal(crop.image, whole[y0:y1, x0:x1])
