"""`export_edit`: the one way from an edit to a file, for window, folder dialog and command line."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import numpy as np

from fxdiffuse_gui import __version__
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Box
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName
from fxdiffuse_gui.photo.image import ByteMask, Photo, PhotoError
from fxdiffuse_gui.photo.receipt import Receipt, file_name
from fxdiffuse_gui.photo.verify_untouched import is_untouched
from fxdiffuse_gui.photo.writer import ExportOptions, begin_edit, check_target, write_photo

USUAL_SAMPLER = SamplerName.DPM_SOLVER
"""The sampler of a receipt that names none."""


class StoppedError(Exception):
    """The work was canceled; the file that was being made is as it was before."""


@dataclass(frozen=True)
class Sampling:
    """What computes an edit. model: SHA-256 of the model's file. steps: evaluations per tile. sampler: how
    they are used."""

    model: str
    steps: int
    sampler: SamplerName = USUAL_SAMPLER


class EditedPart(Protocol):
    """A finished piece of an edit, as the engine yields it."""

    @property
    def box(self) -> Box:
        """Where it is in the photo."""
        ...

    @property
    def image(self) -> FloatImage:
        """(h, w, 3) in [0, 1]."""
        ...


Compute = Callable[[Callable[[float], None]], Iterable[EditedPart]]
"""Yields the parts that cover the photo; reports 0..1 to what it is given."""


@dataclass(frozen=True, eq=False)
class Export:
    """One edit to be written to a file.

    `condition` is for the photo's full size and has its pictures. For the receipt: `mask` and `reference` are
    the files that these came from, `project` is the project that keeps them; None where there is none.
    """

    target: Path
    photo: Photo
    condition: EditCondition
    options: ExportOptions
    mask: Path | None = None
    reference: Path | None = None
    project: Path | None = None


def export_edit(
    export: Export,
    compute: Compute,
    sampling: Callable[[], Sampling | None],
    on_progress: Callable[[float], None],
    cancel: threading.Event,
    *,
    verify: bool = False,
) -> bool:
    """Computes the edit and writes the file, with its receipt. Cheap checks come first.

    compute is not called when no effect is active. sampling: what `compute` uses, asked when it is done.
    verify: reads the file back when holes are all that was filled. Returns whether that was done and showed
    every sample outside the mask to be the photo's.

    Raises PhotoError when the file cannot be written, StoppedError once `cancel` is set, and what `compute`
    raises.
    """
    check_target(export.target)
    edited = begin_edit(export.target, export.photo, export.options)
    is_active = bool(export.condition.active_tasks)
    if is_active:
        try:
            for part in compute(on_progress):
                edited.put(part.box, part.image)
        except Exception:
            # The engine stops with an error of its own.
            check_stopped(cancel)
            raise
    check_stopped(cancel)
    on_progress(1.0)
    check_stopped(cancel)
    receipt = receipt_of(
        export.photo,
        export.condition,
        sampling() if is_active else None,
        mask=export.mask,
        reference=export.reference,
        project=export.project,
    )
    write_photo(export.target, edited, export.photo, export.options, receipt)
    return verify and not cancel.is_set() and _is_untouched_outside_the_mask(export)


def check_stopped(cancel: threading.Event) -> None:
    """Raises StoppedError once `cancel` is set."""
    if cancel.is_set():
        raise StoppedError


def receipt_of(
    photo: Photo,
    condition: EditCondition,
    sampling: Sampling | None,
    *,
    mask: Path | None = None,
    reference: Path | None = None,
    project: Path | None = None,
) -> Receipt:
    """The receipt of `photo` edited by `condition`, which `write_photo` completes.

    sampling: None when no effect is active. mask, reference, project: as in `Export`; the project is named
    only when the edit needs a picture that is in it.
    """
    values = condition.to_json()
    return Receipt(
        condition=values,
        program=__version__,
        steps=sampling and sampling.steps,
        model=sampling and sampling.model,
        # Left out as in the receipts of versions that had no other sampler, which can read it so.
        sampler=None if sampling is None or sampling.sampler is USUAL_SAMPLER else sampling.sampler,
        source_name=file_name(photo.path),
        source=photo.sha256,
        mask_name=file_name(mask) if "mask" in values else None,
        reference_name=file_name(reference) if "reference" in values else None,
        project_name=file_name(project) if {"mask", "reference"} & set(values) else None,
    )


def _is_untouched_outside_the_mask(export: Export) -> bool:
    """False also where the edit changes every pixel, so that there is nothing to compare."""
    mask = export.condition.mask
    if mask is None or set(export.condition.active_tasks) - {Task.INPAINT}:
        return False
    painted = mask if mask.dtype == np.uint8 else (mask > 0).astype(np.uint8)
    with suppress(PhotoError):
        return is_untouched(export.target, export.photo, cast("ByteMask", painted))
    return False
