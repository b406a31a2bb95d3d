"""`ManualWindow`: the contents of the manual, a page next to them, and a search through all pages."""

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.language import language_in_use
from fxdiffuse_gui.app.manual import INDEX, Page, count, read_pages
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.help.manual_page import ManualPage
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import ICON_SIZE, icon
from fxdiffuse_gui.views.widgets.form import keep_on_screen
from fxdiffuse_gui.views.widgets.row_delegate import RowDelegate

_SIZE = (1040, 760)
_LIST_WIDTH = 256
_NAME = Qt.ItemDataRole.UserRole


class ManualWindow(QDialog):
    """Not modal, so that what is read can be tried at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = read_pages()
        self.search = QLineEdit()
        self.list = QListWidget()
        self.nothing = QLabel(tr("No page has this text."))
        self.page = ManualPage()
        self.back = _button("back", tr("Back"), self)
        self.forward = _button("forward", tr("Forward"), self)
        self.setWindowTitle(tr("Manual"))
        self.resize(*_SIZE)
        keep_on_screen(self)
        self._build()
        self._fill()
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.next_place)
        self.list.currentItemChanged.connect(self._open_current)
        self.page.page_changed.connect(self._follow)
        self.page.backwardAvailable.connect(self.back.setEnabled)
        self.page.forwardAvailable.connect(self.forward.setEnabled)
        self.back.clicked.connect(self.page.backward)
        self.forward.clicked.connect(self.page.forward)
        standard = QKeySequence.StandardKey
        for keys, slot in (
            (standard.Find, self._begin_search),
            (standard.FindNext, self.next_place),
            (standard.Back, self.page.backward),
            (standard.Forward, self.page.forward),
        ):
            QShortcut(keys, self).activated.connect(slot)
        self.page.open(INDEX)

    def next_place(self) -> None:
        """Goes to the next match: after the last on a page to the next page with a match, and after the last
        page to the first."""
        if self.page.go_to_mark() or not self.list.count():
            return
        self.list.setCurrentRow((self.list.currentRow() + 1) % self.list.count())
        self.page.go_to_top()
        self.page.go_to_mark()

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the manual"))
        self.search.setToolTip(tr("Enter goes to the next place"))
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(tr("Contents"))
        self.list.setItemDelegate(RowDelegate(self.list))
        theme.set_role(self.nothing, "caption")
        self.nothing.hide()
        language = QLabel(tr("The manual is in English only."))
        theme.set_role(language, "caption")
        language.setVisible(language_in_use() != "en")
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_1)
        for widget in (self.back, self.forward, self.search):
            top.addWidget(widget)
        side = QWidget()
        side.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        column.addLayout(top)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(language)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        row.setSpacing(theme.SPACE_4)
        row.addWidget(side)
        row.addWidget(self.page, 1)

    # --- contents and search ------------------------------------------------------------------------

    def _fill(self) -> None:
        """Lists the pages with a match and the number of matches; without a search, all pages."""
        wanted = self.search.text().strip()
        self.list.blockSignals(True)
        self.list.clear()
        for page in self._pages:
            times = count(page, wanted)
            if times or not wanted:
                self.list.addItem(_item(page, times))
        self.list.blockSignals(False)
        self.nothing.setVisible(not self.list.count())

    def _search(self) -> None:
        self._fill()
        self.page.mark(self.search.text())
        self._follow(self.page.name)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self.page.go_to_top()
        self.page.go_to_mark()

    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _open_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.page.open(item.data(_NAME))

    def _follow(self, name: str) -> None:
        """Selects the page that is shown in the list, if it is listed."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME) == name:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)


class Manual(QObject):
    """Opens the manual over `window`, one at a time."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._manual: ManualWindow | None = None

    def show_window(self) -> ManualWindow:
        """Opens it, or brings it to the front; page and search are kept."""
        if self._manual is None:
            self._manual = ManualWindow(self._window)
        self._manual.show()
        self._manual.activateWindow()
        return self._manual


def _item(page: Page, times: int) -> QListWidgetItem:
    item = QListWidgetItem(f"{page.title} ({times})" if times else page.title)
    item.setData(_NAME, page.name)
    return item


def _button(name: str, text: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon(name))
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setEnabled(False)
    theme.set_role(button, "flat")
    return button
