"""`ExportController`: the file that is being made, from the request to its end."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render import statuses
from fxdiffuse_gui.app.render.request import ExportJob, Finished
from fxdiffuse_gui.app.render.sampler_worker import SamplerWorker
from fxdiffuse_gui.app.render.scheduler import EtaMeter
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


class ExportController(QObject):
    """One file at a time, in the sampler thread; previews wait meanwhile."""

    status_changed = Signal(object)
    """Status of the file."""
    message = Signal(str)
    """One sentence for the artist, such as why there is no file."""
    begun = Signal()
    """The sampler thread is needed from now on."""
    exported = Signal(object)
    """Path."""
    ended = Signal()
    """With the file or without it, the thread is free again."""

    def __init__(
        self, worker: SamplerWorker, clock: Callable[[], float], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._eta = EtaMeter(clock)
        self._source: Source | None = None
        self._job: ExportJob | None = None
        worker.export_progressed.connect(self._on_progressed)
        worker.export_finished.connect(self._on_finished)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._job is not None

    def set_source(self, source: Source | None) -> None:
        """The photo that the next export edits."""
        self._source = source

    def export(
        self, state: EditState, path: Path, options: "ExportOptions", project: Path | None = None
    ) -> bool:
        """Edits the whole photo with `state` and writes `path`. `project` is the file that the edit was saved
        to.

        False when it has not begun, because there is no photo or another export is running.
        """
        if self._source is None:
            return False
        if self.is_busy:
            self.message.emit(tr("An export is already running; wait for it or cancel it with Esc."))
            return False
        self.begun.emit()
        condition = state.condition(with_mask=False)
        reference = None if state.reference is None else state.reference.path
        self._job = ExportJob(self._source, condition, state.used_mask, path, options, reference, project)
        self._eta.restart()
        self.status_changed.emit(statuses.exporting(path.name))
        self._worker.submit(self._job)
        return True

    def cancel(self) -> None:
        """Stops the export, if there is one; nothing is written."""
        if self._job is not None:
            self._job.cancel.set()

    def _on_progressed(self, progress: float) -> None:
        if self._job is not None:
            eta = self._eta.remaining(progress)
            self.status_changed.emit(statuses.exporting(self._job.path.name, progress, eta))

    def _on_finished(self, finished: Finished) -> None:
        job, self._job = self._job, None
        assert job is not None
        if finished.canceled:
            self.message.emit(
                tr("The export was canceled; {name} was not written.").format(name=job.path.name)
            )
        elif finished.error is not None:
            self.message.emit(finished.error)
        else:
            self.exported.emit(job.path)
            if finished.is_proven:
                text = tr("{name} has been written and read back: every pixel outside the mask is untouched.")
                self.message.emit(text.format(name=job.path.name))
        self.ended.emit()
