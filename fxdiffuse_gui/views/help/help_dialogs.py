"""Two small dialogs: the keyboard map, made from the actions themselves, and what this program is."""

from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui import __version__
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.actions import Actions, plain
from fxdiffuse_gui.views.widgets.form import keep_on_screen

_POINTER = (
    (tr_noop("Wheel"), tr_noop("Zoom to the pointer")),
    (tr_noop("Space + drag, middle drag"), tr_noop("Move the photo")),
    (tr_noop("Hold \\"), tr_noop("See the original")),
    (tr_noop("Hold Z"), tr_noop("Loupe: the pixels at 100 %")),
    (tr_noop("Hold A over an effect"), tr_noop("See the photo without it")),
    (tr_noop("Shift + click"), tr_noop("Straight line from the last stroke")),
    (tr_noop("Pen"), tr_noop("Pressure sets the size, the other end erases")),
    (tr_noop("Alt + lasso, polygon, rectangle"), tr_noop("Take away")),
    (tr_noop("Double-click, Enter"), tr_noop("Close the polygon")),
    (tr_noop("Backspace"), tr_noop("Take back its last corner")),
    (tr_noop("Double-click a slider"), tr_noop("Back to its default")),
    (tr_noop("Ctrl / Shift on a slider"), tr_noop("Finer / coarser")),
)
_COLUMNS = 3

_Group = tuple[str, list[tuple[str, str]]]
"""A heading, and keys with what they do."""


def show_keys(parent: QWidget, actions: Actions) -> None:
    """Shows the keyboard map on one sheet."""
    keys_dialog(parent, actions).exec()


def keys_dialog(parent: QWidget, actions: Actions) -> QDialog:
    """The keyboard map as a dialog; on a screen with less room it scrolls."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("Keyboard shortcuts"))
    sheet = QWidget()
    theme.set_role(sheet, "column")
    columns = QHBoxLayout(sheet)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(2 * theme.SPACE_4)
    for groups in _in_columns(_groups(actions)):
        columns.addLayout(_column(groups))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
    layout.setSpacing(theme.SPACE_4)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setAccessibleName(tr("Keyboard shortcuts"))
    area.setWidget(sheet)
    layout.addWidget(area, 1)
    layout.addWidget(buttons)
    # Around the area there are margins and the button.
    dialog.resize(dialog.sizeHint() - area.sizeHint() + sheet.sizeHint())
    keep_on_screen(dialog)
    return dialog


def _groups(actions: Actions) -> list[_Group]:
    """One for every menu, in their order, and one for the rest."""
    menus = [
        (title, [(_keys(action), _label(action)) for action in entries if action.shortcuts()])
        for title, entries in actions.by_menu
    ]
    return [*menus, (tr("Pointer"), [(tr(keys), tr(label)) for keys, label in _POINTER])]


def _in_columns(groups: list[_Group]) -> list[list[_Group]]:
    """The groups in their order, in columns of about the same height."""
    wanted = sum(len(rows) + 1 for _, rows in groups) / _COLUMNS
    columns: list[list[_Group]] = [[]]
    height = 0
    for group in groups:
        rows = len(group[1]) + 1
        if height and height + rows / 2 > wanted and len(columns) < _COLUMNS:
            columns.append([])
            height = 0
        columns[-1].append(group)
        height += rows
    return columns


def _column(groups: list[_Group]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE_4)
    grid.setVerticalSpacing(theme.SPACE_1)
    for title, rows in groups:
        heading, row = QLabel(title), grid.rowCount()
        theme.set_role(heading, "title")
        if row > 1:  # below another group
            grid.setRowMinimumHeight(row, theme.SPACE_3)
            row += 1
        grid.addWidget(heading, row, 0, 1, 2)
        for place, (keys, label) in enumerate(rows, row + 1):
            grid.addWidget(QLabel(f"<b>{escape(keys)}</b>"), place, 0)
            grid.addWidget(QLabel(label), place, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid


def show_about(parent: QWidget) -> None:
    """Says what this program is."""
    QMessageBox.about(
        parent,
        tr("About fxdiffuse"),
        tr(
            "<h3>fxdiffuse {version}</h3>"
            "<p>One diffusion model, five photographic effects, each on its own dial.</p>"
            "<p>Works without a network; your photos stay on this computer.</p>"
            "<p>Apache License 2.0</p>",
            version=escape(__version__),
        ),
    )


def _keys(action: QAction) -> str:
    """The key that the menu shows; other keys of the platform are left out."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _label(action: QAction) -> str:
    return plain(action.text())
