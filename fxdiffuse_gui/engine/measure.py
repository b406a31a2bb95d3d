"""How much of an effect a picture shows: strengths measured from an (input, output) pair.

Each estimator inverts the reference operator by least squares, so that on the operator's own output it
returns what was asked for.
"""

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.blur import motion_blur
from fxdiffuse_gui.engine.effects.sharpen import gaussian_3x3
from fxdiffuse_gui.engine.tasks import SPECS, Task

_GOLDEN = 0.6180339887498949


def sharpen_amount(image: Tensor, output: Tensor) -> float:
    """λ of the unsharp mask that best explains `output`; (1, C, H, W) both, clipped pixels left out."""
    difference = image - gaussian_3x3(image)
    inside = ((output > 0.004) & (output < 0.996)).to(image.dtype)
    power = (difference.square() * inside).sum()
    return float(((output - image) * difference * inside).sum() / power.clamp_min(1e-12))


def blur_extent(image: Tensor, output: Tensor, angle: float) -> float:
    """Extent in px, in the trained range, of the straight motion blur along `angle` (degrees) that best
    explains `output`; (1, C, H, W) both. 0 when no blur explains it better than a little one."""
    maximum = SPECS[Task.BLUR].maximum * 1.25

    def error(extent: float) -> float:
        return float((motion_blur(image, extent, angle) - output).square().mean())

    coarse = [maximum * i / 20 for i in range(21)]
    best = min(range(21), key=lambda i: error(coarse[i]))
    low, high = coarse[max(best - 1, 0)], coarse[min(best + 1, 20)]
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = error(left), error(right)
    while high - low > 0.05:
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = error(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = error(right)
    return (low + high) / 2


def grain_statistics(expected: Tensor, output: Tensor, border: int = 8) -> tuple[float, float, float]:
    """Mean, standard deviation and lag-1 autocorrelation of the grain in `output`.

    expected: (1, C, H, W), the picture without noise (the mean over grains). The autocorrelation is the
    mean over both directions. `border` px are left out on every side.
    """
    grain = (output - expected)[..., border:-border, border:-border]
    mean = float(grain.mean())
    centered = grain - grain.mean((2, 3), keepdim=True)
    variance = centered.square().mean().clamp_min(1e-12)
    across = (centered[..., 1:] * centered[..., :-1]).mean() / variance
    down = (centered[..., 1:, :] * centered[..., :-1, :]).mean() / variance
    return mean, float(variance.sqrt()), float((across + down) / 2)


def linear_fit(asked: list[float], measured: list[float]) -> tuple[float, float]:
    """Slope and R² of the least-squares line measured = slope·asked + offset."""
    x, y = torch.tensor(asked, dtype=torch.float64), torch.tensor(measured, dtype=torch.float64)
    x, y = x - x.mean(), y - y.mean()
    slope = (x @ y) / (x @ x).clamp_min(1e-12)
    left = (y - slope * x).square().sum() / y.square().sum().clamp_min(1e-12)
    return float(slope), float(1 - left)
