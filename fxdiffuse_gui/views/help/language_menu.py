"""To choose the language of the window."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from fxdiffuse_gui.app.language import LANGUAGES, choose_language, chosen_language
from fxdiffuse_gui.core.i18n import tr


def language_menu(parent: QWidget, tell: Callable[[str], None]) -> QMenu:
    """The system's language, or one by its own name. `tell` is given a sentence when another is chosen."""
    menu = QMenu(tr("&Language"), parent)
    group = QActionGroup(menu)
    chosen = chosen_language()

    def choose(language: str) -> None:
        choose_language(language)
        tell(tr("The language changes when fxdiffuse is started the next time."))

    for language, name in {"": tr("As the system"), **LANGUAGES}.items():
        action = QAction(name, group, checkable=True)
        action.setChecked(language == chosen)
        action.triggered.connect(lambda _=False, language=language: choose(language))
        menu.addAction(action)
    return menu
