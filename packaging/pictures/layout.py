"""Places pictures next to or below each other, on the background color of the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from fxdiffuse_gui.views.style import theme


def scaled(picture: QPixmap, width: int) -> QPixmap:
    """`picture` scaled to `width`."""
    return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def in_a_row(*pictures: QPixmap) -> QImage:
    """From left to right, with gaps, centered vertically."""
    gap = theme.SPACE_2
    width = sum(one.width() for one in pictures) + gap * (len(pictures) - 1)
    height = max(one.height() for one in pictures)
    image = _empty(QSize(width, height))
    painter = QPainter(image)
    across = 0
    for one in pictures:
        painter.drawPixmap(across, (height - one.height()) // 2, one)
        across += one.width() + gap
    painter.end()
    return image


def in_rows(*pictures: QPixmap) -> QImage:
    """From top to bottom, without gaps, as wide as the widest."""
    image = _empty(QSize(max(one.width() for one in pictures), sum(one.height() for one in pictures)))
    painter = QPainter(image)
    down = 0
    for one in pictures:
        painter.drawPixmap(0, down, one)
        down += one.height()
    painter.end()
    return image


def _empty(size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.WINDOW))
    return image
