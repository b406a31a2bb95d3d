"""`Checkerboard`: what is visible through the transparent parts of a photo."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from fxdiffuse_gui.views.canvas.view_transform import ViewTransform
from fxdiffuse_gui.views.style import theme

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.image import Photo

SQUARE = 8
"""Canvas lengths of one square."""
_SMALLEST_LEVEL = 256
_BAND = 256


class Checkerboard:
    """Drawn over the picture, as opaque as the photo is transparent: the result is the photo over the
    squares."""

    def __init__(self) -> None:
        self._photo: Photo | None = None
        self._levels: list[QImage] | None = []

    def set_photo(self, photo: "Photo | None") -> None:
        """Another photo."""
        self._photo = photo
        self._levels = None if photo is not None and photo.alpha is not None else []

    def draw(self, painter: QPainter, view: ViewTransform, area: QRect) -> None:
        """Paints the part `area` of the canvas; nothing for a photo that is opaque."""
        levels = self._transparency()
        width, height = view.photo
        target = QRectF(view.x, view.y, width * view.scale, height * view.scale)
        area = area.intersected(target.toAlignedRect())
        if not levels or area.isEmpty():
            return
        layer = QImage(area.size() * view.ratio, QImage.Format.Format_ARGB32_Premultiplied)
        layer.setDevicePixelRatio(view.ratio)
        layer.fill(Qt.GlobalColor.transparent)
        onto = QPainter(layer)
        onto.translate(-area.topLeft())
        level = min(max(0, math.floor(-math.log2(view.zoom))), len(levels) - 1)
        onto.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < 1.0)
        onto.drawImage(target, levels[level], QRectF(levels[level].rect()))
        onto.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        onto.fillRect(area, _squares())
        onto.end()
        painter.drawImage(QPointF(area.topLeft()), layer)

    def _transparency(self) -> list[QImage]:
        """How transparent the photo is, at full, half, quarter … size; made at the first call."""
        if self._levels is None:
            alpha = None if self._photo is None else self._photo.alpha
            self._levels = [] if alpha is None else _levels(alpha)
        return self._levels


def _levels(alpha: NDArray[np.float32]) -> list[QImage]:
    import cv2

    level: NDArray[np.uint8] = np.empty(alpha.shape, np.uint8)
    for top in range(0, len(alpha), _BAND):
        level[top : top + _BAND] = np.rint((1 - alpha[top : top + _BAND]) * np.float32(255))
    if not level.any():
        return []
    levels = [_to_alpha(level)]
    while max(level.shape) >= 2 * _SMALLEST_LEVEL and min(level.shape) >= 2:
        size = (level.shape[1] // 2, level.shape[0] // 2)
        level = np.asarray(cv2.resize(level, size, interpolation=cv2.INTER_AREA), np.uint8)
        levels.append(_to_alpha(level))
    return levels


def _to_alpha(level: NDArray[np.uint8]) -> QImage:
    height, width = level.shape
    return QImage(level.data, width, height, level.strides[0], QImage.Format.Format_Alpha8).copy()


def _squares() -> QBrush:
    tile = QImage(2 * SQUARE, 2 * SQUARE, QImage.Format.Format_RGB32)
    tile.fill(QColor(theme.CHECK_LIGHT))
    painter = QPainter(tile)
    for x, y in ((SQUARE, 0), (0, SQUARE)):
        painter.fillRect(x, y, SQUARE, SQUARE, QColor(theme.CHECK_DARK))
    painter.end()
    return QBrush(tile)
