"""`Picture`: the bottom overlay: the photo or its edit, split in two if wanted, on a checkerboard."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.views.canvas.checkerboard import Checkerboard
from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.layers import CanvasLayers
from fxdiffuse_gui.views.canvas.view_transform import CanvasState, ViewTransform


class Picture:
    """Draws photo and edit, on the canvas and in the loupe."""

    def __init__(self, split: CompareSplit, state: CanvasState) -> None:
        self.layers = CanvasLayers()
        self.checkerboard = Checkerboard()
        self.pair: tuple[CanvasLayers, CanvasLayers] | None = None
        """Other pictures on the sides of the line, left and right or above and below; None: as usual."""
        self._split = split
        self._state = state

    def set_photo(self, photo: Photo | None, levels: tuple[QImage, ...]) -> None:
        """Another photo, and its pictures at full, half, quarter … size."""
        self.checkerboard.set_photo(photo)
        self.layers.set_levels(levels)

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws the part `area` of the canvas."""
        view = self._state.view
        if self._split.is_on and not self._state.is_comparing:
            self._split.draw_sides(
                painter, self._state.size, lambda first: self._draw_side(painter, view, first)
            )
        else:
            self.layers.draw(painter, view, original=self._state.is_comparing)
        self.checkerboard.draw(painter, view, area)

    def draw_lens(self, painter: QPainter, lens: ViewTransform, area: QRect) -> None:
        """Draws the picture as it lies in `lens`: the side of the line that the pointer is on."""
        pointer, comparing = self._state.pointer, self._state.is_comparing
        if self._split.is_on and pointer is not None and not comparing:
            self._draw_side(painter, lens, self._split.is_original(pointer, self._state.size))
        else:
            self.layers.draw(painter, lens, original=comparing)
        self.checkerboard.draw(painter, lens, area)

    def _draw_side(self, painter: QPainter, view: ViewTransform, first: bool) -> None:
        if self.pair is None:
            self.layers.draw(painter, view, original=first)
        else:
            self.pair[0 if first else 1].draw(painter, view, original=False)
