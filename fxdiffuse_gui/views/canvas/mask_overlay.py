"""What lies over the photo for the mask: tint, outline, the outline being drawn, the ring of the brush."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.views.canvas.mask_layer import MaskLayer
from fxdiffuse_gui.views.canvas.shape_tool import ShapeTool
from fxdiffuse_gui.views.canvas.stroke_tool import StrokeTool
from fxdiffuse_gui.views.canvas.view_transform import CanvasState, ViewTransform
from fxdiffuse_gui.views.mask_tools.brush import Brush

_DARK, _LIGHT, _FAINT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 230), QColor(255, 255, 255, 110)
_DASHES = [4.0, 4.0]
_RING_REACH = 4
"""Canvas lengths that the rings reach past the brush."""
_DASH = 5
"""Screen pixels of one dash."""
_DASH_LIGHT, _DASH_DARK = 0xFFFFFFFF, 0xFF101010


class MaskOverlay:
    """Paint is tinted until the fill comes; then it has an outline while a mask tool is selected."""

    def __init__(
        self,
        session: Session,
        brush: Brush,
        layer: MaskLayer,
        stroke: StrokeTool,
        shape: ShapeTool,
        state: CanvasState,
    ) -> None:
        self._session = session
        self._brush = brush
        self._layer = layer
        self._stroke = stroke
        self._shape = shape
        self._state = state
        self._outline = MaskOutline()
        self._is_filled = False

    def show_mask(self, mask: MaskImage | None) -> bool:
        """Takes another mask; False when it is the same. A stroke in progress is dropped."""
        if not self._layer.show(mask):
            return False
        self._stroke.forget()
        self._is_filled = False
        return True

    def show_filled(self, filled: bool) -> None:
        """Whether a result of the model shows the mask filled: then an outline is enough."""
        self._is_filled = filled

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws tint or outline, and the outline that is being drawn."""
        mask = self._session.state.mask
        if self._shows_tint():
            self._draw_tint(painter)
        elif mask is not None and self._brush.is_painting and not self._state.is_comparing:
            painter.drawImage(0, 0, self._outline.image(mask, self._state.view))
        if self._shape.is_active:
            self._draw_shape(painter)

    def _shows_tint(self) -> bool:
        if self._state.is_comparing:
            return False
        if self._brush.is_mask_pinned or self._stroke.is_active:
            return True
        return self._brush.is_painting and not self._is_filled

    def _draw_tint(self, painter: QPainter) -> None:
        view = self._state.view
        width, height = view.photo
        target = QRectF(view.x, view.y, width * view.scale, height * view.scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self._layer.draw(painter, target, QRectF(0, 0, width, height))

    def _draw_shape(self, painter: QPainter) -> None:
        """Alternating dark and light dashes."""
        line = QPolygonF([self._state.to_canvas(point) for point in self._shape.outline().toList()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_DARK, 2))
        painter.drawPolyline(line)
        light = QPen(_LIGHT, 1.2)
        light.setDashPattern(_DASHES)
        painter.setPen(light)
        painter.drawPolyline(line)


class BrushRing:
    """The rim of the brush at the pointer, and how far it covers in full."""

    def __init__(self, brush: Brush, state: CanvasState, is_hidden: Callable[[], bool]) -> None:
        self._brush = brush
        self._state = state
        self._is_hidden = is_hidden

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws the rings while the brush or the eraser is selected."""
        center = self._state.pointer
        if not self._brush.is_stroking or center is None or self._is_hidden():
            return
        radius = max(1.5, self._brush.size * self._state.view.scale / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = radius * self._brush.tip.hardness
        if 2.0 < inner < radius - 2.0:
            painter.setPen(QPen(_FAINT, 1.0))
            painter.drawEllipse(center, inner, inner)
        # A dark and a light ring are visible on any photo.
        for color, width in ((_DARK, 3.0), (_LIGHT, 1.2)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(center, radius, radius)

    def covered(self, position: QPointF | None) -> QRect:
        """What the rings cover with the pointer at `position`."""
        if position is None or not self._brush.is_stroking:
            return QRect()
        reach = self._brush.size * self._state.view.scale / 2 + _RING_REACH
        return QRectF(position.x() - reach, position.y() - reach, 2 * reach, 2 * reach).toAlignedRect()


class MaskOutline:
    """Traces the mask at screen resolution, which costs the same for any photo; keeps the last trace."""

    def __init__(self) -> None:
        self._mask: MaskImage | None = None
        self._view: tuple[object, ...] = ()
        self._image = QImage()

    def image(self, mask: MaskImage, view: ViewTransform) -> QImage:
        """The line over the whole canvas, transparent elsewhere."""
        key = (view.view, view.ratio, view.zoom, view.x, view.y)
        if mask is not self._mask or key != self._view:
            self._mask, self._view = mask, key
            self._image = _trace(mask, view)
        return self._image


def _trace(mask: MaskImage, view: ViewTransform) -> QImage:
    columns = _samples(view.view[0], view.ratio, view.x, view.scale)
    rows = _samples(view.view[1], view.ratio, view.y, view.scale)
    painted = _look_up(mask, rows, columns)
    edge = np.zeros_like(painted)
    edge[1:] |= painted[1:] != painted[:-1]
    edge[:, 1:] |= painted[:, 1:] != painted[:, :-1]
    # Dashes alternate along the diagonal, so they are visible on lines of every direction.
    diagonal = np.add.outer(np.arange(len(rows)), np.arange(len(columns))) // _DASH % 2
    pixels = np.where(edge, np.where(diagonal == 0, _DASH_LIGHT, _DASH_DARK), 0).astype(np.uint32)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_ARGB32).copy()
    image.setDevicePixelRatio(view.ratio)
    return image


def _samples(length: float, ratio: float, start: float, scale: float) -> NDArray[np.int64]:
    """The photo row or column under the middle of every screen pixel; negative or too large outside."""
    middles = (np.arange(max(1, round(length * ratio))) + 0.5) / ratio
    return np.floor((middles - start) / scale).astype(np.int64)


def _look_up(mask: MaskImage, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each screen pixel shows painted photo."""
    inside_y = (rows >= 0) & (rows < mask.shape[0])
    inside_x = (columns >= 0) & (columns < mask.shape[1])
    painted = np.zeros((len(rows), len(columns)), np.bool_)
    painted[np.ix_(inside_y, inside_x)] = mask[np.ix_(rows[inside_y], columns[inside_x])] > 0
    return painted
