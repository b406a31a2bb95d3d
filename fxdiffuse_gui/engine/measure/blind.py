"""Grain and motion blur of one photo, without knowing what it looked like before."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import reflect_pad, to_linear
from fxdiffuse_gui.engine.effects.grain import flat_std, grain_power
from fxdiffuse_gui.engine.tasks import SPECS, Task

_BLOCK = 64
_MOST_BLOCKS = 64
_LEAST_SHARE = 0.25  # of a block's pixels, well exposed, for the block to count
_QUANTILE = 0.1  # of the blocks: the few whose detail is one color only, or that have none
# The lowest of n channels' variances, measured on N pixels of pure grain, is at that quantile of the blocks
# 1 − _SPREAD[n]/√N times the true one.
_SPREAD = (0.0, 3.0, 4.5, 5.8)
# Which channels may be judged together, the more the better.
_SUBSETS = ((1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1))
_SEEN = 0.65  # correlation with the stripes from which a blur is taken for one
_LARGEST = 0.25  # px, of the radii considered


@dataclass(frozen=True)
class BlindGrain:
    """std: of the grain at mid-gray, in [0, 1] units. radius: px, of the film with that grain; 0 when there
    is less noise than a film of the finest grains has. Below .04 px most of the noise is that of the query
    points, so that the radius says less than the deviation."""

    std: float
    radius: float


def blind_grain(image: Tensor, samples: int = 800, sigma: float = 0.8) -> BlindGrain:
    """Grain of a photo, (1, 3, H, W) in [0, 1], at least 64 px a side.

    Every channel has grain of its own, while the channels' detail goes together. So in every block the
    weakest mix of the band-passed channels, each divided by the deviation that grain of a supposed radius
    would have there, holds grain alone: the radius is right when its variance is 1. A low quantile of the
    blocks is taken, since detail of several colors can only add. Near black and white the grain is clipped;
    so a block is judged on the channels, and the pixels, that are well exposed.
    """
    band = _band(image)
    level = F.avg_pool2d(reflect_pad(image, 3), 7, stride=1) * (255 / 255.1)
    # The sum of squared taps: how much of white noise, and of grain seen through the lens, passes.
    point = torch.zeros(1, 1, 33, 33)
    point[..., 16, 16] = 1
    axis = torch.arange(33) - 16
    lens = torch.exp(-axis.square() / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))
    white = float(_band(point).square().sum())
    seen = float(_band((lens[:, None] * lens)[None, None]).square().sum())

    inside, used = _well_exposed(level)
    chosen = inside.any(1).nonzero()[:, 0]
    if not len(chosen):
        return BlindGrain(0.0, 0.0)
    chosen = chosen[:: math.ceil(len(chosen) / _MOST_BLOCKS)]
    bands, levels = (_blocks(x)[chosen].double() for x in (band, level.clamp(0.01, 0.99)))
    inside, used = inside[chosen, None].double(), used[chosen]
    count = inside.sum(2, keepdim=True)
    ignored = torch.diag_embed(1e6 * (~used).double())  # so that such a channel is never the weakest
    bias = 1 - torch.tensor(_SPREAD).to(count)[used.sum(1)] / count[:, 0, 0].sqrt()

    def weakest(radius: float) -> float:
        variance = white * levels * (1 - levels) / samples + seen * radius**2 * grain_power(levels)
        scaled = bands / variance.sqrt() * inside
        covariance = scaled @ scaled.transpose(1, 2) / count + ignored
        return float((torch.linalg.eigvalsh(covariance)[:, 0] / bias).quantile(_QUANTILE))

    alone = weakest(0.0)
    if alone <= 1:
        return BlindGrain(math.sqrt(max(alone, 0.0)) * 0.5 / math.sqrt(samples), 0.0)
    low, high = 0.0, _LARGEST
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (middle, high) if weakest(middle) > 1 else (low, middle)
    radius = (low + high) / 2
    return BlindGrain(float(flat_std(radius, 0.5, samples, sigma)), radius)


def _well_exposed(level: Tensor) -> tuple[Tensor, Tensor]:
    """What of every block can be judged: pixels, (blocks, pixels), and channels, (blocks, 3), both bool.

    level: (1, 3, H, W), local means. The most channels of which enough pixels are well exposed together,
    with their surroundings; of no pixel where that is true of no channel.
    """
    dim = ((level < 0.04) | (level > 0.96)).to(level)
    exposed = _blocks(F.max_pool2d(reflect_pad(dim, 3), 7, stride=1)) == 0
    subsets = torch.tensor(_SUBSETS, device=level.device).bool()
    together = torch.stack([exposed[:, subset].all(1) for subset in subsets], 1)
    count = together.sum(2)
    score = (count >= _LEAST_SHARE * _BLOCK**2) * (count + subsets.sum(1) * _BLOCK**2)
    best = score.argmax(1)
    rows = torch.arange(len(best), device=level.device)
    return together[rows, best] & (score[rows, best] > 0)[:, None], subsets[best]


def _band(image: Tensor) -> Tensor:
    """A band of fine detail: little of a photo's own is left in it, and the query points' noise is known."""
    band = _blur(image, 1)
    for _ in range(3):
        band = band - _blur(band, 1)
    return band


def _blur(image: Tensor, times: int) -> Tensor:
    """[1 2 1]/4 in both directions, `times` times."""
    for _ in range(times):
        p = reflect_pad(image, 1)
        rows = (p[..., :-2, :] + 2 * p[..., 1:-1, :] + p[..., 2:, :]) / 4
        image = (rows[..., :-2] + 2 * rows[..., 1:-1] + rows[..., 2:]) / 4
    return image


def _blocks(image: Tensor) -> Tensor:
    """(1, C, H, W) as (blocks, C, pixels); what does not fill a block is left out."""
    tiles = image[0].unfold(1, _BLOCK, _BLOCK).unfold(2, _BLOCK, _BLOCK)
    return tiles.permute(1, 2, 0, 3, 4).flatten(3).flatten(0, 1)


def blind_blur(image: Tensor) -> tuple[float, float]:
    """Extent in px and angle in degrees, [0, 180), of motion blur in one photo; (0, 0) where none is seen.

    image: (1, C, H, W), at least 128 px a side. A straight blur multiplies the spectrum by a sinc, whose
    dark stripes stand out once the mean over each ring, the photo's own fall-off, is taken away. Meant for
    extents of 4 to 20 px: longer ones may be taken for a fraction of themselves.
    """
    gray = to_linear(image).mean(1, keepdim=True)
    side = 128
    window = torch.hann_window(side).to(gray)
    tiles = F.unfold(gray, side, stride=side // 2).transpose(1, 2).reshape(-1, side, side)
    tiles = (tiles - tiles.mean((1, 2), keepdim=True)) * window[:, None] * window
    power = torch.fft.rfft2(tiles).abs().square()
    spectrum = (power / power.mean((1, 2), keepdim=True).clamp_min(1e-20)).mean(0).clamp_min(1e-12).log()
    fy, fx = torch.fft.fftfreq(side).to(gray)[:, None], torch.fft.rfftfreq(side).to(gray)
    ring = (torch.hypot(fy, fx) * side).round().long()
    inside = (ring >= 3) & (ring <= 0.35 * side)
    ring, data = ring[inside], spectrum[inside]
    fy, fx = fy.expand(inside.shape)[inside], fx.expand(inside.shape)[inside]
    count = torch.zeros(side).to(gray).index_add(0, ring, torch.ones_like(data)).clamp_min(1)

    def off_ring(values: Tensor) -> Tensor:
        mean = torch.zeros(len(values), side).to(gray).index_add(1, ring, values) / count
        return values - mean[:, ring]

    data = off_ring(data[None])[0]
    extents = 3 * (SPECS[Task.BLUR].maximum * 1.25 / 3) ** (torch.arange(48).to(gray) / 47)
    best = (0.0, 0.0, 0.0)
    for step in range(60):
        angle = step * 3.0
        radians = math.radians(angle)
        along = fx * math.cos(radians) - fy * math.sin(radians)
        template = off_ring((torch.sinc(extents[:, None] * along).square() + 0.01).log())
        scores = template @ data / template.norm(dim=1) / data.norm()
        highest = int(scores.argmax())
        best = max(best, (float(scores[highest]), float(extents[highest]), angle))
    return (best[1], best[2]) if best[0] > _SEEN else (0.0, 0.0)
