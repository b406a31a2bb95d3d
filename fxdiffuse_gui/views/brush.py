"""`Brush`: which tool the pointer is and how large. Shared by the canvas and the mask tools."""

from enum import Enum

from PySide6.QtCore import QObject, Signal

SMALLEST, LARGEST = 1.0, 2000.0
SIZE_STEP = 1.2


class Tool(Enum):
    """What dragging on the canvas does."""

    MOVE = "move"
    BRUSH = "brush"
    ERASER = "eraser"


class Brush(QObject):
    """Tool and size; `changed` tells of either."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.MOVE
        self._size = 64.0
        self._pinned = False

    @property
    def tool(self) -> Tool:
        """What dragging on the canvas does now."""
        return self._tool

    @property
    def is_painting(self) -> bool:
        """Whether dragging changes the mask."""
        return self._tool is not Tool.MOVE

    @property
    def size(self) -> float:
        """Diameter in photo pixels, `SMALLEST`..`LARGEST`."""
        return self._size

    @property
    def is_mask_pinned(self) -> bool:
        """Whether the mask's tint stays over the finished result."""
        return self._pinned

    def set_tool(self, tool: Tool) -> None:
        """Takes another tool."""
        if tool is not self._tool:
            self._tool = tool
            self.changed.emit()

    def toggle_eraser(self) -> None:
        """Eraser and brush take turns."""
        self.set_tool(Tool.BRUSH if self._tool is Tool.ERASER else Tool.ERASER)

    def set_size(self, size: float) -> None:
        """Sets the diameter, clamped."""
        size = min(max(float(size), SMALLEST), LARGEST)
        if size != self._size:
            self._size = size
            self.changed.emit()

    def step_size(self, direction: int) -> None:
        """One step larger (`direction` > 0) or smaller."""
        grown = self._size * SIZE_STEP if direction > 0 else self._size / SIZE_STEP
        self.set_size(grown)

    def pin_mask(self, pinned: bool) -> None:
        """Keeps the tint on the canvas, or shows it only while it is being worked on."""
        if pinned != self._pinned:
            self._pinned = pinned
            self.changed.emit()
