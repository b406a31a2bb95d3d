"""The edits to measure, by section of the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import torch

from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage, FloatMask, image_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import artist_mask, free_form_mask
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from trainer.evaluation.photos import EvaluationPhotos
from trainer.names import SECTIONS

ALL = "all five"
BLUR_EXTENTS = (4.0, 8.0, 12.0, 20.0, 28.0)
SHARPEN_AMOUNTS = (0.5, 1.0, 2.0, 3.0, 4.0)
STEP_COUNTS = (1, 2, 4, 8, 16, 50)
LEVELS = {
    Task.COLOR: (0.3, 0.6, 1.0),
    Task.BLUR: (4.0, 12.0, 24.0),
    Task.SHARPEN: (0.5, 1.5, 3.0),
    Task.GRAIN: (0.025, 0.05, 0.1),
}
"""Low, middle and high values of the effects that have an intensity; effects held fixed are at the middle."""
TONES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95)
"""Uniform gray levels on which grain is measured."""
SIZE_CLASSES = ((0.005, 0.05), (0.05, 0.2), (0.2, 0.6))
"""Shares of the crop that the holes of the section "fills" cover."""
_ANGLES = (0.0, 30.0, 75.0, 110.0, 150.0)
_TRIES = 500
_FIELD = 160


@dataclass(frozen=True)
class Case:
    """One edit to measure.

    section, group: where it belongs in the report. subject: number of the photo, by which metrics are paired.
    photo: (H, W, 3) in [0, 1]. moved: the effect whose intensity varies while the others are held, None for
    all at the middle. steps: evaluations instead of the run's own number.
    """

    section: str
    group: str
    subject: int
    photo: FloatImage
    condition: EditCondition
    moved: Task | None = None
    steps: int | None = None

    @property
    def label(self) -> dict[str, Any]:
        """What distinguishes this case from others, as JSON values: for the journal, and to pair two
        models."""
        return {
            "section": self.section, "group": self.group, "subject": self.subject,
            "photo": image_hash(self.photo), "condition": self.condition.hash,
            "moved": self.moved, "steps": self.steps,
        }  # fmt: skip


def make_cases(photos: EvaluationPhotos, sections: Sequence[str], *, few: int, quick: bool) -> Iterator[Case]:
    """The cases of `sections`, in the order of SECTIONS.

    few: how many photos the costly sections use. quick: fewer values of each effect, and control only alone
    and among all five.
    """
    crops = photos.crops
    for section in SECTIONS:
        if section not in sections:
            continue
        match section:
            case "single":
                yield from _single(crops, quick)
            case "pairs":
                yield from _pairs(crops)
            case "control":
                yield from _control(crops[:few], crops, quick)
            case "steps":
                yield from _steps(crops[:few], crops, STEP_COUNTS[:2] if quick else STEP_COUNTS)
            case "fills":
                yield from _fills(crops)
            case "flat":
                yield from _flat(photos.flat)
            case "tones":
                yield from _tones()
            case _:
                yield from _seams(photos.large)


def left_hole(height: int, width: int) -> FloatMask:
    """A disc in the left half, (H, W) of 0 and 1, so that the right half shows the other effects
    undisturbed."""
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    side = min(height, width)
    disc = (rows - height / 2).square() + (columns - width / 5).square() < (0.15 * side) ** 2
    return disc.float().numpy()


def reference_for(index: int, crops: Sequence[FloatImage]) -> FloatImage:
    """The color reference of crop `index`: the next crop, or with a single one its colors exchanged, because
    its own colors would leave nothing to transfer."""
    return crops[(index + 1) % len(crops)] if len(crops) > 1 else crops[index][..., ::-1]


def middle(index: int, crops: Sequence[FloatImage], tasks: Sequence[Task]) -> EditCondition:
    """`tasks` at their middle values, for crop `index`; the next crop is the reference."""
    values: dict[str, Any] = {task.value: LEVELS[task][1] for task in tasks if task in LEVELS}
    if Task.COLOR in tasks:
        values["reference"] = reference_for(index, crops)
    if Task.INPAINT in tasks:
        values["mask"] = left_hole(*crops[index].shape[:2])
    return EditCondition(**values, blur_angle=_ANGLES[index % len(_ANGLES)], seed=index)


def _single(crops: Sequence[FloatImage], quick: bool) -> Iterator[Case]:
    generator = torch.Generator().manual_seed(0)
    thin = slice(None, None, 4 if quick else 1)
    for index, photo in enumerate(crops):
        angle = _ANGLES[index % len(_ANGLES)]
        reference = reference_for(index, crops)
        mask: FloatMask = free_form_mask(*photo.shape[:2], generator=generator)[0].numpy()
        conditions = [
            *(("blur", EditCondition(blur=v, blur_angle=angle)) for v in BLUR_EXTENTS[thin]),
            *(("sharpen", EditCondition(sharpen=v)) for v in SHARPEN_AMOUNTS[thin]),
            *(("grain", EditCondition(grain=v, seed=index)) for v in GRAIN_RADII[thin]),
            ("color", EditCondition(color=1.0, reference=reference)),
            ("inpaint", EditCondition(mask=mask, seed=index)),
            (ALL, EditCondition(
                blur=8.0, blur_angle=angle, sharpen=1.5, grain=0.05, color=1.0, reference=reference,
                mask=mask, seed=index,
            )),
        ]  # fmt: skip
        for group, condition in conditions:
            yield Case("single", group, index, photo, condition)


def _pairs(crops: Sequence[FloatImage]) -> Iterator[Case]:
    for pair in combinations(Task, 2):
        for index, photo in enumerate(crops):
            yield Case("pairs", " + ".join(pair), index, photo, middle(index, crops, pair))


def _control(few: Sequence[FloatImage], crops: Sequence[FloatImage], quick: bool) -> Iterator[Case]:
    """Single effects, pairs and all five: all at the middle, then one intensity at a time low and high."""
    groups: list[tuple[str, tuple[Task, ...]]] = [("alone", (task,)) for task in LEVELS]
    groups += [] if quick else [(" + ".join(pair), pair) for pair in combinations(Task, 2)]
    groups.append((ALL, tuple(Task)))
    for group, tasks in groups:
        for index, photo in enumerate(few):
            held = middle(index, crops, tasks)
            yield Case("control", group, index, photo, held)
            for task in tasks:
                for value in LEVELS[task][::2] if task in LEVELS else ():
                    moved = replace(held, **{task.value: value})
                    yield Case("control", group, index, photo, moved, moved=task)


def _steps(few: Sequence[FloatImage], crops: Sequence[FloatImage], counts: Sequence[int]) -> Iterator[Case]:
    for group, tasks in (("grain", (Task.GRAIN,)), ("inpaint", (Task.INPAINT,)), (ALL, tuple(Task))):
        for count in counts:
            for index, photo in enumerate(few):
                yield Case("steps", group, index, photo, middle(index, crops, tasks), steps=count)


def _fills(crops: Sequence[FloatImage]) -> Iterator[Case]:
    generator = torch.Generator().manual_seed(1)
    for low, high in SIZE_CLASSES:
        for index, photo in enumerate(crops):
            mask = _mask_of_share(photo, low, high, generator)
            group = f"artist, {100 * low:g}–{100 * high:g} %"
            yield Case("fills", group, index, photo, EditCondition(mask=mask, seed=index))


def _mask_of_share(photo: FloatImage, low: float, high: float, generator: torch.Generator) -> FloatMask:
    for _ in range(_TRIES):
        mask: FloatMask = artist_mask(*photo.shape[:2], generator=generator)[0].numpy()
        if low <= mask.mean() < high:
            return mask
    raise RuntimeError(f"no mask between {low} and {high} in {_TRIES} tries")


def _flat(flat: Sequence[tuple[int, FloatImage]]) -> Iterator[Case]:
    for index, photo in flat:
        mask = left_hole(*photo.shape[:2])
        for group, condition in (
            ("blur", EditCondition(blur=12.0, blur_angle=_ANGLES[index % len(_ANGLES)])),
            ("sharpen", EditCondition(sharpen=1.5)),
            ("inpaint + blur + sharpen", EditCondition(blur=12.0, blur_angle=0.0, sharpen=1.5, mask=mask)),
        ):
            yield Case("flat", group, index, photo, condition)


def _tones() -> Iterator[Case]:
    for radius in GRAIN_RADII:
        for index, tone in enumerate(TONES):
            field = np.full((_FIELD, _FIELD, 3), tone, np.float32)
            yield Case("tones", f"{radius:.3f}", index, field, EditCondition(grain=radius, seed=index))


def _seams(large: tuple[int, FloatImage] | None) -> Iterator[Case]:
    if large is None:
        return
    index, photo = large
    reference = photo[::-4, ::4, ::-1]
    for group, condition in (
        ("blur", EditCondition(blur=24.0, blur_angle=30.0)),
        ("sharpen", EditCondition(sharpen=3.0)),
        ("color", EditCondition(color=1.0, reference=reference)),
        ("grain", EditCondition(grain=0.05, seed=index)),
    ):
        yield Case("seams", group, index, photo, condition)
