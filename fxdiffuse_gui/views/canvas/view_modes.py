"""`ViewModes`: compare with the original, split, loupe."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.layers import CanvasLayers
from fxdiffuse_gui.views.canvas.loupe import Loupe
from fxdiffuse_gui.views.canvas.picture import Picture
from fxdiffuse_gui.views.canvas.view_transform import CanvasState


class ViewModes(QObject):
    """Switches the modes on and off and repaints `canvas`."""

    compare_changed = Signal(bool)
    """Whether the original is shown instead of the edit."""
    split_changed = Signal(bool)
    """Whether the canvas is split."""
    loupe_changed = Signal(bool)
    """Whether the loupe is on."""

    def __init__(
        self, split: CompareSplit, loupe: Loupe, picture: Picture, state: CanvasState, canvas: QWidget
    ) -> None:
        super().__init__(canvas)
        self._split = split
        self._loupe = loupe
        self._picture = picture
        self._state = state
        self._canvas = canvas

    def set_comparing(self, comparing: bool) -> None:
        """Shows the original while True."""
        if comparing != self._state.is_comparing:
            self._state.is_comparing = comparing
            self.compare_changed.emit(comparing)
            self._canvas.update()

    @property
    def is_split(self) -> bool:
        """Whether there is a line across the canvas."""
        return self._split.is_on

    def set_split(self, on: bool) -> None:
        """Splits the canvas into original and edit."""
        if on != self._split.is_on:
            self._split.is_on, self._split.is_held = on, False
            self.split_changed.emit(on)
            self._canvas.update()

    def turn_split(self) -> None:
        """Turns the line to horizontal or back to vertical; splits the canvas if it was not."""
        self._split.is_horizontal = self._split.is_on and not self._split.is_horizontal
        self.set_split(True)
        self._canvas.update()

    def set_pair(self, pair: tuple[CanvasLayers, CanvasLayers] | None) -> None:
        """Shows other pictures on the sides of the line, left and right or above and below; None: original
        and edit again."""
        self._picture.pair = pair
        self._canvas.update()

    def name_sides(self, names: tuple[str, str] | None) -> None:
        """Labels the sides of the line; None: as original and edit."""
        self._canvas.update(self._split.covered(self._state.size))
        self._split.names = names
        self._canvas.update(self._split.covered(self._state.size))

    def set_loupe(self, on: bool) -> None:
        """Switches the loupe on or off. What it shows is computed at the photo's full size."""
        if on != self._loupe.is_on:
            self._loupe.is_on = on
            self.loupe_changed.emit(on)
            self._canvas.update()
