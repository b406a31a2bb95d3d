"""Noise levels σ: one definition for training and sampling.

With σ = √((1 − ᾱ)/ᾱ), y_t/√ᾱ_t = y0 + σε, so every sampler and preconditioning here speaks σ.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

FEW_LEVELS: dict[int, tuple[float, ...]] = {
    1: (0.55,),
    2: (0.87, 0.335),
    3: (2.55, 0.848, 0.05),
    4: (5.471, 1.705, 0.374, 0.05),
    5: (6.383, 2.95, 0.671, 0.244, 0.05),
    6: (7.256, 4.623, 1.204, 0.423, 0.176, 0.05),
}
"""Noise levels for a few evaluations, in units of the deviation s of what is sampled.

Of a Gaussian the best denoiser is known, s²/(s² + σ²), and so is the deviation of what DPM-Solver++ (2M)
makes of noise. These levels, within .05 and 10, are those whose result comes nearest to s over a spectrum
whose deviations run from .35·s to 2.5·s, as those of grain do (least squares, random search): within 8 % for
four levels and 1 % for five, where levels even in ln σ from 10·s to s/10 miss by up to 16 % and 10 %.
"""


def start_scale(std: float, sigma: float) -> float:
    """What unit noise is multiplied by to begin a walk at `sigma`: what is sampled is in the state already,
    so that its deviation is √(σ² + std²)."""
    return float((sigma**2 + std**2) ** 0.5)


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


def log_uniform(low: Tensor, high: Tensor, *generators: torch.Generator) -> Tensor:
    """One σ per sample, uniform in ln σ between its own `low` and `high` (B,). See `drawn_like`."""
    place = drawn_like(low, torch.rand, *generators)
    return torch.exp(torch.lerp(low.log(), high.log(), place))


def drawn_like(like: Tensor, draw: Callable[..., Tensor], *generators: torch.Generator) -> Tensor:
    """Random numbers in the shape of `like`, (B, ...). draw: torch.rand or torch.randn.

    generators: one for each equal share of the batch, so that a share comes out the same whichever
    others are drawn beside it.
    """
    shape = (like.shape[0] // len(generators), *like.shape[1:])
    return torch.cat([draw(shape, generator=g, device=g.device) for g in generators]).to(like)
