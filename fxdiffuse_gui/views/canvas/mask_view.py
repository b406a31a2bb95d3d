"""`MaskView`: the picture with its mask, and the stroke or outline that changes it."""

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.views.canvas.mask_layer import MaskLayer
from fxdiffuse_gui.views.canvas.mask_overlay import MaskOverlay
from fxdiffuse_gui.views.canvas.mask_shape import MaskShape
from fxdiffuse_gui.views.canvas.mask_stroke import MaskStroke
from fxdiffuse_gui.views.canvas.picture_view import PictureView
from fxdiffuse_gui.views.mask_tools.brush import Brush

BRUSH_SHARE = 0.06
"""A new photo's brush, as a share of its shorter side."""


class MaskView(PictureView):
    """Draws the mask and keeps in sight what is drawn by hand; at which position of the canvas the hand is,
    `Canvas` tells.

    What is painted is tinted until the fill comes, then outlined while a mask tool is at hand.
    """

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._brush = brush
        self._layer = MaskLayer()
        self._stroke = MaskStroke(session, brush, self._layer)
        self._shape = MaskShape(session, brush, self._layer)
        self._overlay = MaskOverlay(brush, self._layer, self.view)
        self._mask_is_filled = False
        session.history.state_changed.connect(self._on_state)
        brush.changed.connect(self._on_brush)

    def drop_stroke(self) -> bool:
        """Takes back the stroke or outline that is being drawn; False when there is none."""
        if self._stroke.is_active:
            self._stroke.drop()
        elif self._shape.is_active:
            self._shape.drop()
        else:
            return False
        self.update()
        return True

    def paint_mask(self, painter: QPainter) -> None:
        """Draws tint or outline, and the outline that is being drawn by hand."""
        mask = self._session.state.mask
        if self._shows_tint():
            self._overlay.draw_tint(painter)
        elif mask is not None and self._brush.is_painting and not self._comparing:
            self._overlay.draw_outline(painter, mask)
        if self._shape.is_active:
            self._overlay.draw_shape(painter, self._shape.outline())

    def move_brush(self, position: QPointF | None) -> None:
        """The pointer goes to `position`; the brush's rings go with it. To be called before `_pointer`
        changes."""
        if self._brush.is_stroking:
            self.update(self._overlay.brush_rect(self._pointer))
            self.update(self._overlay.brush_rect(position))

    def _shows_tint(self) -> bool:
        if self._comparing:
            return False
        if self._brush.is_mask_pinned or self._stroke.is_active:
            return True
        return self._brush.is_painting and not self._mask_is_filled

    # --- the stroke ---------------------------------------------------------------------------------

    def press_stroke(
        self, position: QPointF, *, straight: bool, pressure: float = 1.0, erase: bool = False
    ) -> None:
        """Begins a stroke at `position`; the rest as in `MaskStroke.press`."""
        point = self._photo_point(position)
        self._painted(self._stroke.press(point, straight=straight, pressure=pressure, erase=erase))

    def move_stroke(self, position: QPointF, pressure: float = 1.0) -> None:
        """Paints on to `position`."""
        self._painted(self._stroke.move(self._photo_point(position), pressure))

    def release_stroke(self) -> None:
        """Makes the stroke a step of the history."""
        self._stroke.release()
        self.update()

    def _painted(self, touched: QRect) -> None:
        if not touched.isEmpty():
            x, y = self.view.to_view(touched.x(), touched.y())
            size = touched.width() * self.view.scale, touched.height() * self.view.scale
            self.update(QRectF(x, y, *size).toAlignedRect().adjusted(-2, -2, 2, 2))

    def _photo_point(self, position: QPointF) -> QPointF:
        return QPointF(*self.view.to_photo(position.x(), position.y()))

    # --- the outline --------------------------------------------------------------------------------

    def press_shape(self, position: QPointF, *, erase: bool) -> None:
        """Begins an outline at `position`, or adds a corner to a polygon."""
        self._shape.press(self._photo_point(position), erase=erase)
        self.update(self._overlay.shape_rect(self._shape.outline()))

    def move_shape(self, position: QPointF) -> None:
        """The outline follows to `position`."""
        before = self._overlay.shape_rect(self._shape.outline())
        self._shape.move(self._photo_point(position))
        self.update(before.united(self._overlay.shape_rect(self._shape.outline())))

    def remove_corner(self) -> None:
        """Takes back the last corner of a polygon."""
        self._shape.remove_corner()
        self.update()

    def close_shape(self) -> None:
        """Makes what the outline runs around a step of the history."""
        self._shape.close()
        self.update()

    # --- what session and brush tell ----------------------------------------------------------------

    def _on_photo(self) -> None:
        photo = self._session.photo
        if photo is not None:
            self._layer.begin(photo.width, photo.height)
            self._stroke.begin_photo()
            self._shape.drop()
            self._brush.set_size(max(8, round(min(photo.width, photo.height) * BRUSH_SHARE)))
        super()._on_photo()

    def _on_state(self, state: EditState) -> None:
        if self._layer.show(state.mask):
            self._stroke.forget()
            self._mask_is_filled = False
            self.update()

    def _on_result(self, result: Result | None) -> None:
        if result is None or not result.proxy_preview:
            self._mask_is_filled = result is not None
        super()._on_result(result)

    def _on_brush(self) -> None:
        self._shape.keep_for(self._brush.tool)
        self._layer.set_color(self._brush.overlay)
        self.update()
