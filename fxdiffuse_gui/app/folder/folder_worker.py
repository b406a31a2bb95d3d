"""`FolderWorker`: edits the photos of a folder in a thread of its own, one after the other."""

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.folder.folder_job import FolderJob, Summary
from fxdiffuse_gui.app.render.sampler_worker import PROGRESS_INTERVAL
from fxdiffuse_gui.batch.job import Job, JobError, is_same_file
from fxdiffuse_gui.core.i18n import tr, tr_noop

if TYPE_CHECKING:
    from fxdiffuse_gui.batch.run_jobs import Item

_POLL = 0.05


class _CanceledError(Exception):
    """Nobody waits for the answer any more."""


def count_photos(folder: Path, output: Path, recursive: bool, cancel: threading.Event) -> int:
    """How many photos a job would edit. Raises an exception soon after `cancel` is set, and JobError."""
    from fxdiffuse_gui.batch.folder import find_photos

    def check() -> None:
        if cancel.is_set():
            raise _CanceledError

    return len(find_photos(folder, output, recursive=recursive, check=check))


class FolderWorker(QObject):
    """Reads, edits and writes as `fxdiffuse batch` does, with a model of its own that goes with the job.

    The window comes first: while `free` is not set no evaluation begins, so that two edits never share cores
    and memory for longer than one evaluation. `cancel` ends a job within one evaluation too.
    """

    begun = Signal(int, int, str)
    """Number of the photo from 1, of how many, and its name."""
    progressed = Signal(float)
    failed = Signal(str, str)
    """Which photo, and why."""

    def __init__(self, cancel: threading.Event, free: threading.Event, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancel = cancel
        self._free = free
        self._told = 0.0

    def run(self, job: FolderJob) -> Summary:
        """Does the job, in the background; what was done before is skipped."""
        try:
            return self._run(job)
        except Exception as error:
            return Summary(problem=error_sentence(error, tr_noop("The folder could not be edited")))

    def _run(self, job: FolderJob) -> Summary:
        from fxdiffuse_gui.batch.folder import Naming, make_folder, plan_batch
        from fxdiffuse_gui.batch.resume import Resume
        from fxdiffuse_gui.batch.run_jobs import Item, Skipped, label_of, run_jobs
        from fxdiffuse_gui.batch.runner import Runner, StoppedError

        settings = dict(job.edit.settings)
        template = Job(job.folder, job.output, **settings)
        runner = Runner(job.model, "auto", job.options, cancel=self._cancel)
        if template.reference is not None and job.edit.reference is not None:
            runner.hold_reference(template.reference, job.edit.reference)
        runner.check(template)
        naming = Naming(extension=job.extension)
        try:
            plan = plan_batch(
                job.folder,
                job.output,
                settings,
                naming,
                recursive=job.recursive,
                check=runner.check_stopped,
            )
        except StoppedError:
            return Summary(stopped=True)
        make_folder(job.output)
        resume = Resume(
            runner,
            template,
            overwrite=job.overwrite,
            advice=tr("move it away, or choose to replace what is there"),
        )
        items = [Item(label_of(photo, job.folder), one) for photo, one in plan]
        written, skipped = 0, 0
        failures: list[tuple[str, str]] = []
        stopped = False

        def begin(number: int, item: "Item") -> None:
            self.begun.emit(number, len(items), item.label)

        try:
            for item, outcome in run_jobs(
                items, runner, begin, self._report, resume.is_done, makes_folders=True
            ):
                if isinstance(outcome, str):
                    failures.append((item.label, outcome))
                    self.failed.emit(item.label, outcome)
                elif isinstance(outcome, Skipped):
                    skipped += 1
                else:
                    written += 1
        except StoppedError:
            stopped = True
        return Summary(len(items), written, skipped, tuple(failures), stopped)

    def _report(self, progress: float) -> None:
        """Called by the engine after every evaluation."""
        while not self._free.wait(_POLL) and not self._cancel.is_set():
            pass
        now = time.monotonic()
        if now - self._told >= PROGRESS_INTERVAL or progress >= 1:
            self._told = now
            self.progressed.emit(float(progress))


def check_folders(folder: Path, output: Path) -> None:
    """Refuses folders that cannot be meant, before anything is begun. Raises JobError."""
    if not folder.is_dir():
        raise JobError(tr("The folder of the photos is not there; choose another one."))
    if output.exists() and not output.is_dir():
        raise JobError(tr("What the results should go to is a file; choose a folder."))
    if is_same_file(folder, output):
        raise JobError(tr("The results would replace the photos; choose another folder for them."))
