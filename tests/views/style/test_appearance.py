"""Dark, light, or as the system is: chosen in the menu, kept, and seen at once."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QGraphicsView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.files.qimage import from_qimage
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.appearance import Appearance, Choice, appearance_menu
from fxdiffuse_gui.views.style.palettes import DARK, LIGHT


class FakeHints:
    """The system, which can be made dark or light."""

    def __init__(self, hints: QStyleHints) -> None:
        self.colorSchemeChanged = hints.colorSchemeChanged
        self.system = Qt.ColorScheme.Unknown
        self.asked = Qt.ColorScheme.Unknown

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:
        self.asked = scheme

    def colorScheme(self) -> Qt.ColorScheme:
        return self.system if self.asked is Qt.ColorScheme.Unknown else self.asked

    def become(self, scheme: Qt.ColorScheme) -> None:
        self.system = scheme
        self.colorSchemeChanged.emit(scheme)


@pytest.fixture
def hints(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> FakeHints:
    fake = FakeHints(qapp.styleHints())
    monkeypatch.setattr(QApplication, "styleHints", lambda: fake)
    return fake


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    yield window
    session.history.undo_stack.setClean()


def pixels(picture: QImage) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return from_qimage(picture)[0]


def test_it_is_dark_until_something_else_is_chosen(qapp: QApplication) -> None:
    appearance = Appearance(WindowSettings())
    assert appearance.choice is Choice.DARK
    assert theme.colors() is DARK


def test_a_choice_is_kept(qapp: QApplication) -> None:
    Appearance(WindowSettings()).choose(Choice.LIGHT)
    theme.use_colors(qapp, DARK)
    assert Appearance(WindowSettings()).choice is Choice.LIGHT
    assert theme.colors() is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)


def test_nonsense_in_the_settings_is_no_choice(qapp: QApplication) -> None:
    WindowSettings().set_appearance("mauve")
    assert Appearance(WindowSettings()).choice is Choice.DARK


def test_system_follows_the_system(qapp: QApplication, hints: FakeHints) -> None:
    appearance = Appearance(WindowSettings())
    hints.become(Qt.ColorScheme.Light)
    assert theme.colors() is DARK
    appearance.choose(Choice.SYSTEM)
    assert theme.colors() is LIGHT
    hints.become(Qt.ColorScheme.Dark)
    assert theme.colors() is DARK
    hints.become(Qt.ColorScheme.Light)
    assert theme.colors() is LIGHT
    hints.become(Qt.ColorScheme.Unknown)
    assert theme.colors() is DARK


def test_the_frame_of_the_window_is_asked_to_be_alike(qapp: QApplication, hints: FakeHints) -> None:
    appearance = Appearance(WindowSettings())
    assert hints.asked is Qt.ColorScheme.Dark
    appearance.choose(Choice.LIGHT)
    assert hints.asked is Qt.ColorScheme.Light
    appearance.choose(Choice.SYSTEM)
    assert hints.asked is Qt.ColorScheme.Unknown


def test_the_menu_marks_the_choice_and_makes_it(qtbot: QtBot) -> None:
    appearance, parent = Appearance(WindowSettings()), QWidget()
    qtbot.addWidget(parent)
    menu = appearance_menu(appearance, parent)

    def marked() -> list[str]:
        return [action.text().replace("&", "") for action in menu.actions() if action.isChecked()]

    assert marked() == ["Dark"]
    menu.actions()[2].trigger()
    assert appearance.choice is Choice.LIGHT and marked() == ["Light"]
    appearance.choose(Choice.SYSTEM)
    assert marked() == ["System"]


def test_it_is_in_the_view_menu(window: MainWindow) -> None:
    titles = [menu.title().replace("&", "") for menu in window.menuBar().findChildren(QMenu)]
    assert "Appearance" in [*titles, *(menu.title().replace("&", "") for menu in window.findChildren(QMenu))]


def test_a_window_that_is_switched_looks_like_one_that_was_made_so(qtbot: QtBot, window: MainWindow) -> None:
    """Whatever kept a color of the other look would show."""
    session = window.session
    for task in (Task.GRAIN, Task.COLOR):
        session.settings.set_enabled(task, True)
    qtbot.waitUntil(lambda: window.scopes.findChild(QGraphicsView) is not None, timeout=20_000)
    qtbot.wait(400)
    dark = pixels(window.grab().toImage())
    window.appearance.choose(Choice.LIGHT)
    qtbot.wait(20)
    switched = pixels(window.grab().toImage())
    other = MainWindow(session)
    qtbot.addWidget(other)
    other.resize(window.size())
    other.show()
    qtbot.wait(400)
    made = pixels(other.grab().toImage())
    assert (switched == made).all()
    assert (dark != switched).any(axis=-1).mean() > 0.9
    window.appearance.choose(Choice.DARK)
    qtbot.wait(20)
    assert (pixels(window.grab().toImage()) == dark).all()


def test_a_dialog_that_is_open_changes_too(window: MainWindow, qtbot: QtBot) -> None:
    from fxdiffuse_gui.views.help.help_dialogs import keys_dialog

    dialog = keys_dialog(window, window.actions_by_name)
    qtbot.addWidget(dialog)
    dialog.show()
    window.appearance.choose(Choice.LIGHT)
    assert dialog.grab().toImage().pixelColor(QPoint(3, 3)) == QColor(LIGHT.window)
