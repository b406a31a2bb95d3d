"""Extent and direction of motion blur from an (input, output) pair."""

import math

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.basics import to_linear
from fxdiffuse_gui.engine.effects.blur import convolve, motion_blur, straight_kernel

_GOLDEN = 0.6180339887498949


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


def blur_path(image: Tensor, output: Tensor) -> tuple[float, float]:
    """Extent in px and angle in degrees, [0, 180), of the straight blur that best explains `output`.

    image, output: (1, C, H, W), at least 32 px a side. In linear light a blur is linear and equal for all
    channels, so their mean is enough. Candidates are tried on the spectra first, then the best one is
    refined with the operator itself. Below about 1 px a path has no measurable direction.
    """
    before, after = (to_linear(x).mean(1, keepdim=True) for x in (image, output))
    extent, angle = _by_spectrum(before, after)

    def error(extent: float, angle: float) -> float:
        kernel = straight_kernel(before.new_tensor([extent]), before.new_tensor([angle]))
        return float((convolve(before, kernel) - after).square().mean())

    best = error(extent, angle)
    along, across = max(extent / 12, 0.25), min(math.degrees(1 / max(extent, 1.0)), 20.0)
    while along > 0.02:
        tries = (
            (extent + along, angle),
            (extent - along, angle),
            (extent, angle + across),
            (extent, angle - across),
        )
        scored = [(error(max(e, 0.0), a), max(e, 0.0), a) for e, a in tries]
        lowest = min(scored)
        if lowest[0] < best:
            best, extent, angle = lowest
        else:
            along, across = along / 2, across / 2
    return extent, angle % 180


def _by_spectrum(before: Tensor, after: Tensor) -> tuple[float, float]:
    """The best of a grid of candidates, each a sinc on the windowed spectrum."""
    height, width = before.shape[-2:]
    window = torch.hann_window(height).to(before)[:, None] * torch.hann_window(width).to(before)
    x, y = (torch.fft.rfft2((p - p.mean()) * window)[0, 0] for p in (before, after))
    fy, fx = torch.fft.fftfreq(height).to(before)[:, None], torch.fft.rfftfreq(width).to(before)
    # High frequencies decide between neighbors only, and cost as much.
    near = (fy.abs() <= 0.25) & (fx <= 0.25) & ((fy != 0) | (fx != 0))
    fy, fx = (f.expand(near.shape)[near] for f in (fy, fx))
    power, cross = x[near].abs().square(), (x[near].conj() * y[near]).real
    longest = SPECS[Task.BLUR].maximum * 1.25
    extents = longest * (torch.arange(1, 33).to(before) / 32) ** 1.5
    best = (0.0, 0.0, 0.0)
    for step in range(48):
        angle = step * 180 / 48
        radians = math.radians(angle)
        gain = torch.sinc(extents[:, None] * (fx * math.cos(radians) - fy * math.sin(radians)))
        errors = (gain.square() - 1) @ power - 2 * ((gain - 1) @ cross)
        lowest = int(errors.argmin())
        best = min(best, (float(errors[lowest]), float(extents[lowest]), angle))
    return best[1], best[2]
