"""The history: the snapshots, and every step by name; a click goes there."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QPalette, QUndoStack
from PySide6.QtWidgets import QStyleOptionViewItem, QUndoView, QVBoxLayout, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.history.snapshot_panel import SnapshotPanel
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.row_delegate import RowDelegate


class HistoryPanel(QWidget):
    """The snapshots, and below them the steps, scrolled to the newest, the current one marked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        stack = session.history.undo_stack
        self.snapshots = SnapshotPanel(session)
        self.view = QUndoView(stack)
        self.view.setEmptyLabel(tr("As opened"))
        self.view.setAccessibleName(tr("History"))
        self.view.setItemDelegate(_StepDelegate(stack, self.view))
        self.view.setToolTip(tr("Click a step to go back or forward to it"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_2, theme.SPACE_2)
        layout.setSpacing(theme.SPACE_1)
        layout.addWidget(self.snapshots)
        layout.addWidget(self.view, 1)

    def sizeHint(self) -> QSize:
        """High enough for about eight steps."""
        return QSize(theme.PANEL_WIDTH, 220)


class _StepDelegate(RowDelegate):
    """Shows undone steps in gray: the next change drops them."""

    def __init__(self, stack: QUndoStack, parent: QWidget) -> None:
        super().__init__(parent)
        self._stack = stack

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Colors the text; the first row stands for what was opened."""
        super().initStyleOption(option, index)
        # Qt's stubs leave out the fields that option classes have.
        palette: QPalette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
        undone = index.row() > self._stack.index()
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.DISABLED if undone else theme.TEXT))
        option.palette = palette  # pyright: ignore[reportAttributeAccessIssue]
