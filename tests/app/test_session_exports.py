"""Exports of a running session."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.session_recorder import Recorder, is_final, opened

PhotoFile = Callable[..., Path]


def test_an_export_that_only_fills_says_what_was_proven(
    qtbot: QtBot, live_session: Session, photo_file: PhotoFile, tmp_path: Path
) -> None:
    photo, recorder = opened(qtbot, live_session, photo_file()), Recorder(live_session)
    mask = np.zeros((photo.height, photo.width), np.uint8)
    mask[4:9, 7:20] = 255
    live_session.mask.replace(mask)
    for name in ("out.png", "out.jpg"):
        with qtbot.waitSignal(live_session.files.exported):
            live_session.files.export(tmp_path / name, ExportOptions())
    assert recorder.messages == [
        "out.png has been written and read back: every pixel outside the mask is untouched."
    ]


def test_an_export_writes_the_full_size(
    qtbot: QtBot, live_session: Session, photo_file: PhotoFile, tmp_path: Path
) -> None:
    photo = opened(qtbot, live_session, photo_file(1200, 900))
    live_session.settings.set_value(Task.GRAIN, 0.05)
    told = Recorder(live_session)
    path = tmp_path / "out.png"
    with qtbot.waitSignal(live_session.files.exported) as done:
        live_session.files.export(path, ExportOptions())
    assert done.args == [path] and not live_session.history.is_modified
    np.testing.assert_array_equal(read_photo(path).original, 255 - photo.original)
    assert "export" in [status.kind for status in told.statuses]
    qtbot.waitUntil(is_final(live_session))


def test_an_export_can_be_stopped_and_edits_made_meanwhile_are_computed_after_it(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile, tmp_path: Path
) -> None:
    opened(qtbot, live_session, photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(is_final(live_session))
    engine.held = True
    live_session.files.export(tmp_path / "out.png", ExportOptions())
    qtbot.waitUntil(lambda: len(engine.calls) == 2)
    live_session.settings.set_value(Task.GRAIN, 0.07)
    with qtbot.waitSignal(live_session.message) as busy:
        live_session.files.export(tmp_path / "other.png", ExportOptions())
    assert "already running" in busy.args[0]
    with qtbot.waitSignal(live_session.message) as told:
        live_session.preview.cancel()
    assert "canceled" in told.args[0] and not (tmp_path / "out.png").exists()
    assert live_session.history.is_modified
    engine.held = False
    qtbot.waitUntil(is_final(live_session))
    assert engine.calls[-1].condition.grain == 0.07


def test_an_export_stops_the_preview_that_is_being_computed(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile, tmp_path: Path
) -> None:
    opened(qtbot, live_session, photo_file())
    engine.held = True
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    live_session.files.export(tmp_path / "out.png", ExportOptions())
    qtbot.waitUntil(lambda: engine.calls[0].canceled)
    engine.held = False
    with qtbot.waitSignal(live_session.files.exported):
        pass


def test_edits_made_during_an_export_stay_unsaved(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile, tmp_path: Path
) -> None:
    opened(qtbot, live_session, photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05)
    engine.held = True
    live_session.files.export(tmp_path / "out.png", ExportOptions())
    live_session.settings.set_value(Task.GRAIN, 0.07)
    engine.held = False
    with qtbot.waitSignal(live_session.files.exported):
        pass
    assert live_session.history.is_modified


def test_a_failed_export_is_a_sentence(
    qtbot: QtBot, live_session: Session, photo_file: PhotoFile, tmp_path: Path
) -> None:
    opened(qtbot, live_session, photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05)
    with qtbot.waitSignal(live_session.message) as told:
        live_session.files.export(tmp_path / "none" / "out.png", ExportOptions())
    assert (
        "out.png" in told.args[0] and live_session.history.is_modified and not live_session.files.is_exporting
    )
