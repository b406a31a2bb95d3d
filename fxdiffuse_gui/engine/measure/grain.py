"""Strength of film grain from an (input, output) pair."""

import math

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.grain_model import EXPOSURE_SCALE, GRAIN_SAMPLES, LENS_SIGMA
from fxdiffuse_gui.engine.effects.basics import reflect_pad
from fxdiffuse_gui.engine.effects.grain import grain_mean, grain_power

_LAGS = ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0))


def grain_statistics(expected: Tensor, output: Tensor, border: int = 8) -> tuple[float, float, float]:
    """Mean, standard deviation and lag-1 autocorrelation of the grain in `output`.

    expected, output: (1, C, H, W) in [0, 1]; expected without noise, as of `grain_mean`. The autocorrelation
    is the mean over both directions. `border` px are left out on every side.
    """
    grain = (output - expected)[..., border:-border, border:-border]
    mean = float(grain.mean())
    centered = grain - grain.mean((2, 3), keepdim=True)
    variance = centered.square().mean().clamp_min(1e-12)
    across = (centered[..., 1:] * centered[..., :-1]).mean() / variance
    down = (centered[..., 1:, :] * centered[..., :-1, :]).mean() / variance
    return mean, float(variance.sqrt()), float((across + down) / 2)


def grain_radius(
    image: Tensor, output: Tensor, samples: int = GRAIN_SAMPLES, sigma: float = LENS_SIGMA, border: int = 8
) -> float:
    """Radius in px of the film whose grain, laid on `image`, is as strong as that in `output`.

    image, output: (1, C, H, W) in [0, 1]. samples: query points per pixel. sigma: of the lens, px. `border`
    px are left out on every side. The noise of the query points is white and of known strength, so the radius
    follows from the excess variance and from the covariances at short lags. Differences that follow the
    photo's own derivatives (a slightly different lens) are removed first. 0 when there is less noise than the
    query points make.
    """
    expected = grain_mean(image, sigma)
    grain = output - expected
    grain = (grain - _derivative_part(expected, grain))[..., border:-border, border:-border]
    u = (expected * EXPOSURE_SCALE).clamp(0, 1)[..., border:-border, border:-border]
    usable = ((u > 0.02) & (u < 0.98)).to(u.dtype)
    root = grain_power(u).sqrt() * usable
    grain = (grain - grain.mean((2, 3), keepdim=True)) * usable
    spread = 1 / (4 * math.pi * sigma**2)
    excess = [float((grain.square() - u * (1 - u) / samples * usable).sum())]
    model = [float(root.square().sum()) * spread]
    height, width = u.shape[-2:]
    for dy, dx in _LAGS:
        a, b = (slice(dy, None), slice(dx, None)), (slice(0, height - dy), slice(0, width - dx))
        excess.append(float((grain[..., a[0], a[1]] * grain[..., b[0], b[1]]).sum()))
        fall = math.exp(-(dy * dy + dx * dx) / (4 * sigma**2))
        model.append(float((root[..., a[0], a[1]] * root[..., b[0], b[1]]).sum()) * spread * fall)
    squared = sum(e * m for e, m in zip(excess, model, strict=True)) / max(sum(m * m for m in model), 1e-12)
    return math.sqrt(max(squared, 0.0))


def _derivative_part(expected: Tensor, difference: Tensor) -> Tensor:
    """The part of `difference` that is a linear combination of first and second derivatives of `expected`."""
    p = reflect_pad(expected, 1)
    middle = p[..., 1:-1, 1:-1]
    down, up, right, left = p[..., 2:, 1:-1], p[..., :-2, 1:-1], p[..., 1:-1, 2:], p[..., 1:-1, :-2]
    shapes = torch.stack([down - up, right - left, down + up - 2 * middle, right + left - 2 * middle])
    columns = shapes.flatten(1).double()
    gram = columns @ columns.T + 1e-9 * torch.eye(4, dtype=torch.float64, device=columns.device)
    weights = torch.linalg.solve(gram, columns @ difference.flatten().double())
    return (weights.to(shapes)[:, None, None, None, None] * shapes).sum(0)
