"""The output of the exact operators for a condition: one draw, its mean, and other intensities.

Operators are the classical implementations of the effects (`fxdiffuse_gui.engine.effects`), which a model
learns to imitate.
"""

from dataclasses import replace

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import compose, film_grain
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from fxdiffuse_gui.engine.effects.statistics import photo_statistics

_GRAIN_DRAWS = 8  # averaged to estimate the picture without noise


def as_tensor(image: FloatImage) -> Tensor:
    """(H, W, 3) as (1, 3, H, W)."""
    return torch.from_numpy(image).permute(2, 0, 1)[None]


def as_batch(photo: FloatImage, condition: EditCondition) -> ConditionBatch:
    """The condition as the operators take it: without its mask, with colors measured outside the mask."""
    image_statistics = reference_statistics = torch.zeros(1, 6)
    if condition.is_active(Task.COLOR) and condition.reference is not None:
        image_statistics = photo_statistics(photo, condition.mask)
        reference_statistics = photo_statistics(condition.reference)
    no_mask = torch.zeros(1, 1, *photo.shape[:2])
    return ConditionBatch.of(condition, no_mask, image_statistics, reference_statistics)


def operator_output(photo: FloatImage, condition: EditCondition) -> tuple[Tensor, Tensor]:
    """The operators' output, and its mean over draws of the grain (without grain the same tensor).

    photo: (H, W, 3) in [0, 1]. Both are (1, 3, H, W).
    """
    generator = torch.Generator().manual_seed(condition.seed + 1)
    batch = as_batch(photo, condition)
    target = compose(as_tensor(photo), batch, generator=generator)
    if not condition.is_active(Task.GRAIN):
        return target, target
    plain = compose(as_tensor(photo), _with_value(batch, Task.GRAIN, 0.0), generator=generator)
    draws = plain.expand(_GRAIN_DRAWS, -1, -1, -1)
    # At the smallest radius the noise is weakest, so that few draws come closest to the mean.
    return target, film_grain(draws, GRAIN_RADII[0], generator=generator).mean(0, keepdim=True)


def rendering(
    photo: FloatImage, condition: EditCondition, task: Task | None = None, value: float = 0.0
) -> Tensor:
    """The operators' output (1, 3, H, W) without grain, with `task` at `value` (0: off) instead of the
    condition's own value."""
    batch = as_batch(photo, replace(condition, grain=None))
    if task is not None and task is not Task.GRAIN:
        batch = _with_value(batch, task, value)
    return compose(as_tensor(photo), batch, generator=torch.Generator())


def _with_value(batch: ConditionBatch, task: Task, value: float) -> ConditionBatch:
    active, values = batch.active.clone(), batch.values.clone()
    active[:, TASK_INDEX[task]] = value > 0
    values[:, TASK_INDEX[task]] = value
    return replace(batch, active=active, values=values)
