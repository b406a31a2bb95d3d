"""The main window as its user meets it: keys, menus, drops, questions."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.views.application import CrashReporter
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.mask_tools.brush import Tool
from tests.views.questions import answer_with

PhotoFile = Callable[..., Path]
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot, live_session: Session) -> Iterator[MainWindow]:
    window = MainWindow(live_session)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.session.history.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    yield window
    live_session.preview.cancel()


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, photo_file: PhotoFile) -> MainWindow:
    open_photo(qtbot, window, photo_file(300, 200))
    return window


def open_photo(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.session.photo_changed):
        window.open(path)


def test_at_its_first_size_every_effect_is_in_sight(window: MainWindow) -> None:
    window.resize(1440, 900)
    QApplication.processEvents()
    panel = window.effects
    for card in panel.cards.values():
        corners = [card.mapTo(panel, QPoint(0, 0)), card.mapTo(panel, QPoint(0, card.height()))]
        assert all(panel.rect().contains(corner) for corner in corners)


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """A key as the window system delivers it, so that shortcuts take part."""
    from PySide6.QtTest import QTest

    QTest.keyClick(window.windowHandle(), key, modifier)


def drop(window: MainWindow, data: QMimeData) -> None:
    copy, left, place = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, QPointF(300, 300)
    enter = QDragEnterEvent(place.toPoint(), copy, data, left, NONE)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(place, copy, data, left, NONE, QEvent.Type.Drop))


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


# --- assembly ---------------------------------------------------------------------------------------


def test_before_a_photo_is_there_its_commands_are_off(window: MainWindow) -> None:
    assert window.windowTitle() == "fxdiffuse"
    assert not window.actions_by_name["export"].isEnabled()
    assert window.actions_by_name["open"].isEnabled()


def test_settings_without_a_photo_are_not_worth_a_question(window: MainWindow) -> None:
    window.session.settings.set_value(Task.GRAIN, 0.05)
    assert not window.isWindowModified()
    window.close()
    assert not window.isVisible()


def test_the_panels_are_there(window: MainWindow) -> None:
    assert set(window.effects.cards) == set(Task)
    assert window.mask_tools.isVisible() and window.seed_bar.isVisible()
    assert window.scopes.isVisible() and window.history.isVisible()


def test_every_button_has_a_name_and_every_menu_a_mnemonic(window: MainWindow) -> None:
    for button in [*window.findChildren(QToolButton), *window.findChildren(QPushButton)]:
        if button.isVisible() and not button.objectName().startswith("qt_"):
            assert button.text() or button.accessibleName() or button.toolTip(), button
    titles = [action.text() for action in window.menuBar().actions()]
    assert all("&" in title for title in titles)
    assert len({title[title.index("&") + 1].lower() for title in titles}) == len(titles)


def test_no_key_means_two_things(window: MainWindow) -> None:
    keys = [key.toString() for action in window.actions_by_name.all for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


# --- opening ----------------------------------------------------------------------------------------


def test_an_opened_photo_names_the_window_and_joins_the_recent(opened: MainWindow) -> None:
    assert opened.windowTitle() == "photo.png[*] – fxdiffuse" and not opened.isWindowModified()
    assert opened.actions_by_name["export"].isEnabled()
    assert [path.name for path in opened.settings.recent] == ["photo.png"]


def test_a_dropped_file_is_opened(qtbot: QtBot, window: MainWindow, photo_file: PhotoFile) -> None:
    first, second = photo_file(30, 20, "first.png"), photo_file(40, 20, "second.png")
    with qtbot.waitSignal(window.session.photo_changed):
        drop(window, files(first, second))
    assert window.session.photo is not None and window.session.photo.path == first
    assert "first of 2" in window.toast.text


def test_a_bad_drop_is_a_message_and_no_dialog(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    bad = tmp_path / "notes.jpg"
    bad.write_text("not a picture")
    with qtbot.waitSignal(opened.session.message):
        drop(opened, files(bad))
    assert "notes.jpg" in opened.toast.text and opened.windowTitle().startswith("photo.png")
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/picture.jpg")])
    drop(opened, data)
    assert "this computer" in opened.toast.text


def test_a_picture_is_pasted(qtbot: QtBot, window: MainWindow) -> None:
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(window.session.photo_changed):
        press(window, Qt.Key.Key_V, CTRL)
    assert window.windowTitle() == "Pasted picture[*] – fxdiffuse"


def test_an_empty_clipboard_is_a_message(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    press(window, Qt.Key.Key_V, CTRL)
    assert "clipboard" in window.toast.text


def test_recent_photos_open_from_the_menu(qtbot: QtBot, opened: MainWindow, photo_file: PhotoFile) -> None:
    open_photo(qtbot, opened, photo_file(20, 20, "a&b.png"))
    entries = opened.menuBar().actions()[0].menu().actions()
    menu = next(entry.menu() for entry in entries if entry.menu() is not None)
    menu.aboutToShow.emit()
    entries = [action for action in menu.actions() if action.text()]
    assert [entry.text() for entry in entries][:2] == ["&1  a&&b.png", "&2  photo.png"]
    with qtbot.waitSignal(opened.session.photo_changed):
        entries[1].trigger()
    assert opened.windowTitle().startswith("photo.png")


# --- keys -------------------------------------------------------------------------------------------


def test_zoom_keys(opened: MainWindow) -> None:
    view = opened.canvas.view
    press(opened, Qt.Key.Key_2, CTRL)
    assert view.zoom == 2.0
    press(opened, Qt.Key.Key_1, CTRL)
    assert view.zoom == 1.0
    press(opened, Qt.Key.Key_Plus)
    assert view.zoom == 1.5
    press(opened, Qt.Key.Key_Minus)
    press(opened, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.667)
    press(opened, Qt.Key.Key_F)
    assert view.fits
    press(opened, Qt.Key.Key_2, CTRL)
    press(opened, Qt.Key.Key_0, CTRL)
    assert view.fits


def test_mask_keys(opened: MainWindow) -> None:
    brush = opened.brush
    press(opened, Qt.Key.Key_B)
    assert brush.tool is Tool.BRUSH and opened.mask_tools.tools[Tool.BRUSH].isChecked()
    press(opened, Qt.Key.Key_E)
    assert brush.tool is Tool.ERASER
    press(opened, Qt.Key.Key_E)
    assert brush.tool is Tool.BRUSH
    size = brush.size
    press(opened, Qt.Key.Key_BracketRight)
    assert brush.size > size
    press(opened, Qt.Key.Key_BracketLeft)
    assert brush.size == pytest.approx(size)
    press(opened, Qt.Key.Key_V)
    assert brush.tool is Tool.MOVE


def test_undo_and_redo_keys(opened: MainWindow) -> None:
    opened.session.settings.set_value(Task.SHARPEN, 2.0)
    assert opened.isWindowModified()
    press(opened, Qt.Key.Key_Z, CTRL)
    assert Task.SHARPEN not in opened.session.state.enabled and not opened.isWindowModified()
    press(opened, Qt.Key.Key_Y, CTRL)
    assert Task.SHARPEN in opened.session.state.enabled


def test_escape_stops_the_sampler(qtbot: QtBot, opened: MainWindow, engine: Any) -> None:
    engine.held = True
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: bool(engine.calls))
    press(opened, Qt.Key.Key_Escape)
    assert opened.chip.text == "Stopped"
    qtbot.waitUntil(lambda: engine.calls[0].canceled)


def test_escape_takes_a_stroke_back_first(qtbot: QtBot, opened: MainWindow) -> None:
    press(opened, Qt.Key.Key_B)
    qtbot.mousePress(opened.canvas, Qt.MouseButton.LeftButton, pos=opened.canvas.rect().center())
    press(opened, Qt.Key.Key_Escape)
    qtbot.mouseRelease(opened.canvas, Qt.MouseButton.LeftButton, pos=opened.canvas.rect().center())
    assert opened.session.state.mask is None


def test_the_compare_button_shows_the_original_while_it_is_held(qtbot: QtBot, opened: MainWindow) -> None:
    button = next(one for one in opened.findChildren(QToolButton) if one.text() == "Before")
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: opened.session.preview.status.kind == "final")
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert opened.chip.text == "Original"
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert opened.chip.text == "Exact"


def test_typing_a_seed_does_not_take_up_the_brush(qtbot: QtBot, opened: MainWindow) -> None:
    opened.seed_bar.field.setFocus()
    press(opened, Qt.Key.Key_B)
    press(opened, Qt.Key.Key_7)
    assert opened.seed_bar.field.text().endswith("7")


# --- exporting and leaving --------------------------------------------------------------------------


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


def test_the_layout_is_kept(qtbot: QtBot, live_session: Session, engine: Any) -> None:
    first = MainWindow(live_session)
    qtbot.addWidget(first)
    first.docks["history"].hide()
    first.show()
    first.resize(790, 640)
    size = first.size()
    first.close()
    second = MainWindow(Session(engine))
    qtbot.addWidget(second)
    second.show()
    assert second.size() == size
    assert second.docks["history"].isHidden() and not second.docks["scopes"].isHidden()
    second.close()


def test_a_message_of_the_session_is_shown_on_the_canvas(window: MainWindow) -> None:
    window.session.message.emit("Something small.")
    assert window.toast.text == "Something small."


def test_undoing_a_stroke_by_key_takes_the_tint_away(opened: MainWindow) -> None:
    opened.session.mask.paint(Region(0, 0, 9, 9), np.full((9, 9), 255, np.uint8))
    press(opened, Qt.Key.Key_Z, CTRL)
    assert opened.session.state.mask is None


def test_letters_are_shortcuts_also_while_a_number_is_being_typed(qtbot: QtBot, opened: MainWindow) -> None:
    box = opened.effects.cards[Task.GRAIN].value_box
    assert box is not None
    qtbot.mouseClick(box.lineEdit(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(box, "0.07")
    press(opened, Qt.Key.Key_Return)
    press(opened, Qt.Key.Key_B)
    assert opened.session.state.values[Task.GRAIN] == 0.07
    assert opened.brush.tool is Tool.BRUSH


def test_a_crash_is_told_from_any_thread(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    reporter = CrashReporter(opened, tmp_path / "fxdiffuse.log")
    error = KeyError("x")
    thread = threading.Thread(target=reporter.report, args=(KeyError, error, None))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "KeyError" in opened.toast.text and "fxdiffuse.log" in opened.toast.text)
