"""`Brush`: which tool the pointer is, how large, hard and strong. Shared by the canvas and the mask tools."""

from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from fxdiffuse_gui.app.edit.mask_brush import Tip

SMALLEST, LARGEST = 1.0, 2000.0
SIZE_STEP = 1.2
HARDNESS_STEP = 0.1
FAINTEST = 0.01
"""A brush that leaves nothing would look broken."""
LIGHTEST_PRESSURE = 0.05
OVERLAY = QColor(232, 64, 84)
OVERLAY_ALPHA = 132
"""How dense the overlay is over what is painted in full, of 255."""


class Tool(Enum):
    """What dragging on the canvas does."""

    MOVE = "move"
    BRUSH = "brush"
    ERASER = "eraser"
    LASSO = "lasso"
    POLYGON = "polygon"
    RECTANGLE = "rectangle"


STROKES = frozenset({Tool.BRUSH, Tool.ERASER})
SHAPES = frozenset({Tool.LASSO, Tool.POLYGON, Tool.RECTANGLE})


class Brush(QObject):
    """Tool, tip, and the overlay that shows what is painted; `changed` tells of any of them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.MOVE
        self._size = 64.0
        self._tip = Tip()
        self._feels_pressure = True
        self._pinned = False
        self._overlay = QColor(OVERLAY)

    @property
    def tool(self) -> Tool:
        """What dragging on the canvas does now."""
        return self._tool

    @property
    def is_painting(self) -> bool:
        """Whether dragging changes the mask."""
        return self._tool is not Tool.MOVE

    @property
    def is_stroking(self) -> bool:
        """Whether size, hardness and opacity matter: brush or eraser."""
        return self._tool in STROKES

    @property
    def is_shaping(self) -> bool:
        """Whether dragging outlines an area: lasso, polygon or rectangle."""
        return self._tool in SHAPES

    @property
    def size(self) -> float:
        """Diameter in photo pixels, `SMALLEST`..`LARGEST`."""
        return self._size

    @property
    def tip(self) -> Tip:
        """Hardness, 0..1, and opacity, `FAINTEST`..1."""
        return self._tip

    @property
    def feels_pressure(self) -> bool:
        """Whether a pen's pressure makes the brush smaller."""
        return self._feels_pressure

    @property
    def is_mask_pinned(self) -> bool:
        """Whether the mask's tint stays over the finished result."""
        return self._pinned

    @property
    def overlay(self) -> QColor:
        """The opaque color of the tint."""
        return QColor(self._overlay)

    def size_at(self, pressure: float) -> float:
        """The diameter under a pen pressed with 0..1; a mouse presses with 1."""
        return self._size * (max(pressure, LIGHTEST_PRESSURE) if self._feels_pressure else 1.0)

    def set_tool(self, tool: Tool) -> None:
        """Takes another tool."""
        if tool is not self._tool:
            self._tool = tool
            self.changed.emit()

    def toggle_tool(self, tool: Tool) -> None:
        """Takes `tool`, or puts it down when it is in hand."""
        self.set_tool(Tool.MOVE if self._tool is tool else tool)

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

    def set_hardness(self, hardness: float) -> None:
        """Sets the share of the radius that is covered in full, clamped to 0..1."""
        self._set_tip(Tip(min(max(float(hardness), 0.0), 1.0), self._tip.opacity))

    def step_hardness(self, direction: int) -> None:
        """One step harder (`direction` > 0) or softer."""
        step = HARDNESS_STEP if direction > 0 else -HARDNESS_STEP
        self.set_hardness(round(self._tip.hardness + step, 2))

    def set_opacity(self, opacity: float) -> None:
        """Sets the most that one stroke covers, clamped to `FAINTEST`..1."""
        self._set_tip(Tip(self._tip.hardness, min(max(float(opacity), FAINTEST), 1.0)))

    def set_feels_pressure(self, feels: bool) -> None:
        """Lets a pen's pressure set the size, or not."""
        if feels != self._feels_pressure:
            self._feels_pressure = feels
            self.changed.emit()

    def pin_mask(self, pinned: bool) -> None:
        """Keeps the tint on the canvas, or shows it only while it is being worked on."""
        if pinned != self._pinned:
            self._pinned = pinned
            self.changed.emit()

    def set_overlay(self, color: QColor) -> None:
        """Sets the color of the tint; its alpha is not looked at."""
        opaque = QColor(color.red(), color.green(), color.blue())
        if opaque != self._overlay:
            self._overlay = opaque
            self.changed.emit()

    def _set_tip(self, tip: Tip) -> None:
        if tip != self._tip:
            self._tip = tip
            self.changed.emit()
