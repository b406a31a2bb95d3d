"""Which pictures the session computes: while a handle is dragged, zoomed out, at full size."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.statuses import Status
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.tasks import Task
from tests.app.session_recorder import Recorder, is_final, opened

PhotoFile = Callable[..., Path]


def test_at_full_size_what_is_visible_is_computed_first(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    photo = opened(qtbot, live_session, photo_file(1200, 900))
    told = Recorder(live_session)
    live_session.preview.set_view(Region(300, 200, 160, 120), 1.0, (310.0, 220.0))
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(engine.calls) == 2 and told.last is not None and told.last.background)
    visible, background = engine.calls
    assert visible.region == (300, 200, 460, 320) and visible.focus == (310.0, 220.0)
    assert visible.picture.width == 1200 > background.picture.width
    assert background.region == background.picture.box
    (exact,) = [r for r in told.results if r is not None and r.shown is not None and not r.background]
    np.testing.assert_array_equal(exact.shown, 255 - photo.original[200:320, 300:460])
    assert live_session.preview.status == Status("final", "Exact", progress=1.0)


def test_at_full_size_a_drag_is_followed_roughly_and_ends_exact(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(1200, 900))
    told = Recorder(live_session)
    live_session.preview.set_view(Region(0, 0, 1000, 800), 1.0)
    live_session.settings.set_value(Task.GRAIN, 0.05, dragging=True)
    qtbot.waitUntil(lambda: bool(told.results))
    assert engine.calls[0].rough and engine.calls[0].region == (0, 0, 1000, 800)
    assert told.last is not None and told.last.rough
    live_session.history.end_drag()
    qtbot.waitUntil(is_final(live_session))
    assert not engine.calls[1].rough and engine.calls[1].region == (0, 0, 1000, 800)
    assert live_session.preview.status.text == "Exact"


def test_panning_computes_what_comes_into_view(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(1200, 900))
    live_session.preview.set_view(Region(0, 0, 200, 200), 1.0)
    live_session.settings.set_value(Task.SHARPEN, 1.0)
    qtbot.waitUntil(lambda: len(engine.calls) == 2 and is_final(live_session)())
    live_session.preview.set_view(Region(10, 10, 150, 150), 1.0)
    assert live_session.preview.status.kind == "final"
    live_session.preview.set_view(Region(100, 0, 200, 200), 1.0)
    qtbot.waitUntil(lambda: any(call.region == (100, 0, 300, 200) for call in engine.calls))
    qtbot.waitUntil(is_final(live_session))


def test_another_photo_gives_back_what_was_kept(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    opened(qtbot, live_session, photo_file(30, 20, "other.png"))
    qtbot.waitUntil(lambda: engine.forgotten == 2)


def test_the_steps_of_older_settings_are_not_shown_for_newer_ones(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = True
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    engine.step()
    qtbot.waitUntil(lambda: live_session.preview.status.step == 1)
    live_session.settings.set_value(Task.GRAIN, 0.06)
    assert live_session.preview.status == Status("preview", "Updating")


def test_a_drag_shows_first_previews_and_ends_with_the_final_result(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = True
    told = Recorder(live_session)
    live_session.settings.set_value(Task.GRAIN, 0.02, dragging=True)
    for hundredth in range(30, 60):
        live_session.settings.set_value(Task.GRAIN, hundredth / 1000, dragging=True)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    engine.step()
    qtbot.waitUntil(lambda: len(engine.calls) == 2)
    assert len(told.results) == 1
    assert engine.calls[0].canceled and engine.calls[0].steps == 1
    assert engine.calls[1].condition.grain == 0.059
    live_session.history.end_drag()
    engine.held = False
    qtbot.waitUntil(is_final(live_session))
    assert [call.rough for call in engine.calls] == [True, True, False]
    assert live_session.history.undo_stack.count() == 1


def test_the_pass_that_runs_at_the_release_is_not_begun_anew_where_it_is_as_good(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = True
    live_session.settings.set_value(Task.SHARPEN, 1.0, dragging=True)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    live_session.history.end_drag()
    engine.step(3)
    qtbot.waitUntil(is_final(live_session))
    assert len(engine.calls) == 1


def test_zoomed_out_a_drag_is_followed_with_small_pictures(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file(1600, 1200))
    told = Recorder(live_session)
    live_session.preview.set_view(Region(0, 0, 1600, 1200), 0.7)
    engine.held = True
    live_session.settings.set_value(Task.GRAIN, 0.02, dragging=True)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    small = engine.calls[0].picture.width
    assert small < 800
    engine.step(3)
    # The handle rests: the better picture is begun.
    qtbot.waitUntil(lambda: len(engine.calls) == 2)
    assert engine.calls[1].picture.width > small
    # It moves again: nobody waits for the better picture.
    live_session.settings.set_value(Task.GRAIN, 0.03, dragging=True)
    qtbot.waitUntil(lambda: len(engine.calls) == 3)
    assert engine.calls[1].canceled and engine.calls[1].steps == 0
    assert engine.calls[2].picture.width == small
    live_session.history.end_drag()
    engine.held = False
    qtbot.waitUntil(is_final(live_session))
    assert engine.calls[-1].picture.width > small and told.last is not None and not told.last.rough
