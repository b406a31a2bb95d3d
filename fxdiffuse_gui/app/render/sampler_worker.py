"""`SamplerWorker`: computes previews and exports in the sampler thread, one at a time."""

import time
from collections.abc import Callable, Iterator
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
from fxdiffuse_gui.core.progress import Throttled
from fxdiffuse_gui.engine.conditions.picture import Box, Picture

EXPORT_ID = -1
ACKNOWLEDGE_POLL = 0.05
ESTIMATE_SECONDS = 0.25
"""The least time between two pictures of a part that is not finished."""


@dataclass(frozen=True)
class LoadedModel:
    """The model in use after an attempt to load one. path: its file, None for the bundled one. digest: the
    file's SHA-256, None when there is no model at all. problem: why the requested one is not in use.
    edit_cost: see `Engine.edit_cost`."""

    path: Path | None
    digest: str | None
    problem: str = ""
    edit_cost: float | None = None


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
        if problem and model is not None and self._engine.sampling is None:
            bundled = self._load(None)
            problem = bundled or tr("{problem} The bundled model is used instead.").format(problem=problem)
        sampling = self._engine.sampling
        self.loaded.emit(
            LoadedModel(self._model, sampling and sampling.model, problem, self._engine.edit_cost)
        )

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
        is_proven = False

        def export() -> None:
            nonlocal is_proven
            is_proven = self._export(job)

        finished = self._guarded(EXPORT_ID, job, export)
        self.export_finished.emit(replace(finished, is_proven=is_proven))

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
        last_shown = begun

        def show_estimate(part: PartLike) -> None:
            nonlocal last_shown
            now = time.monotonic()
            if now - last_shown < ESTIMATE_SECONDS or not request.shown.is_set() or request.cancel.is_set():
                return
            last_shown = now
            request.shown.clear()
            self.previewed.emit(_result(request, picture, span, part, shown, None, 0.0, is_estimate=True))

        for part in self._engine.edit(
            picture,
            condition,
            steps=1 if render_pass.rough else None,
            region=span,
            focus=None if request.focus is None else (request.focus[0] * scale, request.focus[1] * scale),
            cancel=request.cancel,
            on_note=self._note,
            on_estimate=show_estimate,
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
            begun = last_shown = time.monotonic()
            number = part.of - part.number + 1
        if number != 1 and not request.cancel.is_set():
            raise RuntimeError("the engine gave no complete picture")

    def _export(self, job: ExportJob) -> bool:
        from fxdiffuse_gui.batch.export_edit import Export, export_edit

        picture, condition = job.inputs()

        def compute(report: Callable[[float], None]) -> Iterator[PartLike]:
            return self._engine.edit(
                picture, condition, cancel=job.cancel, on_progress=report, on_note=self._note
            )

        return export_edit(
            Export(
                job.path,
                job.source.photo,
                condition,
                job.options,
                reference=job.reference,
                project=job.project,
            ),
            compute,
            lambda: self._engine.sampling,
            Throttled(self.export_progressed.emit),
            job.cancel,
            verify=True,
        )


def _result(
    request: EditRequest,
    picture: Picture,
    span: Box,
    part: PartLike,
    shown: Samples,
    crop: MeasuredCrop | None,
    seconds: float,
    *,
    is_estimate: bool = False,
) -> Result:
    samples = to_samples(part.image)
    is_last = part.number == part.of and not is_estimate
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
        is_estimate=is_estimate,
        shown=shown if is_last else None,
        seconds=seconds,
        crop=crop if is_last else None,
    )
