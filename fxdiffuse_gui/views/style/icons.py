"""The program's own line icons, drawn on a 20-pixel grid and tinted for the theme.

The files contain `currentColor`; the color is filled in when an icon is drawn, at the exact device size, so
icons are sharp at any scale factor and follow the state of their button.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from fxdiffuse_gui.views.style import theme

ICON_SIZE: Final = 20
"""Side of the grid the icons are drawn on, in device-independent pixels."""

_FOLDER = Path(resources.__file__).parent / "icons"


def icon(name: str) -> QIcon:
    """The icon resources/icons/`name`.svg, tinted by its state: at rest, hovered, disabled, checked (accent).

    Raises KeyError when there is no such icon.
    """
    _source(name)
    return QIcon(_TintedEngine(name))


def app_icon() -> QIcon:
    """The program's icon in its own colors."""
    found = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        found.addPixmap(_render(_source("app"), QSize(side, side)))
    return found


def pixmap(name: str, color: str, side: int = ICON_SIZE, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `side` device-independent pixels for a screen of device pixel `ratio`."""
    drawn = tinted(name, color, round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=512)
def _cached(name: str, color: str, width: int, height: int) -> QPixmap:
    return _render(_source(name).replace(b"currentColor", color.encode()), QSize(width, height))


def tinted(name: str, color: str, width: int, height: int) -> QPixmap:
    """The icon in one color, `width` × `height` device pixels, transparent around it."""
    return QPixmap(_cached(name, color, width, height))


@cache
def _source(name: str) -> bytes:
    path = _FOLDER / f"{name}.svg"
    if not path.is_file():
        raise KeyError(f"There is no icon named {name!r} in the icons folder.")
    return path.read_bytes()


def _render(svg: bytes, size: QSize) -> QPixmap:
    """Draws `svg` into the largest centered square of a transparent picture of `size`."""
    drawn = QPixmap(size)
    drawn.fill(Qt.GlobalColor.transparent)
    side = min(size.width(), size.height())
    square = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter, square)
    painter.end()
    return drawn


def _color(mode: QIcon.Mode, state: QIcon.State) -> str:
    if mode is QIcon.Mode.Disabled:
        return theme.DISABLED
    if state is QIcon.State.On:
        return theme.ACCENT_HOVER if mode is QIcon.Mode.Active else theme.ACCENT_TEXT
    return theme.BRIGHT if mode is QIcon.Mode.Active else theme.TEXT


class _TintedEngine(QIconEngine):
    """Draws one icon in the color of the state it is asked for, at the size it is asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name)

    def key(self) -> str:
        return f"fxdiffuse-{self._name}"

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = tinted(
            self._name, _color(mode, state), round(rect.width() * ratio), round(rect.height() * ratio)
        )
        picture.setDevicePixelRatio(ratio)
        painter.drawPixmap(rect, picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return tinted(self._name, _color(mode, state), size.width(), size.height())
