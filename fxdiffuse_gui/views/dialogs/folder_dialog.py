"""`FolderDialog`: edits every photo of a folder while the window stays usable."""

from PySide6.QtCore import QSettings, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.app.folder.folder_run import FolderRun
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.batch.job import JobError
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.views.dialogs.folder_form import FolderForm
from fxdiffuse_gui.views.dialogs.folder_progress import FolderProgress, summary_text
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.questions import agrees


class FolderDialog(QDialog):
    """Not modal. Closing it while a folder is edited only hides it; see `may_quit`."""

    message = Signal(str)
    """How the work ended, while the dialog is hidden."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, settings: QSettings | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Edit a folder"))
        self.run = FolderRun(session, parent=self)
        self.form = FolderForm(session, settings if settings is not None else QSettings(), self)
        self.progress = FolderProgress()
        self.error = QLabel()
        self.start = QPushButton(tr("Start"))
        self.stop = QPushButton(tr("Cancel"))
        self.hide_button = QPushButton(tr("Close"))
        self.show_folder = QPushButton(tr("Show folder"))
        self._last_output = self.form.folders[1]
        self._build()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Reads the folder and the presets again: they may have changed."""
        super().showEvent(event)
        if not self.run.is_running:
            self.form.fill_presets()
            self._count()

    def begin(self) -> None:
        """Starts the work, or shows why it cannot start."""
        self.error.hide()
        try:
            job = self.form.job()
        except JobError as error:
            self.error.setText(translated(error))
            self.error.show()
            return
        self.form.remember()
        self._last_output = job.output
        self.progress.start()
        self.progress.show()
        self.run.start(job)
        self.stop.setEnabled(True)
        self._show_state()

    def may_quit(self) -> bool:
        """Whether the program can end now. Asks when a folder is being edited, and stops that if agreed."""
        if self.run.is_running and not self._may_stop():
            return False
        self.run.close()
        return True

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        theme.set_role(self.error, "error")
        self.error.setWordWrap(True)
        for widget in (self.error, self.progress):
            widget.hide()
        for button in (self.stop, self.hide_button, self.show_folder):
            button.setAutoDefault(False)
        self.start.setDefault(True)
        theme.set_role(self.start, "primary")
        self.show_folder.setToolTip(tr("Open the folder of the results"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_folder)
        buttons.addStretch(1)
        for button in (self.stop, self.hide_button, self.start):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addWidget(self.form)
        layout.addWidget(self.error)
        layout.addWidget(self.progress)
        layout.addLayout(buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._show_state()

    def _connect(self) -> None:
        self.start.clicked.connect(self.begin)
        self.stop.clicked.connect(self._cancel)
        self.hide_button.clicked.connect(self.close)
        self.show_folder.clicked.connect(self._show_folder)
        self.form.folders_changed.connect(self._count)
        self.run.counted.connect(self.form.show_count)
        self.run.begun.connect(self._on_begun)
        self.run.progressed.connect(self.progress.show_progress)
        self.run.failed.connect(self.progress.add_failure)
        self.run.waiting_changed.connect(lambda: self.progress.show_waiting(self.run.is_waiting))
        self.run.finished.connect(self._on_finished)

    # --- reacting ---------------------------------------------------------------------------------

    def _show_state(self) -> None:
        running = self.run.is_running
        self.form.setEnabled(not running)
        self.start.setVisible(not running)
        self.stop.setVisible(running)
        self.hide_button.setToolTip(tr("The work goes on") if running else "")
        self.show_folder.setVisible(self._last_output.is_dir())

    def _count(self) -> None:
        self._last_output = self.form.folders[1]
        self._show_state()
        if self.form.folder.text().strip():
            self.run.count(*self.form.folders, recursive=self.form.recursive.isChecked())
        else:
            self.form.count.setText(tr("Choose the folder of the photos."))

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self.run.cancel()

    def _on_begun(self, number: int, of: int, name: str) -> None:
        self.progress.show_photo(number, of, name)
        # A count in progress was canceled.
        self.form.show_count(of, None)
        self._show_state()

    def _on_finished(self, summary: Summary) -> None:
        self.progress.show_summary(summary)
        self._show_state()
        self.form.show_edit()
        if not self.isVisible():
            self.message.emit(summary_text(summary))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last_output)))

    def _may_stop(self) -> bool:
        text = tr("A folder is still being edited. Stop that and quit? The next start goes on where it was.")
        return agrees(self, tr("Folder being edited"), text)

    def reject(self) -> None:
        """Esc and the frame's button hide the dialog; they do not stop the work."""
        self.hide()
