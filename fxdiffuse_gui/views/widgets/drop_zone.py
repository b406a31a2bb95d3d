"""`DropZone`: a reference picture is dropped here, shown and removed."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon, pixmap

_HEIGHT = 64
_EMPTY_TEXT = tr_noop("Drop a picture here, or choose one")


class DropZone(QWidget):
    """Empty, it says what to do; else it shows the picture with its name and a button to remove it."""

    dropped = Signal(object)
    """Path of a dropped file."""
    dropped_image = Signal(QImage)
    """A dropped picture without a file, as from a browser."""
    chosen = Signal()
    """A click or the Return key: the user wants to choose a file."""
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._name = ""
        self._off = False
        self._wanted = False
        self._hot = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clear_button = QToolButton(self)
        self.clear_button.setIcon(icon("cross"))
        self.clear_button.setIconSize(QSize(14, 14))
        self.clear_button.setFixedSize(24, 24)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.setToolTip(tr("Remove the reference"))
        self.clear_button.setAccessibleName(tr("Remove the reference"))
        theme.set_role(self.clear_button, "overlay")
        self.clear_button.clicked.connect(self.cleared)
        self.show_picture(None, "")

    def show_picture(self, picture: QImage | None, name: str) -> None:
        """Shows `picture` under its `name`, or the empty zone."""
        self._picture, self._name = picture, name
        self.clear_button.setVisible(picture is not None)
        self.setAccessibleName(tr("Reference: {name}", name=name) if picture is not None else tr(_EMPTY_TEXT))
        self.setToolTip(
            tr("{name}<br>Click to choose another picture", name=escape(name)) if picture is not None else ""
        )
        self.update()

    def show_off(self, off: bool) -> None:
        """Dims the picture while the effect is off."""
        if off != self._off:
            self._off = off
            self.update()

    def show_wanted(self, wanted: bool) -> None:
        """Highlights the invitation: the effect is on and does nothing without a picture."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(240, _HEIGHT)

    def resizeEvent(self, event: object) -> None:
        """Keeps the button in its corner."""
        self.clear_button.move(self.width() - self.clear_button.width() - 6, 6)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and pictures."""
        if _file_in(event) is not None or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Ends the highlight."""
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Reports what was dropped."""
        self._set_hot(False)
        event.acceptProposedAction()
        path = _file_in(event)
        if path is not None:
            self.dropped.emit(path)
        elif isinstance(image := event.mimeData().imageData(), QImage):
            self.dropped_image.emit(image)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks for a file."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space ask for a file, Delete removes the picture."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._picture is not None:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the picture, or the invitation."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._picture is not None:
            self._paint_picture(painter, frame, self._picture)
        else:
            self._paint_invitation(painter, frame)

    def _paint_invitation(self, painter: QPainter, frame: QRectF) -> None:
        pointed = self._hot or self.underMouse()
        at_rest = theme.ACCENT if self._wanted else theme.FILL_OFF if pointed else theme.GROOVE
        pen = QPen(QColor(self._edge(at_rest)), 1.25)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.RAISED if self._hot else theme.FIELD))
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        color = theme.TEXT if pointed else theme.ACCENT if self._wanted else theme.MUTED
        side = 24
        drawn = pixmap("image", color, side, self.devicePixelRatioF())
        painter.drawPixmap(round(frame.center().x() - side / 2), round(frame.center().y() - 28), drawn)
        painter.setPen(QColor(color))
        text = frame.adjusted(8, frame.height() / 2, -8, -6)
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, tr(_EMPTY_TEXT))

    def _paint_picture(self, painter: QPainter, frame: QRectF, picture: QImage) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.save()
        painter.setClipPath(outline)
        # The middle of the picture, cut to the shape of the zone.
        scale = min(picture.width() / frame.width(), picture.height() / frame.height())
        part = QRectF(0, 0, frame.width() * scale, frame.height() * scale)
        part.moveCenter(QRectF(picture.rect()).center())
        painter.setOpacity(0.45 if self._off else 1.0)
        painter.drawImage(frame, picture, part)
        painter.setOpacity(1.0)
        foot = QRectF(frame.left(), frame.bottom() - 36, frame.width(), 36)
        shade = QLinearGradient(foot.topLeft(), foot.bottomLeft())
        shade.setColorAt(0.0, QColor(0, 0, 0, 0))
        shade.setColorAt(1.0, QColor(0, 0, 0, 190))
        painter.fillRect(foot, shade)
        painter.restore()
        painter.setPen(QColor(theme.TEXT_OVER_PHOTO))
        line = foot.adjusted(10, 10, -10, -4)
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._edge(theme.LINE)), 1.25))
        painter.drawPath(outline)

    def _edge(self, at_rest: str) -> str:
        return theme.ACCENT if self._hot or self.hasFocus() else at_rest

    def _set_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()


def _file_in(event: QDropEvent) -> Path | None:
    for url in event.mimeData().urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None
