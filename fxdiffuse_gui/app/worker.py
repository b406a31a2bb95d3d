"""`SamplerWorker`: runs edits and exports in a thread of its own, one at a time."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from fxdiffuse_gui.app.engine_port import Engine, PreviewLike
from fxdiffuse_gui.app.qimage import to_qimage, to_samples
from fxdiffuse_gui.app.request import EditRequest, ExportJob, Finished, Result
from fxdiffuse_gui.engine.condition import FloatImage

logger = logging.getLogger(__name__)

EXPORT_ID = -1
ACKNOWLEDGE_POLL = 0.05
PROGRESS_INTERVAL = 0.1
"""Seconds between two reports of an export's progress."""


class SamplerWorker(QObject):
    """Lives in the sampler thread. Every exception ends as one sentence in `Finished.error`.

    The slots are called through queued signals; a busy worker sees none of them, so a request is stopped
    through its own `cancel` event and not through a slot.
    """

    loaded = Signal(str)
    """The model is ready, or the sentence that says why not."""
    previewed = Signal(object)
    """Result. The receiver sets the request's `shown` event once it has taken it."""
    finished = Signal(object)
    """Finished, exactly once for every request."""
    export_progressed = Signal(float)
    export_finished = Signal(object)
    """Finished, exactly once for every export."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    @Slot()
    def load(self) -> None:
        """Imports torch and loads the model."""
        try:
            self._engine.load()
        except Exception as error:
            self.loaded.emit(sentence(error, "The model could not be loaded"))
        else:
            self.loaded.emit("")

    @Slot(object)
    def run(self, request: EditRequest) -> None:
        """Computes one preview request to its end, or until its `cancel` is set."""
        self.finished.emit(self._guarded(request.id, request, lambda: self._edit(request)))

    @Slot(object)
    def export(self, job: ExportJob) -> None:
        """Edits the whole photo and writes the file."""
        self.export_finished.emit(self._guarded(EXPORT_ID, job, lambda: self._export(job)))

    def _guarded(
        self, request_id: int, work: EditRequest | ExportJob, action: Callable[[], None]
    ) -> Finished:
        if work.cancel.is_set():
            return Finished(request_id, canceled=True)
        try:
            action()
        except Exception as error:
            if work.cancel.is_set():
                return Finished(request_id, canceled=True)
            return Finished(request_id, error=sentence(error, "The edit failed"))
        return Finished(request_id, canceled=work.cancel.is_set())

    def _edit(self, request: EditRequest) -> None:
        inputs = request.inputs()
        done = False
        for preview in self._engine.edit(
            inputs.pixels,
            inputs.condition,
            cancel=request.cancel,
            statistics_from=inputs.statistics_from,
            origin=inputs.origin,
        ):
            if preview.final:
                # The final picture is never dropped, so it waits for the one before it to be shown.
                while not request.shown.wait(ACKNOWLEDGE_POLL) and not request.cancel.is_set():
                    pass
            if request.cancel.is_set():
                return
            if request.shown.is_set():
                request.shown.clear()
                done = preview.final
                self.previewed.emit(_result(request, preview))
        if not done and not request.cancel.is_set():
            raise RuntimeError("the engine gave no final picture")

    def _export(self, job: ExportJob) -> None:
        from fxdiffuse_gui.photo.writer import check_target, write_photo
        from fxdiffuse_gui.receipts import receipt_of

        check_target(job.path)
        inputs = job.inputs()
        edited: FloatImage = inputs.pixels
        report = _Throttled(self.export_progressed.emit)
        if inputs.condition.active_tasks:
            for preview in self._engine.edit(
                inputs.pixels, inputs.condition, cancel=job.cancel, on_progress=report
            ):
                if preview.final:
                    edited = preview.image
        if not job.cancel.is_set():
            self.export_progressed.emit(1.0)
            made_with = self._engine.made_with if inputs.condition.active_tasks else None
            receipt = receipt_of(job.source.photo, inputs.condition, made_with)
            write_photo(job.path, edited, job.source.photo, job.options, receipt)


class _Throttled:
    """Passes progress on at most every `PROGRESS_INTERVAL` seconds: the receiver has a window to draw."""

    def __init__(self, emit: Callable[[float], None]) -> None:
        self._emit = emit
        self._last = -PROGRESS_INTERVAL

    def __call__(self, progress: float) -> None:
        now = time.monotonic()
        if now - self._last >= PROGRESS_INTERVAL:
            self._last = now
            self._emit(float(progress))


def _result(request: EditRequest, preview: PreviewLike) -> Result:
    samples = to_samples(preview.image)
    return Result(
        request_id=request.id,
        revision=request.revision,
        area=request.area,
        zoom=request.zoom,
        whole=request.region is None,
        image=to_qimage(samples, request.source.photo.icc_profile),
        samples=samples,
        step=preview.step,
        of=preview.of,
        progress=float(np.clip(preview.progress, 0.0, 1.0)),
        final=preview.final,
        draft=request.draft,
    )


def sentence(error: Exception, what: str) -> str:
    """One sentence for the artist from any exception; the traceback of an unforeseen one goes to the log."""
    text = " ".join(str(error).split())
    foreseen = isinstance(error, ValueError) and text.endswith((".", "!"))
    logger.log(logging.DEBUG if foreseen else logging.WARNING, what, exc_info=error)
    if isinstance(error, MemoryError) or "out of memory" in text.lower():
        return f"{what}: memory is full. Close other programs or use a smaller photo."
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"{what}: the file {Path(str(error.filename)).name} is missing."
    if isinstance(error, OSError):
        return f"{what}: {error.strerror or text}."
    if foreseen:
        return text
    return f"{what}: {text.rstrip('.') or type(error).__name__}."
