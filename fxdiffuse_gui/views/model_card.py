"""`ModelCardView`: what a model was trained on and how well it does. Shows local text and pictures alone."""

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from fxdiffuse_gui.app.words import tr
from fxdiffuse_gui.views import theme

_MARGIN = 48
_LARGEST = 10_000_000


class ModelCardView(QTextBrowser):
    """Links lead nowhere, and a picture comes from the folder of the card or not at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme.SPACE_3)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.setAccessibleName(tr("Card of the model"))

    def show_file(self, path: Path) -> None:
        """Shows the Markdown file at `path`; that there is none, if it cannot be read."""
        self._folder = path.parent
        try:
            self.setMarkdown(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self.show_text(tr("The card of this model cannot be read."))

    def show_facts(self, facts: list[tuple[str, str]], note: str) -> None:
        """Shows a table of captions and plain texts, and a sentence below it."""
        self._folder = None
        rows = [
            f"<tr><td style='padding-right: 16px'>{escape(caption)}</td>"
            f"<td>{'<br>'.join(escape(line) for line in text.splitlines())}</td></tr>"
            for caption, text in facts
        ]
        self.setHtml(f"<table cellspacing='0' cellpadding='3'>{''.join(rows)}</table><p>{escape(note)}</p>")

    def show_text(self, text: str) -> None:
        """Shows `text` as it is."""
        self._folder = None
        self.setPlainText(text)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture that lies beside the card, no wider than there is room for; nothing of anything else."""
        url = QUrl(name)
        picture = self._picture(url) if kind == QTextDocument.ResourceType.ImageResource.value else None
        return QImage() if picture is None else picture

    def _picture(self, url: QUrl) -> QImage | None:
        file = url.path()
        if self._folder is None or url.scheme() or url.host() or Path(file).name != file:
            return None
        path = self._folder / file
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        picture = QImage(str(path))
        room = max(self.viewport().width() - _MARGIN, 200)
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
