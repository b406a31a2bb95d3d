"""The main window of a session that computes."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.main_window import MainWindow
from tests.views.main_window.window_input import PhotoFile, open_photo


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
