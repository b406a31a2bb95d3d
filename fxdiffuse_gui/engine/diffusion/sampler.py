"""Samplers as plain functions: each goes from pure noise to a clean state and yields every estimate x̂0.

They take `denoise(state, σ) → x̂0` and know nothing of networks, conditions or tiles. `noise` is the unit
Gaussian that the state starts from, times sigmas[0]; `sigmas` are the falling noise levels, without the final
0.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Denoise = Callable[[Tensor, float], Tensor]
"""(state, σ) to the estimate of the clean state, in the same shape."""


@dataclass(frozen=True)
class Step:
    """estimate: x̂0 after evaluation `step` of `of`, counted from 1; that of the last step is the sample."""

    estimate: Tensor
    step: int
    of: int


def ddim(denoise: Denoise, noise: Tensor, sigmas: Sequence[float]) -> Iterator[Step]:
    """DDIM (Song et al. 2021), η = 0, which in σ-space is Euler's method on the probability-flow ODE."""
    state = noise * sigmas[0]
    for index, sigma in enumerate(sigmas):
        estimate = denoise(state, sigma)
        yield Step(estimate, index + 1, len(sigmas))
        if index + 1 < len(sigmas):
            state = estimate + (sigmas[index + 1] / sigma) * (state - estimate)


def dpm_solver(denoise: Denoise, noise: Tensor, sigmas: Sequence[float]) -> Iterator[Step]:
    """DPM-Solver++ (2M) (Lu et al. 2022): of second order by the previous estimate, in λ = −ln σ."""
    state = noise * sigmas[0]
    previous: Tensor | None = None
    for index, sigma in enumerate(sigmas):
        estimate = denoise(state, sigma)
        yield Step(estimate, index + 1, len(sigmas))
        if index + 1 == len(sigmas):
            return
        following = sigmas[index + 1]
        direction = estimate
        if previous is not None:
            last_step, step = _log_ratio(sigmas[index - 1], sigma), _log_ratio(sigma, following)
            direction = estimate + (estimate - previous) * (step / (2 * last_step))
        state = torch.lerp(direction, state, following / sigma)
        previous = estimate


def ancestral(
    denoise: Denoise, noise: Tensor, sigmas: Sequence[float], fresh_noise: Callable[[int], Tensor]
) -> Iterator[Step]:
    """DDPM ancestral sampling (Ho et al. 2020): every step but the last adds fresh_noise(step)."""
    state = noise * sigmas[0]
    for index, sigma in enumerate(sigmas):
        estimate = denoise(state, sigma)
        yield Step(estimate, index + 1, len(sigmas))
        if index + 1 == len(sigmas):
            return
        following = sigmas[index + 1]
        keep = (following / sigma) ** 2
        spread = following * (1 - keep) ** 0.5
        state = torch.lerp(estimate, state, keep) + spread * fresh_noise(index + 1)


def _log_ratio(high: float, low: float) -> float:
    return float(torch.log(torch.tensor(high / low, dtype=torch.float64)))
