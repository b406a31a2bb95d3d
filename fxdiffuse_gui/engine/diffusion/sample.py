"""One condition, one tile: a sampler around a denoiser. Pipeline, trainer and evaluation all use this."""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.denoiser import FULL_GRAIN, Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName
from fxdiffuse_gui.engine.diffusion.sampler import Step, ancestral, ddim, dpm_solver


def sample(
    denoiser: Denoiser,
    photo: Tensor,
    condition: ConditionBatch,
    noise: Tensor,
    steps: int,
    *,
    sampler: SamplerName = SamplerName.DPM_SOLVER,
    fresh_noise: Callable[[int], Tensor] | None = None,
    grain_shares: tuple[float, float] = FULL_GRAIN,
) -> Iterator[Step]:
    """Yields the edited image after every evaluation; the last one is the result.

    photo: (B, 3, H, W) in [0, 1], holes inpainted, H and W multiples of `config.network.multiple`. condition:
    of a batch whose conditions have the same active tasks, because they share noise levels. noise: unit
    Gaussian in the shape of photo. steps: ≥ 1; one evaluation suffices when photo and condition decide every
    pixel. fresh_noise: of each step, in the form of noise, which DDPM adds; by default drawn from torch's
    global generator. grain_shares: see `Denoiser.prepare`.

    Features of the U-Net's trunk are cached and used at lower noise levels, as far as the model was trained
    for that (compare DeepCache, Ma et al. 2024).
    """
    context = denoiser.prepare(photo, condition, grain_shares)
    levels, init_sigma = denoiser.sigmas(context, 1 if context.is_deterministic else steps)
    initial = noise * (init_sigma / levels[0])

    # Cached features know nothing of noise that is added later.
    trunk_reuse = 1.0 if sampler is SamplerName.DDPM else context.trunk_reuse
    cached: tuple[float, Tensor] | None = None

    def denoise(state: Tensor, sigma: float) -> Tensor:
        nonlocal cached
        level = state.new_full((state.shape[0],), sigma)
        if cached is None or cached[0] > sigma * trunk_reuse:
            cached = sigma, denoiser.trunk_features(state, level, context)
        return denoiser.denoise(state, level, context, cached[1])

    match sampler:
        case SamplerName.DPM_SOLVER:
            trajectory = dpm_solver(denoise, initial, levels)
        case SamplerName.DDIM:
            trajectory = ddim(denoise, initial, levels)
        case SamplerName.DDPM:
            trajectory = ancestral(
                denoise, initial, levels, fresh_noise or (lambda _: torch.randn_like(noise))
            )
    for step in trajectory:
        yield Step(denoiser.to_image(step.estimate, context), step.step, step.of)
