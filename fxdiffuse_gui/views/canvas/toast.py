"""`Toast`: one sentence at the top of the canvas that disappears by itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.style import theme

SHOWN_MS = 7000
_WIDEST = 560


class Toast(QWidget):
    """Shows messages that need no answer. A click hides the message; the next one replaces it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        row.addWidget(self._label)
        self.lifetime_ms = SHOWN_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.setAccessibleName(tr("Message"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, or an empty text when none is shown."""
        return "" if self.isHidden() else self._label.text()

    def show_message(self, text: str) -> None:
        """Shows `text` for a while."""
        self._label.setText(text)
        self.setAccessibleDescription(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(self.lifetime_ms)

    def _place(self) -> None:
        room = self._canvas.width() - 2 * theme.SPACE_4
        line = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 2 * theme.SPACE_4 + 4
        width = max(1, min(line, _WIDEST, room))
        self.setFixedWidth(width)
        self.setFixedHeight(self.heightForWidth(width))
        self.move((self._canvas.width() - width) // 2, theme.SPACE_4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the parent's size."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hides the message."""
        self.hide()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws a plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.GROOVE))
        painter.setBrush(theme.faded(theme.PLATE, 240))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
