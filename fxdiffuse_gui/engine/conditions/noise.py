"""Counter-based Gaussian noise in image coordinates.

A value depends on (seed, y, x, channel, stream) alone, so the same seed gives the same grain under every
tiling, crop and device. The generator is SplitMix64 (Steele, Lea & Flood 2014) over a mixed counter; the
Box–Muller transform turns its numbers into Gaussians.
"""

import math

import torch
from torch import Tensor

_GOLDEN = -0x61C8864680B583EB  # 0x9E3779B97F4A7C15 as a signed 64-bit integer
_MIX_1 = -0x40A7B892E31B1A47  # 0xBF58476D1CE4E5B9
_MIX_2 = -0x6B2FB644ECCEEE15  # 0x94D049BB133111EB


def image_noise(
    seed: int,
    box: tuple[int, int, int, int],
    channels: int = 3,
    *,
    stream: int = 0,
    device: torch.device | str = "cpu",
) -> Tensor:
    """(1, channels, H, W) float32 unit Gaussian noise of the pixels in `box`.

    seed: 0..2⁶³−1. box: (x0, y0, x1, y1) in image coordinates, which may be negative (halos).
    stream: number of an independent field of the same seed.
    """
    x0, y0, x1, y1 = box
    numbers = torch.tensor([seed, stream], dtype=torch.int64, device=device)  # int64 wraps modulo 2⁶⁴
    key = _mix(_mix(numbers[0]) + numbers[1] * _GOLDEN)
    rows = _mix(torch.arange(y0, y1, device=device)[:, None] * _GOLDEN + key)
    cells = _mix(rows + torch.arange(x0, x1, device=device) * _GOLDEN)
    counters = _mix(cells + torch.arange(1, channels + 1, device=device)[:, None, None] * _GOLDEN)
    second = _mix(counters + _GOLDEN)
    # 53 random bits in (0, 1]: the logarithm stays finite.
    uniform = _shift(counters, 11).double().add_(1).mul_(2.0**-53)
    angle = _shift(second, 11).double().mul_(2.0**-52 * math.pi)
    return uniform.log_().mul_(-2).sqrt_().mul_(angle.cos_()).float()[None]


def _shift(value: Tensor, bits: int) -> Tensor:
    """Logical right shift of signed 64-bit integers."""
    return (value >> bits).bitwise_and_((1 << (64 - bits)) - 1)


def _mix(value: Tensor) -> Tensor:
    """The SplitMix64 finalizer, modulo 2⁶⁴. In place where possible, to save allocations."""
    value = _shift(value, 30).bitwise_xor_(value).mul_(_MIX_1)
    value = _shift(value, 27).bitwise_xor_(value).mul_(_MIX_2)
    return _shift(value, 31).bitwise_xor_(value)
