"""Motion blur, sharpening and color transfer from an (input, output) pair, by least squares."""

import math

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.basics import to_linear
from fxdiffuse_gui.engine.effects.blur import convolve, motion_blur, straight_kernel
from fxdiffuse_gui.engine.effects.color import color_transfer
from fxdiffuse_gui.engine.effects.sharpen import gaussian_3x3

_GOLDEN_RATIO = 0.6180339887498949
LONGEST_BLUR = SPECS[Task.BLUR].maximum * 1.25
"""px; longer paths than the task allows are considered, to notice a blur that came out too strong."""


def blur_extent(image: Tensor, output: Tensor, angle: float) -> float:
    """Extent in px, up to `LONGEST_BLUR`, of the blur along `angle` that best explains `output`.

    image, output: (1, C, H, W) in [0, 1]. angle: degrees. Golden-section search around the best of 21
    extents.
    """

    def error(extent: float) -> float:
        return float((motion_blur(image, extent, angle) - output).square().mean())

    coarse = [LONGEST_BLUR * i / 20 for i in range(21)]
    best = min(range(21), key=lambda i: error(coarse[i]))
    low, high = coarse[max(best - 1, 0)], coarse[min(best + 1, 20)]
    left, right = high - _GOLDEN_RATIO * (high - low), low + _GOLDEN_RATIO * (high - low)
    at_left, at_right = error(left), error(right)
    while high - low > 0.05:
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN_RATIO * (high - low)
            at_left = error(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN_RATIO * (high - low)
            at_right = error(right)
    return (low + high) / 2


def blur_path(image: Tensor, output: Tensor) -> tuple[float, float]:
    """Extent in px and angle in degrees, [0, 180), of the straight blur that best explains `output`.

    image, output: (1, C, H, W) in [0, 1], at least 32 px a side. In linear light a blur is linear and equal
    for all channels, so their mean suffices. Candidates are compared on the spectra first, then the best one
    is refined with the operator itself. Below about 1 px a path has no measurable direction.
    """
    before, after = (to_linear(x).mean(1, keepdim=True) for x in (image, output))
    extent, angle = _by_spectrum(before, after)

    def error(extent: float, angle: float) -> float:
        kernel = straight_kernel(before.new_tensor([extent]), before.new_tensor([angle]))
        return float((convolve(before, kernel) - after).square().mean())

    best = error(extent, angle)
    extent_step, angle_step = max(extent / 12, 0.25), min(math.degrees(1 / max(extent, 1.0)), 20.0)
    while extent_step > 0.02:
        tries = (
            (extent + extent_step, angle),
            (extent - extent_step, angle),
            (extent, angle + angle_step),
            (extent, angle - angle_step),
        )
        scored = [(error(max(e, 0.0), a), max(e, 0.0), a) for e, a in tries]
        lowest = min(scored)
        if lowest[0] < best:
            best, extent, angle = lowest
        else:
            extent_step, angle_step = extent_step / 2, angle_step / 2
    return extent, angle % 180


def _by_spectrum(before: Tensor, after: Tensor) -> tuple[float, float]:
    """(extent, angle) of the best of a grid of candidates, each a sinc on the windowed spectrum."""
    height, width = before.shape[-2:]
    window = torch.hann_window(height).to(before)[:, None] * torch.hann_window(width).to(before)
    x, y = (torch.fft.rfft2((p - p.mean()) * window)[0, 0] for p in (before, after))
    fy, fx = torch.fft.fftfreq(height).to(before)[:, None], torch.fft.rfftfreq(width).to(before)
    # High frequencies decide between neighboring candidates only, and would cost as much.
    near = (fy.abs() <= 0.25) & (fx <= 0.25) & ((fy != 0) | (fx != 0))
    fy, fx = (f.expand(near.shape)[near] for f in (fy, fx))
    power, cross = x[near].abs().square(), (x[near].conj() * y[near]).real
    extents = LONGEST_BLUR * (torch.arange(1, 33).to(before) / 32) ** 1.5
    best = (0.0, 0.0, 0.0)
    for step in range(48):
        angle = step * 180 / 48
        radians = math.radians(angle)
        gain = torch.sinc(extents[:, None] * (fx * math.cos(radians) - fy * math.sin(radians)))
        errors = (gain.square() - 1) @ power - 2 * ((gain - 1) @ cross)
        lowest = int(errors.argmin())
        best = min(best, (float(errors[lowest]), float(extents[lowest]), angle))
    return best[1], best[2]


def sharpen_amount(image: Tensor, output: Tensor) -> float:
    """λ of the unsharp mask that best explains `output`; both (1, C, H, W); clipped pixels are left out."""
    difference = image - gaussian_3x3(image)
    inside = ((output > 0.004) & (output < 0.996)).to(image.dtype)
    power = (difference.square() * inside).sum()
    return float(((output - image) * difference * inside).sum() / power.clamp_min(1e-12))


def color_strength(image: Tensor, output: Tensor, reference_statistics: Tensor) -> float:
    """The strength of color transfer that best explains `output`; both (1, 3, H, W) in [0, 1].

    reference_statistics: (1, 6) of `lab_statistics`. 0 when the transfer changes nothing.
    """
    whole = color_transfer(image, reference_statistics=reference_statistics) - image
    return float(((output - image) * whole).sum() / whole.square().sum().clamp_min(1e-12))


def linear_fit(expected: list[float], measured: list[float]) -> tuple[float, float]:
    """Slope and R² of the least-squares line measured = slope·expected + offset."""
    x, y = torch.tensor(expected, dtype=torch.float64), torch.tensor(measured, dtype=torch.float64)
    x, y = x - x.mean(), y - y.mean()
    slope = (x @ y) / (x @ x).clamp_min(1e-12)
    rest = (y - slope * x).square().sum() / y.square().sum().clamp_min(1e-12)
    return float(slope), float(1 - rest)
