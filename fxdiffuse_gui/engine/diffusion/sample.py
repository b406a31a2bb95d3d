"""One condition, one tile: the sampler around the denoiser. Pipeline, trainer and evaluation all use this."""

from collections.abc import Iterator

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.denoiser import Context, Denoiser, Preconditioning
from fxdiffuse_gui.engine.diffusion.sampler import SamplerName, Step, ancestral, ddim, dpm_solver
from fxdiffuse_gui.engine.diffusion.schedule import FEW_LEVELS, NoiseRange, start_scale


def sample(
    denoiser: Denoiser,
    photo: Tensor,
    condition: ConditionBatch,
    noise: Tensor,
    steps: int,
    *,
    sampler: SamplerName = SamplerName.DPM_SOLVER,
    generator: torch.Generator | None = None,
    grain_left: tuple[float, float] = (1.0, 1.0),
) -> Iterator[Step]:
    """Yields the edited image after every evaluation; the last one is the result.

    photo: (B, 3, H, W) in [0, 1], holes filled, H and W multiples of the network's. noise: unit Gaussian of
    the same shape. steps: ≥ 1. Conditions of one batch should have the same active tasks: they share noise
    levels.
    When photo and condition decide everything, one evaluation is made whatever `steps` says. Between
    neighboring noise levels the U-Net's trunk is not looked through anew, as far as the model was trained for
    that (cf. DeepCache, Ma et al. 2024).
    generator: for the ancestral sampler's fresh noise. grain_left: see `Denoiser.prepare`.
    """
    context = denoiser.prepare(photo, condition, grain_left)
    count = 1 if context.is_deterministic else steps
    levels, start = _walk(denoiser, context, count)

    # Fresh noise is none that an earlier look has seen.
    reuse = 1.0 if sampler is SamplerName.ANCESTRAL else context.reuse
    seen: tuple[float, Tensor] | None = None

    def denoise(state: Tensor, sigma: float) -> Tensor:
        nonlocal seen
        level = state.new_full((state.shape[0],), sigma)
        if seen is None or seen[0] > sigma * reuse:
            seen = sigma, denoiser.look(state, level, context)
        return denoiser.denoise(state, level, context, seen[1])

    def fresh(_: int) -> Tensor:
        return torch.randn(noise.shape, generator=generator, dtype=noise.dtype).to(noise.device)

    match sampler:
        case SamplerName.DPM_SOLVER:
            walk = dpm_solver(denoise, noise * start, levels)
        case SamplerName.DDIM:
            walk = ddim(denoise, noise * start, levels)
        case SamplerName.ANCESTRAL:
            walk = ancestral(denoise, noise * start, levels, fresh)
    for step in walk:
        yield Step(denoiser.to_image(step.estimate, context), step.step, step.of)


def _walk(denoiser: Denoiser, context: Context, count: int) -> tuple[list[float], float]:
    """The noise levels to visit, and how much larger than the first the state begins."""
    levels = NoiseRange(float(context.low.amin()), float(context.high.amax())).levels(count)
    std = float(context.open_std.amax())
    if context.is_deterministic or denoiser.config.preconditioning is Preconditioning.EPSILON:
        return levels, 1.0
    levels = [std * level for level in FEW_LEVELS[count]] if count in FEW_LEVELS else levels
    return levels, start_scale(std, levels[0]) / levels[0]
