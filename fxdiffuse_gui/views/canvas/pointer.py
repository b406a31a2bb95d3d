"""`Pointer`: passes what the mouse and the pen do on the canvas to the tool that it is meant for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTabletEvent
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.mask_editor import MaskEditor
from fxdiffuse_gui.views.canvas.overlays import PointerOverlay
from fxdiffuse_gui.views.canvas.pointer_tool import PanTool, PointerInput, PointerTool, SplitTool
from fxdiffuse_gui.views.canvas.view_transform import CanvasState
from fxdiffuse_gui.views.mask_tools.brush import Brush


class Pointer:
    """Chooses the tool of a press, keeps `state.pointer`, and sets the cursor of `canvas`.

    With several tools active, as when two buttons are held, the first of split, pan, stroke and shape gets
    what comes. `panned` is given the distance of each step of a pan; `moved` is called after the pointer has
    moved.
    """

    def __init__(
        self,
        canvas: QWidget,
        brush: Brush,
        split: CompareSplit,
        mask: MaskEditor,
        state: CanvasState,
        *,
        panned: Callable[[QPointF], None],
        moved: Callable[[], None],
    ) -> None:
        self._canvas = canvas
        self._brush = brush
        self._split = split
        self._state = state
        self._moved = moved
        self._drag_split = SplitTool(split, state, canvas.update)
        self._pan = PanTool(panned)
        self._stroke, self._shape = mask.stroke, mask.shape
        self._tools: tuple[PointerTool, ...] = (self._drag_split, self._pan, mask.stroke, mask.shape)
        self._followers: Sequence[PointerOverlay] = ()
        self._is_space_held = False

    def set_followers(self, overlays: Sequence[PointerOverlay]) -> None:
        """The overlays that have to be painted again where the pointer was and is."""
        self._followers = overlays

    @property
    def pans(self) -> bool:
        """Whether a drag moves the photo now."""
        return self._is_space_held or self._pan.is_active

    @property
    def is_on_split(self) -> bool:
        """Whether the pointer is where a press drags the line of the split."""
        return self._is_on_split(self._state.pointer)

    def hold_space(self, held: bool) -> None:
        """While True, dragging pans whatever the tool."""
        self._is_space_held = held
        self.show_cursor()

    # --- mouse --------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begins to pan, to paint or to outline."""
        if self._stroke.is_active or self._shape.is_dragged:
            return
        pointer = PointerInput.of_mouse(event)
        tool = self._tool_for(pointer)
        if tool is not None:
            tool.press(pointer)
        if tool is self._pan:
            self.show_cursor()

    def move(self, event: QMouseEvent) -> None:
        """Continues what a press has begun; a polygon follows without a button."""
        active = self._active
        if active is not None:
            active.move(PointerInput.of_mouse(event))
        self.move_to(event.position())

    def release(self, event: QMouseEvent) -> None:
        """Ends the pan or the drag of the line, or makes stroke or outline a step of the history."""
        active = self._active
        if active is None:
            return
        active.release(PointerInput.of_mouse(event))
        if active is self._pan:
            self.show_cursor()
        elif active is not self._drag_split and not active.is_active:
            self._canvas.update()

    def double_click(self, event: QMouseEvent) -> None:
        """Closes the polygon; else it is a press like any other."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        if self._shape.is_active and is_left and not self._is_space_held:
            self._shape.close()
            self._canvas.update()
        else:
            self.press(event)

    def move_to(self, position: QPointF | None) -> None:
        """The pointer is at `position` of the canvas; None: elsewhere."""
        for overlay in self._followers:
            self._canvas.update(overlay.covered(self._state.pointer))
            self._canvas.update(overlay.covered(position))
        was_on_split = self.is_on_split
        self._state.pointer = position
        self._moved()
        if self._split.is_on and was_on_split != self.is_on_split:
            self.show_cursor()

    def _tool_for(self, pointer: PointerInput) -> PointerTool | None:
        if pointer.is_left and self._is_on_split(pointer.position):
            return self._drag_split
        if pointer.button is Qt.MouseButton.MiddleButton:
            return self._pan
        if not pointer.is_left:
            return None
        if self._is_space_held or not self._brush.is_painting:
            return self._pan
        return self._stroke if self._brush.is_stroking else self._shape

    @property
    def _active(self) -> PointerTool | None:
        return next((tool for tool in self._tools if tool.is_active), None)

    def _is_on_split(self, position: QPointF | None) -> bool:
        """While painting, only the handle of the line can be dragged."""
        if position is None or self._is_space_held or self._shape.is_active:
            return False
        return self._split.is_grip(position, self._state.size, whole_line=not self._brush.is_painting)

    # --- pen ----------------------------------------------------------------------------------------

    def pen(self, event: QTabletEvent, *, has_photo: bool) -> bool:
        """Paints with the pressure of a pen. False for what the pen does as a mouse does it."""
        pointer = PointerInput.of_pen(event)
        strokes = self._brush.is_stroking and not self.pans and has_photo
        strokes = strokes and not self._is_on_split(pointer.position)
        match event.type():
            case QEvent.Type.TabletPress if strokes and pointer.is_left and not self._stroke.is_active:
                self._stroke.press(pointer)
            case QEvent.Type.TabletMove if self._stroke.is_active:
                self._stroke.move(pointer)
                self.move_to(pointer.position)
            case QEvent.Type.TabletRelease if self._stroke.is_active:
                self._stroke.finish()
                self._canvas.update()
            case _:
                return False
        return True

    # --- cursor -------------------------------------------------------------------------------------

    def show_cursor(self) -> None:
        """Gives the canvas the cursor of what a press would do."""
        cursor = self._cursor()
        if cursor is None:
            self._canvas.unsetCursor()
        else:
            self._canvas.setCursor(cursor)

    def _cursor(self) -> Qt.CursorShape | None:
        if self._pan.is_active:
            return Qt.CursorShape.ClosedHandCursor
        if self._drag_split.is_active or self.is_on_split:
            return self._split.cursor()
        if self._is_space_held:
            return Qt.CursorShape.OpenHandCursor
        if self._brush.is_stroking:
            return Qt.CursorShape.BlankCursor
        return Qt.CursorShape.CrossCursor if self._brush.is_shaping else None
