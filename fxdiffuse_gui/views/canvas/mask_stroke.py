"""`MaskStroke`: from positions of pointer or pen to one undoable stroke of the mask."""

from PySide6.QtCore import QPointF, QRect

from fxdiffuse_gui.app.edit.mask_brush import Dab
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.mask_layer import MaskLayer
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool


class MaskStroke:
    """Paints on the layer while the button is down and hands the stroke to the session on release."""

    def __init__(self, session: Session, brush: Brush, layer: MaskLayer) -> None:
        self._session = session
        self._brush = brush
        self._layer = layer
        self._erases = False
        self._point: Dab | None = None
        self._last_end: Dab | None = None

    @property
    def is_active(self) -> bool:
        """Whether the button is down."""
        return self._point is not None

    def forget(self) -> None:
        """Ends without a trace: the layer shows another mask."""
        self._point = None

    def begin_photo(self) -> None:
        """Another photo: there is no last stroke to draw a line from."""
        self._point = self._last_end = None

    def press(self, point: QPointF, *, straight: bool, pressure: float = 1.0, erase: bool = False) -> QRect:
        """Begins a stroke at `point`, with `straight` where the last one ended; returns what it touched.

        `pressure` is 0..1. With `erase` the stroke takes paint away, as it does with the eraser in hand.
        """
        self._erases = erase or self._brush.tool is Tool.ERASER
        self._point = self._dab(point, pressure)
        start = self._last_end if straight and self._last_end is not None else self._point
        return self._paint(start, self._point)

    def move(self, point: QPointF, pressure: float = 1.0) -> QRect:
        """Paints on to `point`; returns what that touched."""
        end = self._dab(point, pressure)
        start, self._point = self._point or end, end
        return self._paint(start, end)

    def release(self) -> None:
        """Makes the stroke a step of the history."""
        self._last_end, self._point = self._point, None
        taken = self._layer.take()
        if taken is not None:
            self._session.mask.paint(*taken, tr("Erase mask") if self._erases else tr("Paint mask"))

    def drop(self) -> None:
        """Takes the stroke back."""
        self._point = None
        self._layer.restore()

    def _dab(self, point: QPointF, pressure: float) -> Dab:
        return Dab(point.x(), point.y(), self._brush.size_at(pressure))

    def _paint(self, start: Dab, end: Dab) -> QRect:
        return self._layer.paint(start, end, self._brush.tip, erase=self._erases)
