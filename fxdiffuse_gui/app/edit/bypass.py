"""`Bypass`: one effect left out of the picture for a look at the rest, no setting being touched."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task


class Bypass(QObject):
    """Stands between the settings and what is computed for the screen. Exports know nothing of it."""

    changed = Signal(object)
    """Task, or None."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.task: Task | None = None
        self._setting: object = None

    def set(self, task: Task | None, state: EditState) -> bool:
        """Leaves `task` out; None, or one that does nothing in `state`, leaves out none. Whether that is
        another than before."""
        if task not in state.active_tasks:
            task = None
        if task is self.task:
            return False
        self.task, self._setting = task, _setting(task, state)
        self.changed.emit(task)
        return True

    def applied_to(self, state: EditState) -> EditState:
        """The settings whose picture is to be seen. Whoever changes the effect wants to see it again."""
        if self.task is not None and self._setting != _setting(self.task, state):
            self.set(None, state)
        return state if self.task is None else replace(state, enabled=state.enabled - {self.task})


def _setting(task: Task | None, state: EditState) -> object:
    """What the effect's own controls say. Pictures are compared by identity: they never change."""
    angle = state.blur_angle if task is Task.BLUR else None
    reference = id(state.reference) if task is Task.COLOR else None
    mask = id(state.mask) if task is Task.INPAINT else None
    return task is not None and (state.values.get(task), task in state.active_tasks, angle, reference, mask)
