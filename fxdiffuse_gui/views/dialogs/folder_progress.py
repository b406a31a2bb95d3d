"""`FolderProgress`: how far a folder has come, and what failed."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.views.dialogs.folder_text import summary_text
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.readable import time_left

_STEPS = 1000
_LIST_HEIGHT = 96


class FolderProgress(QWidget):
    """The failures stay until the next job, as text to be selected or copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.text = QLabel()
        self.left = QLabel()
        self.failures = QPlainTextEdit()
        self.failures_title = QLabel()
        self.copy = QPushButton(tr("Copy the list"))
        self._photo = self._left = ""
        self._failed: list[str] = []
        self._build()
        self.start()

    def start(self) -> None:
        """A job begins: nothing is known about it."""
        self._failed = []
        self._photo = tr("Looking at the folder")
        self._left = ""
        self.bar.setValue(0)
        self.show_waiting(False)
        self._show_failures()

    def show_photo(self, number: int, of: int, name: str) -> None:
        """Shows which photo is being edited."""
        self._photo = tr("{number} of {of} · {name}", number=number, of=of, name=name)
        self.show_waiting(False)

    def show_progress(self, progress: float, seconds: float | None) -> None:
        """Shows the share that is done (0..1), and the time left, if it is known."""
        self.bar.setValue(round(progress * _STEPS))
        self._left = time_left(seconds)
        self.show_waiting(False)

    def show_waiting(self, waiting: bool) -> None:
        """Shows whether the work waits for the picture in the window."""
        self.text.setText(self._photo)
        self.left.setText(tr("waits for the picture in the window") if waiting else self._left)

    def add_failure(self, name: str, error: UserError) -> None:
        """A photo without a result, and the reason."""
        self._failed.append(f"{name}: {translated(error)}")
        self._show_failures()

    def show_summary(self, summary: Summary) -> None:
        """Shows how the job ended."""
        if not summary.stopped and summary.problem is None:
            self.bar.setValue(_STEPS)
        self._left = ""
        self._photo = summary_text(summary)
        self.show_waiting(False)

    def _build(self) -> None:
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the folder"))
        self.text.setWordWrap(True)
        for label in (self.left, self.failures_title):
            theme.set_role(label, "caption")
        self.failures.setReadOnly(True)
        self.failures.setFixedHeight(_LIST_HEIGHT)
        self.failures.setAccessibleName(tr("Photos that failed, and why"))
        self.copy.setAutoDefault(False)
        theme.set_role(self.copy, "flat")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join(self._failed)))
        words, below = QHBoxLayout(), QHBoxLayout()
        words.addWidget(self.text, 1)
        words.addWidget(self.left)
        below.addWidget(self.failures_title, 1)
        below.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(self.bar)
        layout.addLayout(words)
        layout.addLayout(below)
        layout.addWidget(self.failures)

    def _show_failures(self) -> None:
        count = len(self._failed)
        for widget in (self.failures, self.failures_title, self.copy):
            widget.setVisible(count > 0)
        self.failures_title.setText(tr("%n photos failed", count=count))
        self.failures.setPlainText("\n".join(self._failed))
