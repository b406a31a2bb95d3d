"""`Appearance`: dark or light, as chosen or as the system is; and its menu."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.palettes import DARK, LIGHT


class Choice(StrEnum):
    """What can be chosen, as it is stored."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


FIRST_CHOICE: Final = Choice.DARK
"""The default: most editors show a photo on a dark surround."""

_SCHEMES = {
    Choice.SYSTEM: Qt.ColorScheme.Unknown,
    Choice.DARK: Qt.ColorScheme.Dark,
    Choice.LIGHT: Qt.ColorScheme.Light,
}


class Appearance(QObject):
    """Keeps the program in the chosen colors. Where the system does not say what it is, 'system' is dark."""

    changed = Signal(object)
    """The new choice."""

    def __init__(self, settings: WindowSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        stored = settings.appearance
        # Another program may have written something else there.
        self._choice = Choice(stored) if stored in list(Choice) else FIRST_CHOICE
        self._hints = QApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def choice(self) -> Choice:
        """The current choice."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Sets `choice`, now and after a restart."""
        if choice is not self._choice:
            self._choice = choice
            self._settings.set_appearance(choice.value)
            self._apply()
            self.changed.emit(choice)

    def _apply(self) -> None:
        # So that the window frame and the dialogs of the system match.
        self._hints.setColorScheme(_SCHEMES[self._choice])
        scheme = self._hints.colorScheme() if self._choice is Choice.SYSTEM else _SCHEMES[self._choice]
        colors = LIGHT if scheme is Qt.ColorScheme.Light else DARK
        app = QApplication.instance()
        if isinstance(app, QApplication) and colors is not theme.colors():
            theme.use_colors(app, colors)


def appearance_menu(appearance: Appearance, parent: QWidget) -> QMenu:
    """The three choices, the one in use marked."""
    menu = QMenu(tr("&Appearance"), parent)
    group = QActionGroup(menu)
    texts = {Choice.SYSTEM: tr("&System"), Choice.DARK: tr("&Dark"), Choice.LIGHT: tr("&Light")}
    actions: dict[Choice, QAction] = {}
    for choice, text in texts.items():
        actions[choice] = menu.addAction(text)
        actions[choice].setCheckable(True)
        group.addAction(actions[choice])
        actions[choice].triggered.connect(lambda _=False, choice=choice: appearance.choose(choice))

    def show(choice: Choice) -> None:
        for one, action in actions.items():
            action.setChecked(one is choice)

    appearance.changed.connect(show)
    show(appearance.choice)
    return menu
