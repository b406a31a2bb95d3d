"""`EditHistory`: the settings of one photo, and the history that every change of them goes through."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from fxdiffuse_gui.app.edit.commands import ChangeSettings
from fxdiffuse_gui.document.edit_state import EditState


class EditHistory(QObject):
    """Changes the state through commands, so that everything can be undone. `MaskModel` builds on it."""

    state_changed = Signal(object)
    """EditState, after every change of a setting."""
    message = Signal(str)
    """One sentence for the artist."""

    def __init__(self, state: EditState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._state = state
        self._drag = 0
        self._dragging = False

    @property
    def state(self) -> EditState:
        """The current settings."""
        return self._state

    def _request(self) -> None:
        """Called when the settings ask for another picture."""
        raise NotImplementedError

    def end_drag(self) -> None:
        """Ends a drag: the next change starts a step of its own, and the final result is computed."""
        self._drag += 1
        if self._dragging:
            self._dragging = False
            self._request()

    def _change(
        self, text: str, fields: Mapping[str, Any], *, dragging: bool = False, merge_key: object = None
    ) -> None:
        """Sets some fields of the state as a step called `text`, if that changes anything.

        While `dragging`, changes of the same `merge_key` become one step.
        """
        before = {name: getattr(self._state, name) for name in fields}
        if all(before[name] is value or _same(before[name], value) for name, value in fields.items()):
            return
        if not dragging:
            self._drag += 1
        self._dragging = dragging
        merge_key = (merge_key, self._drag) if dragging else None
        self.undo_stack.push(ChangeSettings(text, self._apply_fields, before, fields, merge_key))

    def _join_drag(self, text: str, fields: Mapping[str, Any], merge_key: object) -> None:
        """Sets some fields in one step with the drag of the same `merge_key` that has just ended."""
        self._drag -= 1
        self._change(text, fields, dragging=True, merge_key=merge_key)
        self.end_drag()

    def _apply_fields(self, fields: Mapping[str, Any]) -> None:
        self._state = replace(self._state, **fields)
        self.state_changed.emit(self._state)
        if set(fields) != {"seed_locked"}:
            self._request()


def _same(a: object, b: object) -> bool:
    """Equality that never compares pictures element by element: those are the same only when identical."""
    return not isinstance(a, np.ndarray) and not isinstance(b, np.ndarray) and a == b
