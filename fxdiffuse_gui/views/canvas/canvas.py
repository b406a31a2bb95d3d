"""`Canvas`: the view with a pointer. Zooms and pans, and lets the mask be painted."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.canvas.mask_view import MaskView
from fxdiffuse_gui.views.canvas.view_transform import WHEEL_FACTOR
from fxdiffuse_gui.views.effects.seed_bar import SeedField
from fxdiffuse_gui.views.mask_tools.brush import Brush
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.value_box import ValueBox

_TAB, _BACKTAB = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason


class Canvas(MaskView):
    """Wheel zooms to the pointer; middle-drag, space-drag and the move tool pan; the mask tools paint."""

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(session, brush, parent)
        self._is_framed = False
        self._space_held = False
        self._loupe_held = False
        self._panning_from: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def set_space_held(self, held: bool) -> None:
        """While True, dragging pans whatever the tool."""
        self._space_held = held
        self._choose_cursor()

    def paint_over(self, painter: QPainter) -> None:
        """Draws the mask, the brush's ring, the ways to look, and the frame of who holds the keys."""
        self.paint_mask(painter)
        hidden = self._pans or self._loupe.is_on or self._on_split(self._pointer)
        if self._brush.is_stroking and not hidden and self._pointer is not None:
            self._overlay.draw_brush(painter, self._pointer)
        self.paint_looks(painter)
        if self._is_framed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _on_brush(self) -> None:
        super()._on_brush()
        self._choose_cursor()

    def _on_split(self, position: QPointF | None) -> bool:
        """Whether the pointer would take hold of the line; while painting, only at its handle."""
        if position is None or self._space_held or self._shape.is_active:
            return False
        return self._split.is_grip(position, self._size, whole_line=not self._brush.is_painting)

    @property
    def _pans(self) -> bool:
        return self._space_held or self._panning_from is not None

    # --- pointer --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to pan, to paint or to outline."""
        left = event.button() is Qt.MouseButton.LeftButton
        middle = event.button() is Qt.MouseButton.MiddleButton
        if self._session.photo is None or self._stroke.is_active or self._shape.is_dragged:
            return
        if left and self._on_split(event.position()):
            self._split.is_held = True
            self.drag_split(event.position())
        elif middle or (left and (self._space_held or not self._brush.is_painting)):
            self._panning_from = event.position()
            self._choose_cursor()
        elif left and self._brush.is_stroking:
            straight = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.press_stroke(event.position(), straight=straight)
        elif left:
            erase = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.press_shape(event.position(), erase=erase)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pans, paints on or draws the outline on, and moves the brush ring."""
        position = event.position()
        if self._split.is_held:
            self.drag_split(position)
        elif self._panning_from is not None:
            distance = position - self._panning_from
            self._panning_from = position
            self.view.pan(distance.x(), distance.y())
            self._moved()
        elif self._stroke.is_active:
            self.move_stroke(position)
        elif self._shape.is_active:
            self.move_shape(position)
        self._move_pointer(position)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the pan, or makes the stroke or the outline a step of the history."""
        if self._split.is_held:
            self._split.is_held = False
            self.update(self._split.covered(self._size))
        elif self._panning_from is not None:
            self._panning_from = None
            self._choose_cursor()
        elif event.button() is not Qt.MouseButton.LeftButton:
            return
        elif self._stroke.is_active:
            self.release_stroke()
        elif self._shape.is_dragged:
            self.close_shape()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Closes the polygon; else it is a press like any other."""
        if self._shape.is_active and event.button() is Qt.MouseButton.LeftButton and not self._space_held:
            self.close_shape()
        else:
            self.mousePressEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen paints with its pressure, and erases with its other end. All else it does as a mouse."""
        strokes = self._brush.is_stroking and not self._pans and self._session.photo is not None
        tip = event.button() is Qt.MouseButton.LeftButton
        position, pressure = event.position(), event.pressure()
        strokes = strokes and not self._on_split(position)
        if event.type() is QEvent.Type.TabletPress and strokes and tip and not self._stroke.is_active:
            straight = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            erase = event.pointerType() is QPointingDevice.PointerType.Eraser
            self.press_stroke(position, straight=straight, pressure=pressure, erase=erase)
        elif event.type() is QEvent.Type.TabletMove and self._stroke.is_active:
            self.move_stroke(position, pressure)
            self._move_pointer(position)
        elif event.type() is QEvent.Type.TabletRelease and self._stroke.is_active:
            self.release_stroke()
        else:
            # Qt makes a mouse event of what is not taken.
            event.ignore()
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms to the pointer."""
        turns = event.angleDelta().y() / 120
        if turns and self._session.photo is not None and not self._stroke.is_active:
            at = event.position()
            self.view.zoom_to(self.view.zoom * WHEEL_FACTOR**turns, (at.x(), at.y()))
            self._moved()
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Takes the keys, unless something is being typed."""
        field = QApplication.focusWidget()
        # A number that has been typed and taken, by Return, is no reason to keep the keys of the canvas.
        is_done = isinstance(field, ValueBox | SeedField) and not field.is_being_typed
        if is_done or not isinstance(field, QLineEdit | QAbstractSpinBox):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hides the brush ring."""
        self._move_pointer(None)
        super().leaveEvent(event)

    def _move_pointer(self, position: QPointF | None) -> None:
        self.move_brush(position)
        self.move_looks(position)
        was_on_split, self._pointer = self._on_split(self._pointer), position
        if self._split.is_on and was_on_split != self._on_split(position):
            self._choose_cursor()

    def _choose_cursor(self) -> None:
        if self._panning_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._split.is_held or self._on_split(self._pointer):
            self.setCursor(self._split.cursor())
        elif self._space_held:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._brush.is_stroking:
            self.setCursor(Qt.CursorShape.BlankCursor)
        elif self._brush.is_shaping:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.unsetCursor()

    # --- keys -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, backslash and Z while they are held; Enter and Backspace for the outline."""
        if not self._held_key(event, True) and not self._shape_key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space, backslash and Z are let go."""
        if not self._held_key(event, False):
            super().keyReleaseEvent(event)

    def _shape_key(self, event: QKeyEvent) -> bool:
        if not self._shape.is_active or self._shape.is_dragged:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_shape()
        elif event.key() == Qt.Key.Key_Backspace:
            self.remove_corner()
        else:
            return False
        return True

    def _held_key(self, event: QKeyEvent, held: bool) -> bool:
        modified = bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        match event.key():
            case Qt.Key.Key_Space:
                change = self.set_space_held
            case Qt.Key.Key_Backslash:
                change = self.set_comparing
            case Qt.Key.Key_Z if not (held and modified):
                change = self._hold_loupe
            case _:
                return False
        if not event.isAutoRepeat():
            change(held)
        return True

    def _hold_loupe(self, held: bool) -> None:
        """A key that is let go puts down what it took, and not what the menu did."""
        if held or self._loupe_held:
            self.set_loupe(held)
        self._loupe_held = held

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows that the keys are here when Tab has brought them; whoever points at the photo knows."""
        super().focusInEvent(event)
        self._is_framed = event.reason() in (_TAB, _BACKTAB)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go elsewhere is not heard of, so none counts as held."""
        self.set_space_held(False)
        self.set_comparing(False)
        self._hold_loupe(False)
        self._is_framed = False
        self.update()
        super().focusOutEvent(event)
