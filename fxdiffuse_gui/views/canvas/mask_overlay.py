"""`MaskOverlay`: what lies over the picture for the mask's sake: tint, outlines, the brush's rings."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.views.canvas.mask_layer import MaskLayer
from fxdiffuse_gui.views.canvas.mask_outline import MaskOutline
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform
from fxdiffuse_gui.views.mask_tools.brush import Brush

_DARK, _LIGHT, _FAINT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 230), QColor(255, 255, 255, 110)
_DASHES = [4.0, 4.0]
_REACH = 4
"""Canvas lengths that rings and lines reach past where they run."""


class MaskOverlay:
    """Draws in canvas positions; `view` says where the photo lies."""

    def __init__(self, brush: Brush, layer: MaskLayer, view: ViewTransform) -> None:
        self._brush = brush
        self._layer = layer
        self._view = view
        self._outline = MaskOutline()

    def draw_tint(self, painter: QPainter) -> None:
        """Tints what is painted."""
        width, height = self._view.photo
        scale = self._view.scale
        target = QRectF(self._view.x, self._view.y, width * scale, height * scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self._layer.draw(painter, target, QRectF(0, 0, width, height))

    def draw_outline(self, painter: QPainter, mask: MaskImage) -> None:
        """A dashed line around what is painted."""
        painter.drawImage(0, 0, self._outline.image(mask, self._view))

    def draw_shape(self, painter: QPainter, shape: QPolygonF) -> None:
        """The outline, in photo pixels, that is being drawn by hand: dark and light dashes by turns."""
        line = QPolygonF([self._to_view(point) for point in shape.toList()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_DARK, 2))
        painter.drawPolyline(line)
        light = QPen(_LIGHT, 1.2)
        light.setDashPattern(_DASHES)
        painter.setPen(light)
        painter.drawPolyline(line)

    def draw_brush(self, painter: QPainter, center: QPointF) -> None:
        """The brush's rim, and how far it covers in full."""
        radius = max(1.5, self._brush.size * self._view.scale / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = radius * self._brush.tip.hardness
        if 2.0 < inner < radius - 2.0:
            painter.setPen(QPen(_FAINT, 1.0))
            painter.drawEllipse(center, inner, inner)
        # Dark and light ring: seen on any photo.
        for color, width in ((_DARK, 3.0), (_LIGHT, 1.2)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(center, radius, radius)

    def brush_rect(self, center: QPointF | None) -> QRect:
        """What the rings around `center` may cover."""
        if center is None:
            return QRect()
        reach = self._brush.size * self._view.scale / 2 + _REACH
        return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach).toAlignedRect()

    def shape_rect(self, shape: QPolygonF) -> QRect:
        """What the outline may cover."""
        if shape.isEmpty():
            return QRect()
        bounds = shape.boundingRect()
        corners = QRectF(self._to_view(bounds.topLeft()), self._to_view(bounds.bottomRight()))
        return corners.toAlignedRect().adjusted(-_REACH, -_REACH, _REACH, _REACH)

    def _to_view(self, point: QPointF) -> QPointF:
        return QPointF(*self._view.to_view(point.x(), point.y()))
