"""`TileBuffer`: the newest picture of a part of the photo, assembled from results as they come."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.engine.conditions.picture import Box
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform


class TileBuffer:
    """Pixels of a copy of the photo whose size (width, height) is `level`, within `span`; transparent where
    nothing has come yet. Newer parts are painted over older ones, which stay until then."""

    def __init__(self, level: tuple[int, int], span: Box) -> None:
        self.level = level
        self.span = span
        self.revision = -1
        self._covered = QRegion()
        size = span[2] - span[0], span[3] - span[1]
        self._image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(0)

    @property
    def is_full(self) -> bool:
        """Whether every pixel has been painted."""
        return QRegion(self._image.rect()).subtracted(self._covered).isEmpty()

    def fits(self, result: Result) -> bool:
        """Whether `result` belongs to a picture of this size and place."""
        return (self.level, self.span) == (result.level, result.span)

    def covers(self, result: Result) -> bool:
        """Whether all of `result` lies within, with a tolerance of one pixel."""
        here = QRectF(*self.span[:2], self.span[2] - self.span[0], self.span[3] - self.span[1])
        return here.adjusted(-1, -1, 1, 1).contains(_scaled(result.box, result.level, self.level))

    def paint(self, result: Result) -> None:
        """Adds a part of any size."""
        self.revision = max(self.revision, result.revision)
        self._draw_into(result.image, result.level, result.box)
        if not result.proxy_preview:
            x0, y0, x1, y1 = result.box
            self._covered += QRect(x0 - self.span[0], y0 - self.span[1], x1 - x0, y1 - y0)

    def take_over(self, older: "TileBuffer") -> None:
        """Starts with what another buffer shows of the same place."""
        self._draw_into(older._image, older.level, older.span)

    def draw(self, painter: QPainter, view: ViewTransform) -> None:
        """Draws all of it: cut to the clip, it would shift by fractions of a pixel, and seams between
        repainted rectangles would be visible."""
        painter.drawImage(on_canvas(self.area(view.photo), view), self._image, QRectF(self._image.rect()))

    def area(self, photo: tuple[int, int]) -> QRectF:
        """Where it lies in a photo of this size."""
        return _scaled(self.span, self.level, photo)

    def _draw_into(self, image: QImage, level: tuple[int, int], box: Box) -> None:
        target = _scaled(box, level, self.level).translated(-self.span[0], -self.span[1])
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, level != self.level)
        painter.drawImage(target, image, QRectF(image.rect()))
        painter.end()


def _scaled(box: Box, level: tuple[int, int], other: tuple[int, int]) -> QRectF:
    """A box of a copy of size `level` in one of size `other`."""
    x, y = other[0] / level[0], other[1] / level[1]
    return QRectF(box[0] * x, box[1] * y, (box[2] - box[0]) * x, (box[3] - box[1]) * y)


def on_canvas(area: QRectF, view: ViewTransform) -> QRectF:
    """Where a rectangle of the photo lies on the canvas."""
    x, y = view.to_view(area.x(), area.y())
    return QRectF(x, y, area.width() * view.scale, area.height() * view.scale)
