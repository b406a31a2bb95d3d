"""`PictureView`: the ways to look at the picture: split with the original, on a checkerboard, by a loupe."""

from PySide6.QtCore import QPointF, QRect, QSizeF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.canvas.canvas_view import CanvasView
from fxdiffuse_gui.views.canvas.checkerboard import Checkerboard
from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.layers import CanvasLayers
from fxdiffuse_gui.views.canvas.loupe import Loupe
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform


class PictureView(CanvasView):
    """Draws the picture; what the pointer does to the split and the loupe, `Canvas` passes on."""

    split_changed = Signal(bool)
    """Whether the canvas is split."""
    loupe_changed = Signal(bool)
    """Whether the loupe is in hand."""

    view_settled = Signal()
    """The session has been told what is on screen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._pair: tuple[CanvasLayers, CanvasLayers] | None = None
        self._checkerboard = Checkerboard()
        self._split = CompareSplit()
        self._loupe = Loupe()

    def set_split(self, on: bool) -> None:
        """Splits the canvas into original and edit."""
        if on != self._split.is_on:
            self._split.is_on, self._split.is_held = on, False
            self.split_changed.emit(on)
            self.update()

    def set_pair(self, pair: tuple[CanvasLayers, CanvasLayers] | None) -> None:
        """Other pictures on the sides of the line, left and right or above and below; None: original and edit
        again."""
        self._pair = pair
        self.update()

    def name_sides(self, names: tuple[str, str] | None) -> None:
        """What the sides of the line are called; None: as what they are when nothing else was set."""
        self.update(self._split.covered(self._size))
        self._split.names = names
        self.update(self._split.covered(self._size))

    @property
    def is_split(self) -> bool:
        """Whether there is a line across the canvas."""
        return self._split.is_on

    def turn_split(self) -> None:
        """Lays the line flat or stands it up; splits the canvas if it was not."""
        self._split.lies_flat = self._split.is_on and not self._split.lies_flat
        self.set_split(True)
        self.update()

    def set_loupe(self, on: bool) -> None:
        """Takes the loupe or puts it down. What it shows is computed at the photo's full size."""
        if on != self._loupe.is_on:
            self._loupe.is_on = on
            self.loupe_changed.emit(on)
            self._settled.start()
            self.update()

    def paint_picture(self, painter: QPainter, area: QRect) -> None:
        """Draws the part `area` of the canvas, with the original on its side of the line."""
        if self._split.is_on and not self._comparing:
            self._split.draw_sides(
                painter, self._size, lambda first: self._draw_side(painter, self.view, first)
            )
        else:
            self._layers.draw(painter, self.view, original=self._comparing)
        self._checkerboard.draw(painter, self.view, area)

    def paint_looks(self, painter: QPainter) -> None:
        """Draws line and lens, above everything else."""
        if self._split.is_on and not self._comparing:
            self._split.draw_line(painter, self._size)
        if self._loupe.is_on and self._pointer is not None:
            self._loupe.draw(painter, self.view, self._pointer, self._draw_lens)

    def move_looks(self, position: QPointF | None) -> None:
        """The pointer goes to `position`; the lens goes with it. To be called before `_pointer` changes."""
        if self._loupe.is_on:
            self.update(self._loupe.covered(self._pointer))
            self.update(self._loupe.covered(position))
            self._settled.start()

    def drag_split(self, position: QPointF) -> None:
        """Moves the line under the pointer."""
        before = self._split.covered(self._size)
        self._split.drag_to(position, self._size)
        self.update(before.united(self._split.covered(self._size)))

    @property
    def _size(self) -> QSizeF:
        return QSizeF(self.size())

    def _draw_side(self, painter: QPainter, view: ViewTransform, first: bool) -> None:
        if self._pair is None:
            self._layers.draw(painter, view, original=first)
        else:
            self._pair[0 if first else 1].draw(painter, view, original=False)

    def _draw_lens(self, painter: QPainter, lens: ViewTransform, area: QRect) -> None:
        if self._split.is_on and self._pointer is not None and not self._comparing:
            self._draw_side(painter, lens, self._split.is_original(self._pointer, self._size))
        else:
            self._layers.draw(painter, lens, original=self._comparing)
        self._checkerboard.draw(painter, lens, area)

    def _on_photo(self) -> None:
        self._checkerboard.set_photo(self._session.photo)
        super()._on_photo()

    def _report_view(self) -> None:
        """While the loupe is in hand, it is what lies under it that is wanted at full size."""
        visible = None
        if self._loupe.is_on and self._pointer is not None:
            visible = self._loupe.visible(self.view, self._pointer)
        if visible is None:
            super()._report_view()
        else:
            self._session.preview.set_view(visible, 1.0)
        self.view_settled.emit()
