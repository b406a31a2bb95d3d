"""Noise levels σ: one definition for training and sampling.

With σ = √((1 − ᾱ)/ᾱ), y_t/√ᾱ_t = y0 + σε, so every sampler and preconditioning here speaks σ.
"""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class NoiseRange:
    """The noise levels a sample is worth visiting."""

    low: float
    high: float

    def levels(self, steps: int) -> list[float]:
        """`steps` levels falling from `high` to `low`, evenly in ln σ; `high` alone for one step."""
        if steps == 1:
            return [self.high]
        ratio = self.low / self.high
        return [self.high * ratio ** (i / (steps - 1)) for i in range(steps)]


def linear_beta_sigmas(steps: int = 2000, first: float = 1e-6, last: float = 1e-2) -> Tensor:
    """(steps,) rising σ of the linear-β schedule of Ho et al. (2020), with Palette's values as default."""
    betas = torch.linspace(first, last, steps, dtype=torch.float64)
    alphas = torch.cumprod(1 - betas, 0)
    return ((1 - alphas) / alphas).sqrt().float()


def log_uniform(low: Tensor, high: Tensor, generator: torch.Generator) -> Tensor:
    """One σ per sample, uniform in ln σ between its own `low` and `high` (B,)."""
    place = torch.rand(low.shape, generator=generator, device=generator.device).to(low)
    return torch.exp(torch.lerp(low.log(), high.log(), place))
