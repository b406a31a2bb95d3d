"""`FolderRun`: a folder being edited behind the window, and its thread."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal

from fxdiffuse_gui.app.folder.folder_job import FolderJob, Summary
from fxdiffuse_gui.app.folder.folder_worker import FolderWorker
from fxdiffuse_gui.app.render.scheduler import EtaMeter
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import Status, StatusKind

_BUSY: frozenset[StatusKind] = frozenset({"preview", "export"})


class FolderRun(QObject):
    """One job at a time. It waits while `session` computes a preview, an export or pictures beside it.

    The window stays usable that way: whoever looks at it has all cores, and memory holds one pass of the
    network, not two. As soon as the picture on screen is there, the folder goes on.
    """

    counted = Signal(int, str)
    """How many photos the folder asked about last has, and a sentence when that cannot be told."""
    begun = Signal(int, int, str)
    """Number of the photo from 1, of how many, and its name."""
    progressed = Signal(float, object)
    """0..1 of all that there is to do, and how many seconds are left, None while that cannot be told."""
    failed = Signal(str, str)
    """Which photo, and why."""
    waiting_changed = Signal()
    """`is_waiting` may have changed."""
    finished = Signal(object)
    """Summary, once for every job."""
    _count = Signal(int, object, object, bool)
    _run = Signal(object)

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
        self._thread = QThread()
        self._thread.setObjectName("folder")
        self._worker = FolderWorker(self._cancel, self._free)
        self._worker.moveToThread(self._thread)
        self._count.connect(self._worker.count)
        self._run.connect(self._worker.run)
        self._worker.counted.connect(self._on_counted)
        self._worker.begun.connect(self.begun)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.failed.connect(self.failed)
        self._worker.finished.connect(self._on_finished)
        self._side = session.preview.background_queue
        self._status = session.preview.status.kind
        session.preview.status_changed.connect(self._on_status)
        self._side.busy_changed.connect(self._give_way)
        self._give_way()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def is_running(self) -> bool:
        """Whether a folder is being edited."""
        return self.job is not None and self._thread.isRunning()

    @property
    def is_waiting(self) -> bool:
        """Whether a job has to wait for the window."""
        return self.is_running and not self._free.is_set()

    def count(self, folder: Path, output: Path, *, recursive: bool) -> None:
        """Counts the photos that a job would edit; the answer comes through `counted`."""
        self._worker.wanted += 1
        self._thread.start()
        self._count.emit(self._worker.wanted, folder, output, recursive)

    def start(self, job: FolderJob) -> None:
        """Begins `job`; nothing happens while another one runs."""
        if self.is_running:
            return
        self.job = job
        self._cancel.clear()
        self._worker.wanted += 1  # a count of all the disk must not hold it up
        self._eta.restart()
        self._thread.start()
        self._run.emit(job)

    def cancel(self) -> None:
        """Stops the job within one evaluation; `finished` tells what was done until then."""
        if self.is_running:
            self._cancel.set()

    def close(self) -> None:
        """Stops the job and waits for the thread."""
        self._cancel.set()
        self._worker.wanted += 1
        self._thread.quit()
        self._thread.wait()

    def _on_counted(self, ticket: int, count: int, problem: str) -> None:
        if ticket == self._worker.wanted:
            self.counted.emit(count, problem)

    def _on_progressed(self, progress: float) -> None:
        self.progressed.emit(progress, self._eta.remaining(progress))

    def _on_finished(self, summary: Summary) -> None:
        self.job = None
        self.finished.emit(summary)

    def _on_status(self, status: Status) -> None:
        self._status = status.kind
        self._give_way()

    def _give_way(self) -> None:
        was_free = self._free.is_set()
        if self._status in _BUSY or self._side.is_busy:
            self._free.clear()
        else:
            self._free.set()
        if was_free != self._free.is_set():
            self.waiting_changed.emit()
