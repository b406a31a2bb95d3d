"""`DensityPlot`, where a waveform or a parade is drawn, and `ScopeSwitch`, which chooses among the scopes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.scopes.scope_density import LEVELS, ROWS, level_row
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon

HISTOGRAM, WAVEFORM, PARADE = "histogram", "waveform", "parade"

_KEY = "scopes/kind"
_SIDE = 16


class DensityPlot:
    """A plot without axes, as high as the range of a byte, with lines at its quarters. The plotting library
    must be loaded."""

    def __init__(self) -> None:
        import pyqtgraph as pg

        plot: Any = pg.PlotWidget(background=theme.FIELD)
        # Otherwise rows are skipped when the plot is lower than the image.
        plot.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        plot.setMouseEnabled(x=False, y=False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        plot.getPlotItem().setContentsMargins(2, 2, 2, 2)
        line = theme.CARD if theme.colors().is_dark else theme.LINE
        for level in (0, 64, 128, 192, LEVELS):
            plot.addItem(pg.InfiniteLine(level_row(level), angle=0, pen=pg.mkPen(line)))
        self._image: Any = pg.ImageItem(axisOrder="row-major", autoDownsample=True)
        plot.addItem(self._image)
        plot.setYRange(0, ROWS, padding=0)
        self.widget: Any = plot

    def show_image(self, image: NDArray[np.uint8] | None) -> None:
        """Draws (rows, columns, RGBA), the lowest row first, over all of the plot; None clears it."""
        if image is None:
            self._image.clear()
            return
        self._image.setImage(image, autoLevels=False, levels=(0, 255))
        self.widget.setXRange(0, image.shape[1], padding=0)


class ScopeSwitch(QWidget):
    """Three small buttons, one of them checked; the choice is stored."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = {
            HISTOGRAM: (tr("Histogram"), tr("how many pixels have each level")),
            WAVEFORM: (tr("Waveform"), tr("brightness, place by place from left to right")),
            PARADE: (tr("RGB parade"), tr("red, green and blue, each from left to right")),
        }
        for kind, (name, what) in names.items():
            button = QToolButton()
            button.setIcon(icon(kind))
            button.setIconSize(QSize(_SIDE, _SIDE))
            button.setFixedSize(_SIDE + theme.SPACE_3, _SIDE + theme.SPACE_2)
            button.setCheckable(True)
            button.setToolTip(f"<b>{name}</b><br>{what}")
            button.setAccessibleName(name)
            theme.set_role(button, "flat")
            self._group.addButton(button)
            self.buttons[kind] = button
            row.addWidget(button)
        stored = str(QSettings().value(_KEY, HISTOGRAM))
        self.buttons.get(stored, self.buttons[HISTOGRAM]).setChecked(True)
        self._group.buttonClicked.connect(self._choose)

    @property
    def kind(self) -> str:
        """HISTOGRAM, WAVEFORM or PARADE."""
        return next(kind for kind, button in self.buttons.items() if button.isChecked())

    def _choose(self) -> None:
        QSettings().setValue(_KEY, self.kind)
        self.changed.emit()


def scope_colors(kind: str, channels: tuple[str, ...]) -> tuple[QColor, ...]:
    """The colors of the planes of a scope: the text's for brightness, else those of the `channels`."""
    return tuple(QColor(color) for color in (channels if kind == PARADE else (theme.TEXT,)))
