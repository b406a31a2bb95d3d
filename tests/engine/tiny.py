"""A network of a few thousand random weights: its pixels are nonsense, but every part affects them."""

import numpy as np
import torch
from numpy.typing import NDArray

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig, Preconditioning
from fxdiffuse_gui.engine.effects import lab_statistics
from fxdiffuse_gui.engine.network.config import LabelConfig, UNetConfig


def tiny_config(
    preconditioning: Preconditioning = Preconditioning.RESIDUAL, *, heads: bool = True
) -> ModelConfig:
    """The smallest network that has every kind of layer."""
    network = UNetConfig(
        widths=(8, 8),
        attention=(1,),
        self_attention=(1,) if not heads else (),
        branch=8,
        filters=2,
        embedding=16,
    )
    return ModelConfig(network, LabelConfig(width=16, layers=1, heads=2), preconditioning, heads)


def random_denoiser(config: ModelConfig, seed: int = 0) -> Denoiser:
    """Layers that start at zero are given weights too, or much of the network would have no effect."""
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(seed)
        denoiser = build_denoiser(config)
        with torch.no_grad():
            for parameter in denoiser.parameters():
                if not parameter.any():
                    parameter.normal_(0, 0.05)
    return denoiser.eval().requires_grad_(False)


def textured(height: int, width: int, seed: int = 0) -> FloatImage:
    """(H, W, 3) with soft color gradients and fine texture, within [.1, .9]."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = [np.sin(x / (7 + c) + c) * np.cos(y / (11 - c) + seed) for c in range(3)]
    image: NDArray[np.float32] = (
        0.5 + 0.25 * np.stack(waves, -1) + rng.uniform(-0.12, 0.12, (height, width, 3))
    )
    return image.clip(0.1, 0.9).astype(np.float32)


def as_batch(image: FloatImage) -> torch.Tensor:
    """(H, W, 3) as (1, 3, H, W)."""
    return torch.from_numpy(image).permute(2, 0, 1)[None].contiguous()


def conditions(
    tasks: list[tuple[Task, ...]], photo: torch.Tensor, reference: torch.Tensor | None = None
) -> ConditionBatch:
    """One row per tuple of tasks, at the default intensities; a hole in the middle where inpainting is on."""
    active = torch.zeros(len(tasks), len(Task), dtype=torch.bool)
    values = torch.zeros(len(tasks), len(Task))
    mask = torch.zeros(len(tasks), 1, *photo.shape[-2:])
    for row, names in enumerate(tasks):
        for task in names:
            active[row, TASK_INDEX[task]] = True
            values[row, TASK_INDEX[task]] = SPECS[task].default
        if Task.INPAINT in names:
            height, width = photo.shape[-2:]
            mask[row, :, height // 4 : height // 2, width // 4 : width // 2] = 1
    own = lab_statistics(photo).expand(len(tasks), -1)
    other = own if reference is None else lab_statistics(reference).expand(len(tasks), -1)
    with_color = active[:, TASK_INDEX[Task.COLOR], None]
    return ConditionBatch(
        active, values, torch.full((len(tasks),), 30.0), own * with_color, other * with_color, mask
    )
