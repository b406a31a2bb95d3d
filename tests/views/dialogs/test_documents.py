"""Opening and saving projects as a user does: menus, keys, drops, questions."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.project_file import read_project
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.views.main_window import MainWindow
from tests.document.projects import members_of
from tests.views.questions import answer_with

PhotoFile = Callable[..., Path]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: PhotoFile) -> Iterator[MainWindow]:
    window = MainWindow(live_session)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.session.history.mark_saved())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    opened(qtbot, window, photo_file(120, 80))
    yield window
    live_session.preview.cancel()


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.session.photo_changed):
        window.open(path)


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(window.windowHandle(), key, modifier)


def name_file(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """Answers the file dialog with `name`; returns the names that were suggested."""
    suggested: list[str] = []

    def choose(*arguments: Any) -> tuple[str, str]:
        suggested.append(arguments[2])
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return suggested


def test_save_asks_for_a_name_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested = name_file(monkeypatch, str(tmp_path / "mine"))
    window.session.settings.set_value(Task.GRAIN, 0.05)
    with qtbot.waitSignal(window.session.files.project_saved):
        press(window, Qt.Key.Key_S, CTRL)
    assert suggested == [str(tmp_path / "photo.fxd")]
    assert window.windowTitle() == "mine.fxd[*] – fxdiffuse" and not window.isWindowModified()
    assert "mine.fxd" in window.toast.text
    assert [path.name for path in window.settings.recent] == ["mine.fxd", "photo.png"]
    window.session.settings.set_value(Task.GRAIN, 0.06)
    with qtbot.waitSignal(window.session.files.project_saved):
        press(window, Qt.Key.Key_S, CTRL)
    assert len(suggested) == 1
    assert read_project(tmp_path / "mine.fxd").project.state.values[Task.GRAIN] == 0.06


def test_save_as_asks_before_it_replaces(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there.fxd").write_text("something of mine")
    name_file(monkeypatch, str(tmp_path / "there"))
    asked: list[str] = []

    def answer(*arguments: Any) -> QMessageBox.StandardButton:
        asked.append(arguments[2])
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", answer)
    press(window, Qt.Key.Key_S, CTRL | SHIFT)
    assert "there.fxd" in asked[0] and not window.session.files.is_saving
    assert (tmp_path / "there.fxd").read_text() == "something of mine"
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    with qtbot.waitSignal(window.session.files.project_saved):
        press(window, Qt.Key.Key_S, CTRL | SHIFT)
    read_project(tmp_path / "there.fxd")


def test_calling_a_save_off_changes_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    name_file(monkeypatch, "")
    window.session.settings.set_value(Task.GRAIN, 0.05)
    press(window, Qt.Key.Key_S, CTRL)
    assert not window.session.files.is_saving and window.isWindowModified()


def test_the_photo_can_be_kept_in_the_project(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_file(monkeypatch, str(tmp_path / "mine.fxd"))
    window.actions_by_name["keep_photo"].trigger()
    with qtbot.waitSignal(window.session.files.project_saved):
        window.actions_by_name["save"].trigger()
    assert "photo" in members_of(tmp_path / "mine.fxd")
    assert MainWindow(Session()).actions_by_name["keep_photo"].isChecked()


def test_a_dropped_project_is_opened_and_can_be_opened_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, photo_file: PhotoFile
) -> None:
    window.session.settings.set_value(Task.SHARPEN, 2.5)
    with qtbot.waitSignal(window.session.files.project_saved):
        window.session.files.save_project(tmp_path / "mine.fxd")
    opened(qtbot, window, photo_file(20, 20, "other.png"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.fxd"))])
    place, copy, left = window.rect().center(), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(place, copy, data, left, none))
    with qtbot.waitSignal(window.session.photo_changed):
        QApplication.sendEvent(window, QDropEvent(place.toPointF(), copy, data, left, none))
    assert window.windowTitle().startswith("mine.fxd")
    assert window.session.state.values[Task.SHARPEN] == 2.5
    assert window.settings.recent[0] == tmp_path / "mine.fxd"


def test_the_open_dialog_offers_projects(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(window.session.files.project_saved):
        window.session.files.save_project(tmp_path / "mine.fxd")
    filters: list[str] = []

    def choose(*arguments: Any) -> tuple[str, str]:
        filters.append(arguments[3])
        return str(tmp_path / "mine.fxd"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    with qtbot.waitSignal(window.session.photo_changed):
        press(window, Qt.Key.Key_O, CTRL)
    assert "*.fxd" in filters[0].split(";;")[0]


def test_save_and_then_go_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, photo_file: PhotoFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "Save")
    name_file(monkeypatch, str(tmp_path / "mine.fxd"))
    window.session.settings.set_value(Task.GRAIN, 0.05)
    opened(qtbot, window, photo_file(20, 20, "other.png"))
    assert (tmp_path / "mine.fxd").exists() and window.windowTitle().startswith("other.png")


def test_a_save_that_fails_stays_here(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, photo_file: PhotoFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "Save")
    name_file(monkeypatch, str(tmp_path / "none" / "mine.fxd"))
    window.session.settings.set_value(Task.GRAIN, 0.05)
    with qtbot.waitSignal(window.session.files.project_failed):
        window.open(photo_file(20, 20, "other.png"))
    assert "mine.fxd" in window.toast.text and window.windowTitle().startswith("photo.png")
    # A save that works later does not do what was asked for then.
    with qtbot.waitSignal(window.session.files.project_saved):
        window.session.files.save_project(tmp_path / "mine.fxd")
    qtbot.wait(50)
    assert window.windowTitle().startswith("mine.fxd")


def test_closing_while_saving_waits(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.session.settings.set_value(Task.GRAIN, 0.05)
    window.session.files.save_project(tmp_path / "mine.fxd")
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert read_project(tmp_path / "mine.fxd").project.state.values[Task.GRAIN] == 0.05


def test_closing_while_an_unchanged_project_is_saved_waits(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.session.files.save_project(tmp_path / "mine.fxd")
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible())
    read_project(tmp_path / "mine.fxd")


def test_an_edit_made_while_saving_is_asked_about(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_with(monkeypatch, "Cancel")
    window.session.files.save_project(tmp_path / "mine.fxd")
    window.close()
    window.session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: bool(asked))
    assert window.isVisible() and not window.session.files.is_saving


def test_an_export_that_fails_stays_here(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, photo_file: PhotoFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def export() -> bool:
        window.session.files.export(tmp_path / "none" / "out.png", ExportOptions())
        return True

    monkeypatch.setattr(window.documents.unsaved, "_export", export)
    answer_with(monkeypatch, "Export")
    window.session.settings.set_value(Task.GRAIN, 0.05)
    with qtbot.waitSignal(window.session.message):
        window.open(photo_file(20, 20, "other.png"))
    qtbot.waitUntil(lambda: window.session.preview.status.kind == "final")
    # One that works later does not do what was asked for then.
    with qtbot.waitSignal(window.session.files.exported):
        window.session.files.export(tmp_path / "out.png", ExportOptions())
    qtbot.wait(50)
    assert window.windowTitle().startswith("photo.png")


def test_who_quits_during_an_export_is_asked_once_about_it(
    qtbot: QtBot, window: MainWindow, engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.held = True
    window.session.settings.set_value(Task.GRAIN, 0.05)
    window.session.files.export(tmp_path / "out.png", ExportOptions())
    asked: list[str] = []

    def agree(*arguments: Any) -> QMessageBox.StandardButton:
        asked.append(arguments[2])
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", agree)
    answer_with(monkeypatch, "Discard")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(asked) == 1 and not (tmp_path / "out.png").exists()
