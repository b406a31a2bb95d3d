"""Rows of lists: all of one height."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

_ROW_MARGIN = 12


def row_height(metrics: QFontMetrics) -> int:
    """Height of a row, in device-independent pixels."""
    return metrics.height() + _ROW_MARGIN


class RowDelegate(QStyledItemDelegate):
    """Rows of one height: a hint taken from the style sheet changes when the view is first shown."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The same for all."""
        return QSize(0, row_height(option.fontMetrics))  # pyright: ignore[reportAttributeAccessIssue]
