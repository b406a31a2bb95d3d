"""The dialog that edits a folder: by real clicks, with an engine that has no model."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.widgets.mime_input import MimeInput
from tests.command_engine import CommandEngine
from tests.photo.photo_files import load
from tests.views.dialogs.folder.folder_input import LEFT, click, finished


def test_a_folder_is_edited_with_the_current_settings(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, commands: CommandEngine
) -> None:
    assert dialog.form.edit_summary.text() == "Film grain 0.050 px · seed 0"
    assert not dialog.show_folder.isVisible() and not dialog.progress.isVisible()
    qtbot.mouseClick(dialog.form.recursive, LEFT, pos=dialog.form.recursive.rect().center() / 4)
    dialog.form.recursive.setChecked(True)
    qtbot.waitUntil(lambda: dialog.form.count.text() == "3 photos")
    assert finished(qtbot, dialog) == Summary(3, 3)
    out = photos.parent / "photos edited"
    assert (out / "trip/c.png").exists() and read_receipt(out / "a.jpg").condition["grain"] == 0.05
    np.testing.assert_array_equal(load(out / "b.png"), np.rint(load(photos / "b.png") / 2))
    assert dialog.progress.text.text() == "Done: 3 written." and dialog.progress.bar.value() == 1000
    assert finished(qtbot, dialog) == Summary(3, 0, 3)
    assert dialog.progress.text.text() == "Done: 0 written, 3 done before."
    assert len(commands.conditions) == 3


def test_a_dropped_folder_is_offered_to_be_edited(qtbot: QtBot, window: MainWindow, photos: Path) -> None:
    before = window.session.photo
    assert window.documents.open_incoming(MimeInput([photos], None))
    dialog = window.documents.folder_dialog
    assert dialog is not None and dialog.isVisible()
    assert dialog.form.folders == (photos, photos.with_name("photos edited"))
    qtbot.waitUntil(lambda: dialog.form.count.text() == "2 photos")
    assert window.session.photo is before


def test_a_folder_dropped_while_another_is_edited_changes_nothing(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, commands: CommandEngine, window: MainWindow
) -> None:
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    dialog.close()
    window.documents.open_incoming(MimeInput([photos / "trip"], None))
    assert dialog.isVisible() and dialog.form.folders[0] == photos
    commands.held = False


def test_cancel_and_go_on(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, commands: CommandEngine, window: MainWindow
) -> None:
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    qtbot.waitUntil(lambda: dialog.progress.text.text() == "1 of 2 · a.jpg")
    assert dialog.stop.isVisible() and not dialog.start.isVisible() and not dialog.form.isEnabled()
    # The window can be used meanwhile.
    window.session.settings.set_value(Task.SHARPEN, 2.0)
    window.session.settings.set_enabled(Task.SHARPEN, True)
    qtbot.waitUntil(lambda: window.session.preview.status.kind == "final", timeout=3000)
    # What is told is the edit that is being made, and the folder can be looked into.
    assert (
        dialog.form.edit_summary.text() == "Film grain 0.050 px · seed 0" and dialog.show_folder.isVisible()
    )
    assert finished(qtbot, dialog, dialog.stop) == Summary(2, stopped=True)
    assert dialog.progress.text.text() == "Stopped: 0 written, 2 left. Start goes on from here."
    assert (
        dialog.start.isVisible()
        and dialog.form.isEnabled()
        and not list((photos.parent / "photos edited").iterdir())
    )
    commands.held = False
    assert dialog.form.edit_summary.text() == "Sharpen 2.00 λ · Film grain 0.050 px · seed 0"
    window.session.settings.reroll_grain()
    grain = window.session.state.grain_seed
    assert dialog.form.edit_summary.text().endswith(f" · Film grain 0.050 px · seed 0 · grain seed {grain}")
    window.session.history.undo_stack.undo()
    assert finished(qtbot, dialog) == Summary(2, 2)


def test_failures_are_listed_and_can_be_copied(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, window: MainWindow
) -> None:
    (photos / "broken.jpg").write_bytes(b"no photo")
    (photos.parent / "photos edited").mkdir()
    (photos.parent / "photos edited/b.png").write_text("mine")
    assert len(finished(qtbot, dialog).failures) == 2
    assert dialog.progress.text.text() == "Done: 1 written, 2 failed."
    assert dialog.progress.failures_title.text() == "2 photos failed"
    lines = dialog.progress.failures.toPlainText().splitlines()
    assert lines[0].startswith("b.png: b.png is there already") and "--" not in lines[0]
    assert lines[1].startswith("broken.jpg: broken.jpg is not a picture")
    click(qtbot, dialog.progress.copy)
    assert QGuiApplication.clipboard().text().splitlines() == lines
    (photos / "broken.jpg").unlink()
    click(qtbot, dialog.form.existing.button(1))  # type: ignore[arg-type]
    assert finished(qtbot, dialog) == Summary(2, 1, 1)
    assert not dialog.progress.failures.isVisible() and not dialog.progress.copy.isVisible()


def test_hidden_it_goes_on_and_tells_the_end(
    qtbot: QtBot, dialog: FolderDialog, window: MainWindow, commands: CommandEngine
) -> None:
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and dialog.run.is_running
    told: list[str] = []
    dialog.message.connect(told.append)
    with qtbot.waitSignal(dialog.run.finished):
        commands.held = False
    assert told == ["Done: 2 written."]
    window.actions_by_name["folder"].trigger()
    assert dialog.isVisible() and dialog.progress.text.text() == told[0]


@pytest.mark.parametrize("agrees", [True, False])
def test_quitting_asks_and_stops(
    qtbot: QtBot,
    dialog: FolderDialog,
    window: MainWindow,
    commands: CommandEngine,
    monkeypatch: pytest.MonkeyPatch,
    agrees: bool,
) -> None:
    asked: list[str] = []

    def answer(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Yes if agrees else QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", answer)
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    assert window.close() == agrees
    assert len(asked) == 1 and "still being edited" in asked[0]
    assert dialog.run._thread.is_running != agrees
    if not agrees:
        commands.held = False
        with qtbot.waitSignal(dialog.run.finished):
            pass
