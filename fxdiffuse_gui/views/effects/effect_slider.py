"""The slider of an effect: superqt's float slider with ticks, fine and coarse steps, and relative drags."""

import math

from PySide6.QtCore import QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QWidget
from superqt import QDoubleSlider

from fxdiffuse_gui.engine.conditions.tasks import TaskSpec
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.wheel_guard import WheelGuard, step_factor

SETTLE_MS = 400
"""Wheel turns and key presses closer together than this are one gesture, so one step of undo."""

_TICK_TOP, _TICK_LENGTH = 9, 4
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


class EffectSlider(QDoubleSlider):
    """Reports what the user does; the owner of the value calls `setValue` with signals blocked.

    A press on the handle does not move it, so that a double click resets and leaves nothing behind in the
    history; a press elsewhere brings the handle there. Ctrl makes a drag and each step ten times finer,
    Shift makes each step ten times coarser.
    """

    moved = Signal(float)
    """The value that a drag, the wheel or a key asks for, in the unit of the task."""
    gesture_ended = Signal()
    """The handle was released, or the wheel or keys came to rest."""
    reset_requested = Signal(bool)
    """True when the first click of the double click, just before, has moved the handle."""

    def __init__(self, spec: TaskSpec, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._spec = spec
        self._grabbed: tuple[float, float] | None = None
        self._fine = False
        self._jumped = False
        self._last_x = 0.0
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.gesture_ended)
        self.setRange(spec.minimum, spec.maximum)
        self.setSingleStep(spec.step)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(28 if spec.ticks else 22)
        self.wheel_guard = WheelGuard(self)

    def nudge(self, steps: float) -> None:
        """Moves by `steps` of the task's step, as the wheel and the keys do."""
        self._settle.start()
        self._ask(self.value() + steps * self._spec.step)

    def settle(self) -> None:
        """Ends a gesture of the wheel or the keys now instead of after `SETTLE_MS`."""
        if self._settle.isActive():
            self._settle.stop()
            self.gesture_ended.emit()

    # --- events -----------------------------------------------------------------------------------

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        """Grabs the handle, or brings it to the pointer."""
        if ev.button() is not Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        self.settle()
        ev.accept()
        self.setSliderDown(True)
        x = ev.position().x()
        self._jumped = not self._handle().adjusted(-2, -4, 2, 4).contains(ev.position().toPoint())
        if self._jumped:
            self._ask(self._snapped(self._value_at(x), fine=False))
        self._hold(x, fine=_is_fine(ev))
        self.update()

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        """Moves the value with the pointer; with Ctrl at a tenth of its speed."""
        if self._grabbed is None:
            ev.ignore()
            return
        ev.accept()
        fine = _is_fine(ev)
        if fine != self._fine:
            # The speed changes here, without a jump.
            self._hold(self._last_x, fine=fine)
        self._last_x = ev.position().x()
        start, value = self._grabbed
        way = (ev.position().x() - start) / self._span() * (self.maximum() - self.minimum())
        self._ask(self._snapped(value + way * (0.1 if fine else 1.0), fine=fine))

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        """Ends the drag."""
        if self._grabbed is None or ev.button() is not Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        ev.accept()
        self._grabbed = None
        self.setSliderDown(False)
        self.update()
        self.gesture_ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Asks for the default value."""
        event.accept()
        self.reset_requested.emit(self._jumped)
        self._jumped = False

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Steps the value if the wheel is armed; otherwise the panel scrolls."""
        if not self.wheel_guard.armed:
            e.ignore()
            return
        e.accept()
        if notches := self.wheel_guard.steps(e):
            self.nudge(notches * step_factor(e.modifiers()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys step, Home and End go to the ends, Backspace and Delete reset."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.nudge(_ARROWS[key] * step_factor(event.modifiers()))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._settle.start()
            self._ask(self.minimum() if key is Qt.Key.Key_Home else self.maximum())
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.reset_requested.emit(False)
        else:
            event.ignore()
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Ends the gesture."""
        self.settle()
        super().focusOutEvent(event)

    def paintEvent(self, ev: QPaintEvent) -> None:
        """Draws the marks under the groove, then the slider as the style sheet says."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(QPen(QColor(theme.MUTED), 1))
        for tick in self._spec.ticks:
            x = math.floor(self._x_of(tick)) + 0.5
            painter.drawLine(QPointF(x, middle + _TICK_TOP), QPointF(x, middle + _TICK_TOP + _TICK_LENGTH))
        painter.end()
        super().paintEvent(ev)

    # --- geometry ---------------------------------------------------------------------------------

    def _ask(self, value: float) -> None:
        value = min(max(value, self.minimum()), self.maximum())
        self.moved.emit(round(value, self._spec.decimals + 1))

    def _snapped(self, value: float, *, fine: bool) -> float:
        step = self._spec.step * (0.1 if fine else 1.0)
        return round(value / step) * step

    def _hold(self, x: float, *, fine: bool) -> None:
        self._fine = fine
        self._last_x = x
        self._grabbed = (x, self.value())

    def _sub_control(self, which: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, which, self)

    def _handle(self) -> QRect:
        return self._sub_control(QStyle.SubControl.SC_SliderHandle)

    def _span(self) -> float:
        """Pixels between the handle's two ends."""
        groove = self._sub_control(QStyle.SubControl.SC_SliderGroove)
        return max(groove.width() - self._handle().width(), 1)

    def _x_of(self, value: float) -> float:
        left = self._sub_control(QStyle.SubControl.SC_SliderGroove).x() + self._handle().width() / 2
        return left + (value - self.minimum()) / (self.maximum() - self.minimum()) * self._span()

    def _value_at(self, x: float) -> float:
        left = self._x_of(self.minimum())
        return self.minimum() + (x - left) / self._span() * (self.maximum() - self.minimum())


def _is_fine(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
