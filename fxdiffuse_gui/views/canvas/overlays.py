"""What lies over the photo on the canvas.

The canvas paints its overlays from the bottom up. What follows the pointer says which part of the canvas it
covers, so that only that part is painted again.
"""

from typing import Protocol

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.loupe import Loupe
from fxdiffuse_gui.views.canvas.picture import Picture
from fxdiffuse_gui.views.canvas.view_transform import CanvasState
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import pixmap

_EMPTY_ICON = 40


class Overlay(Protocol):
    """Something painted on the canvas. Painters are shared: one overlay's pen and hints reach the next."""

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paints in canvas positions; only the part `area` of the canvas is needed."""
        ...


class PointerOverlay(Overlay, Protocol):
    """An overlay that follows the pointer."""

    def covered(self, position: QPointF | None) -> QRect:
        """The part of the canvas it covers with the pointer at `position`; empty when it is not shown."""
        ...


class SplitLine:
    """The line between the two sides of the canvas."""

    def __init__(self, split: CompareSplit, state: CanvasState) -> None:
        self._split = split
        self._state = state

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws line, handle and labels while the canvas is split and not comparing."""
        if self._split.is_on and not self._state.is_comparing:
            self._split.draw_line(painter, self._state.size)


class LoupeLens:
    """The picture seen through the loupe at the pointer."""

    def __init__(self, loupe: Loupe, picture: Picture, state: CanvasState) -> None:
        self._loupe = loupe
        self._picture = picture
        self._state = state

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws the lens while the loupe is on and the pointer is on the canvas."""
        pointer = self._state.pointer
        if self._loupe.is_on and pointer is not None:
            self._loupe.draw(painter, self._state.view, pointer, self._picture.draw_lens)

    def covered(self, position: QPointF | None) -> QRect:
        """What the lens covers with the pointer at `position`."""
        return self._loupe.covered(position) if self._loupe.is_on else QRect()


class Frame:
    """A frame in the accent along the edge of `canvas`, while `is_on`."""

    def __init__(self, canvas: QWidget, *, width: int, inset: int) -> None:
        self._canvas = canvas
        self._width = width
        self._inset = inset
        self.is_on = False

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws the frame."""
        if self.is_on:
            inset = self._inset
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ACCENT), self._width))
            painter.drawRect(self._canvas.rect().adjusted(inset, inset, -inset, -inset))


class Invitation:
    """What `canvas` says while there is no photo."""

    def __init__(self, canvas: QWidget) -> None:
        self._canvas = canvas

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draws an icon and a sentence."""
        painter.setPen(QColor(theme.MUTED))
        text = tr("Drop a photo here, or open one with Ctrl+O")
        painter.drawText(self._canvas.rect(), Qt.AlignmentFlag.AlignCenter, text)
        drawn = pixmap("image", theme.MUTED, _EMPTY_ICON, self._canvas.devicePixelRatioF())
        middle = self._canvas.rect().center()
        painter.drawPixmap(middle.x() - _EMPTY_ICON // 2, middle.y() - 2 * _EMPTY_ICON, drawn)
