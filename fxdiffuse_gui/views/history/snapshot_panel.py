"""The snapshots of the photo: take one, go back to one, rename, delete."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.snapshots import Snapshot
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon
from fxdiffuse_gui.views.widgets.row_delegate import RowDelegate, row_height

_ROWS_SHOWN = 5
_FRAME = 10
"""What the style sheet adds above and below the rows."""


class SnapshotPanel(QWidget):
    """A list of names; the one whose settings are in use is marked. Without snapshots, only the button."""

    compare_requested = Signal(bool)
    """Whether to compare the two selected snapshots, or to stop."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[Snapshot, ...] = ()
        self.take = QPushButton(icon("plus"), tr("Snapshot"))
        self.compare = QPushButton(tr("Compare"))
        self.list = QListWidget()
        self._build()
        self._add_actions()
        session.snapshots.changed.connect(self._show)
        session.photo_changed.connect(self._show)
        session.history.state_changed.connect(self._mark)
        self._show()

    def _build(self) -> None:
        title = QLabel(tr("Snapshots"))
        theme.set_role(title, "caption")
        theme.set_role(self.take, "flat")
        self.take.setToolTip(tr("Keep the settings as they are now, to come back to them"))
        # Qt passes the check state, which is not a name.
        self.take.clicked.connect(lambda: self._session.snapshots.take())  # noqa: PLW0108
        theme.set_role(self.compare, "flat")
        self.compare.setCheckable(True)
        self.compare.setToolTip(
            tr("Ctrl+click two snapshots to see them on the sides of a line; click again to leave")
        )
        self.compare.clicked.connect(self.compare_requested)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._show_compare)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setAccessibleName(tr("Snapshots"))
        self.list.setToolTip(tr("Click to go back to it · F2 or double-click: rename · Del: delete"))
        self.list.setEditTriggers(
            QListWidget.EditTrigger.DoubleClicked | QListWidget.EditTrigger.EditKeyPressed
        )
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._go_to)
        self.list.itemActivated.connect(self._go_to)
        self.list.itemChanged.connect(self._rename)
        self.list.customContextMenuRequested.connect(self._show_menu)
        header = QHBoxLayout()
        header.setContentsMargins(theme.SPACE_2, 0, 0, 0)
        header.addWidget(title, 1)
        header.addWidget(self.compare)
        header.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_1)
        layout.addLayout(header)
        layout.addWidget(self.list)

    def _add_actions(self) -> None:
        self.rename_action = QAction(tr("&Rename"), self.list)
        self.rename_action.triggered.connect(self._edit_current)
        self.compare_action = QAction(tr("&Compare"), self.list)
        self.compare_action.triggered.connect(self.compare.click)
        self.delete_action = QAction(tr("&Delete"), self.list)
        self.delete_action.setShortcut(QKeySequence.StandardKey.Delete)
        # Elsewhere in the window the key has other uses.
        self.delete_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.delete_action.triggered.connect(self._delete_current)
        self.list.addAction(self.delete_action)

    # --- reacting -------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._shown = self._session.snapshots.items
        self.take.setEnabled(self._session.photo is not None)
        blocked = self.list.blockSignals(True)
        # In place: the name of an item may be edited at the moment.
        while self.list.count() > len(self._shown):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(self._shown):
            item = QListWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        for row, snapshot in enumerate(self._shown):
            self.list.item(row).setText(snapshot.name)
        self.list.blockSignals(blocked)
        self.list.setVisible(bool(self._shown))
        rows = min(len(self._shown), _ROWS_SHOWN)
        self.list.setFixedHeight(rows * row_height(self.list.fontMetrics()) + _FRAME)
        self._mark(self._session.state)

    def _mark(self, state: EditState) -> None:
        row = next((row for row, one in enumerate(self._shown) if _is_same(one.state, state)), -1)
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        if row < 0:
            self.list.clearSelection()
        self.list.blockSignals(blocked)
        self._show_compare()

    @property
    def selected(self) -> list[Snapshot]:
        """The selected snapshots, in the order of the list."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [self._shown[row] for row in rows]

    def show_comparing(self, comparing: bool) -> None:
        """Shows whether two are being compared."""
        self.compare.setChecked(comparing)
        self._show_compare()

    def _show_compare(self) -> None:
        two = len(self.list.selectedItems()) == 2
        self.compare.setVisible(len(self._shown) > 1)
        self.compare.setEnabled(two or self.compare.isChecked())
        self.compare_action.setEnabled(two and not self.compare.isChecked())

    # --- commands -------------------------------------------------------------------------------------

    def _go_to(self, item: QListWidgetItem) -> None:
        # With a key held, or several selected, the artist is choosing which to compare.
        if len(self.list.selectedItems()) == 1 and not QApplication.keyboardModifiers():
            self._session.snapshots.go_to(self._shown[self.list.row(item)])

    def _rename(self, item: QListWidgetItem) -> None:
        snapshot = self._shown[self.list.row(item)]
        self._session.snapshots.rename(snapshot, item.text())
        # Without a new name, the old one is shown again.
        self._show()

    def _edit_current(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.list.editItem(self.list.item(row))

    def _delete_current(self) -> None:
        row = self.list.currentRow()
        for snapshot in self.selected or self._shown[row : row + 1]:
            self._session.snapshots.delete(snapshot)

    def _show_menu(self, place: QPoint) -> None:
        if self.list.itemAt(place) is None:
            return
        menu = QMenu(self)
        menu.addActions([self.compare_action, self.rename_action, self.delete_action])
        menu.exec(self.list.viewport().mapToGlobal(place))


def _is_same(a: EditState, b: EditState) -> bool:
    """Whether two states are the same settings; pictures are compared by identity: they never change."""
    same_pictures = a.mask is b.mask and a.reference is b.reference
    same_seeds = (a.seed, a.grain_seed) == (b.seed, b.grain_seed)
    same_numbers = (a.enabled, a.blur_angle) == (b.enabled, b.blur_angle)
    return same_pictures and same_seeds and same_numbers and a.values == b.values
