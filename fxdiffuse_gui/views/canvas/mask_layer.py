"""`MaskLayer`: the mask while it is being painted, at the photo's size."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF, qRgba

from fxdiffuse_gui.app.edit import mask_brush
from fxdiffuse_gui.app.edit.mask_brush import Coverage, Dab, Tip
from fxdiffuse_gui.app.edit.stroke_coverage import StrokeCoverage
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.views.mask_tools.brush import OVERLAY, OVERLAY_ALPHA


class MaskLayer:
    """Paints strokes and draws the tint.

    Strokes go into a gray image. The tint is the same bytes with a color table of alphas, so nothing is
    converted or uploaded when a stroke grows.
    """

    def __init__(self) -> None:
        self._color = QColor(OVERLAY)
        self.begin(1, 1)

    def begin(self, width: int, height: int) -> None:
        """Another photo: an empty mask of its size."""
        width, height = max(1, width), max(1, height)
        self._image = QImage(width, height, QImage.Format.Format_Grayscale8)
        self._image.fill(0)
        rows = np.frombuffer(self._image.bits(), np.uint8).reshape(-1, self._image.bytesPerLine())
        self._rows: NDArray[np.uint8] = rows[:, :width]
        stride = self._image.bytesPerLine()
        self._tint = QImage(rows.data, width, height, stride, QImage.Format.Format_Indexed8)
        self._shown: MaskImage | None = None
        self._cover = StrokeCoverage()
        self._set_table()

    def show(self, mask: MaskImage | None) -> bool:
        """Shows `mask`, None is an empty one; returns whether it is another than before.

        A stroke in progress is dropped then.
        """
        if mask is self._shown:
            return False
        self._cover.clear()
        self._shown = mask
        self._rows[...] = 0 if mask is None else mask
        return True

    def set_color(self, color: QColor) -> None:
        """Tints in another color."""
        if color != self._color:
            self._color = QColor(color)
            self._set_table()

    def paint(self, start: Dab, end: Dab, tip: Tip, *, erase: bool) -> QRect:
        """Paints a line that is round at both ends; returns the touched pixels."""
        touched = QRect()
        for first, second in mask_brush.pieces(start, end):
            region = mask_brush.reach(first, second, tip.hardness).clipped(self._rows.shape)
            if region is not None:
                covered = mask_brush.coverage(first, second, region, tip.hardness)
                touched = touched.united(self._add(region, covered, tip.opacity, erase))
        return touched

    def fill(self, outline: QPolygonF, *, erase: bool) -> QRect:
        """Fills `outline`, in photo pixels; returns the touched pixels."""
        bounds = outline.boundingRect()
        region = Region.around(bounds.left(), bounds.top(), bounds.right(), bounds.bottom())
        clipped = region.clipped(self._rows.shape)
        if clipped is None:
            return QRect()
        image = QImage(clipped.width, clipped.height, QImage.Format.Format_Grayscale8)
        image.fill(0)
        path = QPainterPath()
        path.addPolygon(outline)
        path.closeSubpath()
        # A loop that crosses itself has no holes.
        path.setFillRule(Qt.FillRule.WindingFill)
        painter = QPainter(image)
        painter.translate(-clipped.x, -clipped.y)
        painter.fillPath(path, QColor(255, 255, 255))
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(-1, image.bytesPerLine())
        return self._add(clipped, rows[:, : clipped.width], 1.0, erase)

    def take(self) -> tuple[Region, MaskImage] | None:
        """Ends the stroke: where it went and what the mask looks like there, or None outside the photo."""
        region = self._cover.region
        self._cover.clear()
        return None if region is None else (region, self._rows[region.slices].copy())

    def restore(self) -> None:
        """Takes the stroke back."""
        region = self._cover.region
        self._cover.clear()
        if region is not None:
            self._rows[region.slices] = 0 if self._shown is None else self._shown[region.slices]

    def draw(self, painter: QPainter, target: QRectF, source: QRectF) -> None:
        """Draws the tint of the photo pixels `source` over `target`."""
        painter.drawImage(target, self._tint, source)

    def _add(self, region: Region, covered: Coverage, opacity: float, erase: bool) -> QRect:
        self._cover.add(region, covered, self._shown, self._rows, opacity, erase=erase)
        return QRect(region.x, region.y, region.width, region.height)

    def _set_table(self) -> None:
        color = self._color.red(), self._color.green(), self._color.blue()
        self._tint.setColorTable([qRgba(*color, OVERLAY_ALPHA * level // 255) for level in range(256)])
