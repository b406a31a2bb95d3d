"""`HintBubble`: one sentence at the edge of the canvas that points at its subject."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon

WIDTH = 264
_ARROW = 9
_CLOSE_ICON = 14


class HintBubble(QWidget):
    """Lies on the canvas and passes the mouse on to it, except on the two buttons: the mask can be painted
    through it. It never takes the keyboard focus by itself."""

    next_requested = Signal()
    closed = Signal()
    """The hints are to end."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._tip = QPoint()
        self._points_up = False
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._count = QLabel()
        theme.set_role(self._count, "caption")
        self.next = QPushButton()
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("cross"))
        self.close_button.setIconSize(QSize(_CLOSE_ICON, _CLOSE_ICON))
        self.close_button.setToolTip(tr("No more hints; Help brings them back"))
        self.close_button.setAccessibleName(tr("No more hints"))
        for button in (self.next, self.close_button):
            theme.set_role(button, "flat")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.ArrowCursor)
        self.next.clicked.connect(self.next_requested)
        self.close_button.clicked.connect(self.closed)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._text, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addWidget(self._count, 1)
        bottom.addWidget(self.next)
        self._rows = rows = QVBoxLayout(self)
        edge = theme.SPACE_3
        rows.setContentsMargins(edge, edge + _ARROW, theme.SPACE_2 + _ARROW, theme.SPACE_2)
        rows.setSpacing(theme.SPACE_1)
        rows.addLayout(top)
        rows.addLayout(bottom)
        # Moves without a button go to the canvas too.
        for widget in (self, self._text, self._count):
            widget.setMouseTracking(True)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, empty when none is shown."""
        return "" if self.isHidden() else self._text.text()

    def show_hint(self, text: str, number: int, of: int) -> None:
        """Shows hint `number` (from 1) of `of`."""
        self._text.setText(text)
        self._count.setText(tr("{number} of {of}", number=number, of=of))
        self.next.setText(tr("Next") if number < of else tr("Done"))
        self.setAccessibleName(tr("Hint {number} of {of}", number=number, of=of))
        self.setAccessibleDescription(text)
        # Without this, it would have the height of the previous hint.
        self._rows.activate()
        self.setFixedSize(WIDTH, self._rows.totalHeightForWidth(WIDTH))
        self.show()
        self.raise_()

    def point_at(self, target: QWidget) -> None:
        """Moves to the edge of the canvas nearest to `target`, which is to the right of or above it."""
        window = self._canvas.window()
        middle = target.mapTo(window, target.rect().center()) - self._canvas.mapTo(window, QPoint())
        self._points_up = middle.y() < 0
        room = self._canvas.width() - self.width(), self._canvas.height() - self.height()
        if self._points_up:
            place = QPoint(min(max(middle.x() - self.width() // 2, 0), max(room[0], 0)), 0)
        else:
            place = QPoint(max(room[0], 0), min(max(middle.y() - self.height() // 2, 0), max(room[1], 0)))
        self.move(place)
        self._tip = middle - place
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A plate with an arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRectF(self.rect()).adjusted(1, _ARROW, -_ARROW, -1)
        path = QPainterPath()
        path.addRoundedRect(plate, theme.RADIUS, theme.RADIUS)
        arrow = QPainterPath()
        inset = theme.RADIUS + _ARROW
        if self._points_up:
            x = min(max(float(self._tip.x()), plate.left() + inset), plate.right() - inset)
            corners = QPointF(x, 1), QPointF(x - _ARROW, _ARROW + 2), QPointF(x + _ARROW, _ARROW + 2)
        else:
            y = min(max(float(self._tip.y()), plate.top() + inset), plate.bottom() - inset)
            base = plate.right() - 2
            corners = QPointF(self.width() - 1.0, y), QPointF(base, y - _ARROW), QPointF(base, y + _ARROW)
        arrow.addPolygon(list(corners))
        arrow.closeSubpath()
        painter.setPen(QPen(QColor(theme.ACCENT), 1.2))
        painter.setBrush(QColor(theme.CARD))
        painter.drawPath(path.united(arrow))
