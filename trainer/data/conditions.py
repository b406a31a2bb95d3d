"""Random edits to learn from: which tasks, at what intensity, with which reference and mask."""

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import TASKS, Task
from fxdiffuse_gui.engine.effects import artist_mask, free_form_mask, lab_statistics
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from trainer.recipes import Phase, TrainConfig

_FREE_FORM_SHARE = 0.4


def draw_condition(
    config: TrainConfig,
    phase: Phase,
    crops: Tensor,
    context: Tensor,
    generator: torch.Generator,
    references: Tensor | None = None,
) -> ConditionBatch:
    """Random activations, intensities, directions, references and masks for a batch of crops.

    crops: (B, 3, S, S) in [0, 1]. context: (B, 3, t, t), a coarse view of the larger picture around each
    crop. Color statistics are those of the crop or, as often, of its view. generator: on the CPU. references:
    (B, 3, t, t), views of other photos; by default the views of other samples of the batch, which must then
    have more than one.
    """
    count, device = len(crops), crops.device

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, generator=generator)

    active = torch.stack([_draw_tasks(config, generator) for _ in range(count)])
    values = torch.stack([uniform(spec.minimum, spec.maximum) for spec in TASKS], 1)
    radii = torch.tensor(GRAIN_RADII)[torch.randint(len(GRAIN_RADII), (count,), generator=generator)]
    grain, color = TASK_INDEX[Task.GRAIN], TASK_INDEX[Task.COLOR]
    values[:, grain] = torch.where(uniform(0, 1) < 0.5, radii, values[:, grain])
    values[:, color] = torch.where(uniform(0, 1) < 0.6, torch.ones(count), values[:, color])
    values[:, TASK_INDEX[Task.INPAINT]] = 1.0
    angle = uniform(0, 180)
    masks = torch.stack([_draw_mask(phase.crop, generator) for _ in range(count)])
    use_crop = (uniform(0, 1) < 0.5)[:, None].to(device)
    view_statistics = lab_statistics(context)
    image_statistics = torch.where(use_crop, lab_statistics(crops), view_statistics)
    shift = int(torch.randint(1, max(count, 2), (), generator=generator))
    reference_statistics = (
        view_statistics.roll(shift, 0) if references is None else lab_statistics(references)
    )
    has_color = active[:, color, None].to(device)
    inpaint = active[:, TASK_INDEX[Task.INPAINT], None, None, None]
    return ConditionBatch(
        active.to(device),
        (values * active).to(device),
        angle.to(device),
        image_statistics * has_color,
        reference_statistics * has_color,
        (masks * inpaint).to(device),
    )


def _draw_tasks(config: TrainConfig, generator: torch.Generator) -> Tensor:
    """(5,) bool: no task, one, or two to five, drawn without replacement by weight."""
    weights = torch.tensor([config.task_weights[task] for task in Task])
    draw = float(torch.rand((), generator=generator))
    if draw < config.none:
        return torch.zeros(len(Task), dtype=torch.bool)
    is_single = draw < config.none + config.single
    count = 1 if is_single else int(torch.randint(2, len(Task) + 1, (), generator=generator))
    count = min(count, int((weights > 0).sum()))
    chosen = torch.multinomial(weights, count, generator=generator)
    return torch.zeros(len(Task), dtype=torch.bool).index_fill(0, chosen, True)


def _draw_mask(side: int, generator: torch.Generator) -> Tensor:
    """(1, S, S) of 0 and 1: free-form masks of the benchmark, and masks as artists paint them."""
    if float(torch.rand((), generator=generator)) < _FREE_FORM_SHARE:
        return free_form_mask(side, side, generator=generator)
    return artist_mask(side, side, generator=generator)
