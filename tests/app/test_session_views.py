"""Which pictures the session computes: while a handle is dragged, zoomed out, at full size."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.state import Status
from fxdiffuse_gui.engine.tasks import Task
from tests.app.session_recorder import Recorder, is_final, opened

PhotoFile = Callable[..., Path]


def test_at_full_size_the_region_is_computed_first_with_the_statistics_of_the_photo(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    photo = opened(qtbot, live_session, photo_file(1200, 900))
    told = Recorder(live_session)
    live_session.set_view(Region(300, 200, 160, 120), at_full_size=True)
    live_session.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(engine.calls) == 2 and told.last is not None and told.last.whole)
    region, proxy = engine.calls
    assert region.origin == (252, 152) and region.pixels.shape == (216, 256, 3)
    assert region.statistics_from is photo.pixels
    assert proxy.pixels.shape[0] < 900 and proxy.statistics_from is None
    exact = [result for result in told.results if result is not None and not result.whole][-1]
    assert exact.final and exact.area == Region(252, 152, 256, 216)
    np.testing.assert_array_equal(exact.samples, 255 - photo.original[exact.area.slices])
    assert live_session.status == Status("final", "Exact", progress=1.0)


def test_at_full_size_a_drag_is_followed_in_the_middle(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(1200, 900))
    told = Recorder(live_session)
    live_session.set_view(Region(0, 0, 1000, 800), at_full_size=True)
    live_session.set_value(Task.GRAIN, 0.05, dragging=True)
    qtbot.waitUntil(lambda: bool(told.results))
    assert engine.calls[0].pixels.shape == (336, 448, 3) and engine.calls[0].origin == (276, 232)
    assert told.last is not None and told.last.draft
    assert told.statuses[-1].text == "Preview of the middle"
    live_session.end_drag()
    qtbot.waitUntil(is_final(live_session))
    exact = [result for result in told.results if result is not None and not result.whole][-1]
    assert exact.final and not exact.draft and exact.area == Region(0, 0, 1048, 848)


def test_the_steps_of_older_settings_are_not_shown_for_newer_ones(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = True
    live_session.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    engine.step()
    qtbot.waitUntil(lambda: live_session.status.step == 1)
    live_session.set_value(Task.GRAIN, 0.06)
    assert live_session.status == Status("preview", "Updating")


@pytest.mark.parametrize(("zoomed", "stronger"), [(False, (Task.GRAIN,)), (True, ())])
def test_grain_of_a_small_copy_is_told_to_look_stronger(
    qtbot: QtBot,
    live_session: Session,
    photo_file: PhotoFile,
    zoomed: bool,
    stronger: tuple[Task, ...],
) -> None:
    opened(qtbot, live_session, photo_file(1200, 900))
    live_session.set_view(Region(0, 0, 160, 120), at_full_size=zoomed)
    live_session.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(is_final(live_session))
    assert live_session.status.stronger == stronger


def test_a_drag_shows_first_previews_and_ends_with_the_final_result(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = True
    told = Recorder(live_session)
    live_session.set_value(Task.GRAIN, 0.02, dragging=True)
    for hundredth in range(30, 60):
        live_session.set_value(Task.GRAIN, hundredth / 1000, dragging=True)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    engine.step()
    qtbot.waitUntil(lambda: len(engine.calls) == 2)
    assert len(told.results) == 1
    assert engine.calls[0].canceled and engine.calls[0].steps == 1
    assert engine.calls[1].condition.grain == 0.059
    live_session.end_drag()
    engine.step(3)
    qtbot.waitUntil(is_final(live_session))
    # The pass that was running at the release has the final settings: it is not begun anew.
    assert len(engine.calls) == 2 and live_session.undo_stack.count() == 1


def test_a_drag_is_followed_with_drafts_and_ends_with_the_proxy(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(1200, 900))
    told = Recorder(live_session)
    engine.held = True
    live_session.set_value(Task.GRAIN, 0.02, dragging=True)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    assert max(engine.calls[0].pixels.shape) == 512
    engine.step(3)
    # The handle rests: the better picture is begun.
    qtbot.waitUntil(lambda: len(engine.calls) == 2)
    assert live_session.status.kind == "preview"
    assert max(engine.calls[1].pixels.shape) > 512
    # It moves again: nobody waits for the better picture.
    live_session.set_value(Task.GRAIN, 0.03, dragging=True)
    qtbot.waitUntil(lambda: len(engine.calls) == 3)
    assert engine.calls[1].canceled and engine.calls[1].steps == 0
    assert max(engine.calls[2].pixels.shape) == 512
    live_session.end_drag()
    engine.held = False
    qtbot.waitUntil(is_final(live_session))
    assert told.last is not None and told.last.final and told.last.zoom > 0.5
