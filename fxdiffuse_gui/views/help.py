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
from fxdiffuse_gui.views import theme
from fxdiffuse_gui.views.actions import Actions

_POINTER = (
    ("Wheel", "Zoom to the pointer"),
    ("Space + drag, middle drag", "Move the photo"),
    ("Hold \\", "See the original"),
    ("Hold Z", "Loupe: the pixels at 100 %"),
    ("Hold A over an effect", "See the photo without it"),
    ("Shift + click", "Straight line from the last stroke"),
    ("Pen", "Pressure sets the size, the other end erases"),
    ("Alt + lasso, polygon, rectangle", "Take away"),
    ("Double-click, Enter", "Close the polygon"),
    ("Backspace", "Take back its last corner"),
    ("Double-click a slider", "Back to its default"),
    ("Ctrl / Shift on a slider", "Finer / coarser"),
)
_COLUMNS = 2


def show_keys(parent: QWidget, actions: Actions) -> None:
    """Shows the keyboard map on one sheet."""
    keys_dialog(parent, actions).exec()


def keys_dialog(parent: QWidget, actions: Actions) -> QDialog:
    """The keyboard map as a dialog."""
    rows = [(_keys(action), _label(action)) for action in actions.all if action.shortcuts()]
    rows += list(_POINTER)
    dialog = QDialog(parent)
    dialog.setWindowTitle("Keyboard shortcuts")
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
        "About fxdiffuse",
        f"<h3>fxdiffuse {escape(__version__)}</h3>"
        "<p>One diffusion model, five photographic effects, each on its own dial.</p>"
        "<p>Works without a network; your photos stay on this computer.</p>"
        "<p>Apache License 2.0</p>",
    )


def _keys(action: QAction) -> str:
    """The key that is named in the menu; others of the platform are not worth a line."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _label(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")
