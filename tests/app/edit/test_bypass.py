"""One effect left out of the picture: what is computed, and all that must not change by it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from tests.app.session_recorder import Recorder, is_final, opened

PhotoFile = Callable[..., Path]


@pytest.fixture
def edited(qtbot: QtBot, live_session: Session, photo_file: PhotoFile) -> Session:
    """A photo with sharpening and grain, computed."""
    opened(qtbot, live_session, photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05)
    live_session.settings.set_value(Task.SHARPEN, 1.0)
    qtbot.waitUntil(is_final(live_session))
    return live_session


def test_the_picture_is_computed_without_it_and_with_it_again(
    qtbot: QtBot, edited: Session, engine: Any
) -> None:
    edited.bypass.set(Task.GRAIN)
    assert edited.bypass.task is Task.GRAIN
    qtbot.waitUntil(is_final(edited))
    assert engine.calls[-1].condition.active_tasks == (Task.SHARPEN,)
    edited.bypass.set(None)
    qtbot.waitUntil(is_final(edited))
    assert engine.calls[-1].condition.active_tasks == (Task.SHARPEN, Task.GRAIN)


def test_neither_settings_nor_history_nor_project_know_of_it(edited: Session) -> None:
    state, count = edited.state, edited.history.undo_stack.count()
    told: list[object] = []
    edited.history.state_changed.connect(told.append)
    edited.bypass.set(Task.GRAIN)
    assert edited.state is state and edited.history.undo_stack.count() == count and told == []
    assert edited.files.project is not None and edited.files.project.state is state


def test_an_export_has_every_effect(qtbot: QtBot, edited: Session, engine: Any, tmp_path: Path) -> None:
    from fxdiffuse_gui.photo.writer import ExportOptions

    edited.bypass.set(Task.GRAIN)
    qtbot.waitUntil(is_final(edited))
    with qtbot.waitSignal(edited.files.exported):
        edited.files.export(tmp_path / "out.png", ExportOptions())
    assert Task.GRAIN in engine.calls[-1].condition.active_tasks


def test_without_the_only_effect_the_photo_is_seen(
    qtbot: QtBot, live_session: Session, photo_file: PhotoFile
) -> None:
    opened(qtbot, live_session, photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(is_final(live_session))
    told = Recorder(live_session)
    live_session.bypass.set(Task.GRAIN)
    assert told.results == [None]
    live_session.bypass.set(None)
    qtbot.waitUntil(lambda: is_final(live_session)() and told.last is not None)


def test_what_does_nothing_cannot_be_left_out(edited: Session) -> None:
    edited.bypass.set(Task.BLUR)
    assert edited.bypass.task is None
    edited.settings.set_enabled(Task.COLOR, True)
    edited.bypass.set(Task.COLOR)
    assert edited.bypass.task is None


def test_whoever_sets_the_effect_sees_it_again(qtbot: QtBot, edited: Session, engine: Any) -> None:
    edited.bypass.set(Task.GRAIN)
    edited.settings.set_value(Task.SHARPEN, 2.0)
    assert edited.bypass.task is Task.GRAIN
    edited.settings.set_value(Task.GRAIN, 0.08)
    assert edited.bypass.task is None
    qtbot.waitUntil(is_final(edited))
    assert engine.calls[-1].condition.grain == 0.08


def test_another_photo_begins_with_all_of_it(qtbot: QtBot, edited: Session, photo_file: PhotoFile) -> None:
    edited.bypass.set(Task.GRAIN)
    opened(qtbot, edited, photo_file(30, 20, "other.png"))
    assert edited.bypass.task is None
