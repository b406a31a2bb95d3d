"""`AngleDial`: a dial for an axis: 0° to 180°, counter-clockwise from the picture's +x."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
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
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.views.effects.effect_slider import SETTLE_MS
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.wheel_guard import WheelGuard, step_factor

_SIDE = 58
_SNAP_DEGREES = 15
_KEYS = {Qt.Key.Key_Left: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Right: -1, Qt.Key.Key_Down: -1}


class AngleDial(QWidget):
    """Draws the line along which the blur runs. Owns no value: see `show_angle`.

    Drag turns it, with Shift in steps of 15°; the wheel and the arrow keys turn by 1° (Ctrl 0.1°, Shift 10°).
    """

    turned = Signal(float)
    """The requested angle, in degrees in [0, 180)."""
    gesture_ended = Signal()
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._angle = 0.0
        self._automatic = False
        self._off = False
        self._held = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.gesture_ended)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())
        self.wheel_guard = WheelGuard(self)

    def show_angle(self, angle: float, *, automatic: bool, off: bool) -> None:
        """Shows `angle` in degrees; gray when it is automatic or the effect is off."""
        if (angle, automatic, off) != (self._angle, self._automatic, self._off):
            self._angle, self._automatic, self._off = angle, automatic, off
            self.update()

    def nudge(self, degrees: float) -> None:
        """Turns by `degrees`, as the wheel and the keys do."""
        self._settle.start()
        self._ask(self._angle + degrees)

    def settle(self) -> None:
        """Ends a gesture of the wheel or the keys now."""
        if self._settle.isActive():
            self._settle.stop()
            self.gesture_ended.emit()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(_SIDE, _SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Points the line at the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.settle()
        self._held = True
        self._point_at(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turns the line with the pointer."""
        if self._held:
            self._point_at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the drag."""
        if self._held and event.button() is Qt.MouseButton.LeftButton:
            self._held = False
            self.update()
            self.gesture_ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Asks for 'auto'."""
        event.accept()
        self.reset_requested.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns the line if the wheel is armed; otherwise the panel scrolls."""
        if not self.wheel_guard.armed:
            event.ignore()
            return
        event.accept()
        if notches := self.wheel_guard.steps(event):
            self.nudge(notches * step_factor(event.modifiers()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows turn the line."""
        key = Qt.Key(event.key())
        if key not in _KEYS:
            event.ignore()
            return
        event.accept()
        self.nudge(_KEYS[key] * step_factor(event.modifiers()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Ends the gesture."""
        self.settle()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ring, marks at every 45°, and the line with its two grips."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        middle, radius = ring.center(), ring.width() / 2
        painter.setPen(QPen(QColor(theme.ACCENT if self.hasFocus() else theme.LINE), 1))
        painter.setBrush(QColor(theme.FIELD))
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(theme.DISABLED), 1))
        for degrees in range(0, 360, 45):
            painter.drawLine(_at(middle, radius - 4, degrees), _at(middle, radius - 1.5, degrees))
        pen = QPen(self._line_color(), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if self._automatic:
            pen.setDashPattern([1.5, 2.5])
        painter.setPen(pen)
        painter.drawLine(_at(middle, radius - 9, self._angle), _at(middle, radius - 9, self._angle + 180))
        if not self._automatic:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._line_color())
            for end in (self._angle, self._angle + 180):
                painter.drawEllipse(_at(middle, radius - 9, end), 3.5, 3.5)

    def _line_color(self) -> QColor:
        if self._off:
            return QColor(theme.HANDLE_OFF)
        if self._automatic:
            return QColor(theme.MUTED)
        return QColor(theme.ACCENT_HOVER if self._held or self.underMouse() else theme.ACCENT)

    def _point_at(self, event: QMouseEvent) -> None:
        event.accept()
        way = event.position() - QRectF(self.rect()).center()
        if math.hypot(way.x(), way.y()) < 3:
            return
        # The screen's y runs downward, angles count counter-clockwise.
        angle = math.degrees(math.atan2(-way.y(), way.x()))
        grid = _SNAP_DEGREES if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._ask(round(angle / grid) * grid)

    def _ask(self, angle: float) -> None:
        self.turned.emit(round(angle, 1) % 180.0)


def _at(middle: QPointF, distance: float, degrees: float) -> QPointF:
    turn = math.radians(degrees)
    return middle + QPointF(math.cos(turn) * distance, -math.sin(turn) * distance)
