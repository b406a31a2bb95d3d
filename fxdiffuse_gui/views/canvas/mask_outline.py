"""`MaskOutline`: a dashed line around what is painted, once the tint has made way for the fill."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform

_DASH = 5
"""Screen pixels of one dash."""
_LIGHT, _DARK = 0xFFFFFFFF, 0xFF101010


class MaskOutline:
    """Traces the mask as it appears on screen, which costs the same for any photo; keeps the last trace."""

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
    # Dashes run along the diagonal: they are seen on lines of every direction.
    diagonal = np.add.outer(np.arange(len(rows)), np.arange(len(columns))) // _DASH % 2
    pixels = np.where(edge, np.where(diagonal == 0, _LIGHT, _DARK), 0).astype(np.uint32)
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
