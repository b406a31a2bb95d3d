"""Film grain of Newson, Delon & Galerne, "A Stochastic Film Grain Model for Resolution-Independent
Rendering" (2017): a Boolean model of discs seen through a Gaussian lens, queried at random points.

Values are u = v/255.1 with v in 0..255, so that u < 1. Each channel is exposed on its own film.
"""

import math
from functools import lru_cache
from typing import Literal

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import Parameter, per_sample, reflect_pad

GRAIN_RADII = (0.010, 0.025, 0.050, 0.075, 0.100)
"""The radii of the benchmark, px."""

_SCALE = 255.0 / 255.1

Method = Literal["fast"]


def film_grain(
    image: Tensor,
    radius: Parameter,
    *,
    generator: torch.Generator,
    method: Method = "fast",
    samples: int = 800,
    sigma: float = 0.8,
) -> Tensor:
    """Renders the photo on film.

    image: (B, C, H, W) in [0, 1]. radius: grain radius in px, (0, .5]. samples: query points per pixel;
    their Monte Carlo noise is part of the effect. sigma: lens blur in px.
    method: "fast", the Gaussian limit of the pixel-wise algorithm.

    Raises ValueError for an unknown method or a radius out of range.
    """
    radii = per_sample(radius, image)
    if bool((radii <= 0).any()) or bool((radii > 0.5).any()):
        raise ValueError("The grain radius must lie between 0 and 0.5 px.")
    exposure = image.clamp(0, 1) * _SCALE
    if method == "fast":
        return (_fast(exposure, radii, generator, samples, sigma) / _SCALE).clamp(0, 1)
    raise ValueError(f'method must be "fast", not {method!r}.')


def _fast(u: Tensor, radius: Tensor, generator: torch.Generator, samples: int, sigma: float) -> Tensor:
    """Coverage as a Gaussian field plus the binomial noise of the query points.

    The field's covariance is (C ∗ G_{√2σ}); ∫C = r²K(u), and r ≪ σ, so white noise of that power seen
    through the lens has the same covariance. The binomial is drawn by its Cornish–Fisher expansion.
    """
    taps = _pixel_gaussian(sigma).to(u)
    half = taps.numel() // 2
    padded = reflect_pad(u, half)
    field = radius * _grain_power(padded).sqrt() * _normal(padded.shape, generator, u)
    point_taps = _point_gaussian(sigma, half).to(u)
    covered = _separable(padded, taps) + _separable(field, point_taps)
    p = covered.clamp(0, 1)
    z = _normal(u.shape, generator, u)
    variance = p * (1 - p) * samples
    # The expansion's skew holds for many hits; below one it fades, so that black stays black.
    skew = (1 - 2 * p) * (z * z - 1) / 6 * variance.clamp_max(1)
    drawn = p + (variance.sqrt() * z + skew) / samples
    return (drawn * samples).round().clamp(0, samples) / samples


def flat_std(radius: Parameter, level: float, samples: int = 800, sigma: float = 0.8) -> Tensor:
    """Theoretical standard deviation, in [0, 1] units, of grain on a flat patch of value `level`."""
    r = torch.as_tensor(radius, dtype=torch.float64)
    u = torch.as_tensor(level * _SCALE, dtype=torch.float64)
    power = _grain_power(u) * r**2 / (4 * math.pi * sigma**2)
    return (u * (1 - u) / samples + power).sqrt() / _SCALE


def _grain_power(u: Tensor) -> Tensor:
    """K(u) = ∫C/r²: the integral of the Boolean model's covariance, in units of the radius squared."""
    table = _power_table().to(u)
    place = u.clamp(0, 1) * (table.numel() - 1)
    low = place.floor().clamp_max(table.numel() - 2)
    values = table[low.long()], table[low.long() + 1]
    return torch.lerp(values[0], values[1], place - low)


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
    """Probability that centre + N(0, σ²) falls into each neighboring pixel (taps, odd length)."""
    half = math.ceil(4 * sigma)
    edges = torch.arange(-half, half + 2, dtype=torch.float64) - 0.5
    cumulative = 0.5 * (1 + torch.erf(edges / (sigma * math.sqrt(2))))
    taps = cumulative[1:] - cumulative[:-1]
    return (taps / taps.sum()).float()


def _point_gaussian(sigma: float, half: int) -> Tensor:
    """Gaussian sampled at integer offsets, of unit integral."""
    x = torch.arange(-half, half + 1, dtype=torch.float64)
    return (torch.exp(-x * x / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))).float()


def _separable(padded: Tensor, taps: Tensor) -> Tensor:
    """Valid separable convolution of the last two axes."""
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
