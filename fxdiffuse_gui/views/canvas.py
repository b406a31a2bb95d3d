"""`Canvas`: shows the photo and its edit, zooms and pans, and lets the mask be painted."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from fxdiffuse_gui.app.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.state import EditState, MaskImage
from fxdiffuse_gui.views import theme
from fxdiffuse_gui.views.brush import Brush
from fxdiffuse_gui.views.canvas_layers import CanvasLayers
from fxdiffuse_gui.views.mask_outline import MaskOutline
from fxdiffuse_gui.views.mask_stroke import MaskStroke
from fxdiffuse_gui.views.view_transform import WHEEL_FACTOR, ViewTransform

SETTLE_MS = 120
"""The session hears of a move once it has rested this long."""


class Canvas(QWidget):
    """Wheel zooms to the pointer; middle-drag, space-drag and the move tool pan; brush and eraser paint."""

    zoom_changed = Signal(float)
    """Screen pixels per photo pixel."""
    compare_changed = Signal(bool)
    """Whether the original is shown instead of the edit."""

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ViewTransform()
        self._session = session
        self._brush = brush
        self._layers = CanvasLayers()
        self._stroke = MaskStroke(session, brush)
        self._outline = MaskOutline()
        self._mask_is_shown_filled = False
        self._comparing = False
        self._space_held = False
        self._panning_from: QPointF | None = None
        self._pointer: QPointF | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._report_view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 180)
        self.setAccessibleName("Photo")
        self.setAccessibleDescription("The edited photo. Hold the backslash key to see the original.")
        session.photo_changed.connect(self._on_photo)
        session.state_changed.connect(self._on_state)
        session.preview_changed.connect(self._on_result)
        brush.changed.connect(self._on_brush)

    def sizeHint(self) -> QSize:
        """A canvas wants room."""
        return QSize(960, 720)

    # --- zoom -------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Shows the whole photo."""
        self.view.fit()
        self._moved()

    def zoom_to(self, zoom: float) -> None:
        """Sets the zoom, 1.0 for 1:1, around the pointer if it is on the canvas, else the center."""
        self.view.zoom_to(zoom, self._anchor())
        self._moved()

    def zoom_in(self) -> None:
        """To the next larger stop."""
        self.view.step(1, self._anchor())
        self._moved()

    def zoom_out(self) -> None:
        """To the next smaller stop."""
        self.view.step(-1, self._anchor())
        self._moved()

    def _anchor(self) -> tuple[float, float] | None:
        return None if self._pointer is None else (self._pointer.x(), self._pointer.y())

    def _moved(self) -> None:
        self._settled.start()
        self.zoom_changed.emit(self.view.zoom)
        self.update()

    def _report_view(self) -> None:
        visible = self.view.visible()
        if visible is not None:
            self._session.set_view(visible, at_full_size=self.view.zoom >= 1.0)

    # --- compare, space, strokes: keys that are held or may be taken back ---------------------------

    def set_comparing(self, comparing: bool) -> None:
        """Shows the original while True."""
        if comparing != self._comparing:
            self._comparing = comparing
            self.compare_changed.emit(comparing)
            self.update()

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

    # --- what the session tells ---------------------------------------------------------------------

    def _on_photo(self) -> None:
        photo = self._session.photo
        self._layers.set_levels(self._session.levels)
        if photo is not None:
            self.view.set_photo(photo.width, photo.height)
            self._stroke.begin_photo(photo.width, photo.height)
            self._brush.set_size(max(8, round(min(photo.width, photo.height) * 0.06)))
        self._moved()

    def _on_state(self, state: EditState) -> None:
        if self._stroke.sync(state.mask):
            self._mask_is_shown_filled = False
            self.update()

    def _on_result(self, result: Result | None) -> None:
        self._layers.set_result(result)
        self._mask_is_shown_filled = result is not None
        self.update()

    def _on_brush(self) -> None:
        self._choose_cursor()
        self.update()

    # --- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws photo, result, tint and brush where `event` asks for it."""
        painter = QPainter(self)
        exposed = event.rect()
        painter.fillRect(exposed, QColor(theme.CANVAS))
        if self._session.photo is None:
            self._draw_invitation(painter)
            return
        self._layers.draw(painter, exposed, self.view, original=self._comparing)
        if self._shows_tint():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            self._stroke.layer.draw(painter, *self._photo_rects())
        elif (mask := self._outlined_mask()) is not None:
            painter.drawImage(0, 0, self._outline.image(mask, self.view))
        if self._shows_brush() and self._pointer is not None:
            self._draw_brush(painter, self._pointer)

    def _draw_invitation(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.MUTED))
        text = "Drop a photo here, or open one with Ctrl+O"
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

    def _shows_tint(self) -> bool:
        if self._comparing:
            return False
        if self._brush.is_mask_pinned or self._stroke.is_active:
            return True
        return self._brush.is_painting and not self._mask_is_shown_filled

    def _outlined_mask(self) -> MaskImage | None:
        """What is painted, while a mask tool is at hand and the tint is not there."""
        return self._session.state.mask if self._brush.is_painting and not self._comparing else None

    def _photo_rects(self) -> tuple[QRectF, QRectF]:
        width, height = self.view.photo
        scale = self.view.scale
        target = QRectF(self.view.x, self.view.y, width * scale, height * scale)
        return target, QRectF(0, 0, width, height)

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

    def _shows_brush(self) -> bool:
        return self._brush.is_painting and not self._pans() and self._session.photo is not None

    # --- pointer ------------------------------------------------------------------------------------

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

    def _pans(self) -> bool:
        return self._space_held or self._panning_from is not None

    def _choose_cursor(self) -> None:
        if self._panning_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._brush.is_painting:
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self.unsetCursor()

    # --- the rest of the events -----------------------------------------------------------------------

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the fit or the center."""
        self.view.set_view(self.width(), self.height(), self.devicePixelRatioF())
        self._moved()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another screen may have other pixels."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.view.set_view(self.width(), self.height(), self.devicePixelRatioF())
            self._moved()
        super().changeEvent(event)
