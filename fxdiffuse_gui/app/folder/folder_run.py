"""`FolderRun`: a folder being edited behind the window, and its thread."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from fxdiffuse_gui.app.background import BackgroundThread, LatestTask
from fxdiffuse_gui.app.error_text import error_message
from fxdiffuse_gui.app.folder.folder_job import FolderJob, Summary
from fxdiffuse_gui.app.folder.folder_worker import FolderWorker, count_photos
from fxdiffuse_gui.app.render.scheduler import EtaMeter
from fxdiffuse_gui.app.render.statuses import Status, StatusKind
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import Message

_BUSY: frozenset[StatusKind] = frozenset({"preview", "export"})


class FolderRun(QObject):
    """One job at a time. It waits while `session` computes a preview, an export or pictures in the
    background.

    So the window stays usable: it has all cores, and memory holds one pass of the network, not two. As soon
    as the picture on screen is there, the folder goes on.
    """

    counted = Signal(int, object)
    """How many photos the newest folder has, and a Message when they cannot be counted, else None."""
    begun = Signal(int, int, str)
    """Number of the photo from 1, of how many, and its name."""
    progressed = Signal(float, object)
    """0..1 of all that there is to do, and how many seconds are left, None while that cannot be told."""
    failed = Signal(str, object)
    """Which photo, and why: a UserError."""
    waiting_changed = Signal()
    """`is_waiting` may have changed."""
    finished = Signal(object)
    """Summary, once for every job."""

    def __init__(
        self,
        session: Session,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cancel, self._free = threading.Event(), threading.Event()
        self._free.set()
        self._eta = EtaMeter(clock)
        self.job: FolderJob | None = None
        self._thread = BackgroundThread("folder", self)
        self._counting = LatestTask(self._thread)
        self._worker = FolderWorker(self._cancel, self._free, self)
        self._worker.begun.connect(self.begun)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.failed.connect(self.failed)
        self._background_queue = session.preview.background_queue
        self._status = session.preview.status.kind
        session.preview.status_changed.connect(self._on_status)
        self._background_queue.busy_changed.connect(self._yield_to_window)
        self._yield_to_window()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def is_running(self) -> bool:
        """Whether a folder is being edited."""
        return self.job is not None and self._thread.is_running

    @property
    def is_waiting(self) -> bool:
        """Whether a job has to wait for the window."""
        return self.is_running and not self._free.is_set()

    def count(self, folder: Path, output: Path, *, recursive: bool) -> None:
        """Counts the photos that a job would edit; the answer comes through `counted`."""
        self._thread.start()
        self._counting.submit(
            partial(count_photos, folder, output, recursive),
            lambda found: self.counted.emit(found, None),
            lambda error: self.counted.emit(0, error_message(error, Message("The folder could not be read"))),
        )

    def start(self, job: FolderJob) -> None:
        """Begins `job`; nothing happens while another one runs."""
        if self.is_running:
            return
        self.job = job
        self._cancel.clear()
        self._counting.cancel()  # counting a whole disk must not hold it up
        self._eta.restart()
        self._thread.start()
        self._thread.submit(lambda _: self._worker.run(job), self._on_finished)

    def cancel(self) -> None:
        """Stops the job within one evaluation; `finished` says what was done until then."""
        if self.is_running:
            self._cancel.set()

    def close(self) -> None:
        """Stops the job and waits for the thread."""
        self._cancel.set()
        self._counting.cancel()
        self._thread.close()

    def _on_progressed(self, progress: float) -> None:
        self.progressed.emit(progress, self._eta.remaining(progress))

    def _on_finished(self, summary: Summary) -> None:
        self.job = None
        self.finished.emit(summary)

    def _on_status(self, status: Status) -> None:
        self._status = status.kind
        self._yield_to_window()

    def _yield_to_window(self) -> None:
        was_free = self._free.is_set()
        if self._status in _BUSY or self._background_queue.is_busy:
            self._free.clear()
        else:
            self._free.set()
        if was_free != self._free.is_set():
            self.waiting_changed.emit()
