"""Film grain of Newson, Delon & Galerne, "A Stochastic Film Grain Model for Resolution-Independent
Rendering" (2017): a Boolean model of discs seen through a Gaussian lens, sampled at random query points.

The exposure u is v/255.1 with v in 0..255, so that u < 1. Each channel is exposed on a film of its own.
"""

import math
from functools import lru_cache
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.grain_model import EXPOSURE_SCALE, GRAIN_SAMPLES, LENS_SIGMA
from fxdiffuse_gui.engine.effects.basics import Parameter, per_sample, reflect_pad

GRAIN_RADII = (0.010, 0.025, 0.050, 0.075, 0.100)
"""The radii of the benchmark, px."""

# T(u) at 17 levels, by quadrature of the covariance of three points, whose discs overlap in twos and threes.
_SKEW_TABLE = (
    0.0, 0.465, 0.664, 0.658, 0.503, 0.252, -0.047, -0.351, -0.623,
    -0.831, -0.952, -0.969, -0.879, -0.691, -0.433, -0.163, 0.0,
)  # fmt: skip

Method = Literal["monte_carlo", "fast"]


def film_grain(
    image: Tensor,
    radius: Parameter,
    *,
    generator: torch.Generator,
    method: Method = "fast",
    samples: int = GRAIN_SAMPLES,
    sigma: float = LENS_SIGMA,
) -> Tensor:
    """Renders the photo on film.

    image: (B, C, H, W) in [0, 1]. radius: grain radius in px, (0, .5]. samples: query points per pixel.
    sigma: of the lens, px. method: "monte_carlo", the pixel-wise algorithm itself, on the CPU (.2 to .7 s for
    a mid-gray 256² channel, ten times that for a white one); "fast", its limit for grains much smaller than
    the lens. Returns the same shape, in [0, 1].

    Raises ValueError for an unknown method or a radius out of range.
    """
    radii = per_sample(radius, image)
    if bool((radii <= 0).any()) or bool((radii > 0.5).any()):
        raise ValueError("The grain radius must lie between 0 and 0.5 px.")
    exposure = image.clamp(0, 1) * EXPOSURE_SCALE
    if method == "fast":
        return (_fast(exposure, radii, generator, samples, sigma) / EXPOSURE_SCALE).clamp(0, 1)
    if method == "monte_carlo":
        return (_monte_carlo(exposure, radii, generator, samples, sigma) / EXPOSURE_SCALE).clamp(0, 1)
    raise ValueError(f'method must be "monte_carlo" or "fast", not {method!r}.')


def _monte_carlo(u: Tensor, radius: Tensor, generator: torch.Generator, samples: int, sigma: float) -> Tensor:
    """Every channel of every sample on its own film, with query offsets of its own.

    The margin follows the farthest offset drawn, so that no query falls outside.
    """
    from fxdiffuse_gui.engine.effects.grain_cells import covered_fraction, margin_for

    shape = u.shape[:2]
    seeds = torch.randint(1 << 62, shape, generator=generator, device=generator.device).cpu()
    result = torch.empty_like(u, device="cpu")
    for sample, channel in np.ndindex(*shape):
        seed = int(seeds[sample, channel])
        offsets = np.random.default_rng([seed, 1]).normal(0.0, sigma, (samples, 2))
        margin = margin_for(offsets)
        exposure = reflect_pad(u[sample, channel], margin).cpu().numpy()
        covered = covered_fraction(exposure, float(radius[sample]), offsets, seed, margin)
        result[sample, channel] = torch.from_numpy(covered)
    return result.to(u.device)


def _fast(u: Tensor, radius: Tensor, generator: torch.Generator, samples: int, sigma: float) -> Tensor:
    """Coverage as a Gaussian field plus the binomial noise of the query points.

    The field's covariance is C ∗ G_{√2σ} with ∫C = r²K(u). Since r ≪ σ, white noise of that power seen
    through the lens has the same covariance; it has the same skew if its third cumulant is r⁴T(u), the
    integral of the model's. The binomial is drawn by its Cornish–Fisher expansion.
    """
    taps = _pixel_gaussian(sigma).to(u)
    half = taps.numel() // 2
    padded = reflect_pad(u, half)
    power = grain_power(padded)
    # x = √(1 − 2b²)·z + b·(z² − 1) has unit variance and a skewness of about 6b.
    bend = (radius * _grain_skew(padded) / (6 * power.clamp_min(1e-6) ** 1.5)).clamp(-0.25, 0.25)
    white = _normal(padded.shape, generator, u)
    bent = (1 - 2 * bend * bend).sqrt() * white + bend * (white * white - 1)
    field = radius * power.sqrt() * bent
    point_taps = _point_gaussian(sigma, half).to(u)
    covered = _separable(padded, taps) + _separable(field, point_taps)
    p = covered.clamp(0, 1)
    z = _normal(u.shape, generator, u)
    variance = p * (1 - p) * samples
    # The expansion's skew is valid for many hits; it fades out below one, so that black stays black.
    skew = (1 - 2 * p) * (z * z - 1) / 6 * variance.clamp_max(1)
    drawn = p + (variance.sqrt() * z + skew) / samples
    return (drawn * samples).round().clamp(0, samples) / samples


