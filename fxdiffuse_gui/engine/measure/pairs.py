"""Strengths of sharpening and color transfer from an (input, output) pair, by least squares."""

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.color import color_transfer
from fxdiffuse_gui.engine.effects.sharpen import gaussian_3x3


def sharpen_amount(image: Tensor, output: Tensor) -> float:
    """λ of the unsharp mask that best explains `output`; (1, C, H, W) both, clipped pixels left out."""
    difference = image - gaussian_3x3(image)
    inside = ((output > 0.004) & (output < 0.996)).to(image.dtype)
    power = (difference.square() * inside).sum()
    return float(((output - image) * difference * inside).sum() / power.clamp_min(1e-12))


def color_strength(image: Tensor, output: Tensor, reference_statistics: Tensor) -> float:
    """Share of the way from `image` to its full color transfer that `output` went; (1, 3, H, W) both.

    reference_statistics: (1, 6) of `lab_statistics`. 0 when the transfer changes nothing.
    """
    whole = color_transfer(image, reference_statistics=reference_statistics) - image
    return float(((output - image) * whole).sum() / whole.square().sum().clamp_min(1e-12))


def linear_fit(asked: list[float], measured: list[float]) -> tuple[float, float]:
    """Slope and R² of the least-squares line measured = slope·asked + offset."""
    x, y = torch.tensor(asked, dtype=torch.float64), torch.tensor(measured, dtype=torch.float64)
    x, y = x - x.mean(), y - y.mean()
    slope = (x @ y) / (x @ x).clamp_min(1e-12)
    left = (y - slope * x).square().sum() / y.square().sum().clamp_min(1e-12)
    return float(slope), float(1 - left)
