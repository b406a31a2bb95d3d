"""`MaskStroke`: from pointer positions to one undoable stroke of the mask."""

from PySide6.QtCore import QPointF, QRect

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.state import MaskImage
from fxdiffuse_gui.views.brush import Brush, Tool
from fxdiffuse_gui.views.mask_layer import MaskLayer


class MaskStroke:
    """Paints on the layer while the button is down and hands the stroke to the session on release."""

    def __init__(self, session: Session, brush: Brush) -> None:
        self.layer = MaskLayer(1, 1)
        self._session = session
        self._brush = brush
        self._mask: MaskImage | None = None
        self._point: QPointF | None = None
        self._last_end: QPointF | None = None

    @property
    def is_active(self) -> bool:
        """Whether the button is down."""
        return self._point is not None

    def begin_photo(self, width: int, height: int) -> None:
        """Another photo: an empty mask of its size."""
        self.layer = MaskLayer(width, height)
        self._mask = self._point = self._last_end = None

    def sync(self, mask: MaskImage | None) -> bool:
        """Shows the session's mask; says whether it is another one than before."""
        if mask is self._mask:
            return False
        self._mask = mask
        self._point = None
        self.layer.load(mask)
        return True

    def press(self, point: QPointF, *, straight: bool) -> QRect:
        """Begins a stroke at `point`, with `straight` where the last one ended; returns what it touched."""
        start = self._last_end if straight and self._last_end is not None else point
        self._point = point
        return self._paint(start, point)

    def move(self, point: QPointF) -> QRect:
        """Paints on to `point`; returns what that touched."""
        start = self._point or point
        self._point = point
        return self._paint(start, point)

    def release(self) -> None:
        """Makes the stroke a step of the history."""
        self._last_end, self._point = self._point, None
        taken = self.layer.take_stroke()
        if taken is not None:
            text = "Erase mask" if self._brush.tool is Tool.ERASER else "Paint mask"
            self._session.commit_stroke(*taken, text)

    def drop(self) -> None:
        """Takes the stroke back."""
        self._point = None
        self.layer.load(self._mask)

    def _paint(self, start: QPointF, end: QPointF) -> QRect:
        return self.layer.paint(start, end, self._brush.size, erase=self._brush.tool is Tool.ERASER)
