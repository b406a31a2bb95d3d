"""Noise levels σ: one definition for training and sampling.

With σ = √((1 − ᾱ)/ᾱ), y_t/√ᾱ_t = y0 + σε, so every sampler and preconditioning is written in σ.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

FEW_STEP_SIGMAS: dict[int, tuple[float, ...]] = {
    1: (0.55,),
    2: (0.87, 0.335),
    3: (2.55, 0.848, 0.05),
    4: (5.471, 1.705, 0.374, 0.05),
    5: (6.383, 2.95, 0.671, 0.244, 0.05),
    6: (7.256, 4.623, 1.204, 0.423, 0.176, 0.05),
}
"""Noise levels for few evaluations, in units of σ_data, by the number of evaluations.

For Gaussian data the best denoiser is known, σ_data²/(σ_data² + σ²), and with it the standard deviation of
the samples of DPM-Solver++ (2M). These levels, within .05 and 10, are those whose samples come nearest to
σ_data over a spectrum with standard deviations from .35 to 2.5·σ_data, as grain has (least squares, random
search): within 8 % for four levels and 1 % for five. Levels even in ln σ from 10 to .1·σ_data miss by up to
16 % and 10 %.
"""


def init_sigma(sigma_data: float, sigma: float) -> float:
    """Standard deviation of a state at the noise level `sigma`, √(σ² + σ_data²): it holds the data too."""
    return float((sigma**2 + sigma_data**2) ** 0.5)


@dataclass(frozen=True)
class NoiseRange:
    """The noise levels worth visiting, low < high."""

    low: float
    high: float

    def levels(self, steps: int) -> list[float]:
        """`steps` ≥ 1 levels falling from `high` to `low`, even in ln σ; `high` alone for one step."""
        if steps == 1:
            return [self.high]
        ratio = self.low / self.high
        return [self.high * ratio ** (i / (steps - 1)) for i in range(steps)]


def linear_beta_sigmas(steps: int = 2000, first: float = 1e-6, last: float = 1e-2) -> Tensor:
    """(steps,) rising σ of the linear β schedule of Ho et al. (2020), by default with Palette's values."""
    betas = torch.linspace(first, last, steps, dtype=torch.float64)
    alphas = torch.cumprod(1 - betas, 0)
    return ((1 - alphas) / alphas).sqrt().float()


def log_uniform(low: Tensor, high: Tensor, *generators: torch.Generator) -> Tensor:
    """(B,) one σ per sample, uniform in ln σ between its own `low` and `high`, (B,). See `random_like`."""
    position = random_like(low, torch.rand, *generators)
    return torch.exp(torch.lerp(low.log(), high.log(), position))


def random_like(like: Tensor, draw: Callable[..., Tensor], *generators: torch.Generator) -> Tensor:
    """Random numbers in the shape of `like`, (B, ...). draw: torch.rand or torch.randn.

    generators: one for each equal share of the batch, so that a share gets the same numbers whichever other
    shares are in the batch.
    """
    shape = (like.shape[0] // len(generators), *like.shape[1:])
    return torch.cat([draw(shape, generator=g, device=g.device) for g in generators]).to(like)
