"""`ExportController`: the file that is being made, from the order to its end."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render import statuses
from fxdiffuse_gui.app.render.request import ExportJob, Finished
from fxdiffuse_gui.app.render.sampler_threads import SamplerThreads
from fxdiffuse_gui.app.render.scheduler import EtaMeter
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


class ExportController(QObject):
    """One file at a time, in the sampler thread, which whoever else needs it has to leave before."""

    status_changed = Signal(object)
    """Status of the file."""
    message = Signal(str)
    """Why there is no file."""
    exported = Signal(object)
    """Path."""
    ended = Signal()
    """With the file or without it, the thread is free again."""

    def __init__(
        self, threads: SamplerThreads, clock: Callable[[], float], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._threads = threads
        self._eta = EtaMeter(clock)
        self._job: ExportJob | None = None
        threads.sampler.export_progressed.connect(self._on_progressed)
        threads.sampler.export_finished.connect(self._on_finished)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._job is not None

    def begin(
        self, source: Source, state: EditState, path: Path, options: "ExportOptions", project: Path | None
    ) -> None:
        """Has the whole photo edited with `state` and written to `path`. Not while another file is being
        made. `project` is the file that the edit was saved to."""
        condition = state.condition(with_mask=False)
        reference = None if state.reference is None else state.reference.path
        self._job = ExportJob(source, condition, state.used_mask, path, options, reference, project)
        self._eta.restart()
        self.status_changed.emit(statuses.exporting(path.name))
        self._threads.export.emit(self._job)

    def cancel(self) -> None:
        """Stops it, if there is one; nothing is written."""
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
