"""`ReferenceTile`: one picture of the reference library."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QMenu

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.reference.reference_library import Entry
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import pixmap

SIDE = 40
_STAR = 14


class ReferenceTile(QAbstractButton):
    """A thumbnail that can be clicked, with a star in its corner for favorites. The current reference has a
    frame in the accent, a missing file a warning sign."""

    removed = Signal(object)
    """Path of a picture to remove from the list."""
    starred = Signal(object, bool)
    """Path, and whether it becomes a favorite."""
    searched = Signal(object)
    """Path of a missing picture to look for."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.path = entry.path
        self._picture: QImage | None = None
        self._current = False
        self.setFixedSize(SIDE, SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setToolTip(self._tip())
        name = tr("Use {name} as reference", name=entry.path.name)
        self.setAccessibleName(tr("{name} is missing", name=entry.path.name) if entry.missing else name)

    def show_picture(self, picture: QImage | None) -> None:
        """Shows the thumbnail, or an empty tile while there is none."""
        self._picture = picture
        self.update()

    def show_current(self, current: bool) -> None:
        """Marks the reference in use."""
        self._current = current
        self.update()

    def context_menu(self) -> QMenu:
        """Favorite, remove, and look for a missing file."""
        menu, entry = QMenu(self), self.entry
        if entry.missing:
            self._add(menu, tr("Look for it…"), lambda: self.searched.emit(self.path))
        text = tr("No favorite any more") if entry.favorite else tr("Keep as a favorite")
        self._add(menu, text, self._toggle_star)
        if not entry.sample:
            self._add(menu, tr("Remove from this list"), lambda: self.removed.emit(self.path))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Opens the menu."""
        self.context_menu().exec(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the picture from the list, the asterisk toggles the star."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.entry.sample:
            self.removed.emit(self.path)
        elif event.key() == Qt.Key.Key_Asterisk:
            self._toggle_star()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the star toggles it; a click anywhere else uses the picture."""
        if event.button() is Qt.MouseButton.LeftButton and self._on_star(event.position().toPoint()):
            self._toggle_star()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The star is highlighted under the pointer."""
        self.update()
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the middle square of the picture with round corners, and the star."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(frame, theme.SPACE_1, theme.SPACE_1)
        painter.fillPath(outline, QColor(theme.FIELD))
        if self.entry.missing:
            self._paint_sign(painter)
        elif self._picture is not None and not self._picture.isNull():
            painter.save()
            painter.setClipPath(outline)
            side = min(self._picture.width(), self._picture.height())
            part = QRectF(0, 0, side, side)
            part.moveCenter(QPointF(self._picture.width() / 2, self._picture.height() / 2))
            painter.drawImage(frame, self._picture, part)
            painter.restore()
        marked = self._current or self.hasFocus()
        painter.setPen(QPen(QColor(theme.ACCENT if marked else theme.LINE), 2 if marked else 1))
        if self._current and self.hasFocus():
            painter.setPen(QPen(QColor(theme.BRIGHT), 2))
        if self.underMouse() and not marked:
            painter.setPen(QPen(QColor(theme.TEXT), 1))
        painter.drawPath(outline)
        if self.entry.favorite or self.underMouse():
            self._paint_star(painter)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIDE, SIDE)

    def _tip(self) -> str:
        name, folder = self.path.name, self.path.parent
        if self.entry.missing:
            return tr(
                "{name} is no longer in {folder}<br>Right-click to look for it or to remove it",
                name=escape(name),
                folder=escape(str(folder)),
            )
        return tr("{name} (sample)", name=name) if self.entry.sample else name

    def _add(self, menu: QMenu, text: str, action: Callable[[], None]) -> None:
        entry = QAction(text, menu)
        entry.triggered.connect(action)
        menu.addAction(entry)

    def _toggle_star(self) -> None:
        self.starred.emit(self.path, not self.entry.favorite)

    def _star_place(self) -> QRect:
        return QRect(SIDE - _STAR - 3, 3, _STAR, _STAR)

    def _on_star(self, point: QPoint) -> bool:
        return self._star_place().adjusted(-3, -3, 3, 3).contains(point)

    def _paint_star(self, painter: QPainter) -> None:
        place = self._star_place()
        # Dark in any theme, because the picture below may have any color.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawEllipse(QRectF(place).adjusted(-1.5, -1.5, 1.5, 1.5))
        hot = self.underMouse() and self._on_star(self.mapFromGlobal(self.cursor().pos()))
        color = theme.ACCENT if self.entry.favorite or hot else theme.HANDLE_OFF
        name = "star-on" if self.entry.favorite else "star"
        painter.drawPixmap(place.topLeft(), pixmap(name, color, _STAR, self.devicePixelRatioF()))

    def _paint_sign(self, painter: QPainter) -> None:
        side = SIDE // 2
        drawn = pixmap("warning", theme.MUTED, side, self.devicePixelRatioF())
        painter.drawPixmap((SIDE - side) // 2, (SIDE - side) // 2, drawn)
