"""`Autosave`: keeps edits that have not been saved in a journal, a few seconds behind, in its own thread."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from fxdiffuse_gui.app.files.journal import Journal
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.project import Project

DELAY_MS = 2000
"""From a change to the write that has it; with a slow disk there are five seconds in all."""

logger = logging.getLogger(__name__)


class Autosave(QObject):
    """Watches `session`. What is saved, exported or given up leaves no journal.

    When a journal cannot be written, because the disk is full or the folder read-only, that is told once
    and editing goes on; it is tried again with every change.
    """

    _write = Signal(object)
    _discard = Signal()

    def __init__(
        self, session: Session, root: Path, *, delay_ms: int = DELAY_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._has_told = False
        self._is_writing = False
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(self._look)
        for changed in (
            session.history.state_changed,
            session.history.modified_changed,
            session.snapshots.changed,
        ):
            changed.connect(self._on_changed)

        self._thread = QThread()
        self._thread.setObjectName("journal")
        self._writer = _Writer(root)
        self._writer.moveToThread(self._thread)
        self._write.connect(self._writer.write)
        self._discard.connect(self._writer.discard)
        self._writer.done.connect(self._on_done)
        self._thread.start()

    def adopt(self, journal: Journal) -> None:
        """Goes on in the journal that the edit was restored from."""
        self._writer.journal = journal

    def close(self) -> None:
        """Stops. Edits that are still not saved are written a last time and left for the next start."""
        self._timer.stop()
        self._thread.quit()
        self._thread.wait()
        project = self._session.files.project if self._session.history.is_modified else None
        self._writer.close(project)

    def _on_changed(self) -> None:
        # Not started anew by each change: without a pause there would never be a journal.
        if not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        if self._is_writing:
            self._timer.start()
            return
        project = self._session.files.project
        if project is None or not self._session.history.is_modified:
            self._discard.emit()
            return
        self._is_writing = True
        self._write.emit(project)

    def _on_done(self, problem: str) -> None:
        self._is_writing = False
        if problem and not self._has_told:
            self._has_told = True
            logger.warning(problem)
            self._session.message.emit(problem)


class _Writer(QObject):
    """Lives in the journal thread."""

    done = Signal(str)
    """A write has ended: empty, or the sentence that says why it failed."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self.journal: Journal | None = None

    @Slot(object)
    def write(self, project: Project) -> None:
        """Writes the journal, a new one if there is none."""
        try:
            if self.journal is None:
                self.journal = Journal.create(self._root)
            self.journal.write(project)
        except Exception as error:
            self._forget_vanished()
            self.done.emit(
                tr("Your edits are not backed up while you work ({reason}); save them often.").format(
                    reason=_reason(error)
                )
            )
        else:
            self.done.emit("")

    def _forget_vanished(self) -> None:
        """Starts a new journal the next time when somebody has deleted this one."""
        if self.journal is not None and not self.journal.folder.is_dir():
            self.discard()

    @Slot()
    def discard(self) -> None:
        """Deletes the journal."""
        if self.journal is not None:
            self.journal.remove()
            self.journal = None

    def close(self, project: Project | None) -> None:
        """Writes `project` and leaves it; without one, deletes the journal. Once the thread has ended."""
        if project is None:
            self.discard()
            return
        self.write(project)
        if self.journal is not None:
            self.journal.leave()
            self.journal = None


def _reason(error: Exception) -> str:
    """The heart of the matter, for brackets."""
    cause = error.__cause__ or error.__context__ or error
    text = (cause.strerror if isinstance(cause, OSError) else None) or str(error)
    return " ".join(text.split()).rstrip(".")
