"""The sheet of all keys, as it is shown from Help."""

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.help.help_dialogs import keys_dialog
from fxdiffuse_gui.views.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    return window


def test_the_keyboard_map_lists_every_key(qtbot: QtBot, window: MainWindow) -> None:
    dialog = keys_dialog(window, window.actions_by_name)
    qtbot.addWidget(dialog)
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for action in window.actions_by_name.all:
        if action.shortcuts():
            assert action.text().replace("&", "").rstrip("…") in texts


def test_the_keyboard_map_is_grouped_by_menu(qtbot: QtBot, window: MainWindow) -> None:
    dialog = keys_dialog(window, window.actions_by_name)
    qtbot.addWidget(dialog)
    dialog.show()
    labels = {label.text(): label for label in dialog.findChildren(QLabel)}
    places = [labels[title] for title in ("File", "Edit", "Mask", "View", "Help", "Pointer")]
    # Columns from left to right, each from top to bottom.
    assert [(one.x(), one.y()) for one in places] == sorted((one.x(), one.y()) for one in places)
    assert len({one.x() for one in places}) == 3
    edit, undo, mask = labels["Edit"], labels["Undo"], labels["Mask"]
    assert edit.y() < undo.y() and edit.x() < undo.x() < mask.x()
    assert labels["File"].y() < labels["Export"].y() < edit.y()


def test_the_keyboard_map_scrolls_where_the_screen_is_small(qtbot: QtBot, window: MainWindow) -> None:
    dialog = keys_dialog(window, window.actions_by_name)
    qtbot.addWidget(dialog)
    dialog.show()
    room = dialog.screen().availableSize()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    bars = area.horizontalScrollBar(), area.verticalScrollBar()
    # Wider than the screen of the tests.
    assert dialog.width() == room.width() and bars[0].maximum() > 0
    dialog.resize(dialog.width() + bars[0].maximum(), dialog.height())
    assert [bar.maximum() for bar in bars] == [0, 0]
