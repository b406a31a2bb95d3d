"""`ModelCardView`: what a model was trained on and how well it does. Shows local text and pictures alone."""

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.widgets.local_text import LocalTextView


class ModelCardView(LocalTextView):
    """Links lead nowhere, and a picture comes from the folder of the card or not at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.setAccessibleName(tr("Card of the model"))

    def show_file(self, path: Path) -> None:
        """Shows the Markdown file at `path`; that there is none, if it cannot be read."""
        self.folder = path.parent
        try:
            self.setMarkdown(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self.show_text(tr("The card of this model cannot be read."))

    def show_facts(self, facts: list[tuple[str, str]], note: str) -> None:
        """Shows a table of captions and plain texts, and a sentence below it."""
        self.folder = None
        rows = [
            f"<tr><td style='padding-right: 16px'>{escape(caption)}</td>"
            f"<td>{'<br>'.join(escape(line) for line in text.splitlines())}</td></tr>"
            for caption, text in facts
        ]
        self.setHtml(f"<table cellspacing='0' cellpadding='3'>{''.join(rows)}</table><p>{escape(note)}</p>")

    def show_text(self, text: str) -> None:
        """Shows `text` as it is."""
        self.folder = None
        self.setPlainText(text)
