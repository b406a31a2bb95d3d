"""`ModelPage`: one model: its file, its size, its hash and its card."""

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from fxdiffuse_gui.app.models.model_facts import quality_facts, training_facts
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.model_card import bundled_model
from fxdiffuse_gui.engine.model_summary import ModelSummary
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon
from fxdiffuse_gui.views.widgets.local_text import LocalTextView

_CARD = "README.md"
_BUTTON = 22


class ModelPage(QWidget):
    """Shows one model or a problem. A path of None is the bundled model."""

    hash_copied = Signal()
    """The hash is to be copied to the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Path | None, str] | None = None
        self.name = QLabel()
        theme.set_role(self.name, "heading")
        self.place = QLabel()
        theme.set_role(self.place, "caption")
        self.problem = QLabel()
        theme.set_role(self.problem, "error")
        self.bytes, self.parameters, self.digest = QLabel(), QLabel(), QLabel()
        self.digest.setFont(_fixed(self.font()))
        for label in (self.name, self.place, self.problem, self.digest):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.place, self.problem):
            label.setWordWrap(True)
        self.copy = QToolButton()
        self.copy.setFixedSize(_BUTTON, _BUTTON)
        self.copy.setIcon(icon("copy"))
        self.copy.setToolTip(tr("Copy the hash"))
        self.copy.setAccessibleName(tr("Copy the hash"))
        theme.set_role(self.copy, "flat")
        self.copy.clicked.connect(self.hash_copied)
        self.card = ModelCardView()
        self.note = QLabel()
        theme.set_role(self.note, "caption")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)

        self._facts = QWidget()
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_4)
        grid.setVerticalSpacing(theme.SPACE_1)
        hash_row = QHBoxLayout()
        hash_row.setSpacing(theme.SPACE_1)
        hash_row.addWidget(self.digest)
        hash_row.addWidget(self.copy)
        hash_row.addStretch(1)
        for row, caption in enumerate((tr("Size"), tr("Parameters"), tr("SHA-256"))):
            grid.addWidget(QLabel(caption), row, 0)
        grid.addWidget(self.bytes, 0, 1)
        grid.addWidget(self.parameters, 1, 1)
        grid.addLayout(hash_row, 2, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        for widget in (self.name, self.place, self.problem, self._facts):
            layout.addWidget(widget)
        layout.addWidget(self.card, 1)
        layout.addStretch()
        layout.addWidget(self.note)

    def show_summary(self, path: Path | None, summary: ModelSummary) -> None:
        """Shows a model that can be used."""
        # Setting the same text again would scroll the card to its top.
        if self._shown == (path, summary.digest):
            return
        self._show(path, "")
        self._shown = path, summary.digest
        self.bytes.setText(tr("{size} MB", size=f"{summary.size / 1e6:.1f}"))
        self.parameters.setText(f"{summary.parameters:,}")
        self.digest.setText(summary.digest)
        self._facts.show()
        if path is None:
            self.card.show_file(bundled_model().with_name(_CARD))
        else:
            measured = quality_facts(summary.card)
            note = (
                tr("The figures were measured by the person who exported the model.")
                if measured
                else tr(
                    "This file does not say how well the model does;"
                    " the command fxdiffuse-train evaluate measures it on your photos."
                )
            )
            self.card.show_facts(training_facts(summary.card) + measured, note)

    def show_problem(self, path: Path | None, problem: str) -> None:
        """Shows why a model cannot be used."""
        self._show(path, problem)

    def show_reading(self, path: Path | None) -> None:
        """Shows that the model is being read."""
        self._show(path, "")
        self.card.show_text(tr("Reading the file…"))

    def show_note(self, text: str) -> None:
        """Shows a sentence at the bottom."""
        self.note.setText(text)

    def _show(self, path: Path | None, problem: str) -> None:
        self._shown = None
        self.name.setText(tr("Bundled model") if path is None else display_name(path))
        self.place.setText("" if path is None else str(path))
        self.place.setVisible(path is not None)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self._facts.hide()
        self.card.setVisible(not problem)
        self.note.clear()


def _fixed(font: QFont) -> QFont:
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setPointSizeF(font.pointSizeF() * 0.88 if font.pointSizeF() > 0 else 9.0)
    return fixed


class ModelCardView(LocalTextView):
    """What a model was trained on and how well it does. Links do nothing, and pictures come only from the
    folder of the card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.setAccessibleName(tr("Card of the model"))

    def show_file(self, path: Path) -> None:
        """Shows the Markdown file at `path`, or that it cannot be read."""
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
