"""One condition, one tile: the sampler around the denoiser. Pipeline, trainer and evaluation all use this."""

from collections.abc import Iterator

import torch
from torch import Tensor

from fxdiffuse_gui.engine.batch import ConditionBatch
from fxdiffuse_gui.engine.denoiser import Denoiser
from fxdiffuse_gui.engine.sampler import Denoise, SamplerName, Step, ancestral, ddim, dpm_solver
from fxdiffuse_gui.engine.schedule import NoiseRange

FILL_TEMPERATURE = 0.4
"""Fills start from noise weaker than they were trained with: plausible before varied, as low-temperature
sampling of other generative models. Chosen on the validation photos; 1 is the trained law."""

_RESTART = 5.0  # in grain deviations


def sample(
    denoiser: Denoiser,
    photo: Tensor,
    condition: ConditionBatch,
    noise: Tensor,
    steps: int,
    *,
    sampler: SamplerName = SamplerName.DPM_SOLVER,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yields the edited image after every evaluation; the last one is the result.

    photo: (B, 3, H, W) in [0, 1], holes filled, H and W multiples of the network's. noise: unit Gaussian of
    the same shape. steps: ≥ 1. Conditions of one batch should have the same active tasks: they share noise
    levels.
    When photo and condition decide everything, one evaluation is made whatever `steps` says.
    generator: for the ancestral sampler's fresh noise.
    """
    context = denoiser.prepare(photo, condition)
    full = denoiser.color_noise(noise, context)
    quiet = denoiser.color_noise(noise, context, fill_temperature=FILL_TEMPERATURE)
    count = 1 if context.is_deterministic else steps
    levels = NoiseRange(float(context.low.amin()), float(context.high.amax())).levels(count)

    def denoise(state: Tensor, sigma: float) -> Tensor:
        return denoiser.denoise(state, state.new_full((state.shape[0],), sigma), context)

    def fresh(_: int) -> Tensor:
        drawn = torch.randn(noise.shape, generator=generator, dtype=noise.dtype).to(noise.device)
        return denoiser.color_noise(drawn, context)

    match sampler:
        case SamplerName.DPM_SOLVER:
            restart = _RESTART * float(context.grain_std.amax())
            if bool(context.mask.any()) and levels[-1] < restart < levels[0] and count > 2:
                walk = _fill_then_grain(denoise, quiet, full, levels, restart)
            else:
                walk = dpm_solver(denoise, quiet, levels)
        case SamplerName.DDIM:
            walk = ddim(denoise, quiet, levels)
        case SamplerName.ANCESTRAL:
            walk = ancestral(denoise, quiet, levels, fresh)
    for step in walk:
        yield Step(denoiser.to_image(step.estimate, context), step.step, step.of)


def _fill_then_grain(
    denoise: Denoise, quiet: Tensor, full: Tensor, levels: list[float], restart: float
) -> Iterator[Step]:
    """DPM-Solver++ from quiet noise down to the level where grain begins, and from there with full noise:
    the low temperature is the fill's, and grain on a fill must be as strong as elsewhere."""
    count = len(levels)
    first = NoiseRange(restart, levels[0]).levels(count // 3 + 1)[:-1]
    second = NoiseRange(levels[-1], restart).levels(count - len(first))
    estimate = torch.zeros_like(full)
    for step in dpm_solver(denoise, quiet, first):
        estimate = step.estimate
        yield Step(estimate, step.step, count)
    for step in dpm_solver(denoise, full, second, estimate):
        yield Step(step.estimate, len(first) + step.step, count)
