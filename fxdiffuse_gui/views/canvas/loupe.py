"""`Loupe`: a round lens at the pointer that shows the pixels at 100 %."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform
from fxdiffuse_gui.views.style import theme

RADIUS = 120.0
DrawLens = Callable[[QPainter, ViewTransform, QRect], None]
"""Paints the picture at the place it has in the lens; only the given part of the canvas is needed."""

_RIM = 3
_SHADOW = QColor(0, 0, 0, 160)


class Loupe:
    """What is under the pointer stays there. From 100 % on, the lens has twice the zoom of the canvas."""

    def __init__(self) -> None:
        self.is_on = False

    def through(self, view: ViewTransform, center: QPointF) -> ViewTransform:
        """Where the photo lies in the lens."""
        point = view.to_photo(center.x(), center.y())
        lens = replace(view, zoom=1.0 if view.zoom < 1.0 else 2 * view.zoom, fits=False)
        # On whole screen pixels, so that at 1:1 nothing is interpolated.
        lens.x = round((center.x() - point[0] * lens.scale) * lens.ratio) / lens.ratio
        lens.y = round((center.y() - point[1] * lens.scale) * lens.ratio) / lens.ratio
        return lens

    def visible(self, view: ViewTransform, center: QPointF) -> Region | None:
        """The photo pixels in the lens, None when there are none."""
        lens, area = self.through(view, center), self._area(center)
        corners = (*lens.to_photo(area.left(), area.top()), *lens.to_photo(area.right(), area.bottom()))
        return Region.around(*corners).clipped((view.photo[1], view.photo[0]))

    def covered(self, center: QPointF | None) -> QRect:
        """What the lens may cover."""
        if center is None:
            return QRect()
        return self._area(center).toAlignedRect().adjusted(-_RIM, -_RIM, _RIM, _RIM)

    def draw(self, painter: QPainter, view: ViewTransform, center: QPointF, draw: DrawLens) -> None:
        """Calls `draw` for the picture in the lens, and draws the rim around it."""
        area, lens = self._area(center), self.through(view, center)
        glass = QPainterPath()
        glass.addEllipse(area)
        painter.save()
        painter.setClipPath(glass, Qt.ClipOperation.IntersectClip)
        painter.fillRect(area, QColor(theme.CANVAS))
        draw(painter, lens, area.toAlignedRect())
        painter.restore()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((_SHADOW, 4.0), (QColor(theme.OVER_PHOTO), 1.5)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(area)
        self._draw_zoom(painter, area, f"{lens.zoom * 100:.0f} %")
        painter.restore()

    def _draw_zoom(self, painter: QPainter, area: QRectF, text: str) -> None:
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(text) + 2 * theme.SPACE_2, metrics.height() + theme.SPACE_1
        box = QRectF(area.center().x() - width / 2, area.bottom() - height - theme.SPACE_3, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADOW)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(theme.TEXT_OVER_PHOTO))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _area(self, center: QPointF) -> QRectF:
        return QRectF(center.x() - RADIUS, center.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
