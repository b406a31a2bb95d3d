"""Grain and motion blur of one photo, without knowing what it looked like before."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.basics import reflect_pad, to_linear
from fxdiffuse_gui.engine.effects.grain import flat_std, grain_power

_BLOCK = 64
_MOST_BLOCKS = 64
_LEAST_SHARE = 0.25  # of a block's pixels, well exposed, for the block to count
_QUANTILE = 0.1  # of the blocks: the few whose detail is one color only, or that have none
# The lowest of n channels' variances, measured on N pixels of pure grain, is at that quantile of the blocks
# 1 − _SPREAD[n]/√N times the true one.
_SPREAD = (0.0, 3.0, 4.5, 5.8)
# Which channels may be judged together, the more the better.
_SUBSETS = ((1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1))
_SEEN, _CERTAIN = 0.65, 0.72  # correlation with the stripes from which a blur is taken for one, and surely
_LARGEST = 0.25  # px, of the radii considered
_TILE = 128  # px a side, of which a spectrum is taken
_TELLABLE = (3.6, 33.0)  # px, extents of a blur that can be told; the grid of those looked at is wider


@dataclass(frozen=True)
class BlindGrain:
    """std: of the grain at mid-gray, in [0, 1] units. radius: px, of the film with that grain; 0 when there
    is less noise than a film of the finest grains has. Below .04 px most of the noise is that of the query
    points, so that the radius says less than the deviation."""

    std: float
    radius: float


@dataclass(frozen=True)
class BlindBlur:
    """extent: in px, 0 where no motion blur is seen. angle: in degrees, [0, 180). sure: whether every quarter
    of the photo says the same, and the extent is one that can be told."""

    extent: float
    angle: float
    sure: bool


def blind_grain(image: Tensor, samples: int = 800, sigma: float = 0.8) -> BlindGrain:
    """Grain of a photo, (1, 3, H, W) in [0, 1], at least 64 px a side.

    Every channel has grain of its own, while the channels' detail goes together. So in every block the
    weakest mix of the band-passed channels, each divided by the deviation that grain of a supposed radius
    would have there, holds grain alone: the radius is right when its variance is 1. A low quantile of the
    blocks is taken, since detail of several colors can only add. Near black and white the grain is clipped;
    so a block is judged on the channels, and the pixels, that are well exposed.
    """
    band = fine_band(image)
    level = F.avg_pool2d(reflect_pad(image, 3), 7, stride=1) * (255 / 255.1)
    white, seen = passed_share(sigma)

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


def passed_share(sigma: float) -> tuple[float, float]:
    """How much of the variance of white noise, and of grain seen through the lens, `fine_band` lets pass."""
    # The sums of squared taps.
    point = torch.zeros(1, 1, 33, 33)
    point[..., 16, 16] = 1
    axis = torch.arange(33) - 16
    lens = torch.exp(-axis.square() / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))
    white = float(fine_band(point).square().sum())
    return white, float(fine_band((lens[:, None] * lens)[None, None]).square().sum())


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


def fine_band(image: Tensor) -> Tensor:
    """A band of fine detail, in the shape of `image`: little of a photo's own is left in it, and how much of
    the query points' noise is known."""
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


def blind_blur(image: Tensor) -> BlindBlur:
    """Motion blur of one photo, (1, 3, H, W) in [0, 1], at least 128 px a side.

    A straight blur multiplies the spectrum by a sinc, whose dark stripes stand out once the mean over each
    ring, the photo's own fall-off, is taken away. A fence or a wave has stripes too, but not the same ones in
    every part of the photo. Below 4 px the stripes lie outside of what is looked at; above 24 px they are so
    narrow that a fraction of the extent may be taken for it.
    """
    gray = to_linear(image).mean(1, keepdim=True)
    side = _TILE
    window = torch.hann_window(side).to(gray)
    tiles = F.unfold(gray, side, stride=side // 2).transpose(1, 2).reshape(-1, side, side)
    tiles = (tiles - tiles.mean((1, 2), keepdim=True)) * window[:, None] * window
    power = torch.fft.rfft2(tiles).abs().square()
    power = power / power.mean((1, 2), keepdim=True).clamp_min(1e-20)
    rows, columns = (length // (side // 2) - 1 for length in image.shape[-2:])
    power = power.reshape(rows, columns, *power.shape[1:])
    middle_row, middle_column = rows // 2, columns // 2
    parts = [
        power[row, column].mean((0, 1))
        for row in (slice(middle_row), slice(middle_row, None))
        for column in (slice(middle_column), slice(middle_column, None))
        if min(middle_row, middle_column) > 0
    ]
    seen, *quarters = _stripes(torch.stack([power.mean((0, 1)), *parts]))
    score, extent, angle = seen
    if score <= _SEEN:
        return BlindBlur(0.0, 0.0, sure=False)
    low, high = _TELLABLE
    agree = bool(quarters) and all(_is_same(quarter, seen) for quarter in quarters)
    sure = agree and score > _CERTAIN and low <= extent <= high
    return BlindBlur(extent, angle, sure=sure)


def _stripes(power: Tensor) -> list[tuple[float, float, float]]:
    """Of each spectrum, (n, side, side / 2 + 1): correlation, extent and angle of the sinc that fits best."""
    side = _TILE
    spectrum = power.clamp_min(1e-12).log()
    fy, fx = torch.fft.fftfreq(side).to(power)[:, None], torch.fft.rfftfreq(side).to(power)
    ring = (torch.hypot(fy, fx) * side).round().long()
    inside = (ring >= 3) & (ring <= 0.35 * side)
    ring, data = ring[inside], spectrum[:, inside]
    fy, fx = fy.expand(inside.shape)[inside], fx.expand(inside.shape)[inside]
    count = torch.zeros(side).to(power).index_add(0, ring, torch.ones_like(data[0])).clamp_min(1)

    def off_ring(values: Tensor) -> Tensor:
        mean = torch.zeros(len(values), side).to(power).index_add(1, ring, values) / count
        return values - mean[:, ring]

    data = off_ring(data)
    data = data / data.norm(dim=1, keepdim=True).clamp_min(1e-12)
    extents = 3 * (SPECS[Task.BLUR].maximum * 1.25 / 3) ** (torch.arange(48).to(power) / 47)
    best = [(0.0, 0.0, 0.0)] * len(data)
    for step in range(60):
        angle = step * 3.0
        radians = math.radians(angle)
        along = fx * math.cos(radians) - fy * math.sin(radians)
        template = off_ring((torch.sinc(extents[:, None] * along).square() + 0.01).log())
        scores, places = ((template / template.norm(dim=1, keepdim=True)) @ data.T).max(0)
        found = zip(scores.tolist(), extents[places].tolist(), strict=True)
        best = [max(old, (score, extent, angle)) for old, (score, extent) in zip(best, found, strict=True)]
    return best


def _is_same(found: tuple[float, float, float], wanted: tuple[float, float, float]) -> bool:
    """Whether two sincs are the same within what a quarter of a photo can tell."""
    turn = abs((found[2] - wanted[2] + 90) % 180 - 90)
    return abs(math.log(max(found[1], 1e-6) / wanted[1])) < 0.12 and turn <= max(6.0, 60 / wanted[1])
