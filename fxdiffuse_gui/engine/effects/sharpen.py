"""Sharpening: the unsharp mask of Polesel, Ramponi & Mathews (2000), Algorithm 1 of the supplement.

Taken literally, Algorithm 1 keeps the sharpened value where |x − blur| ≤ μ, so in flat areas alone, and does
not define the rest. Here it means what is usual: up to the threshold a pixel stays, above it the difference
is amplified.
"""

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import Parameter, per_sample, reflect_pad

_TAPS = (0.27406862, 0.45186276, 0.27406862)  # 3×3 Gaussian, σ = 1


def unsharp_mask(image: Tensor, amount: Parameter, threshold: Parameter = 0.0) -> Tensor:
    """x + λ·(x − G∗x) where |x − G∗x| > μ, else x; clipped to [0, 1].

    image: (B, C, H, W) in [0, 1]. amount: λ ≥ 0. threshold: μ in [0, 1). Channels are independent, borders
    reflect. Returns the same shape.
    """
    difference = image - gaussian_3x3(image)
    sharpened = image + per_sample(amount, image) * difference
    keep = difference.abs() <= per_sample(threshold, image)
    return torch.where(keep, image, sharpened).clamp(0, 1)


def gaussian_3x3(image: Tensor) -> Tensor:
    """The 3×3 Gaussian of Algorithm 1 on (B, C, H, W), with reflected borders. Keeps the shape."""
    side, middle, _ = _TAPS
    padded = reflect_pad(image, 1)
    rows = side * (padded[..., :-2, :] + padded[..., 2:, :]) + middle * padded[..., 1:-1, :]
    return side * (rows[..., :-2] + rows[..., 2:]) + middle * rows[..., 1:-1]
