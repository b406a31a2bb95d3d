"""`ManualPage`: one page of the manual, with its history, and all matches of a search marked."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from fxdiffuse_gui.app.manual import FOLDER
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.local_text import LocalTextView

_LINE_HEIGHT = 135
"""In percent; long text needs more space between lines than a label."""
_ABOVE_HEADING, _INDENT = 18, 20
_SETTLE_MS = 150


class ManualPage(LocalTextView):
    """Shows only pages of the manual's folder. Links to other pages work, all others do nothing."""

    page_changed = Signal(str)
    """Name of the page that is shown."""

    def __init__(self, folder: Path = FOLDER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._marked = ""
        self._drawn_for = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A bar that appears and disappears would change the width for pictures, and they in turn the bar.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(theme.SPACE_4)
        self.setAccessibleName(tr("Page of the manual"))
        self.anchorClicked.connect(self._follow)
        self.sourceChanged.connect(self._on_source)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._fit_pictures)

    @property
    def name(self) -> str:
        """Name of the page that is shown."""
        return self.source().path()

    def open(self, name: str) -> None:
        """Shows the page `name`; nothing happens when there is no such page."""
        if self._page(name) is not None and name != self.name:
            self.setSource(QUrl(name))

    def mark(self, text: str) -> None:
        """Marks all matches of `text` on this page and on those shown from now on; empty: none."""
        self._marked = text.strip()
        self._show_marks()

    def go_to_mark(self) -> bool:
        """Goes to the next match; False when there is none."""
        return bool(self._marked) and self.find(self._marked)

    def go_to_top(self) -> None:
        """Goes to the top of the page, where the search begins."""
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A page or a picture of the folder; empty for anything else."""
        if kind == QTextDocument.ResourceType.MarkdownResource.value:
            url = QUrl(name)
            path = None if url.scheme() or url.host() else self._page(url.path())
            return "" if path is None else path.read_text(encoding="utf-8")
        return super().loadResource(kind, name)

    def changeEvent(self, event: QEvent) -> None:
        """Draws links and marks in the colors of the theme that is in use now."""
        super().changeEvent(event)
        if theme.is_restyled(event) and not self.source().isEmpty():
            self._draw_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width once it no longer changes."""
        super().resizeEvent(event)
        self._settle.start()

    def _follow(self, url: QUrl) -> None:
        if not url.scheme() and not url.host():
            self.open(url.path())

    def _page(self, name: str) -> Path | None:
        if self.folder is None or Path(name).name != name or not name.endswith(".md"):
            return None
        path = self.folder / name
        return path if path.is_file() else None

    def _on_source(self, url: QUrl) -> None:
        self._drawn_for = self.picture_room
        self._lay_out()
        self._show_marks()
        self.page_changed.emit(url.path())

    def _fit_pictures(self) -> None:
        if self.picture_room != self._drawn_for and not self.source().isEmpty():
            self._draw_again()

    def _draw_again(self) -> None:
        """Loads the same page again and keeps the position."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        # Pictures are cached by name and would be used again.
        self.document().clear()
        self.reload()
        self._drawn_for = self.picture_room
        self._lay_out()
        self._show_marks()
        bar.setValue(round(share * bar.maximum()))

    def _lay_out(self) -> None:
        """More space between lines, except around pictures and in tables, which have their own, and above
        headings; lines of tables in the color of the theme."""
        self.document().setIndentWidth(_INDENT)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                lines = frame.format().toTableFormat()
                lines.setBorderBrush(QColor(theme.LINE))
                lines.setCellPadding(theme.SPACE_1)
                frame.setFormat(lines)
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            spaced = QTextBlockFormat()
            if "\ufffc" not in block.text() and not isinstance(cursor.currentFrame(), QTextTable):
                kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
                spaced.setLineHeight(_LINE_HEIGHT, kind.value)
            if block.blockFormat().headingLevel() > 1:
                spaced.setTopMargin(_ABOVE_HEADING)
            cursor.mergeBlockFormat(spaced)
            block = block.next()

    def _show_marks(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        document = self.document()
        found = document.find(self._marked) if self._marked else QTextCursor()
        while not found.isNull():
            one = QTextEdit.ExtraSelection()
            one.cursor = found  # pyright: ignore[reportAttributeAccessIssue]
            colors = QTextCharFormat()
            colors.setBackground(QColor(theme.ACCENT))
            colors.setForeground(QColor(theme.ON_ACCENT))
            one.format = colors  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(one)
            found = document.find(self._marked, found)
        self.setExtraSelections(marks)
