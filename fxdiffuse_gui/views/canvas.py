"""`Canvas`: the view with a pointer. Zooms and pans, and lets the mask be painted."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from fxdiffuse_gui.app.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.state import EditState, MaskImage
from fxdiffuse_gui.views.brush import Brush
from fxdiffuse_gui.views.canvas_view import CanvasView
from fxdiffuse_gui.views.mask_outline import MaskOutline
from fxdiffuse_gui.views.mask_stroke import MaskStroke
from fxdiffuse_gui.views.view_transform import WHEEL_FACTOR

BRUSH_SHARE = 0.06
"""A new photo's brush, as a share of its shorter side."""


class Canvas(CanvasView):
    """Wheel zooms to the pointer; middle-drag, space-drag and the move tool pan; brush and eraser paint.

    What is painted is tinted until the fill comes, then outlined while a mask tool is at hand.
    """

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._brush = brush
        self._stroke = MaskStroke(session, brush)
        self._outline = MaskOutline()
        self._mask_is_filled = False
        self._space_held = False
        self._panning_from: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        session.state_changed.connect(self._on_state)
        brush.changed.connect(self._on_brush)

    def set_space_held(self, held: bool) -> None:
        """While True, dragging pans whatever the tool."""
        self._space_held = held
        self._choose_cursor()

    def drop_stroke(self) -> bool:
        """Takes back the stroke that is being painted; False when there is none."""
        if not self._stroke.is_active:
            return False
        self._stroke.drop()
        self.update()
        return True

    # --- what session and brush tell ------------------------------------------------------------------

    def _on_photo(self) -> None:
        photo = self._session.photo
        if photo is not None:
            self._stroke.begin_photo(photo.width, photo.height)
            self._brush.set_size(max(8, round(min(photo.width, photo.height) * BRUSH_SHARE)))
        super()._on_photo()

    def _on_state(self, state: EditState) -> None:
        if self._stroke.sync(state.mask):
            self._mask_is_filled = False
            self.update()

    def _on_result(self, result: Result | None) -> None:
        if result is None or not result.stand_in:
            self._mask_is_filled = result is not None
        super()._on_result(result)

    def _on_brush(self) -> None:
        self._choose_cursor()
        self.update()

    # --- painting -------------------------------------------------------------------------------------

    def paint_over(self, painter: QPainter) -> None:
        """Draws tint or outline, and the brush."""
        if self._shows_tint():
            width, height = self.view.photo
            scale = self.view.scale
            target = QRectF(self.view.x, self.view.y, width * scale, height * scale)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            self._stroke.layer.draw(painter, target, QRectF(0, 0, width, height))
        elif (mask := self._outlined_mask()) is not None:
            painter.drawImage(0, 0, self._outline.image(mask, self.view))
        pans = self._space_held or self._panning_from is not None
        if self._brush.is_painting and not pans and self._pointer is not None:
            self._draw_brush(painter, self._pointer)

    def _shows_tint(self) -> bool:
        if self._comparing:
            return False
        if self._brush.is_mask_pinned or self._stroke.is_active:
            return True
        return self._brush.is_painting and not self._mask_is_filled

    def _outlined_mask(self) -> MaskImage | None:
        return self._session.state.mask if self._brush.is_painting and not self._comparing else None

    def _draw_brush(self, painter: QPainter, center: QPointF) -> None:
        radius = max(1.5, self._brush.size * self.view.scale / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Dark and light ring: seen on any photo.
        for color, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255, 230), 1.2)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(center, radius, radius)

    def _brush_rect(self, center: QPointF | None) -> QRect:
        if center is None:
            return QRect()
        reach = self._brush.size * self.view.scale / 2 + 4
        return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach).toAlignedRect()

    # --- pointer --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to pan or to paint."""
        left = event.button() is Qt.MouseButton.LeftButton
        middle = event.button() is Qt.MouseButton.MiddleButton
        if self._session.photo is None or self._stroke.is_active:
            return
        if middle or (left and (self._space_held or not self._brush.is_painting)):
            self._panning_from = event.position()
            self._choose_cursor()
        elif left:
            straight = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._painted(self._stroke.press(self._photo_point(event.position()), straight=straight))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pans or paints on, and moves the brush ring."""
        position = event.position()
        if self._panning_from is not None:
            distance = position - self._panning_from
            self._panning_from = position
            self.view.pan(distance.x(), distance.y())
            self._moved()
        elif self._stroke.is_active:
            self._painted(self._stroke.move(self._photo_point(position)))
        self._move_pointer(position)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the pan, or makes the stroke a step of the history."""
        if self._panning_from is not None:
            self._panning_from = None
            self._choose_cursor()
        elif self._stroke.is_active and event.button() is Qt.MouseButton.LeftButton:
            self._stroke.release()
            self.update()

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
        if not isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hides the brush ring."""
        self._move_pointer(None)
        super().leaveEvent(event)

    def _move_pointer(self, position: QPointF | None) -> None:
        if self._brush.is_painting:
            self.update(self._brush_rect(self._pointer))
            self.update(self._brush_rect(position))
        self._pointer = position

    def _painted(self, touched: QRect) -> None:
        if not touched.isEmpty():
            x, y = self.view.to_view(touched.x(), touched.y())
            size = touched.width() * self.view.scale, touched.height() * self.view.scale
            self.update(QRectF(x, y, *size).toAlignedRect().adjusted(-2, -2, 2, 2))

    def _photo_point(self, position: QPointF) -> QPointF:
        return QPointF(*self.view.to_photo(position.x(), position.y()))

    def _choose_cursor(self) -> None:
        if self._panning_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._brush.is_painting:
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self.unsetCursor()

    # --- keys that are held ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and backslash while they are held."""
        if not self._held_key(event, True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space and backslash are let go."""
        if not self._held_key(event, False):
            super().keyReleaseEvent(event)

    def _held_key(self, event: QKeyEvent, held: bool) -> bool:
        if event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Backslash):
            return False
        if not event.isAutoRepeat():
            if event.key() == Qt.Key.Key_Space:
                self.set_space_held(held)
            else:
                self.set_comparing(held)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go elsewhere is not heard of, so none counts as held."""
        self.set_space_held(False)
        self.set_comparing(False)
        super().focusOutEvent(event)
