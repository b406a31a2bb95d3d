"""Runs jobs without a screen: file in, edit, file out, with one model for all of them."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fxdiffuse_gui.batch.job import Job, check_spared
from fxdiffuse_gui.batch.receipt import MadeWith, receipt_of
from fxdiffuse_gui.core.threads import let_idle_threads_sleep, thread_count
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_mask, read_photo, read_pixels
from fxdiffuse_gui.photo.writer import ExportOptions, begin_edit, check_target, write_photo

if TYPE_CHECKING:
    from fxdiffuse_gui.engine.checkpoint import Model
    from fxdiffuse_gui.engine.pipeline import Part


def load_model(path: Path | None, device: str) -> "Model":
    """The engine's `load_model`, imported (with torch) at the first call.

    Chooses the number of threads of this thread as the app does, so that each replays what the other made.
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
    on_progress: Callable[[float], None],
    cancel: threading.Event,
) -> "Iterator[Part]":
    """The engine's `edit_tiles`, imported (with torch) at the first call."""
    from fxdiffuse_gui.engine import pipeline

    picture = Picture(photo.original)
    return pipeline.edit_tiles(picture, condition, model, steps=steps, cancel=cancel, on_progress=on_progress)


def default_steps() -> int:
    """The engine's number of evaluations per tile, imported (with torch) at the first call."""
    from fxdiffuse_gui.engine.pipeline import DEFAULT_STEPS

    return DEFAULT_STEPS


class ModelUnusableError(ValueError):
    """No job can run: the model file or the device is refused. The message is the engine's sentence."""


class StoppedError(Exception):
    """The runner was told to stop; the file that was being made is as it was before."""


@dataclass(frozen=True)
class Result:
    """What a finished job did. model: SHA-256 of the model's file, None when no model was needed."""

    job: Job
    seconds: float
    condition: EditCondition
    model: str | None

    def to_json(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {
            "ok": True,
            "input": str(self.job.input),
            "output": str(self.job.output),
            "seconds": round(self.seconds, 3),
            "condition": self.condition.to_json(),
            "condition_hash": self.condition.hash,
            "steps": self.job.steps,
            "model": self.model,
        }


class Runner:
    """Runs jobs one after the other; the model is loaded at the first job that needs it and kept.

    `path` None is the bundled model. A model that was asked for by name is loaded for any job, so that a
    bad file is refused even when no effect is active. `cancel` may be set from another thread: what runs then
    ends with StoppedError, at most one evaluation of one tile later.
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
        """Refuses, with a ValueError of one sentence, what is wrong with a job whatever its photo is: numbers
        out of range, a reference that cannot be read."""
        _numbers(job)
        self._read_reference(job.reference)

    def hold_reference(self, path: Path, pixels: FloatImage) -> None:
        """Jobs that name `path` as their reference take these pixels, until one names another."""
        self._reference = path, pixels

    def check_stopped(self) -> None:
        """Raises StoppedError once `cancel` is set."""
        if self.cancel.is_set():
            raise StoppedError

    def run(self, job: Job, on_progress: Callable[[float], None]) -> Result:
        """Edits one file; cheap checks come first. `on_progress` gets 0..1.

        Raises ValueError (PhotoError, ConditionError, JobError) with one sentence when the job is at fault,
        ModelUnusableError when no job can run, StoppedError once `cancel` is set.
        """
        start = time.monotonic()
        _numbers(job)
        check_target(job.output)
        check_spared(job.output, photo=job.input, mask=job.mask, reference=job.reference)
        photo = read_photo(job.input)
        condition = self.condition(job, (photo.height, photo.width))
        self.export(job, photo, condition, on_progress)
        digest = None if self._model is None else self._model.digest
        return Result(job, time.monotonic() - start, condition, digest)

    def export(
        self,
        job: Job,
        photo: Photo,
        condition: EditCondition,
        on_progress: Callable[[float], None],
        *,
        project: Path | None = None,
    ) -> None:
        """Writes `photo` edited by `condition`; of the job only the names of files and the steps matter.

        project: where mask and reference are kept, if that is a project.
        """
        edited = begin_edit(job.output, photo, self.options)
        if condition.active_tasks or self._path is not None:
            for part in self._tiles(job, photo, condition, on_progress):
                edited.put(part.box, part.image)
        self.check_stopped()
        made_with = self.made_with(job, condition)
        receipt = receipt_of(
            photo, condition, made_with, mask=job.mask, reference=job.reference, project=project
        )
        write_photo(job.output, edited, photo, self.options, receipt)

    def _tiles(
        self, job: Job, photo: Photo, condition: EditCondition, on_progress: Callable[[float], None]
    ) -> "Iterator[Part]":
        model = self._get_model()
        try:
            yield from edit_tiles(photo, condition, model, job.steps, on_progress, self.cancel)
        except Exception:
            # Whatever it ends with: it was told to.
            self.check_stopped()
            raise

    def condition(self, job: Job, shape: tuple[int, int] | None) -> EditCondition:
        """What the job asks for, with its pictures. shape: height and width of the photo, which a mask must
        have; None when the photo is not known yet. Raises ValueError as `run` does."""
        mask = None if job.mask is None else read_mask(job.mask, shape)
        return replace(_numbers(job), mask=mask, reference=self._read_reference(job.reference))

    def made_with(self, job: Job, condition: EditCondition) -> MadeWith | None:
        """What the job is computed with, None when there is nothing to compute; may load the model."""
        if not condition.active_tasks:
            return None
        return MadeWith(self._get_model().digest, job.steps or default_steps())

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
                raise ModelUnusableError(str(error)) from error
        return self._model


def _numbers(job: Job) -> EditCondition:
    """The condition without its pictures: refuses numbers out of range before any file is opened."""
    return EditCondition(
        blur=job.blur,
        blur_angle=job.blur_angle,
        grain=job.grain,
        sharpen=job.sharpen,
        color=job.color_strength,
        seed=job.seed,
        grain_seed=job.grain_seed,
    )
