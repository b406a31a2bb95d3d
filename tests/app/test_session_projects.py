"""The session with projects: saved and opened off the drawing thread, exactly, and told apart from edits."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.engine.conditions.condition import mask_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.session_recorder import Recorder, is_final, opened
from tests.document.projects import assert_same_state, members_of, write_picture

PhotoFile = Callable[..., Path]


@pytest.fixture
def edited(qtbot: QtBot, live_session: Session, photo_file: PhotoFile, tmp_path: Path) -> Session:
    """A session with a photo and an edit in which everything is set."""
    opened(qtbot, live_session, photo_file())
    region = Region(3, 5, 20, 30)
    painted = (np.random.default_rng(0).random((30, 20)) < 0.5).astype(np.uint8) * np.uint8(255)
    live_session.mask.paint(region, painted)
    live_session.settings.set_value(Task.GRAIN, 0.0371)
    live_session.settings.set_blur_angle(12.5)
    live_session.settings.set_value(Task.COLOR, 0.7)
    live_session.settings.set_seed(987654321)
    live_session.settings.set_seed_locked(True)
    live_session.files.load_reference(write_picture(tmp_path / "reference.png", 20, 10))
    qtbot.waitUntil(lambda: live_session.state.reference is not None)
    return live_session


def saved(qtbot: QtBot, session: Session, path: Path, **options: Any) -> Path:
    with qtbot.waitSignal(session.files.project_saved) as done:
        session.files.save_project(path, **options)
    assert done.args == [path]
    return path


def test_an_export_names_the_files_that_it_takes_to_make_it_again(
    qtbot: QtBot, edited: Session, tmp_path: Path
) -> None:
    for number, project in enumerate((None, "edit.fxd")):
        if project is not None:
            saved(qtbot, edited, tmp_path / project)
        with qtbot.waitSignal(edited.files.exported) as done:
            edited.files.export(tmp_path / f"out{number}.png", ExportOptions())
        receipt = read_receipt(done.args[0])
        assert (receipt.project_name, receipt.reference_name) == (project, "reference.png")
        assert receipt.mask_name is None and receipt.condition["mask"] == mask_hash(edited.state.mask)
    # Nothing in the project is needed for this one.
    edited.mask.clear()
    edited.settings.set_reference(None)
    with qtbot.waitSignal(edited.files.exported):
        edited.files.export(tmp_path / "out.png", ExportOptions())
    assert read_receipt(tmp_path / "out.png").project_name is None


def test_a_saved_edit_comes_back_exactly(
    qtbot: QtBot, edited: Session, tmp_path: Path, photo_file: PhotoFile
) -> None:
    state = edited.state
    edited.snapshots.take("Now")
    path = saved(qtbot, edited, tmp_path / "edit.fxd")
    assert not edited.history.is_modified and edited.files.project_path == path
    opened(qtbot, edited, photo_file(20, 20, "other.png"))
    assert edited.files.project_path is None and edited.snapshots.items == ()
    told = Recorder(edited)
    photo = opened(qtbot, edited, path)
    assert_same_state(edited.state, state)
    assert (photo.width, photo.height) == (90, 60) and edited.files.project_path == path
    assert [one.name for one in edited.snapshots.items] == ["Now"]
    assert edited.history.undo_stack.count() == 0 and not edited.history.is_modified and told.messages == []
    qtbot.waitUntil(is_final(edited))
    assert told.last is not None and told.last.final


def test_projects_are_written_and_read_off_the_drawing_thread(
    qtbot: QtBot, edited: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            threads.append(threading.current_thread())
            return function(*arguments, **options)

        return call

    monkeypatch.setattr("fxdiffuse_gui.app.files.edit_files.write_project", watched(write_project))
    monkeypatch.setattr("fxdiffuse_gui.app.files.loader.read_project", watched(read_project))
    opened(qtbot, edited, saved(qtbot, edited, tmp_path / "edit.fxd"))
    assert len(threads) == 2 and threading.main_thread() not in threads


def test_an_edit_made_while_saving_stays_unsaved(qtbot: QtBot, edited: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(edited.files.project_saved):
        edited.files.save_project(tmp_path / "edit.fxd")
        assert edited.files.is_saving
        edited.settings.set_value(Task.GRAIN, 0.05)
    assert edited.history.is_modified and not edited.files.is_saving
    assert read_project(tmp_path / "edit.fxd").project.state.values[Task.GRAIN] == 0.0371


def test_a_drag_during_an_export_stays_unsaved(
    qtbot: QtBot, live_session: Session, engine: Any, photo_file: PhotoFile, tmp_path: Path
) -> None:
    from fxdiffuse_gui.photo.writer import ExportOptions

    opened(qtbot, live_session, photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05, dragging=True)
    engine.held = True
    live_session.files.export(tmp_path / "out.png", ExportOptions())
    # Merged into the step that was exported.
    live_session.settings.set_value(Task.GRAIN, 0.06, dragging=True)
    engine.held = False
    with qtbot.waitSignal(live_session.files.exported):
        pass
    assert live_session.history.is_modified


def test_a_photo_opened_while_saving_is_not_taken_for_the_saved_one(
    qtbot: QtBot, edited: Session, tmp_path: Path, photo_file: PhotoFile
) -> None:
    edited.files.open_photo(photo_file(20, 20, "other.png"))
    with qtbot.waitSignal(edited.files.project_saved):
        edited.files.save_project(tmp_path / "edit.fxd")
    assert edited.photo is not None and edited.photo.width == 20
    assert edited.files.project_path is None
    project = edited.files.project
    assert project is not None and project.link.name == "other.png"


def test_a_failed_save_is_a_sentence_and_nothing_is_lost(
    qtbot: QtBot, edited: Session, tmp_path: Path
) -> None:
    told = Recorder(edited)
    with qtbot.waitSignal(edited.files.project_failed):
        edited.files.save_project(tmp_path / "none" / "edit.fxd")
    assert "edit.fxd" in told.messages[0] and edited.history.is_modified and not edited.files.is_saving
    saved(qtbot, edited, tmp_path / "edit.fxd")
    assert not edited.history.is_modified


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"\x89PNG\r\n\x1a\n"])
def test_a_bad_project_keeps_the_old_edit(
    qtbot: QtBot, edited: Session, tmp_path: Path, content: bytes
) -> None:
    state = edited.state
    (tmp_path / "bad.fxd").write_bytes(content)
    with qtbot.waitSignal(edited.message) as told:
        edited.files.open_photo(tmp_path / "bad.fxd")
    assert "bad.fxd" in told.args[0] and edited.state is state and edited.history.is_modified


def test_a_replaced_photo_is_told(qtbot: QtBot, edited: Session, tmp_path: Path) -> None:
    path = saved(qtbot, edited, tmp_path / "edit.fxd")
    write_picture(tmp_path / "photo.png", 90, 60, 5)
    with qtbot.waitSignal(edited.message) as told:
        edited.files.open_photo(path)
    assert "photo.png is not the file" in told.args[0] and edited.files.project_path == path


def test_the_photo_stays_in_a_project_that_has_it(qtbot: QtBot, edited: Session, tmp_path: Path) -> None:
    path = saved(qtbot, edited, tmp_path / "edit.fxd", with_photo=True)
    opened(qtbot, edited, path)
    edited.settings.set_value(Task.GRAIN, 0.05)
    saved(qtbot, edited, path)
    assert "photo" in members_of(path)
    saved(qtbot, edited, tmp_path / "other.fxd")
    assert "photo" not in members_of(tmp_path / "other.fxd")


def test_a_pasted_picture_is_saved_and_opened(qtbot: QtBot, live_session: Session, tmp_path: Path) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 200, 30))
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_image(image)
    live_session.settings.set_value(Task.SHARPEN, 2.0)
    path = saved(qtbot, live_session, tmp_path / "pasted.fxd")
    photo = opened(qtbot, live_session, path)
    assert photo.path is None and Task.SHARPEN in live_session.state.enabled
    np.testing.assert_array_equal(photo.original[3, 4], [10, 200, 30])


def test_snapshots_count_as_unsaved(qtbot: QtBot, live_session: Session, photo_file: PhotoFile) -> None:
    photo = photo_file()
    opened(qtbot, live_session, photo)
    with qtbot.waitSignal(live_session.history.modified_changed):
        live_session.snapshots.take()
    assert live_session.history.is_modified
    saved(qtbot, live_session, photo.with_suffix(".fxd"))
    assert not live_session.history.is_modified
    live_session.snapshots.rename(live_session.snapshots.items[0], "Raw")
    assert live_session.history.is_modified
    live_session.history.mark_saved()
    assert not live_session.history.is_modified


def test_without_a_photo_there_is_nothing_to_save(live_session: Session, tmp_path: Path) -> None:
    live_session.files.save_project(tmp_path / "edit.fxd")
    assert live_session.files.project is None and not live_session.files.is_saving
