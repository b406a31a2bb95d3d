"""The history: every step by name; a click goes there."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QPalette, QUndoStack
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QUndoView, QVBoxLayout, QWidget

from fxdiffuse_gui.views import theme


class HistoryPanel(QWidget):
    """The steps of an undo stack, the newest in sight, the current one marked."""

    def __init__(self, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = QUndoView(stack)
        self.view.setEmptyLabel("Photo as opened")
        self.view.setAccessibleName("History")
        self.view.setItemDelegate(_StepDelegate(stack, self.view))
        self.view.setToolTip("Click a step to go back or forward to it")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_2, theme.SPACE_2)
        layout.addWidget(self.view)

    def sizeHint(self) -> QSize:
        """Some eight steps."""
        return QSize(theme.PANEL_WIDTH, 220)


class _StepDelegate(QStyledItemDelegate):
    """Grays the steps that were undone: they are gone with the next change."""

    def __init__(self, stack: QUndoStack, parent: QWidget) -> None:
        super().__init__(parent)
        self._stack = stack

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The same for all; a hint taken from the style sheet changes when the view is first shown."""
        return QSize(0, option.fontMetrics.height() + 12)  # pyright: ignore[reportAttributeAccessIssue]

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Colors the text; the first row stands for the photo as opened."""
        super().initStyleOption(option, index)
        # Qt's stubs leave out the fields that option classes have.
        palette: QPalette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
        undone = index.row() > self._stack.index()
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.DISABLED if undone else theme.TEXT))
        option.palette = palette  # pyright: ignore[reportAttributeAccessIssue]
