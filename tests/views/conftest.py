"""What every test of widgets needs: the theme, settings of its own, a session without threads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import use_settings_folder
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.palettes import DARK
from fxdiffuse_gui.views.style.theme import apply_theme
from tests.views.studio import Studio


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    """The look that the program has, settings that belong to one test, and no widget left behind by it."""
    use_settings_folder(tmp_path / "settings")
    if not qapp.styleSheet() or theme.colors() is not DARK:
        apply_theme(qapp)
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    """A session whose threads are not started: settings and history work, nothing is computed."""
    session = Session()
    yield session
    session.close()


@pytest.fixture
def studio(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> Studio:
    """A canvas with a photo of 200 × 150 pixels, opened by a session that computes."""
    return Studio(qtbot, live_session, photo_file(200, 150))


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    """On screen, of a session that computes nothing."""
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    session.history.mark_saved()
    window.close()