def flat_std(
    radius: Parameter, level: float, samples: int = GRAIN_SAMPLES, sigma: float = LENS_SIGMA
) -> Tensor:
    """Theoretical standard deviation, in [0, 1] units, of grain on a flat patch of value `level` in [0, 1].

    radius, sigma: px. Returns float64 in the shape of `radius`.
    """
    r = torch.as_tensor(radius, dtype=torch.float64)
    u = torch.as_tensor(level * EXPOSURE_SCALE, dtype=torch.float64)
    power = grain_power(u) * r**2 / (4 * math.pi * sigma**2)
    return (u * (1 - u) / samples + power).sqrt() / EXPOSURE_SCALE


def grain_mean(image: Tensor, sigma: float = LENS_SIGMA) -> Tensor:
    """The photo through the lens alone: the mean over all grains and query points. Keeps the shape."""
    taps = _pixel_gaussian(sigma).to(image)
    return _separable(reflect_pad(image, taps.numel() // 2), taps)


def grain_power(u: Tensor) -> Tensor:
    """K(u) = ∫C/r²: the integral of the Boolean model's covariance, in units of the radius squared.

    u: exposures in [0, 1], any shape, which is kept.
    """
    return _interpolate(_power_table().to(u), u)


def _grain_skew(u: Tensor) -> Tensor:
    """T(u) = ∫∫C₃/r⁴: the integral of the Boolean model's third cumulant, in units of radius⁴."""
    return _interpolate(u.new_tensor(_SKEW_TABLE), u)


def _interpolate(table: Tensor, u: Tensor) -> Tensor:
    """Linear interpolation in a table over [0, 1]."""
    position = u.clamp(0, 1) * (table.numel() - 1)
    low = position.floor().clamp_max(table.numel() - 2)
    values = table[low.long()], table[low.long() + 1]
    return torch.lerp(values[0], values[1], position - low)


@lru_cache(maxsize=1)
def _power_table() -> Tensor:
    """K on 512 levels by quadrature of C(h) = (1 − u)²·(exp(λγ(h)) − 1) over h in [0, 2r]."""
    h = torch.linspace(0, 2, 2001, dtype=torch.float64)
    overlap = 2 * (h / 2).clamp_max(1).acos() - h / 2 * (4 - h * h).clamp_min(0).sqrt()
    u = torch.linspace(0, 1, 513, dtype=torch.float64)[:-1, None]
    density = -torch.log1p(-u) / math.pi
    covariance = (1 - u) ** 2 * torch.expm1(density * overlap)
    power = torch.trapezoid(covariance * 2 * math.pi * h, h)
    return torch.cat([power, power.new_zeros(1)]).float()


def _pixel_gaussian(sigma: float) -> Tensor:
    """Probability that center + N(0, σ²) falls into each neighboring pixel (taps, odd length)."""
    half = math.ceil(4 * sigma)
    edges = torch.arange(-half, half + 2, dtype=torch.float64) - 0.5
    cumulative = 0.5 * (1 + torch.erf(edges / (sigma * math.sqrt(2))))
    taps = cumulative[1:] - cumulative[:-1]
    return (taps / taps.sum()).float()


def _point_gaussian(sigma: float, half: int) -> Tensor:
    """A Gaussian of unit integral, sampled at integer offsets −half..half."""
    x = torch.arange(-half, half + 1, dtype=torch.float64)
    return (torch.exp(-x * x / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))).float()


def _separable(padded: Tensor, taps: Tensor) -> Tensor:
    """Separable convolution of the last two axes, without the border of half the taps."""
    half = taps.numel() // 2
    rows = padded.shape[-2] - 2 * half
    columns = padded.shape[-1] - 2 * half
    vertical = sum(float(t) * padded[..., i : i + rows, :] for i, t in enumerate(taps.tolist()))
    assert isinstance(vertical, Tensor)
    result = sum(float(t) * vertical[..., i : i + columns] for i, t in enumerate(taps.tolist()))
    assert isinstance(result, Tensor)
    return result


def _normal(shape: torch.Size, generator: torch.Generator, like: Tensor) -> Tensor:
    return torch.randn(shape, generator=generator, device=generator.device, dtype=like.dtype).to(like.device)
