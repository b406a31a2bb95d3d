"""What the canvas paints, from the bottom up: the photo, the edited proxy, the edited region, its middle."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.request import Result
from fxdiffuse_gui.views.view_transform import ViewTransform

NEAREST_FROM = 2.0
"""From this zoom on, photo pixels are drawn as squares: whoever goes this close wants to see them."""


class CanvasLayers:
    """Holds the pictures and draws them."""

    def __init__(self) -> None:
        self.levels: tuple[QImage, ...] = ()
        self._proxy: Result | None = None
        self._region: Result | None = None
        # While a handle is dragged, newer than the region and smaller.
        self._middle: Result | None = None
        # Newer than what the model has made so far, and no work of the model.
        self._stand_in: Result | None = None

    @property
    def has_result(self) -> bool:
        """Whether there is an edited picture to show."""
        layers = self._proxy, self._region, self._middle, self._stand_in
        return any(layer is not None for layer in layers)

    def set_levels(self, levels: tuple[QImage, ...]) -> None:
        """Another photo, at full, half, quarter … size."""
        self.levels = levels
        self._proxy = self._region = self._middle = self._stand_in = None

    def set_result(self, result: Result | None) -> None:
        """Takes a result in; None goes back to the photo."""
        if result is None:
            self._proxy = self._region = self._middle = self._stand_in = None
            return
        if result.stand_in:
            self._stand_in = result
            return
        is_middle = not result.whole and result.draft
        # Around a middle the stand-in is still the newest there is.
        if self._stand_in is not None and not is_middle and self._stand_in.revision <= result.revision:
            self._stand_in = None
        if is_middle:
            self._middle = result
        elif not result.whole:
            self._region, self._middle = result, None
        else:
            self._proxy = result
            # A region of older settings must not lie over a newer proxy.
            if self._region is not None and self._region.revision < result.revision:
                self._region = None
            if self._middle is not None and self._middle.revision < result.revision:
                self._middle = None

    def draw(self, painter: QPainter, view: ViewTransform, *, original: bool) -> None:
        """Draws what the painter's clip lets through."""
        if not self.levels:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < NEAREST_FROM)
        if original or self._proxy is None:
            level = min(range(len(self.levels)), key=lambda n: _misfit(view.zoom * 2**n))
            _draw(painter, self.levels[level], Region(0, 0, *view.photo), view)
        else:
            _draw(painter, self._proxy.image, self._proxy.area, view)
        if not original and view.zoom >= 1.0:
            for layer in (self._region, self._middle):
                if layer is not None:
                    _draw(painter, layer.image, layer.area, view)
        if not original and self._stand_in is not None:
            _draw(painter, self._stand_in.image, self._stand_in.area, view)
            middle = self._middle
            if view.zoom >= 1.0 and middle is not None and middle.revision >= self._stand_in.revision:
                _draw(painter, middle.image, middle.area, view)


def _misfit(scale: float) -> float:
    """How badly a level drawn at `scale` fits: enlarging loses detail, shrinking by two aliases."""
    return 1.0 / scale if scale <= 1.0 else 1000.0 * scale


def _draw(painter: QPainter, image: QImage, area: Region, view: ViewTransform) -> None:
    """Draws `image`, which covers the photo pixels `area`.

    Always all of it: only what the painter's clip lets through is computed, and cutting the image to the
    clip would shift it by fractions of a pixel, which shows as seams between repainted rectangles.
    """
    x, y = view.to_view(area.x, area.y)
    target = QRectF(x, y, area.width * view.scale, area.height * view.scale)
    painter.drawImage(target, image, QRectF(image.rect()))
