"""`XYPanel`: the card of the pad over two effects. It can be folded; both choices are stored."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from fxdiffuse_gui.app.effect_text import effect_name, effect_value
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task
from fxdiffuse_gui.views.effects.xy_pad import XYPad
from fxdiffuse_gui.views.style import theme

PAD_TASKS = tuple(spec.task for spec in TASKS if spec.has_intensity)
_FIRST = (Task.GRAIN, Task.SHARPEN)


class XYPanel(QFrame):
    """Moves two sliders at once, through the session, as their cards do."""

    def __init__(
        self, session: Session, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings if settings is not None else QSettings()
        theme.set_role(self, "card")
        self.setAccessibleName(tr("Two effects at once"))
        self.fold = QToolButton()
        self.body = QWidget()
        x, y = self._remembered("x", _FIRST[0]), self._remembered("y", _FIRST[1])
        if x is y:
            x, y = _FIRST
        self.pad = XYPad(SPECS[x], SPECS[y])
        self.x_choice = self._choice(tr("Effect across"), x)
        self.y_choice = self._choice(tr("Effect upward"), y)
        self._tasks = (x, y)
        self._build()
        self.x_choice.activated.connect(lambda: self._choose(0))
        self.y_choice.activated.connect(lambda: self._choose(1))
        self.pad.moved.connect(self._move)
        self.pad.gesture_ended.connect(session.history.end_drag)
        self.pad.reset_requested.connect(self._reset)
        session.history.state_changed.connect(self._show)
        self._show(session.state)

    @property
    def tasks(self) -> tuple[Task, Task]:
        """The effect across and the one upward."""
        return self._tasks

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.fold.setText(tr("Two at once"))
        self.fold.setToolTip(tr("A pad that moves two effects with one hand"))
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.set_role(self.fold, "flat")
        self.fold.clicked.connect(lambda: self._unfold(self.body.isHidden()))
        axes = QHBoxLayout()
        axes.setSpacing(theme.SPACE_1)
        for text, choice in (("→", self.x_choice), ("↑", self.y_choice)):
            axes.addWidget(QLabel(text))
            axes.addWidget(choice, 1)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, theme.SPACE_1, 0, theme.SPACE_1)
        column.setSpacing(theme.SPACE_2)
        column.addLayout(axes)
        column.addWidget(self.pad)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_3, theme.SPACE_1)
        rows.setSpacing(0)
        rows.addWidget(self.fold)
        rows.addWidget(self.body)
        self._unfold(self._settings.value("xy_pad/open", False, type=bool) is True)

    def _choice(self, name: str, task: Task) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        choice.setToolTip(name)
        for one in PAD_TASKS:
            choice.addItem(effect_name(one), one)
        choice.setCurrentIndex(PAD_TASKS.index(task))
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return choice

    def _remembered(self, axis: str, otherwise: Task) -> Task:
        stored = self._settings.value(f"xy_pad/{axis}")
        return next((task for task in PAD_TASKS if task.value == stored), otherwise)

    def _unfold(self, on: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.fold.setAccessibleDescription(tr("Open") if on else tr("Folded"))
        self.body.setVisible(on)
        self._settings.setValue("xy_pad/open", on)

    # --- use --------------------------------------------------------------------------------------

    def _choose(self, axis: int) -> None:
        """Sets another effect for one axis; if the other axis has it, the two change places."""
        chosen = PAD_TASKS[(self.x_choice, self.y_choice)[axis].currentIndex()]
        other = self._tasks[1 - axis] if self._tasks[1 - axis] is not chosen else self._tasks[axis]
        self._tasks = (chosen, other) if axis == 0 else (other, chosen)
        for choice, name, task in zip((self.x_choice, self.y_choice), "xy", self._tasks, strict=True):
            choice.setCurrentIndex(PAD_TASKS.index(task))
            self._settings.setValue(f"xy_pad/{name}", task.value)
        self.pad.set_specs(*(SPECS[task] for task in self._tasks))
        self._show(self._session.state)

    def _move(self, x: float, y: float) -> None:
        self._session.settings.set_values(dict(zip(self._tasks, (x, y), strict=True)), dragging=True)

    def _reset(self, jumped: bool) -> None:
        self._session.settings.reset_values(self._tasks, joins_drag=jumped)

    def _show(self, state: EditState) -> None:
        x, y = (state.values[task] for task in self._tasks)
        self.pad.show_values(x, y, off=not state.enabled.intersection(self._tasks))
        effects = ", ".join(effect_value(task, state.values[task]) for task in self._tasks)
        self.pad.setAccessibleName(tr("Pad: {effects}", effects=effects))
        help_text = tr("Drag or arrow keys move both · Double-click: defaults · Ctrl: fine · Shift: coarse")
        self.pad.setAccessibleDescription(help_text)
        self.pad.setToolTip(f"{effects}<br>{help_text}")
