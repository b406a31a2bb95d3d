"""`CompareSplit`: a line across the canvas with the original on one side of it and the edit on the other."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.views.style import theme

GRIP_RADIUS = 13.0
_LINE_REACH = 5.0
"""The line can be dragged from this far."""
_ENDS = 0.02
"""The line keeps this share of the canvas from its edges, so that it can always be dragged."""
_LABELS = tr_noop("Original"), tr_noop("Edited")
_LABEL_ROOM = 90
_WIDEST_LABEL = 220
"""Of other names than the usual ones: those may be long."""
_SHADOW = QColor(0, 0, 0, 150)


class CompareSplit:
    """Where the line is, and whether it is held. Lengths are the canvas's; the line stays when the photo
    moves."""

    def __init__(self) -> None:
        self.is_on = False
        self.is_held = False
        self.is_horizontal = False
        """Whether the line is horizontal, with the original above it."""
        self.names: tuple[str, str] | None = None
        """Labels of the sides, when they are not the original and its edit."""
        self._share = 0.5

    def place(self, size: QSizeF) -> int:
        """Distance of the line from the left or top edge of a canvas of `size`."""
        return round((size.height() if self.is_horizontal else size.width()) * self._share)

    def sides(self, size: QSizeF) -> tuple[QRect, QRect]:
        """The part of the canvas with the original, and that with the edit."""
        width, height, place = round(size.width()), round(size.height()), self.place(size)
        if self.is_horizontal:
            return QRect(0, 0, width, place), QRect(0, place, width, height - place)
        return QRect(0, 0, place, height), QRect(place, 0, width - place, height)

    def is_original(self, point: QPointF, size: QSizeF) -> bool:
        """Whether `point` shows the original."""
        return self.is_on and (point.y() if self.is_horizontal else point.x()) < self.place(size)

    def is_grip(self, point: QPointF, size: QSizeF, *, whole_line: bool) -> bool:
        """Whether a press at `point` drags the line: at its handle, or anywhere on it with `whole_line`."""
        if not self.is_on:
            return False
        away = point - self._grip(size)
        if whole_line and abs(away.y() if self.is_horizontal else away.x()) <= _LINE_REACH:
            return True
        return QPointF.dotProduct(away, away) <= GRIP_RADIUS**2

    def drag_to(self, point: QPointF, size: QSizeF) -> None:
        """Moves the line under `point`."""
        length = size.height() if self.is_horizontal else size.width()
        share = (point.y() if self.is_horizontal else point.x()) / max(1.0, length)
        self._share = min(max(share, _ENDS), 1.0 - _ENDS)

    def cursor(self) -> Qt.CursorShape:
        """The cursor over the line."""
        return Qt.CursorShape.SplitVCursor if self.is_horizontal else Qt.CursorShape.SplitHCursor

    def covered(self, size: QSizeF) -> QRect:
        """The part of the canvas that line, handle and labels may cover."""
        place, room = self.place(size), _LABEL_ROOM
        if self.names is not None:
            room = _WIDEST_LABEL + 4 * theme.SPACE_2
        if self.is_horizontal:
            return QRect(0, place - room, round(size.width()), 2 * room)
        return QRect(place - room, 0, 2 * room, round(size.height()))

    def draw_sides(self, painter: QPainter, size: QSizeF, draw: Callable[[bool], None]) -> None:
        """Calls `draw` for each side, clipped to it; its argument is True for the original's."""
        for side, original in zip(self.sides(size), (True, False), strict=True):
            painter.save()
            painter.setClipRect(side, Qt.ClipOperation.IntersectClip)
            draw(original)
            painter.restore()

    def draw_line(self, painter: QPainter, size: QSizeF) -> None:
        """Draws the line, its handle and the labels of the sides."""
        place, grip = float(self.place(size)), self._grip(size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, end = QPointF(place, 0), QPointF(place, size.height())
        if self.is_horizontal:
            start, end = QPointF(0, place), QPointF(size.width(), place)
        for color, width in ((_SHADOW, 3.0), (QColor(theme.OVER_PHOTO), 1.2)):
            painter.setPen(QPen(color, width))
            painter.drawLine(start, end)
        painter.setPen(QPen(QColor(theme.OVER_PHOTO), 1.5))
        painter.setBrush(QColor(theme.ACCENT) if self.is_held else QColor(theme.WINDOW))
        painter.drawEllipse(grip, GRIP_RADIUS - 2, GRIP_RADIUS - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ON_ACCENT if self.is_held else theme.BRIGHT))
        painter.translate(grip)
        painter.rotate(90 if self.is_horizontal else 0)
        for way in (-1, 1):
            arrow = [QPointF(way * 7, 0), QPointF(way * 2.5, -3.5), QPointF(way * 2.5, 3.5)]
            painter.drawPolygon(QPolygonF(arrow))
        painter.restore()
        self._draw_labels(painter, place)

    def _draw_labels(self, painter: QPainter, place: float) -> None:
        metrics = painter.fontMetrics()
        height = metrics.height() + theme.SPACE_1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = self.names or ()
        elided = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, _WIDEST_LABEL) for name in names]
        for number, text in enumerate(elided or map(tr, _LABELS)):
            width = metrics.horizontalAdvance(text) + 2 * theme.SPACE_2
            before = number == 0
            if self.is_horizontal:
                y = place - height - theme.SPACE_2 if before else place + theme.SPACE_2
                box = QRectF(theme.SPACE_3, y, width, height)
            else:
                x = place - width - theme.SPACE_2 if before else place + theme.SPACE_2
                box = QRectF(x, theme.SPACE_3, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_SHADOW)
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setPen(QColor(theme.TEXT_OVER_PHOTO))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _grip(self, size: QSizeF) -> QPointF:
        place = float(self.place(size))
        return QPointF(size.width() / 2, place) if self.is_horizontal else QPointF(place, size.height() / 2)
