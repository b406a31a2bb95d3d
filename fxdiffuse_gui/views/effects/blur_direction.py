"""The direction of the motion blur: dial, typed degrees, and 'Auto'."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.angle_dial import AngleDial
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.value_box import ValueBox


class BlurDirection(QWidget):
    """With 'Auto' the dial shows, in gray, the direction that the seed draws; turning it ends 'Auto'."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.dial = AngleDial()
        self.degrees = _Degrees(0.0, 179.9, 0, "°")
        self.auto = QPushButton(tr("Auto"))
        self._build()
        session.history.state_changed.connect(self._show)
        self._show(session.state)

    def disarm_wheel(self) -> None:
        """The panel scrolls: controls that come under the pointer must ignore the wheel."""
        self.dial.wheel_guard.disarm()
        self.degrees.wheel_guard.disarm()

    def _build(self) -> None:
        self.dial.setAccessibleName(tr("Blur direction"))
        self.dial.setToolTip(
            tr(
                "<b>Direction of the blur</b><br>0° to 180°, counter-clockwise from the right<br>"
                "Drag, or turn the wheel · Shift: steps of 15° · Double-click: auto"
            )
        )
        self.dial.turned.connect(self._turn)
        self.dial.gesture_ended.connect(self._session.history.end_drag)
        self.dial.reset_requested.connect(lambda: self._session.settings.set_blur_angle(None))
        self.degrees.setAccessibleName(tr("Blur direction in degrees"))
        self.degrees.setToolTip(tr("Direction in degrees, counter-clockwise from the right"))
        self.degrees.setFixedWidth(64)
        self.degrees.typed.connect(self._session.settings.set_blur_angle)
        self.degrees.stepped.connect(self.dial.nudge)
        self.auto.setCheckable(True)
        self.auto.setToolTip(tr("Let the seed choose a direction, another one with every re-roll"))
        self.auto.clicked.connect(self._toggle_auto)
        theme.set_role(self.auto, "segment")
        caption = QLabel(tr("Direction"))
        theme.set_role(caption, "caption")

        values = QHBoxLayout()
        values.setSpacing(theme.SPACE_2)
        values.addWidget(self.auto)
        values.addStretch(1)
        values.addWidget(self.degrees)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_1)
        column.addStretch(1)
        column.addWidget(caption)
        column.addLayout(values)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self.dial, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)

    def _turn(self, angle: float) -> None:
        self._session.settings.set_blur_angle(angle, dragging=True)

    def _toggle_auto(self, automatic: bool) -> None:
        self._session.settings.set_blur_angle(None if automatic else round(_shown_angle(self._session.state)))

    def _show(self, state: EditState) -> None:
        automatic, off = state.blur_angle is None, Task.BLUR not in state.enabled
        angle = _shown_angle(state)
        self.dial.show_angle(angle, automatic=automatic, off=off)
        self.degrees.show_value(round(angle) % 180 if automatic else angle)
        theme.set_flag(self.degrees, "off", off or automatic)
        if self.auto.isChecked() != automatic:
            self.auto.setChecked(automatic)


class _Degrees(ValueBox):
    """Angles repeat after half a turn."""

    def nearest(self, number: float) -> float:
        """200° is the direction of 20°."""
        return number % 180.0


def _shown_angle(state: EditState) -> float:
    """The direction that the edit will have, in degrees in [0, 180)."""
    return EditCondition(blur_angle=state.blur_angle, seed=state.seed).angle
