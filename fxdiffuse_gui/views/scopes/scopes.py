"""The live scopes of what is on the canvas: histogram, waveform, RGB parade."""

import importlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QThread
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from fxdiffuse_gui.app.files.qimage import Samples, from_qimage
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.scopes.scope_density import density_image, luma, parade, waveform
from fxdiffuse_gui.views.scopes.scope_plots import HISTOGRAM, PARADE, DensityPlot, ScopeSwitch, scope_colors
from fxdiffuse_gui.views.style import theme

if TYPE_CHECKING:
    from fxdiffuse_gui.app.render.request import Result

_TALLEST = 190
_PIXELS = 120_000
"""About this many pixels are counted, evenly spread over the picture."""
_CHANNEL_COLORS = ("#d4574e", "#5fae62", "#4f86d9")


@dataclass(frozen=True, eq=False)
class Histogram:
    """`channels`: (4, 256) shares of red, green, blue and luma per level; `black` and `white`: share of
    the pixels that have a channel at 0 or at 255."""

    channels: NDArray[np.float64]
    black: float
    white: float


def histogram(samples: Samples) -> Histogram:
    """Counts (H, W, 3) bytes, of large pictures an even sample."""
    stride = max(round((samples.shape[0] * samples.shape[1] / _PIXELS) ** 0.5), 1)
    pixels = samples[::stride, ::stride].reshape(-1, 3)
    red, green, blue = (np.ascontiguousarray(channel) for channel in pixels.T)
    counted = [np.bincount(one, minlength=256) for one in (red, green, blue, luma(red, green, blue))]
    black = ((red == 0) | (green == 0) | (blue == 0)).mean()
    white = ((red == 255) | (green == 255) | (blue == 255)).mean()
    return Histogram(np.stack(counted) / len(pixels), float(black), float(white))


class Scopes(QWidget):
    """Updated with every preview while visible; the plotting library is loaded when it is first shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._samples: Samples | None = None
        self._plot: Any = None
        self._curves: list[Any] = []
        self._density: DensityPlot | None = None
        self._stack = QStackedWidget()
        self.switch = ScopeSwitch()
        self.switch.changed.connect(self._update)
        _library().finished.connect(self._build_plot)
        self.histogram: Histogram | None = None
        self.black = _caption(tr("Share of pixels without detail in the shadows"))
        self.white = _caption(tr("Share of pixels without detail in the highlights"))
        self.setAccessibleName(tr("Scopes"))
        self.setMaximumHeight(_TALLEST)
        foot = QHBoxLayout()
        foot.addWidget(self.black)
        foot.addStretch(1)
        foot.addWidget(self.switch)
        foot.addStretch(1)
        foot.addWidget(self.white)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_2, theme.SPACE_1)
        layout.setSpacing(theme.SPACE_1)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        session.photo_changed.connect(self._show_photo)
        session.preview.preview_changed.connect(self._show_result)
        self._show_photo()

    def sizeHint(self) -> QSize:
        """A low, wide plot."""
        return QSize(theme.PANEL_WIDTH, 132)

    def showEvent(self, event: QShowEvent) -> None:
        """Loads the plotting library on a thread of its own the first time, then catches up."""
        super().showEvent(event)
        if self._plot is None:
            if _library().isFinished():
                self._build_plot()
            else:
                _library().start(QThread.Priority.LowPriority)
        self._update()

    def changeEvent(self, event: QEvent) -> None:
        """Makes the plots again in other colors, which the library reads when a plot is made."""
        super().changeEvent(event)
        if theme.is_restyled(event) and self._plot is not None:
            while (plot := self._stack.currentWidget()) is not None:
                self._stack.removeWidget(plot)
                plot.deleteLater()
            self._plot = self._density = None
            self._curves.clear()
            self._build_plot()

    def _show_photo(self, _: object = None) -> None:
        levels = self._session.levels
        self._samples = from_qimage(levels[-1])[0] if levels else None
        self._update()

    def _show_result(self, result: "Result | None") -> None:
        if result is None:
            self._show_photo()
            return
        if result.shown is not None and not result.background:
            self._samples = result.shown
            self._update()

    def _build_plot(self) -> None:
        """The library is loaded: sets up four filled curves without axes."""
        import pyqtgraph as pg

        if self._plot is not None:
            return
        is_dark = theme.colors().is_dark
        mixing = QPainter.CompositionMode
        mixed = mixing.CompositionMode_Screen if is_dark else mixing.CompositionMode_Multiply
        plot: Any = pg.PlotWidget(background=theme.FIELD)
        plot.setAntialiasing(True)
        plot.setMouseEnabled(x=False, y=False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        plot.getPlotItem().setContentsMargins(2, 4, 2, 2)
        plot.setXRange(0, 255, padding=0.005)
        for quarter in (64, 128, 192):
            plot.addItem(pg.InfiniteLine(quarter, pen=pg.mkPen(theme.CARD if is_dark else theme.LINE)))
        for color in _CHANNEL_COLORS:
            fill = QColor(color)
            fill.setAlpha(150 if is_dark else 100)
            curve = plot.plot(pen=pg.mkPen(color, width=1), fillLevel=0, brush=fill)
            curve.curve.setCompositionMode(mixed)
            self._curves.append(curve)
        self._curves.append(plot.plot(pen=pg.mkPen(theme.TEXT, width=1.25)))
        self._plot = plot
        self._density = DensityPlot()
        self._stack.addWidget(plot)
        self._stack.addWidget(self._density.widget)
        self._update()

    def _update(self) -> None:
        if not self.isVisible():
            return
        self.histogram = None if self._samples is None else histogram(self._samples)
        self.black.setText("" if self.histogram is None else f"◣ {_percent(self.histogram.black)}")
        self.white.setText("" if self.histogram is None else f"{_percent(self.histogram.white)} ◢")
        if self._density is None:
            return
        kind = self.switch.kind
        self._stack.setCurrentIndex(0 if kind == HISTOGRAM else 1)
        if kind != HISTOGRAM:
            self._density.show_image(None if self._samples is None else _drawn(kind, self._samples))
        elif self.histogram is None:
            for curve in self._curves:
                curve.clear()
        else:
            self._show_curves(self.histogram)

    def _show_curves(self, counted: Histogram) -> None:
        levels = np.arange(256)
        for curve, shares in zip(self._curves, counted.channels, strict=True):
            curve.setData(levels, shares)
        # The ends hold all clipped pixels; they must not flatten the rest.
        top = float(np.percentile(counted.channels[:, 2:-2], 99.5))
        self._plot.setYRange(0, max(top * 1.15, 1e-6), padding=0)


def _drawn(kind: str, samples: Samples) -> NDArray[np.uint8]:
    counts = parade(samples) if kind == PARADE else waveform(samples)
    return density_image(counts, scope_colors(kind, _CHANNEL_COLORS), QColor(theme.BAD))


class _LibraryLoader(QThread):
    """Imports the plotting library, which takes too long for the thread that draws."""

    def run(self) -> None:
        importlib.import_module("pyqtgraph")


@cache
def _library() -> _LibraryLoader:
    """One for the program: a thread must not be destroyed with the widget that happened to start it."""
    loader = _LibraryLoader()
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(loader.wait)
    return loader


def _caption(tip: str) -> QLabel:
    label = QLabel()
    theme.set_role(label, "caption")
    label.setToolTip(tip)
    return label


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
