"""`StrokeTool`: brush and eraser: from positions of mouse or pen to one undoable stroke of the mask."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF

from fxdiffuse_gui.app.edit.mask_brush import Dab
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.mask_layer import MaskLayer
from fxdiffuse_gui.views.canvas.pointer_tool import PointerInput
from fxdiffuse_gui.views.canvas.view_transform import CanvasState
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool


class StrokeTool:
    """Paints on the layer while the button is down and hands the stroke to the session on release.

    `update` repaints a part of the canvas.
    """

    def __init__(
        self,
        session: Session,
        brush: Brush,
        layer: MaskLayer,
        state: CanvasState,
        update: Callable[[QRect], None],
    ) -> None:
        self._session = session
        self._brush = brush
        self._layer = layer
        self._state = state
        self._update = update
        self._erases = False
        self._point: Dab | None = None
        self._last_end: Dab | None = None

    @property
    def is_active(self) -> bool:
        """Whether the button is down."""
        return self._point is not None

    def begin_photo(self) -> None:
        """Another photo: there is no last stroke to draw a line from."""
        self._point = self._last_end = None

    def press(self, pointer: PointerInput) -> None:
        """Begins a stroke; with Shift where the last one ended. The pen's other end erases."""
        self._erases = pointer.is_eraser or self._brush.tool is Tool.ERASER
        self._point = self._dab(pointer)
        start = self._last_end if pointer.has_shift and self._last_end is not None else self._point
        self._paint(start, self._point)

    def move(self, pointer: PointerInput) -> None:
        """Continues the stroke to the pointer."""
        end = self._dab(pointer)
        start, self._point = self._point or end, end
        self._paint(start, end)

    def release(self, pointer: PointerInput) -> None:
        """The left button makes the stroke a step of the history."""
        if pointer.is_left:
            self.finish()

    def finish(self) -> None:
        """Makes the stroke a step of the history."""
        self._last_end, self._point = self._point, None
        taken = self._layer.take()
        if taken is not None:
            self._session.mask.paint(*taken, tr("Erase mask") if self._erases else tr("Paint mask"))

    def cancel(self) -> None:
        """Takes the stroke back."""
        self._point = None
        self._layer.restore()

    def forget(self) -> None:
        """Ends without a trace: the layer shows another mask."""
        self._point = None

    def _dab(self, pointer: PointerInput) -> Dab:
        point = self._state.to_photo(pointer.position)
        return Dab(point.x(), point.y(), self._brush.size_at(pointer.pressure))

    def _paint(self, start: Dab, end: Dab) -> None:
        touched = self._layer.paint(start, end, self._brush.tip, erase=self._erases)
        if not touched.isEmpty():
            corner = self._state.to_canvas(QPointF(touched.topLeft()))
            scale = self._state.view.scale
            area = QRectF(corner.x(), corner.y(), touched.width() * scale, touched.height() * scale)
            self._update(area.toAlignedRect().adjusted(-2, -2, 2, 2))
