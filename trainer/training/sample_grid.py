"""Sample grids: edits of a few crops by the model as it is, to look at while it trains."""

from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.effects import compose, free_form_mask, lab_statistics
from trainer.data.dataset import step_generator
from trainer.files import write_file
from trainer.recipes import TrainConfig
from trainer.training.state import EMA

_ROWS: tuple[tuple[Task, ...], ...] = (*((task,) for task in Task), tuple(Task))
_SIDE = 128
_EVALUATIONS = (1, 4, 16)


@torch.inference_mode()
def write_sample_grid(path: Path, tiles: Tensor, config: TrainConfig, ema: EMA, device: torch.device) -> None:
    """Writes a PNG with one row per task and one for all five: the input, the estimate after 1, 4 and 16
    evaluations, the operator.

    tiles: (N, T, T, 3) uint8. ema: the weights to use.
    """
    denoiser = build_denoiser(config.model).to(device).eval()
    ema.copy_to(denoiser)
    generator = step_generator(config.seed, 0, 0, "grid")
    side = min(_SIDE, tiles.shape[1])
    rows: list[Tensor] = []
    for index, tasks in enumerate(_ROWS):
        pick = (index * 7919) % len(tiles), (index * 104729 + 1) % len(tiles)
        photo, other = (tiles[i, :side, :side].permute(2, 0, 1)[None].to(device) / 255.0 for i in pick)
        condition = _condition(tasks, photo, other, generator)
        noise = torch.randn(photo.shape, generator=generator).to(device)
        cells = [torch.where(condition.mask > 0, 0.5, photo)]
        filled = denoiser.inpaint(photo, condition.mask).clamp(0, 1)
        cells += [
            list(sample(denoiser, filled, condition, noise, steps))[-1].estimate for steps in _EVALUATIONS
        ]
        cells.append(compose(photo, condition, generator=step_generator(0, 0, 0, "grid", device)))
        rows.append(torch.cat(cells, 3))
    grid = (torch.cat(rows, 2)[0].permute(1, 2, 0).cpu().numpy() * 255).round().astype(np.uint8)
    write_file(path, cv2.imencode(".png", cv2.cvtColor(grid, cv2.COLOR_RGB2BGR))[1].tobytes())


def _condition(
    tasks: tuple[Task, ...], photo: Tensor, reference: Tensor, generator: torch.Generator
) -> ConditionBatch:
    """The given tasks at the intensities that the sliders start with."""
    active = torch.zeros(1, len(Task), dtype=torch.bool)
    values = torch.zeros(1, len(Task))
    for task in tasks:
        active[0, TASK_INDEX[task]] = True
        values[0, TASK_INDEX[task]] = SPECS[task].default
    mask = free_form_mask(photo.shape[2], photo.shape[3], generator=generator)[None]
    with_color = float(Task.COLOR in tasks)
    return ConditionBatch(
        active.to(photo.device),
        values.to(photo.device),
        photo.new_tensor([30.0]),
        lab_statistics(photo) * with_color,
        lab_statistics(reference) * with_color,
        mask.to(photo.device) * float(Task.INPAINT in tasks),
    )
