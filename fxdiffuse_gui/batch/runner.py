"""`Runner`: runs jobs from file to file, with one model for all of them."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fxdiffuse_gui.batch.export_edit import Export, Sampling, StoppedError, check_stopped, export_edit
from fxdiffuse_gui.batch.job import Job, check_not_an_input
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.threads import let_idle_threads_sleep, thread_count
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_mask, read_photo, read_pixels
from fxdiffuse_gui.photo.writer import ExportOptions, check_target

if TYPE_CHECKING:
    from fxdiffuse_gui.engine.checkpoint import Model
    from fxdiffuse_gui.engine.pipeline import Part

__all__ = ["ModelUnusableError", "Result", "Runner", "StoppedError"]


def load_model(path: Path | None, device: str) -> "Model":
    """The engine's `load_model`, imported (with torch) at the first call.

    Sets the number of threads of this thread as the app does, so that each can replay what the other made.
    """
    let_idle_threads_sleep()
    import torch

    from fxdiffuse_gui.engine import checkpoint

    torch.set_num_threads(thread_count())
    return checkpoint.load_model(path, device)


def edit_tiles(
    photo: Photo,
    condition: EditCondition,
    model: "Model",
    steps: int | None,
    sampler: SamplerName | None,
    on_progress: Callable[[float], None],
    cancel: threading.Event,
) -> "Iterator[Part]":
    """The engine's `edit_tiles`, imported (with torch) at the first call."""
    from fxdiffuse_gui.engine import pipeline

    picture = Picture(photo.original)
    return pipeline.edit_tiles(
        picture, condition, model, steps=steps, sampler=sampler, cancel=cancel, on_progress=on_progress
    )


class ModelUnusableError(UserError):
    """No job can run: the engine refuses the model file or the device. The sentence is the engine's."""

    def __init__(self, error: Exception) -> None:
        super().__init__("{reason}", reason=error)
        if isinstance(error, UserError):
            self.message = error.message


@dataclass(frozen=True)
class Result:
    """A finished edit. source: the photo, or the project that has it inside. model: SHA-256 of the model's
    file, None when no model was needed."""

    source: Path
    target: Path
    seconds: float
    condition: EditCondition
    steps: int | None
    sampler: SamplerName | None
    model: str | None

    def to_json(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {
            "ok": True,
            "input": str(self.source),
            "output": str(self.target),
            "seconds": round(self.seconds, 3),
            "condition": self.condition.to_json(),
            "condition_hash": self.condition.hash,
            "steps": self.steps,
            "sampler": self.sampler,
            "model": self.model,
        }


class Runner:
    """Runs jobs one after the other; the model is loaded at the first job that needs it and kept.

    `path` None is the bundled model. Another one is loaded for any job, so that a bad file is refused even
    when no effect is active. `cancel` may be set from another thread: the running job then ends with
    StoppedError, at most one evaluation of one tile later.
    """

    def __init__(
        self,
        path: Path | None,
        device: str,
        options: ExportOptions,
        *,
        cancel: threading.Event | None = None,
    ) -> None:
        self._path = path
        self._device = device
        self.options = options
        self.cancel = cancel or threading.Event()
        self._model: Model | None = None
        self._reference: tuple[Path, FloatImage] | None = None

    def check(self, job: Job) -> None:
        """Refuses what is wrong with a job for any photo: numbers out of range, an unreadable reference.

        Raises UserError.
        """
        job.settings.to_condition()
        self._read_reference(job.reference)

    def use_reference(self, path: Path, pixels: FloatImage) -> None:
        """Jobs with `path` as their reference take these pixels, until a job with another reference runs."""
        self._reference = path, pixels

    def check_stopped(self) -> None:
        """Raises StoppedError once `cancel` is set."""
        check_stopped(self.cancel)

    def run(self, job: Job, on_progress: Callable[[float], None]) -> Result:
        """Edits one file; cheap checks come first. `on_progress` gets 0..1.

        Raises UserError when the job is at fault, ModelUnusableError when no job can run, StoppedError once
        `cancel` is set.
        """
        start = time.monotonic()
        job.settings.to_condition()
        options = job.export_options(self.options)
        check_target(job.output)
        check_not_an_input(job.output, photo=job.input, mask=job.mask, reference=job.reference)
        photo = read_photo(job.input)
        condition = self.condition(job, (photo.height, photo.width))
        export = Export(job.output, photo, condition, options, job.mask, job.reference)
        self.export(export, job.steps, job.sampler, on_progress)
        model = None if self._model is None else self._model.digest
        return Result(
            job.input, job.output, time.monotonic() - start, condition, job.steps, job.sampler, model
        )

    def export(
        self,
        export: Export,
        steps: int | None,
        sampler: SamplerName | None,
        on_progress: Callable[[float], None],
    ) -> None:
        """Computes an edit and writes its file, see `export_edit`."""
        condition = export.condition
        if self._path is not None:
            self._get_model()

        def compute(report: Callable[[float], None]) -> "Iterator[Part]":
            model = self._get_model()
            return edit_tiles(export.photo, condition, model, steps, sampler, report, self.cancel)

        export_edit(
            export, compute, lambda: self.sampling(condition, steps, sampler), on_progress, self.cancel
        )

    def condition(self, job: Job, shape: tuple[int, int] | None) -> EditCondition:
        """The condition of the job, with its pictures. shape: (height, width) of the photo, which a mask must
        have; None when the photo is not known yet. Raises UserError."""
        mask = None if job.mask is None else read_mask(job.mask, shape)
        return job.settings.to_condition(reference=self._read_reference(job.reference), mask=mask)

    def sampling(
        self, condition: EditCondition, steps: int | None, sampler: SamplerName | None
    ) -> Sampling | None:
        """What an edit is computed with, None when there is nothing to compute; may load the model.

        steps, sampler: None for the model's own.
        """
        if not condition.active_tasks:
            return None
        model = self._get_model()
        chosen = model.sampling.changed(sampler, steps)
        return Sampling(model.digest, chosen.steps, chosen.sampler)

    def _read_reference(self, path: Path | None) -> FloatImage | None:
        """The last one is kept: many jobs in a row take the colors of one picture."""
        if path is None:
            return None
        if self._reference is None or self._reference[0] != path:
            self._reference = path, read_pixels(path)
        return self._reference[1]

    def _get_model(self) -> "Model":
        if self._model is None:
            try:
                self._model = load_model(self._path, self._device)
            except (ValueError, OSError) as error:
                raise ModelUnusableError(error) from error
        return self._model
