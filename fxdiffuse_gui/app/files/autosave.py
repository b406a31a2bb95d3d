"""`Autosave`: writes edits that have not been saved to a journal, a few seconds behind, in its own thread."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.files.journal import Journal
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.document.project import Project

DELAY_MS = 2000
"""From a change until it is written; with a slow disk it takes five seconds in all."""

logger = logging.getLogger(__name__)


class Autosave(QObject):
    """Watches `session`. Edits that are saved, exported or discarded leave no journal.

    When a journal cannot be written, because the disk is full or the folder read-only, one message says so
    and editing goes on; it is tried again with every change.
    """

    def __init__(
        self, session: Session, root: Path, *, delay_ms: int = DELAY_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._has_warned = False
        self._is_writing = False
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(self._save_if_modified)
        for changed in (
            session.history.state_changed,
            session.history.modified_changed,
            session.snapshots.changed,
        ):
            changed.connect(self._on_changed)

        self._writer = _Writer(root)
        self._thread = BackgroundThread("journal", self)
        self._thread.start()

    def adopt(self, journal: Journal) -> None:
        """Continues the journal that the edit was restored from."""
        self._writer.journal = journal

    def close(self) -> None:
        """Stops. Edits that are still not saved are written a last time and left for the next start."""
        self._timer.stop()
        self._thread.close()
        project = self._session.files.project if self._session.history.is_modified else None
        self._writer.close(project)

    def _on_changed(self) -> None:
        # Not restarted by each change: without a pause there would never be a journal.
        if not self._timer.isActive():
            self._timer.start()

    def _save_if_modified(self) -> None:
        if self._is_writing:
            self._timer.start()
            return
        project = self._session.files.project
        if project is None or not self._session.history.is_modified:
            self._thread.submit(lambda _: self._writer.discard())
            return
        self._is_writing = True
        self._thread.submit(lambda _: self._writer.write(project), self._on_written)

    def _on_written(self, problem: str) -> None:
        self._is_writing = False
        if problem and not self._has_warned:
            self._has_warned = True
            logger.warning(problem)
            self._session.message.emit(problem)


class _Writer:
    """Works in the journal thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.journal: Journal | None = None

    def write(self, project: Project) -> str:
        """Writes the journal, a new one if there is none; returns why it failed, an empty text if it did
        not."""
        try:
            if self.journal is None:
                self.journal = Journal.create(self._root)
            self.journal.write(project)
        except Exception as error:
            self._forget_vanished()
            return tr("Your edits are not backed up while you work ({reason}); save them often.").format(
                reason=_reason(error)
            )
        return ""

    def _forget_vanished(self) -> None:
        """Starts a new journal the next time when somebody has deleted this one."""
        if self.journal is not None and not self.journal.folder.is_dir():
            self.discard()

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
    """The reason alone, to be put in brackets."""
    cause = error.__cause__ or error.__context__ or error
    text = (cause.strerror if isinstance(cause, OSError) else None) or translated(error)
    return " ".join(text.split()).rstrip(".")
