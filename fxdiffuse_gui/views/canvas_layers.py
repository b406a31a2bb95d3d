"""What the canvas paints, from the bottom up: the photo, the edited proxy, the edited region."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.request import Result
from fxdiffuse_gui.views.view_transform import ViewTransform

NEAREST_FROM = 2.0
"""From this zoom on, photo pixels are drawn as squares: whoever goes this close wants to see them."""


class CanvasLayers:
    """Holds the pictures and draws the part of them that is asked for."""

    def __init__(self) -> None:
        self.levels: tuple[QImage, ...] = ()
        self._proxy: Result | None = None
        self._region: Result | None = None

    @property
    def has_result(self) -> bool:
        """Whether there is an edited picture to show."""
        return self._proxy is not None or self._region is not None

    def set_levels(self, levels: tuple[QImage, ...]) -> None:
        """Another photo, at full, half, quarter … size."""
        self.levels = levels
        self._proxy = self._region = None

    def set_result(self, result: Result | None) -> None:
        """Takes a result in; None goes back to the photo."""
        if result is None:
            self._proxy = self._region = None
        elif not result.whole:
            self._region = result
        else:
            self._proxy = result
            # A region of older settings must not lie over a newer proxy.
            if self._region is not None and self._region.revision < result.revision:
                self._region = None

    def draw(self, painter: QPainter, exposed: QRect, view: ViewTransform, *, original: bool) -> None:
        """Draws what lies under `exposed`, a canvas rectangle."""
        if not self.levels:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < NEAREST_FROM)
        if original or self._proxy is None:
            level = min(range(len(self.levels)), key=lambda n: _misfit(view.zoom * 2**n))
            _draw(painter, self.levels[level], Region(0, 0, *view.photo), exposed, view)
        else:
            _draw(painter, self._proxy.image, self._proxy.area, exposed, view)
        if self._region is not None and not original and view.zoom >= 1.0:
            _draw(painter, self._region.image, self._region.area, exposed, view)


def _misfit(scale: float) -> float:
    """How badly a level drawn at `scale` fits: enlarging loses detail, shrinking by two aliases."""
    return 1.0 / scale if scale <= 1.0 else 1000.0 * scale


def _draw(painter: QPainter, image: QImage, area: Region, exposed: QRect, view: ViewTransform) -> None:
    """Draws `image`, which covers the photo pixels `area`, where it meets `exposed`."""
    across, down = image.width() / area.width, image.height() / area.height
    left, top = view.to_photo(exposed.left(), exposed.top())
    right, bottom = view.to_photo(exposed.right() + 1, exposed.bottom() + 1)
    # Two pixels more than needed, so that smoothing at the edge of a dirty rectangle leaves no seam.
    cut = (
        Region.around(
            (left - area.x) * across,
            (top - area.y) * down,
            (right - area.x) * across,
            (bottom - area.y) * down,
        )
        .grown(2)
        .clipped((image.height(), image.width()))
    )
    if cut is None:
        return
    x, y = view.to_view(area.x + cut.x / across, area.y + cut.y / down)
    size = cut.width / across * view.scale, cut.height / down * view.scale
    painter.drawImage(QRectF(x, y, *size), image, QRectF(cut.x, cut.y, cut.width, cut.height))
