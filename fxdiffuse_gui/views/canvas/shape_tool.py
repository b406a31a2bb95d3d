"""`ShapeTool`: lasso, polygon and rectangle: from pointer positions to one undoable fill of the mask."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPolygonF

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.views.canvas.mask_layer import MaskLayer
from fxdiffuse_gui.views.canvas.pointer_tool import PointerInput
from fxdiffuse_gui.views.canvas.view_transform import CanvasState
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool

_LINE_REACH = 4
"""Canvas lengths that the line reaches past where it runs."""

_FILLED = {
    Tool.LASSO: tr_noop("Lasso"),
    Tool.POLYGON: tr_noop("Polygon"),
    Tool.RECTANGLE: tr_noop("Rectangle"),
}
_ERASED = {
    Tool.LASSO: tr_noop("Erase lasso"),
    Tool.POLYGON: tr_noop("Erase polygon"),
    Tool.RECTANGLE: tr_noop("Erase rectangle"),
}
"""Names of the steps in the history."""


class ShapeTool:
    """Collects an outline in photo pixels; closing it fills the mask, or erases what lies inside.

    Lasso and rectangle are dragged and close on release; the corners of a polygon are clicked one by one.
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
        self._tool = Tool.MOVE
        self._erases = False
        self._corners: list[QPointF] = []
        self._pointer: QPointF | None = None

    @property
    def is_active(self) -> bool:
        """Whether an outline has been begun."""
        return bool(self._corners)

    @property
    def is_dragged(self) -> bool:
        """Whether the button is held for the outline; a polygon waits for clicks."""
        return self.is_active and self._tool is not Tool.POLYGON

    def press(self, pointer: PointerInput) -> None:
        """Begins an outline, or adds a corner to a polygon. Alt at the first corner makes it erase."""
        if not self._corners:
            self._tool, self._erases = self._brush.tool, pointer.has_alt
        self._pointer = self._state.to_photo(pointer.position)
        self._corners.append(self._pointer)
        self._update(self._covered())

    def move(self, pointer: PointerInput) -> None:
        """The lasso grows to the pointer, rectangle and polygon follow it."""
        before = self._covered()
        self._pointer = self._state.to_photo(pointer.position)
        if self._tool is Tool.LASSO:
            self._corners.append(self._pointer)
        self._update(before.united(self._covered()))

    def release(self, pointer: PointerInput) -> None:
        """The left button closes an outline that is dragged."""
        if pointer.is_left and self.is_dragged:
            self.close()

    def remove_corner(self) -> None:
        """Takes back the last corner of a polygon; without one left, the outline is dropped."""
        if self._tool is Tool.POLYGON and self._corners:
            self._corners.pop()

    def close(self) -> None:
        """Fills what the outline encloses and makes that a step of the history."""
        outline = self._rectangle() if self._tool is Tool.RECTANGLE else QPolygonF(self._corners)
        self.cancel()
        self._layer.fill(outline, erase=self._erases)
        taken = self._layer.take()
        if taken is not None:
            names = _ERASED if self._erases else _FILLED
            self._session.mask.paint(*taken, tr(names[self._tool]))

    def keep_for(self, tool: Tool) -> None:
        """Drops the outline unless `tool` is the one that draws it."""
        if tool is not self._tool:
            self.cancel()

    def cancel(self) -> None:
        """Drops the outline."""
        self._corners = []
        self._pointer = None

    def outline(self) -> QPolygonF:
        """The line to draw, in photo pixels, open where it is not finished."""
        if self._tool is Tool.RECTANGLE and self.is_active:
            return self._rectangle()
        pointer = [self._pointer] if self._tool is Tool.POLYGON and self._pointer is not None else []
        return QPolygonF([*self._corners, *pointer])

    def _covered(self) -> QRect:
        """The part of the canvas that the line covers."""
        outline = self.outline()
        if outline.isEmpty():
            return QRect()
        bounds = outline.boundingRect()
        to_canvas = self._state.to_canvas
        corners = QRectF(to_canvas(bounds.topLeft()), to_canvas(bounds.bottomRight()))
        return corners.toAlignedRect().adjusted(-_LINE_REACH, -_LINE_REACH, _LINE_REACH, _LINE_REACH)

    def _rectangle(self) -> QPolygonF:
        """The whole pixels between the first corner and the pointer; none for a click without a drag."""
        area = QRectF(self._corners[0], self._pointer or self._corners[0]).normalized()
        return QPolygonF(area if area.isEmpty() else QRectF(area.toAlignedRect()))
