"""Two small dialogs: the keyboard map, made from the actions themselves, and what this program is."""

from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui import __version__
from fxdiffuse_gui.app.words import mark, tr
from fxdiffuse_gui.views import theme
from fxdiffuse_gui.views.actions import Actions, plain

_POINTER = (
    (mark("Wheel"), mark("Zoom to the pointer")),
    (mark("Space + drag, middle drag"), mark("Move the photo")),
    (mark("Hold \\"), mark("See the original")),
    (mark("Hold Z"), mark("Loupe: the pixels at 100 %")),
    (mark("Hold A over an effect"), mark("See the photo without it")),
    (mark("Shift + click"), mark("Straight line from the last stroke")),
    (mark("Pen"), mark("Pressure sets the size, the other end erases")),
    (mark("Alt + lasso, polygon, rectangle"), mark("Take away")),
    (mark("Double-click, Enter"), mark("Close the polygon")),
    (mark("Backspace"), mark("Take back its last corner")),
    (mark("Double-click a slider"), mark("Back to its default")),
    (mark("Ctrl / Shift on a slider"), mark("Finer / coarser")),
)
_COLUMNS = 2


def show_keys(parent: QWidget, actions: Actions) -> None:
    """Shows the keyboard map on one sheet."""
    keys_dialog(parent, actions).exec()


def keys_dialog(parent: QWidget, actions: Actions) -> QDialog:
    """The keyboard map as a dialog."""
    rows = [(_keys(action), _label(action)) for action in actions.all if action.shortcuts()]
    rows += [(tr(keys), tr(label)) for keys, label in _POINTER]
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("Keyboard shortcuts"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE_4)
    grid.setVerticalSpacing(theme.SPACE_1)
    height = -(-len(rows) // _COLUMNS)
    for number, (keys, label) in enumerate(rows):
        column, row = divmod(number, height)
        key = QLabel(f"<b>{escape(keys)}</b>")
        grid.addWidget(key, row, 3 * column)
        grid.addWidget(QLabel(label), row, 3 * column + 1)
        grid.setColumnMinimumWidth(3 * column + 2, theme.SPACE_4)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
    layout.setSpacing(theme.SPACE_4)
    layout.addLayout(grid)
    layout.addWidget(buttons)
    return dialog


def show_about(parent: QWidget) -> None:
    """Says what this program is."""
    QMessageBox.about(
        parent,
        tr("About fxdiffuse"),
        tr(
            "<h3>fxdiffuse {version}</h3>"
            "<p>One diffusion model, five photographic effects, each on its own dial.</p>"
            "<p>Works without a network; your photos stay on this computer.</p>"
            "<p>Apache License 2.0</p>"
        ).format(version=escape(__version__)),
    )


def _keys(action: QAction) -> str:
    """The key that is named in the menu; others of the platform are not worth a line."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _label(action: QAction) -> str:
    return plain(action.text())
