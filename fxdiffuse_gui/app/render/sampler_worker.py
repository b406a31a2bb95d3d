"""`SamplerWorker`: computes previews and exports in the sampler thread, one at a time."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.files.qimage import Samples, to_qimage, to_samples
from fxdiffuse_gui.app.render.engine_port import Engine, PartLike
from fxdiffuse_gui.app.render.measured_crop import MeasuredCrop
from fxdiffuse_gui.app.render.request import EditRequest, ExportJob, Finished, Result
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.engine.tiles.picture import Box, Picture

logger = logging.getLogger(__name__)

EXPORT_ID = -1
ACKNOWLEDGE_POLL = 0.05
PROGRESS_INTERVAL = 0.1
"""Seconds between two reports of an export's progress."""


@dataclass(frozen=True)
class LoadedModel:
    """The model in use after an attempt to load one. path: its file, None for the bundled one. digest: the
    file's SHA-256, None when there is no model at all. problem: why the requested one is not in use."""

    path: Path | None
    digest: str | None
    problem: str = ""


class SamplerWorker(QObject):
    """Its methods are called in the sampler thread, its signals are received in the window's. Every exception
    ends as one sentence in `Finished.error`. A request is stopped by its own `cancel` event.
    """

    loaded = Signal(object)
    """LoadedModel, exactly once for every `load`."""
    previewed = Signal(object)
    """Result. The receiver sets the request's `shown` event once it has taken it."""
    finished = Signal(object)
    """Finished, exactly once for every request."""
    noted = Signal(str)
    """A sentence about what the engine did to save memory."""
    export_progressed = Signal(float)
    export_finished = Signal(object)
    """Finished, exactly once for every export."""

    def __init__(self, engine: Engine, thread: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._thread = engine, thread
        self._model: Path | None = None

    def load(self, model: Path | None) -> None:
        """Imports torch and loads the model at `model`, None for the bundled one. If that fails the one in
        use stays; if there was none, the bundled one is used."""
        problem = self._load(model)
        if problem and model is not None and self._engine.made_with is None:
            bundled = self._load(None)
            problem = bundled or tr("{problem} The bundled model is used instead.").format(problem=problem)
        made_with = self._engine.made_with
        self.loaded.emit(LoadedModel(self._model, made_with and made_with.model, problem))

    def forget(self) -> None:
        """Frees what was cached for the last photo."""
        self._engine.forget()

    def submit(self, work: EditRequest | ExportJob) -> None:
        """Has `run` or `export` called in the sampler thread."""
        if isinstance(work, EditRequest):
            self._thread.submit(lambda _: self.run(work))
        else:
            self._thread.submit(lambda _: self.export(work))

    def _load(self, model: Path | None) -> str:
        """Why the model could not be loaded, as a sentence; empty if it was."""
        try:
            self._engine.load(model)
        except Exception as error:
            return error_sentence(error, tr_noop("The model could not be loaded"))
        self._model = model
        return ""

    def run(self, request: EditRequest) -> None:
        """Computes one preview request to its end, or until its `cancel` is set."""
        self.finished.emit(self._guarded(request.id, request, lambda: self._edit(request)))

    def export(self, job: ExportJob) -> None:
        """Edits the whole photo and writes the file. Where only holes were filled, it is read back."""
        finished = self._guarded(EXPORT_ID, job, lambda: self._export(job))
        written = finished.error is None and not finished.canceled
        self.export_finished.emit(replace(finished, is_proven=written and _is_proven(job)))

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
            return Finished(request_id, error=error_sentence(error, tr_noop("The edit failed")))
        return Finished(request_id, canceled=work.cancel.is_set())

    def _note(self, text: str) -> None:
        self.noted.emit(tr(text))

    def _edit(self, request: EditRequest) -> None:
        picture, condition = request.inputs()
        render_pass = request.render_pass
        span = request.source.box(render_pass.region, render_pass.zoom)
        scale = picture.width / request.source.photo.width
        x0, y0, x1, y1 = span
        shown = np.zeros((y1 - y0, x1 - x0, 3), np.uint8)
        crop = MeasuredCrop.of(render_pass, request.mask)
        begun, number = time.monotonic(), 0
        for part in self._engine.edit(
            picture,
            condition,
            steps=1 if render_pass.rough else None,
            region=span,
            focus=None if request.focus is None else (request.focus[0] * scale, request.focus[1] * scale),
            cancel=request.cancel,
            on_note=self._note,
        ):
            seconds = time.monotonic() - begun
            if crop is not None:
                crop.put(part.box, part.image)
            result = _result(request, picture, span, part, shown, crop, seconds)
            # No part may be dropped, so each waits until the one before it is shown.
            while not request.shown.wait(ACKNOWLEDGE_POLL) and not request.cancel.is_set():
                pass
            if request.cancel.is_set():
                return
            request.shown.clear()
            self.previewed.emit(result)
            begun, number = time.monotonic(), part.of - part.number + 1
        if number != 1 and not request.cancel.is_set():
            raise RuntimeError("the engine gave no complete picture")

    def _export(self, job: ExportJob) -> None:
        from fxdiffuse_gui.batch.receipt import receipt_of
        from fxdiffuse_gui.photo.writer import begin_edit, check_target, write_photo

        check_target(job.path)
        photo = job.source.photo
        picture, condition = job.inputs()
        edited = begin_edit(job.path, photo, job.options)
        report = _Throttled(self.export_progressed.emit)
        if condition.active_tasks:
            for part in self._engine.edit(
                picture, condition, cancel=job.cancel, on_progress=report, on_note=self._note
            ):
                edited.put(part.box, part.image)
        if not job.cancel.is_set():
            self.export_progressed.emit(1.0)
            made_with = self._engine.made_with if condition.active_tasks else None
            receipt = receipt_of(photo, condition, made_with, reference=job.reference, project=job.project)
            write_photo(job.path, edited, photo, job.options, receipt)


def _is_proven(job: ExportJob) -> bool:
    """Whether the file has the photo's samples outside the mask; False where the edit changes them all."""
    from fxdiffuse_gui.photo.image import PhotoError
    from fxdiffuse_gui.photo.verify_untouched import is_untouched

    if job.mask is None or job.condition.active_tasks:
        return False
    with suppress(PhotoError):
        return is_untouched(job.path, job.source.photo, job.mask)
    return False


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


def _result(
    request: EditRequest,
    picture: Picture,
    span: Box,
    part: PartLike,
    shown: Samples,
    crop: MeasuredCrop | None,
    seconds: float,
) -> Result:
    samples = to_samples(part.image)
    x0, y0, x1, y1 = part.box
    left, top, right, bottom = max(x0, span[0]), max(y0, span[1]), min(x1, span[2]), min(y1, span[3])
    shown[top - span[1] : bottom - span[1], left - span[0] : right - span[0]] = samples[
        top - y0 : bottom - y0, left - x0 : right - x0
    ]
    return Result(
        request_id=request.id,
        revision=request.revision,
        level=(picture.width, picture.height),
        span=span,
        box=part.box,
        image=to_qimage(samples, request.source.photo.icc_profile),
        samples=samples,
        number=part.number,
        of=part.of,
        progress=float(np.clip(part.progress, 0.0, 1.0)),
        rough=request.render_pass.rough,
        background=request.render_pass.background,
        shown=shown if part.number == part.of else None,
        seconds=seconds,
        crop=crop if part.number == part.of else None,
    )
