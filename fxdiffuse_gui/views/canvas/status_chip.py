"""`StatusChip`: a pill on the canvas that shows the state of the picture: exact, a preview, out of date."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from fxdiffuse_gui.app.effect_text import effect_within
from fxdiffuse_gui.app.render.statuses import Status, StatusKind
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon
from fxdiffuse_gui.views.widgets.readable import time_left

_SETTLED: frozenset[StatusKind] = frozenset({"idle", "final"})
_BUSY: frozenset[StatusKind] = frozenset({"preview", "export"})
_DOT = 8
_HEIGHT = 32


class StatusChip(QWidget):
    """Keeps itself in the bottom left corner of its parent."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self._status = session.preview.status
        self._comparing = False
        self._bypassed: Task | None = session.bypass.task
        self._label = QLabel()
        self._label.setFont(theme.tabular(self.font()))
        self.cancel = QToolButton()
        self.cancel.setIcon(icon("cross"))
        self.cancel.setToolTip(tr("Stop (Esc)"))
        self.cancel.setAccessibleName(tr("Stop computing"))
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.setFixedSize(22, 22)
        theme.set_role(self.cancel, "flat")
        self.cancel.clicked.connect(session.preview.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_3 + _DOT + theme.SPACE_2, 0, theme.SPACE_2, 0)
        self.setFixedHeight(_HEIGHT)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._label)
        row.addWidget(self.cancel)
        self.setAccessibleName(tr("State of the picture"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        parent.installEventFilter(self)
        session.preview.status_changed.connect(self.show_status)
        session.bypass.changed.connect(self.show_bypassed)
        self.show_status(session.preview.status)

    @property
    def text(self) -> str:
        """The text of the chip."""
        return self._label.text()

    def show_status(self, status: Status) -> None:
        """Shows `status`."""
        self._status = status
        self._refresh()

    def set_comparing(self, comparing: bool) -> None:
        """Shows 'Original' while True."""
        self._comparing = comparing
        self._refresh()

    def show_bypassed(self, task: Task | None) -> None:
        """Shows that the photo is seen without `task`; None: with all effects."""
        self._bypassed = task
        self._refresh()

    def _refresh(self) -> None:
        text = status_text(self._status)
        if self._comparing:
            text = tr("Original")
        elif self._bypassed is not None:
            without = tr("Without {effect}", effect=effect_within(self._bypassed))
            text = without if self._status.kind in _SETTLED else f"{without}  ·  {text}"
        self._label.setText(text)
        self.setAccessibleDescription(text)
        self.cancel.setVisible(self._status.kind in _BUSY)
        self._place()
        self.update()

    def _place(self) -> None:
        self.adjustSize()
        self.move(theme.SPACE_3, self._canvas.height() - self.height() - theme.SPACE_3)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the parent's size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill, a dot in the color of the state, and a line that grows with the progress."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        pill = QRectF(self.rect())
        painter.setBrush(theme.faded(theme.PLATE, 225))
        painter.drawRoundedRect(pill, radius, radius)
        color = QColor(_color(self._status.kind))
        painter.setBrush(QColor(theme.MUTED) if self._comparing else color)
        painter.drawEllipse(QRectF(theme.SPACE_3, radius - _DOT / 2, _DOT, _DOT))
        if self._status.kind in _BUSY and self._status.progress > 0:
            room = self.width() - 2 * radius
            painter.drawRect(QRectF(radius, self.height() - 2.5, room * self._status.progress, 2))


def _color(kind: StatusKind) -> str:
    match kind:
        case "final":
            return theme.GOOD
        case "error":
            return theme.BAD
        case "idle" | "stale":
            return theme.MUTED
        case _:
            return theme.ACCENT


def status_text(status: Status) -> str:
    """One line: what is shown, which step, and the time left when that is long."""
    parts = [status.text]
    if status.kind == "preview" and status.of > 1:
        parts.append(f"{status.step}/{status.of}")
    if status.kind == "export" and status.progress > 0:
        parts.append(f"{status.progress * 100:.0f} %")
    parts.append(time_left(status.eta_seconds))
    return "  ·  ".join(filter(None, parts))
