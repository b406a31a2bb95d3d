"""`BrushRows`: size, hardness and opacity of the brush, each in a `BrushRow` with a slider and a number."""

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.mask_tools.brush import FAINTEST, LARGEST, SMALLEST, Brush
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.value_box import ValueBox
from fxdiffuse_gui.views.widgets.wheel_guard import WheelGuard


class BrushRows(QWidget):
    """Shows and changes the tip of the brush."""

    def __init__(self, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = brush
        self.size_row = BrushRow(
            tr("Size"),
            SMALLEST,
            LARGEST,
            "px",
            tr("Brush size in photo pixels ([ and ])"),
            accessible_name=tr("Brush size in px"),
            logarithmic=True,
        )
        self.hardness_row = BrushRow(
            tr("Hardness"),
            0,
            100,
            "%",
            tr("Share of the brush that covers in full; the rest fades (Shift+[ and Shift+])"),
            accessible_name=tr("Brush hardness in %"),
        )
        self.opacity_row = BrushRow(
            tr("Opacity"),
            100 * FAINTEST,
            100,
            "%",
            tr("The most that one stroke covers; below 100 % the photo shows through the fill"),
            accessible_name=tr("Brush opacity in %"),
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_1)
        for row in (self.size_row, self.hardness_row, self.opacity_row):
            rows.addWidget(row)
        self.size_row.moved.connect(brush.set_size)
        self.hardness_row.moved.connect(self._set_hardness)
        self.opacity_row.moved.connect(self._set_opacity)
        brush.changed.connect(self._show)
        self._show()

    def _set_hardness(self, percent: float) -> None:
        self._brush.set_hardness(percent / 100)

    def _set_opacity(self, percent: float) -> None:
        self._brush.set_opacity(percent / 100)

    def _show(self) -> None:
        self.size_row.show_value(self._brush.size)
        self.hardness_row.show_value(100 * self._brush.tip.hardness)
        self.opacity_row.show_value(100 * self._brush.tip.opacity)


_POSITIONS = 100
_CAPTION_WIDTH = 60
_BOX_WIDTH = 74


class BrushRow(QWidget):
    """Reports the requested value; the owner of the value calls `show_value`.

    `accessible_name` names the controls for screen readers. With `logarithmic`, the slider's positions are
    spaced evenly in the value's logarithm.
    """

    moved = Signal(float)
    """The requested value, in `unit`."""

    def __init__(
        self,
        name: str,
        minimum: float,
        maximum: float,
        unit: str,
        tool_tip: str,
        *,
        accessible_name: str,
        logarithmic: bool = False,
    ) -> None:
        super().__init__()
        self._span = minimum, maximum
        self._to_position_scale: Callable[[float], float] = math.log if logarithmic else float
        self._from_position_scale: Callable[[float], float] = math.exp if logarithmic else float
        self.slider = _Slider()
        self.slider.setRange(0, _POSITIONS)
        self.box = ValueBox(minimum, maximum, 0, unit)
        self.box.setFixedWidth(_BOX_WIDTH)
        caption = QLabel(name)
        theme.set_role(caption, "caption")
        caption.setFixedWidth(_CAPTION_WIDTH)
        for control in (self.slider, self.box):
            control.setAccessibleName(accessible_name)
            control.setToolTip(tool_tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_1)
        row.addWidget(caption)
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)
        self.slider.valueChanged.connect(self._on_slider)
        self.box.typed.connect(self.moved)
        self.box.stepped.connect(self._on_step)

    def show_value(self, value: float) -> None:
        """Shows `value` without reporting it, and without rounding it to a position of the slider."""
        low, high = map(self._to_position_scale, self._span)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round((self._to_position_scale(value) - low) / (high - low) * _POSITIONS))
        self.slider.blockSignals(blocked)
        self.box.show_value(round(value))

    def _on_slider(self, position: int) -> None:
        low, high = map(self._to_position_scale, self._span)
        self.moved.emit(self._from_position_scale(low + (high - low) * position / _POSITIONS))

    def _on_step(self, steps: float) -> None:
        self.moved.emit(self.box.value() + (steps if abs(steps) >= 1 else math.copysign(1, steps)))


class _Slider(QSlider):
    """Ignores the wheel unless it is armed: the panel around it scrolls."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._guard = WheelGuard(self)

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Steps while the pointer rests here."""
        if self._guard.armed:
            super().wheelEvent(e)
        else:
            e.ignore()
