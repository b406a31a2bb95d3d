"""`Brush`: the selected tool and the tip of the brush. Shared by the canvas and the mask tools."""

from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from fxdiffuse_gui.app.edit.mask_brush import Tip

SMALLEST, LARGEST = 1.0, 2000.0
SIZE_STEP = 1.2
HARDNESS_STEP = 0.1
FAINTEST = 0.01
"""A brush that paints nothing would look broken."""
LIGHTEST_PRESSURE = 0.05
OVERLAY = QColor(232, 64, 84)
OVERLAY_ALPHA = 132
"""Opacity of the overlay, of 255, where the mask is painted in full."""


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
    """Tool, tip, and the overlay that shows the mask; `changed` reports any of them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.MOVE
        self._size = 64.0
        self._tip = Tip()
        self._uses_pressure = True
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
    def uses_pressure(self) -> bool:
        """Whether a pen's pressure sets the size."""
        return self._uses_pressure

    @property
    def is_mask_pinned(self) -> bool:
        """Whether the mask's tint stays over the finished result."""
        return self._pinned

    @property
    def overlay(self) -> QColor:
        """The opaque color of the tint."""
        return QColor(self._overlay)

    def size_at(self, pressure: float) -> float:
        """The diameter for a pressure of 0..1; a mouse always has 1."""
        return self._size * (max(pressure, LIGHTEST_PRESSURE) if self._uses_pressure else 1.0)

    def set_tool(self, tool: Tool) -> None:
        """Selects another tool."""
        if tool is not self._tool:
            self._tool = tool
            self.changed.emit()

    def toggle_tool(self, tool: Tool) -> None:
        """Selects `tool`, or the move tool when it is selected already."""
        self.set_tool(Tool.MOVE if self._tool is tool else tool)

    def toggle_eraser(self) -> None:
        """Switches between eraser and brush."""
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

    def set_uses_pressure(self, feels: bool) -> None:
        """Lets a pen's pressure set the size, or not."""
        if feels != self._uses_pressure:
            self._uses_pressure = feels
            self.changed.emit()

    def pin_mask(self, pinned: bool) -> None:
        """Keeps the tint on the canvas, or shows it only while the mask is painted."""
        if pinned != self._pinned:
            self._pinned = pinned
            self.changed.emit()

    def set_overlay(self, color: QColor) -> None:
        """Sets the color of the tint; its alpha is ignored."""
        opaque = QColor(color.red(), color.green(), color.blue())
        if opaque != self._overlay:
            self._overlay = opaque
            self.changed.emit()

    def _set_tip(self, tip: Tip) -> None:
        if tip != self._tip:
            self._tip = tip
            self.changed.emit()
