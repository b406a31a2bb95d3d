"""Exporting, and what is asked before edits are lost."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.views.main_window import MainWindow
from tests.views.main_window.window_input import CTRL, PhotoFile, open_photo, press
from tests.views.questions import answer_with


def test_the_export_dialog_writes_the_edit(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog

    def accept(dialog: ExportDialog) -> int:
        dialog.name.setText("result.png")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ExportDialog, "exec", accept)
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    with qtbot.waitSignal(opened.session.files.exported) as done:
        press(opened, Qt.Key.Key_E, CTRL)
    photo = opened.session.photo
    assert photo is not None
    np.testing.assert_array_equal(read_photo(done.args[0]).original, 255 - photo.original)
    assert "result.png" in opened.toast.text and not opened.isWindowModified()


def test_edits_are_not_thrown_away_unasked(
    qtbot: QtBot, opened: MainWindow, photo_file: PhotoFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    other = photo_file(20, 20, "other.png")
    asked = answer_with(monkeypatch, "Cancel")
    opened.open(other)
    assert len(asked) == 1 and opened.windowTitle().startswith("photo.png")
    asked = answer_with(monkeypatch, "Discard")
    open_photo(qtbot, opened, other)
    assert len(asked) == 1 and opened.windowTitle().startswith("other.png")
    asked = answer_with(monkeypatch, "Cancel")
    open_photo(qtbot, opened, other)
    assert asked == []


def test_export_and_then_go_on(
    qtbot: QtBot, opened: MainWindow, photo_file: PhotoFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def export() -> bool:
        opened.session.files.export(tmp_path / "out.png", ExportOptions())
        return True

    monkeypatch.setattr(opened.documents.unsaved, "_export", export)
    answer_with(monkeypatch, "Export")
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    open_photo(qtbot, opened, photo_file(20, 20, "other.png"))
    assert (tmp_path / "out.png").exists() and opened.windowTitle().startswith("other.png")


def test_closing_asks_about_edits(qtbot: QtBot, opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    answer_with(monkeypatch, "Cancel")
    opened.close()
    assert opened.isVisible()
    answer_with(monkeypatch, "Discard")
    opened.close()
    qtbot.waitUntil(lambda: not opened.isVisible())


def test_closing_asks_about_a_running_export(
    qtbot: QtBot, opened: MainWindow, engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.held = True
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    opened.session.files.export(tmp_path / "out.png", ExportOptions())
    asked: list[str] = []

    def refuse(*arguments: Any) -> QMessageBox.StandardButton:
        asked.append(arguments[2])
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", refuse)
    opened.close()
    assert opened.isVisible() and "still running" in asked[0]
    engine.held = False
    with qtbot.waitSignal(opened.session.files.exported):
        pass
