"""`Bypass`: which effect is left out of the picture on screen; no setting changes."""

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task


class Bypass(QObject):
    """Ends when the effect itself is changed. Exports ignore it."""

    changed = Signal(object)
    """Task, or None."""

    def __init__(self, history: EditHistory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.task: Task | None = None
        self._setting: object = None
        history.state_changed.connect(self._on_state)

    def set(self, task: Task | None) -> None:
        """Leaves `task` out of the picture on screen; None, or an effect that does nothing now, leaves out
        none. Neither settings nor history change."""
        if self._switch_to(task):
            self._history.request_render()

    def clear(self) -> None:
        """Leaves out none, without asking for a picture."""
        self._switch_to(None)

    def _switch_to(self, task: Task | None) -> bool:
        state = self._history.state
        if task not in state.active_tasks:
            task = None
        if task is self.task:
            return False
        self.task, self._setting = task, _setting(task, state)
        self.changed.emit(task)
        return True

    def _on_state(self, state: EditState) -> None:
        # Changing the bypassed effect shows it again.
        if self.task is not None and self._setting != _setting(self.task, state):
            self._switch_to(None)


def _setting(task: Task | None, state: EditState) -> object:
    """What the effect's own controls are set to. Pictures are compared by identity: they never change."""
    angle = state.blur_angle if task is Task.BLUR else None
    reference = id(state.reference) if task is Task.COLOR else None
    mask = id(state.mask) if task is Task.INPAINT else None
    return task is not None and (state.values.get(task), task in state.active_tasks, angle, reference, mask)
