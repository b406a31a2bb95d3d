"""`BrushRows`: size, hardness and opacity of the brush, one row each."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.mask_tools.brush import FAINTEST, LARGEST, SMALLEST, Brush
from fxdiffuse_gui.views.mask_tools.brush_row import BrushRow
from fxdiffuse_gui.views.style import theme


class BrushRows(QWidget):
    """Asks the brush for another tip, and shows the one that it has."""

    def __init__(self, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = brush
        self.size_row = BrushRow(
            tr("Size"),
            SMALLEST,
            LARGEST,
            "px",
            tr("Brush size in photo pixels ([ and ])"),
            spoken=tr("Brush size in px"),
            logarithmic=True,
        )
        self.hardness_row = BrushRow(
            tr("Hardness"),
            0,
            100,
            "%",
            tr("Share of the brush that covers in full; the rest fades (Shift+[ and Shift+])"),
            spoken=tr("Brush hardness in %"),
        )
        self.opacity_row = BrushRow(
            tr("Opacity"),
            100 * FAINTEST,
            100,
            "%",
            tr("The most that one stroke covers; below 100 % the photo shows through the fill"),
            spoken=tr("Brush opacity in %"),
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_1)
        for row in (self.size_row, self.hardness_row, self.opacity_row):
            rows.addWidget(row)
        self.size_row.moved.connect(brush.set_size)
        self.hardness_row.moved.connect(self._harden)
        self.opacity_row.moved.connect(self._cover)
        brush.changed.connect(self._show)
        self._show()

    def _harden(self, percent: float) -> None:
        self._brush.set_hardness(percent / 100)

    def _cover(self, percent: float) -> None:
        self._brush.set_opacity(percent / 100)

    def _show(self) -> None:
        self.size_row.show_value(self._brush.size)
        self.hardness_row.show_value(100 * self._brush.tip.hardness)
        self.opacity_row.show_value(100 * self._brush.tip.opacity)
