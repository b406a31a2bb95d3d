"""The main window as its user meets it: keys, menus, drops, questions."""

import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.application import CrashReporter
from fxdiffuse_gui.views.main_window import MainWindow
from tests.views.main_window.window_input import CTRL, PhotoFile, drop, files, open_photo, press


def test_at_its_first_size_every_effect_is_in_sight(window: MainWindow) -> None:
    window.resize(1440, 900)
    QApplication.processEvents()
    panel = window.effects
    for card in panel.cards.values():
        corners = [card.mapTo(panel, QPoint(0, 0)), card.mapTo(panel, QPoint(0, card.height()))]
        assert all(panel.rect().contains(corner) for corner in corners)


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


def test_a_crash_is_told_from_any_thread(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    reporter = CrashReporter(opened, tmp_path / "fxdiffuse.log")
    error = KeyError("x")
    thread = threading.Thread(target=reporter.report, args=(KeyError, error, None))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "KeyError" in opened.toast.text and "fxdiffuse.log" in opened.toast.text)
