"""The history: every step by name; a click goes there."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QUndoView, QVBoxLayout, QWidget

from fxdiffuse_gui.views import theme


class HistoryPanel(QWidget):
    """The steps of an undo stack, the newest in sight, the current one marked."""

    def __init__(self, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = QUndoView(stack)
        self.view.setEmptyLabel("Photo as opened")
        self.view.setAccessibleName("History")
        self.view.setUniformItemSizes(True)
        self.view.setToolTip("Click a step to go back or forward to it")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_2, theme.SPACE_2)
        layout.addWidget(self.view)

    def sizeHint(self) -> QSize:
        """Some eight steps."""
        return QSize(theme.PANEL_WIDTH, 220)
