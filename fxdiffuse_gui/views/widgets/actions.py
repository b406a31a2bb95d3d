"""`Actions`: every command of the main window by name, with its key, icon and place in the menus."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from fxdiffuse_gui.views.style.icons import icon

Slot = Callable[[], object]
_MNEMONIC = re.compile(r"\(&\w\)|&")
Keys = QKeySequence.StandardKey | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Entry:
    """One command. `text` has the mnemonic; `keys` are one sequence, several, or a platform standard."""

    name: str
    text: str
    slot: Slot
    keys: Keys = None
    icon: str | None = None
    checkable: bool = False
    needs_photo: bool = False


class Actions:
    """Makes the actions and keeps them by name; they belong to `window`, so their keys work everywhere in
    it."""

    def __init__(self, window: QWidget, bar: QMenuBar) -> None:
        self._window = window
        self._bar = bar
        self._by_name: dict[str, QAction] = {}
        self._need_photo: list[QAction] = []
        self._menus: list[tuple[str, QMenu]] = []

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    @property
    def all(self) -> list[QAction]:
        """Every action, in the order of the menus."""
        return list(self._by_name.values())

    @property
    def by_menu(self) -> list[tuple[str, list[QAction]]]:
        """For every menu its title without mnemonic and its actions, from top to bottom."""
        known = set(self.all)
        return [(title, [one for one in menu.actions() if one in known]) for title, menu in self._menus]

    def menu(self, title: str, entries: list[Entry | QAction | QMenu | None]) -> QMenu:
        """Adds a menu; None is a separator, actions and menus are added as they are."""
        menu = self._bar.addMenu(title)
        self._menus.append((plain(title), menu))
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            elif isinstance(entry, Entry):
                menu.addAction(self._make(entry))
            elif isinstance(entry, QMenu):
                menu.addMenu(entry)
            else:
                menu.addAction(entry)
        return menu

    def take(self, name: str, action: QAction, keys: Keys = None, icon_name: str | None = None) -> QAction:
        """Adds an action that was made elsewhere, such as Qt's own for undo."""
        if icon_name is not None:
            action.setIcon(icon(icon_name))
        _set_keys(action, keys)
        self._window.addAction(action)
        self._by_name[name] = action
        return action

    def show_photo(self, has_photo: bool) -> None:
        """Enables what needs a photo."""
        for action in self._need_photo:
            action.setEnabled(has_photo)

    def _make(self, entry: Entry) -> QAction:
        action = QAction(entry.text, self._window, checkable=entry.checkable)
        # Qt does not remove mnemonics in brackets from the text of a button.
        action.setIconText(plain(entry.text))
        slot = entry.slot
        # Qt passes the check state, which is not for the slot.
        action.triggered.connect(lambda: slot())  # noqa: PLW0108
        if entry.needs_photo:
            self._need_photo.append(action)
            action.setEnabled(False)
        return self.take(entry.name, action, entry.keys, entry.icon)


def plain(text: str) -> str:
    """The text of a menu entry without its mnemonic and dots. Chinese texts end with it: "打开(&O)…"."""
    return _MNEMONIC.sub("", text).rstrip("…")


def _set_keys(action: QAction, keys: Keys) -> None:
    if isinstance(keys, QKeySequence.StandardKey):
        action.setShortcuts(keys)
    elif isinstance(keys, tuple):
        action.setShortcuts([QKeySequence(one) for one in keys])
    elif keys is not None:
        action.setShortcut(QKeySequence(keys))
    label = plain(action.text())
    shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{label} ({shortcut})" if shortcut else label)
