"""`PaletteStrip`: the main colors of a picture."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.views.style import theme

_SIDE = 64
"""Longest side, in px, of the copy that is searched for colors."""


def main_colors(pixels: FloatImage, count: int = 6) -> list[tuple[QColor, float]]:
    """Up to `count` main colors of `pixels` (H, W, 3), from dark to light, with their shares of the area.

    k-means in CIELAB, started from slices of equal lightness instead of at random: the same picture
    always gives the same colors.
    """
    import cv2

    shrink = min(1.0, _SIDE / max(pixels.shape[:2]))
    size = (max(round(pixels.shape[1] * shrink), 1), max(round(pixels.shape[0] * shrink), 1))
    small = np.clip(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), 0, 1).astype(np.float32)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    count = min(count, len(np.unique(lab, axis=0)))
    if count == 1:
        return [(QColor.fromRgbF(*small[0, 0].tolist()), 1.0)]
    order = np.argsort(lab[:, 0], kind="stable")
    labels = np.empty((len(lab), 1), np.int32)
    labels[order, 0] = np.arange(len(lab)) * count // len(lab)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    _, labels, centers = cv2.kmeans(lab, count, labels, criteria, 1, cv2.KMEANS_USE_INITIAL_LABELS)
    shares = np.bincount(labels.ravel(), minlength=count) / len(lab)
    rgb: NDArray[np.float32] = cv2.cvtColor(centers.reshape(1, -1, 3), cv2.COLOR_LAB2RGB)[0]
    found = sorted(zip(centers[:, 0], rgb, shares, strict=True), key=lambda entry: float(entry[0]))
    return [(QColor.fromRgbF(*np.clip(c, 0, 1).tolist()), float(share)) for _, c, share in found if share > 0]


class PaletteStrip(QWidget):
    """Colors side by side, each as wide as its share; the tool tip of a color is its code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors: list[tuple[QColor, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Main colors of the reference"))

    def show_colors(self, colors: list[tuple[QColor, float]]) -> None:
        """Shows these colors with their shares, which sum to 1."""
        # Every color is wide enough to be seen.
        widened = [(color, share + 0.06) for color, share in colors]
        total = sum(share for _, share in widened)
        self._colors = [(color, share / total) for color, share in widened]
        self.setAccessibleDescription(", ".join(color.name() for color, _ in colors))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(120, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the colors in a strip with round ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline.addRoundedRect(frame, theme.SPACE_1, theme.SPACE_1)
        painter.setClipPath(outline)
        painter.setPen(Qt.PenStyle.NoPen)
        for color, left, right in self._segments():
            painter.fillRect(QRectF(left, 0, right - left + 0.5, self.height()), color)
        # Without a line around it, a color like the card's would look like a gap.
        painter.setClipping(False)
        painter.setPen(QColor(theme.LINE))
        painter.drawPath(outline)

    def event(self, event: QEvent) -> bool:
        """Shows the code of the color under the pointer."""
        if isinstance(event, QHelpEvent):
            for color, left, right in self._segments():
                if left <= event.pos().x() < right:
                    QToolTip.showText(event.globalPos(), color.name(), self)
                    return True
        return super().event(event)

    def _segments(self) -> list[tuple[QColor, float, float]]:
        segments, left = [], 0.0
        for color, share in self._colors:
            segments.append((color, left, left + share * self.width()))
            left += share * self.width()
        return segments
