"""`MaskLayer`: the mask while it is being painted, at the photo's size."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, qRgba

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.state import MaskImage

OVERLAY = QColor(232, 64, 84, 132)
"""What is painted over is tinted in this color."""


class MaskLayer:
    """Paints strokes and draws the tint.

    Strokes go into a gray image; the same bytes seen through a two-color table are the tint, so nothing is
    converted or uploaded when a stroke grows.
    """

    def __init__(self, width: int, height: int) -> None:
        self._image = QImage(max(1, width), max(1, height), QImage.Format.Format_Grayscale8)
        self._image.fill(0)
        rows = np.frombuffer(self._image.bits(), np.uint8).reshape(-1, self._image.bytesPerLine())
        self._rows: NDArray[np.uint8] = rows[:, : self._image.width()]
        self._tint = QImage(
            rows.data,
            self._image.width(),
            self._image.height(),
            self._image.bytesPerLine(),
            QImage.Format.Format_Indexed8,
        )
        self._tint.setColorTable([qRgba(0, 0, 0, 0)] * 255 + [OVERLAY.rgba()])
        self._stroke: QRect | None = None

    def load(self, mask: MaskImage | None) -> None:
        """Shows `mask`; None is an empty one. A stroke in progress is dropped."""
        self._stroke = None
        self._rows[...] = 0 if mask is None else mask

    def paint(self, start: QPointF, end: QPointF, size: float, *, erase: bool) -> QRect:
        """Paints a round line of `size` photo pixels across; returns the touched pixels."""
        painter = QPainter(self._image)
        color = QColor(0, 0, 0) if erase else QColor(255, 255, 255)
        painter.setPen(QPen(color, size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if start == end:
            painter.drawPoint(start)
        else:
            painter.drawLine(QLineF(start, end))
        painter.end()
        reach = math.ceil(size / 2) + 2
        touched = QRectF(start, end).normalized().toAlignedRect().adjusted(-reach, -reach, reach, reach)
        touched = touched.intersected(self._image.rect())
        self._stroke = touched if self._stroke is None else self._stroke.united(touched)
        return touched

    def take_stroke(self) -> tuple[Region, MaskImage] | None:
        """Ends the stroke: where it went and what the mask looks like there, or None outside the photo."""
        touched, self._stroke = self._stroke, None
        if touched is None or touched.isEmpty():
            return None
        region = Region(touched.x(), touched.y(), touched.width(), touched.height())
        return region, self._rows[region.slices].copy()

    def draw(self, painter: QPainter, target: QRectF, source: QRectF) -> None:
        """Lays the tint of the photo pixels `source` over `target`."""
        painter.drawImage(target, self._tint, source)
