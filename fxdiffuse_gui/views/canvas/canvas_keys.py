"""`CanvasKeys`: the keys of the canvas that no menu has."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from fxdiffuse_gui.views.canvas.shape_tool import ShapeTool


class CanvasKeys:
    """Space, backslash and Z while they are held; Enter and Backspace for an outline of `shape`.

    `hold_space`, `hold_backslash` and `hold_z` are called with True on the press, with False on the release.
    """

    def __init__(
        self,
        shape: ShapeTool,
        *,
        hold_space: Callable[[bool], None],
        hold_backslash: Callable[[bool], None],
        hold_z: Callable[[bool], None],
    ) -> None:
        self._shape = shape
        self._hold_space = hold_space
        self._hold_backslash = hold_backslash
        self._hold_z = hold_z
        self._is_z_held = False

    def change_outline(self, event: QKeyEvent) -> bool:
        """Enter closes the outline, Backspace takes its last corner back; False for any other key."""
        if not self._shape.is_active or self._shape.is_dragged:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._shape.close()
        elif event.key() == Qt.Key.Key_Backspace:
            self._shape.remove_corner()
        else:
            return False
        return True

    def press(self, event: QKeyEvent) -> bool:
        """A key is pressed; False if it is none of those that are held."""
        return self._hold(event, True)

    def release(self, event: QKeyEvent) -> bool:
        """A key is released; False if it is none of those that are held."""
        return self._hold(event, False)

    def release_all(self) -> None:
        """The keyboard focus has gone: releases will not be reported."""
        self._hold_space(False)
        self._hold_backslash(False)
        self._loupe(False)

    def _hold(self, event: QKeyEvent, held: bool) -> bool:
        has_modifier = bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        match event.key():
            case Qt.Key.Key_Space:
                change = self._hold_space
            case Qt.Key.Key_Backslash:
                change = self._hold_backslash
            case Qt.Key.Key_Z if not (held and has_modifier):
                change = self._loupe
            case _:
                return False
        if not event.isAutoRepeat():
            change(held)
        return True

    def _loupe(self, held: bool) -> None:
        """A release undoes only what the key did, not what was chosen in the menu."""
        if held or self._is_z_held:
            self._hold_z(held)
        self._is_z_held = held
