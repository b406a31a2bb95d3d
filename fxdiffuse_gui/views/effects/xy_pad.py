"""`XYPad`: a square in which one point is the value of two effects, one across and one upward."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fxdiffuse_gui.engine.conditions.tasks import TaskSpec
from fxdiffuse_gui.views.effects.effect_slider import SETTLE_MS
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.wheel_guard import step_factor

_SIDE = 148
_INSET = 10  # px between the frame and the outermost place of the point
_RADIUS = 6
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}


class XYPad(QWidget):
    """Owns no values: see `show_values`. Both axes are scaled as the sliders are.

    As on a slider, a press on the point does not move it and a press elsewhere brings it there; Ctrl makes a
    drag and each step of the arrow keys ten times finer, Shift makes each step ten times coarser.
    """

    moved = Signal(float, float)
    """The requested values across and upward, in the units of their tasks."""
    gesture_ended = Signal()
    """The point was released, or the keys came to rest."""
    reset_requested = Signal(bool)
    """True when the first click of the double click, just before, has moved the point."""

    def __init__(self, x: TaskSpec, y: TaskSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = (x, y)
        self._values = (x.default, y.default)
        self._off = False
        self._grabbed: tuple[QPointF, tuple[float, float]] | None = None
        self._fine = False
        self._jumped = False
        self._last = QPointF()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.gesture_ended)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_specs(self, x: TaskSpec, y: TaskSpec) -> None:
        """Sets other effects; call `show_values` next."""
        self.settle()
        self._specs = (x, y)

    def show_values(self, x: float, y: float, *, off: bool) -> None:
        """Moves the point there; gray while neither effect is on."""
        if (x, y) != self._values or off != self._off:
            self._values, self._off = (x, y), off
            self.update()

    def settle(self) -> None:
        """Ends a gesture of the keys now instead of after `SETTLE_MS`."""
        if self._settle.isActive():
            self._settle.stop()
            self.gesture_ended.emit()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(_SIDE, _SIDE)

    def point_of(self, x: float, y: float) -> QPointF:
        """Where the point is drawn for these values."""
        area = self._area()
        across, up = (
            (value - spec.minimum) / (spec.maximum - spec.minimum)
            for value, spec in zip((x, y), self._specs, strict=True)
        )
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    # --- events -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grabs the point, or brings it to the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        self.settle()
        place, fine = event.position(), _is_fine(event)
        way = place - self.point_of(*self._values)
        self._jumped = max(abs(way.x()), abs(way.y())) > _RADIUS + 2
        if self._jumped:
            self._ask(self._values_at(place), fine=False)
        self._hold(place, fine=fine)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the point with the pointer; with Ctrl at a tenth of its speed."""
        if self._grabbed is None:
            event.ignore()
            return
        event.accept()
        fine = _is_fine(event)
        if fine != self._fine:
            # The speed changes here, without a jump.
            self._hold(self._last, fine=fine)
        self._last = event.position()
        start, values = self._grabbed
        way = (event.position() - start) * (0.1 if fine else 1.0)
        self._ask(self._values_at(self.point_of(*values) + way), fine=fine)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the drag."""
        if self._grabbed is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        self._grabbed = None
        self.update()
        self.gesture_ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Asks for both defaults."""
        event.accept()
        self.reset_requested.emit(self._jumped)
        self._jumped = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Backspace and Delete reset."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            factor = step_factor(event.modifiers())
            self._settle.start()
            steps = zip(self._values, _ARROWS[key], self._specs, strict=True)
            across, up = (value + way * factor * spec.step for value, way, spec in steps)
            self._emit((across, up))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.settle()
            self.reset_requested.emit(False)
        else:
            event.ignore()
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Ends the gesture."""
        self.settle()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field, the marks of the sliders, the lines through the point, and the point."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.ACCENT if self.hasFocus() else theme.LINE), 1))
        painter.setBrush(QColor(theme.FIELD))
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        self._paint_ticks(painter)
        point = self.point_of(*self._values)
        area = self._area()
        painter.setPen(QPen(QColor(theme.GROOVE), 1))
        painter.drawLine(QPointF(area.left(), point.y()), QPointF(area.right(), point.y()))
        painter.drawLine(QPointF(point.x(), area.top()), QPointF(point.x(), area.bottom()))
        painter.setPen(QPen(QColor(theme.CARD), 1))
        painter.setBrush(self._point_color())
        painter.drawEllipse(point, _RADIUS, _RADIUS)

    def _paint_ticks(self, painter: QPainter) -> None:
        area = self._area()
        x, y = self._specs
        painter.setPen(QPen(QColor(theme.DISABLED), 1))
        for tick in x.ticks:
            place = self.point_of(tick, y.minimum)
            painter.drawLine(QPointF(place.x(), area.bottom() + 3), QPointF(place.x(), area.bottom() + 7))
        for tick in y.ticks:
            place = self.point_of(x.minimum, tick)
            painter.drawLine(QPointF(area.left() - 7, place.y()), QPointF(area.left() - 3, place.y()))

    def _point_color(self) -> QColor:
        if self._off:
            return QColor(theme.HANDLE_OFF)
        return QColor(theme.ACCENT_HOVER if self._grabbed or self.underMouse() else theme.ACCENT)

    # --- geometry ---------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)

    def _values_at(self, place: QPointF) -> tuple[float, float]:
        area = self._area()
        shares = (place.x() - area.left()) / area.width(), (area.bottom() - place.y()) / area.height()
        x, y = (s.minimum + q * (s.maximum - s.minimum) for q, s in zip(shares, self._specs, strict=True))
        return x, y

    def _hold(self, place: QPointF, *, fine: bool) -> None:
        self._fine = fine
        self._last = place
        self._grabbed = (place, self._values)

    def _ask(self, values: tuple[float, float], *, fine: bool) -> None:
        """Requests the values of the sliders' grid that are closest to these."""
        grids = [spec.step * (0.1 if fine else 1.0) for spec in self._specs]
        x, y = (round(value / grid) * grid for value, grid in zip(values, grids, strict=True))
        self._emit((x, y))

    def _emit(self, values: tuple[float, float]) -> None:
        x, y = (
            round(min(max(value, spec.minimum), spec.maximum), spec.decimals + 1)
            for value, spec in zip(values, self._specs, strict=True)
        )
        self.moved.emit(x, y)


def _is_fine(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
