"""`CanvasLayers`: from the bottom up: the photo, a small copy of the edit, the edit of the visible part.

Each edited layer is a `TileBuffer`.
"""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.engine.conditions.picture import Box
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform

NEAREST_FROM = 2.0
"""From this zoom on, photo pixels are drawn as squares, so that each can be seen."""


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


class CanvasLayers:
    """Holds the pictures and draws them."""

    def __init__(self) -> None:
        self.levels: tuple[QImage, ...] = ()
        self._background: TileBuffer | None = None
        self._previous: TileBuffer | None = None
        self._detail: TileBuffer | None = None
        self._proxy_revision = -1

    @property
    def has_result(self) -> bool:
        """Whether there is an edited picture to show."""
        return self._background is not None or self._detail is not None

    def set_levels(self, levels: tuple[QImage, ...]) -> None:
        """Another photo, at full, half, quarter … size."""
        self.levels = levels
        self.set_result(None)

    def set_result(self, result: Result | None) -> None:
        """Adds a result; None goes back to the photo."""
        if result is None:
            self._background = self._previous = self._detail = None
            self._proxy_revision = -1
        elif result.background:
            if self._background is None or not self._background.fits(result):
                self._background = TileBuffer(result.level, result.span)
            self._background.paint(result)
        elif result.proxy_preview:
            self._proxy_revision = result.revision
            detail = self._detail
            if detail is None or not detail.covers(result):
                detail = self._begin(result, (result.image.width(), result.image.height()))
            detail.paint(result)
        # A result of older settings must not cover a newer proxy preview.
        elif result.revision >= self._proxy_revision:
            detail = self._detail
            if detail is None or not detail.fits(result):
                detail = self._begin(result)
            detail.paint(result)

    def draw(self, painter: QPainter, view: ViewTransform, *, original: bool) -> None:
        """Draws what the painter's clip lets through."""
        if not self.levels:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < NEAREST_FROM)
        layers = [] if original else self._shown()
        whole = QRectF(0, 0, *view.photo)
        hidden = any(layer.is_full and layer.area(view.photo).contains(whole) for layer in layers)
        if not hidden:
            level = min(range(len(self.levels)), key=lambda n: _scale_cost(view.zoom * 2**n))
            image = self.levels[level]
            painter.drawImage(on_canvas(whole, view), image, QRectF(image.rect()))
        for layer in layers:
            layer.draw(painter, view)

    def _shown(self) -> list[TileBuffer]:
        """From the bottom up. The detail from before the last move is kept around the current one, unless the
        background is newer."""
        layers = [self._background, self._previous, self._detail]
        if self._background and self._previous and self._previous.revision < self._background.revision:
            layers.remove(self._previous)
        return [layer for layer in layers if layer is not None]

    def _begin(self, result: Result, size: tuple[int, int] | None = None) -> TileBuffer:
        """A new detail for `result` that starts with what is shown already. size: of its image in px, by
        default that of the result's own copy of the photo."""
        level, span = result.level, result.span
        if size is not None:
            x0, y0, x1, y1 = span
            across, down = size[0] / (x1 - x0), size[1] / (y1 - y0)
            level = max(1, round(level[0] * across)), max(1, round(level[1] * down))
            left, top = round(x0 * across), round(y0 * down)
            span = left, top, left + size[0], top + size[1]
        buffer = TileBuffer(level, span)
        for older in self._shown():
            buffer.take_over(older)
        self._previous, self._detail = self._detail, buffer
        return buffer


def _scale_cost(scale: float) -> float:
    """The cost of drawing a level at `scale`: enlarging loses detail, shrinking by two aliases."""
    return 1.0 / scale if scale <= 1.0 else 1000.0 * scale


def _scaled(box: Box, level: tuple[int, int], other: tuple[int, int]) -> QRectF:
    """A box of a copy of size `level` in one of size `other`."""
    x, y = other[0] / level[0], other[1] / level[1]
    return QRectF(box[0] * x, box[1] * y, (box[2] - box[0]) * x, (box[3] - box[1]) * y)


def on_canvas(area: QRectF, view: ViewTransform) -> QRectF:
    """Where a rectangle of the photo lies on the canvas."""
    x, y = view.to_view(area.x(), area.y())
    return QRectF(x, y, area.width() * view.scale, area.height() * view.scale)
