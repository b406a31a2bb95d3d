"""Grain and motion blur of one photo, without the photo before the effect."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.conditions.grain_model import EXPOSURE_SCALE, GRAIN_SAMPLES, LENS_SIGMA
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.basics import reflect_pad, to_linear
from fxdiffuse_gui.engine.effects.grain import flat_std, grain_power

_BLOCK = 64
_MAX_BLOCKS = 64
_MIN_EXPOSED_SHARE = 0.25  # of a block's pixels, for the block to count
_QUANTILE = 0.1  # of the blocks, to take the few whose detail has one color only, or that have none
# The lowest of n channels' variances, measured on N pixels of pure grain, is at that quantile of the blocks
# 1 − _BIAS[n]/√N times the true one.
_BIAS = (0.0, 3.0, 4.5, 5.8)
# The channels that may be judged together; the more the better.
_SUBSETS = ((1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1))
_DETECTED, _CERTAIN = 0.65, 0.72  # least correlation with the stripes for a blur, and for a certain one
_MAX_RADIUS = 0.25  # px
_TILE = 128  # side of the tiles whose spectra are taken, px
_RELIABLE = (3.6, 33.0)  # px, extents that can be trusted; the grid of candidates is wider


@dataclass(frozen=True)
class BlindGrain:
    """The grain of one photo.

    std: at mid-gray, in [0, 1] units. radius: px, of the film with that grain; 0 when there is less noise
    than the finest grains make. Below .04 px most of the noise is that of the query points, and the radius is
    less reliable than the standard deviation.
    """

    std: float
    radius: float


@dataclass(frozen=True)
class BlindBlur:
    """The motion blur of one photo.

    extent: px, 0 where no motion blur is detected. angle: degrees in [0, 180). sure: whether all quarters of
    the photo agree, and the extent is one that can be measured reliably.
    """

    extent: float
    angle: float
    sure: bool


def blind_grain(image: Tensor, samples: int = GRAIN_SAMPLES, sigma: float = LENS_SIGMA) -> BlindGrain:
    """Grain of a photo, (1, 3, H, W) in [0, 1], at least 64 px a side.

    samples: query points per pixel. sigma: of the lens, px. Every channel has grain of its own, while detail
    is correlated between channels. So in every block the weakest linear mix of the band-passed channels, each
    divided by the standard deviation that grain of an assumed radius would have there, holds grain alone: the
    radius is right when the variance of the mix is 1. A low quantile of the blocks is taken, because detail
    of several colors can only add. Near black and white grain is clipped, so blocks are judged on well
    exposed channels and pixels.
    """
    band = fine_band(image)
    level = F.avg_pool2d(reflect_pad(image, 3), 7, stride=1) * EXPOSURE_SCALE
    white, lens = passed_share(sigma)

    inside, used = _well_exposed(level)
    chosen = inside.any(1).nonzero()[:, 0]
    if not len(chosen):
        return BlindGrain(0.0, 0.0)
    chosen = chosen[:: math.ceil(len(chosen) / _MAX_BLOCKS)]
    bands, levels = (_blocks(x)[chosen].double() for x in (band, level.clamp(0.01, 0.99)))
    inside, used = inside[chosen, None].double(), used[chosen]
    count = inside.sum(2, keepdim=True)
    ignored = torch.diag_embed(1e6 * (~used).double())  # an ignored channel is never the weakest
    bias = 1 - torch.tensor(_BIAS).to(count)[used.sum(1)] / count[:, 0, 0].sqrt()

    def weakest(radius: float) -> float:
        variance = white * levels * (1 - levels) / samples + lens * radius**2 * grain_power(levels)
        scaled = bands / variance.sqrt() * inside
        covariance = scaled @ scaled.transpose(1, 2) / count + ignored
        return float((torch.linalg.eigvalsh(covariance)[:, 0] / bias).quantile(_QUANTILE))

    query_noise = weakest(0.0)
    if query_noise <= 1:
        return BlindGrain(math.sqrt(max(query_noise, 0.0)) * 0.5 / math.sqrt(samples), 0.0)
    low, high = 0.0, _MAX_RADIUS
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (middle, high) if weakest(middle) > 1 else (low, middle)
    radius = (low + high) / 2
    return BlindGrain(float(flat_std(radius, 0.5, samples, sigma)), radius)


def passed_share(sigma: float) -> tuple[float, float]:
    """Shares of the variance of white noise, and of grain seen through a lens, that `fine_band` keeps."""
    # The sums of squared taps.
    point = torch.zeros(1, 1, 33, 33)
    point[..., 16, 16] = 1
    axis = torch.arange(33) - 16
    lens = torch.exp(-axis.square() / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))
    white = float(fine_band(point).square().sum())
    return white, float(fine_band((lens[:, None] * lens)[None, None]).square().sum())


def _well_exposed(level: Tensor) -> tuple[Tensor, Tensor]:
    """The well exposed pixels, (blocks, pixels), and channels, (blocks, 3), of every block, both bool.

    level: (1, 3, H, W), local means. Of every block as many channels as have enough pixels that are well
    exposed together, with their surroundings; no pixel where no channel has.
    """
    dim = ((level < 0.04) | (level > 0.96)).to(level)
    exposed = _blocks(F.max_pool2d(reflect_pad(dim, 3), 7, stride=1)) == 0
    subsets = torch.tensor(_SUBSETS, device=level.device).bool()
    together = torch.stack([exposed[:, subset].all(1) for subset in subsets], 1)
    count = together.sum(2)
    score = (count >= _MIN_EXPOSED_SHARE * _BLOCK**2) * (count + subsets.sum(1) * _BLOCK**2)
    best = score.argmax(1)
    rows = torch.arange(len(best), device=level.device)
    return together[rows, best] & (score[rows, best] > 0)[:, None], subsets[best]


def fine_band(image: Tensor) -> Tensor:
    """A band of fine detail, in the shape of `image`, (B, C, H, W): little of a photo's own detail remains in
    it, and a known share of the query points' noise."""
    band = _blur(image, 1)
    for _ in range(3):
        band = band - _blur(band, 1)
    return band


def _blur(image: Tensor, times: int) -> Tensor:
    """The filter [1 2 1]/4 in both directions, `times` times."""
    for _ in range(times):
        p = reflect_pad(image, 1)
        rows = (p[..., :-2, :] + 2 * p[..., 1:-1, :] + p[..., 2:, :]) / 4
        image = (rows[..., :-2] + 2 * rows[..., 1:-1] + rows[..., 2:]) / 4
    return image


def _blocks(image: Tensor) -> Tensor:
    """(1, C, H, W) as (blocks, C, pixels); incomplete blocks are left out."""
    tiles = image[0].unfold(1, _BLOCK, _BLOCK).unfold(2, _BLOCK, _BLOCK)
    return tiles.permute(1, 2, 0, 3, 4).flatten(3).flatten(0, 1)


def blind_blur(image: Tensor) -> BlindBlur:
    """Motion blur of one photo, (1, 3, H, W) in [0, 1], at least 128 px a side.

    A straight blur multiplies the spectrum by a sinc, whose dark stripes show once the mean over each ring,
    the photo's own fall-off, is subtracted. A fence or waves have stripes too, but not the same in all parts
    of the photo. Below 4 px the stripes lie outside the analyzed frequencies; above 24 px they are so narrow
    that a fraction of the extent may be mistaken for it.
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
    whole, *quarters = _stripes(torch.stack([power.mean((0, 1)), *parts]))
    score, extent, angle = whole
    if score <= _DETECTED:
        return BlindBlur(0.0, 0.0, sure=False)
    low, high = _RELIABLE
    agree = bool(quarters) and all(_is_same(quarter, whole) for quarter in quarters)
    sure = agree and score > _CERTAIN and low <= extent <= high
    return BlindBlur(extent, angle, sure=sure)


def _stripes(power: Tensor) -> list[tuple[float, float, float]]:
    """(correlation, extent, angle) of the sinc that fits each power spectrum, (n, 128, 65), best."""
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
        scores, indices = ((template / template.norm(dim=1, keepdim=True)) @ data.T).max(0)
        found = zip(scores.tolist(), extents[indices].tolist(), strict=True)
        best = [max(old, (score, extent, angle)) for old, (score, extent) in zip(best, found, strict=True)]
    return best


def _is_same(found: tuple[float, float, float], expected: tuple[float, float, float]) -> bool:
    """Whether two sincs are the same within the accuracy of a quarter of a photo."""
    turn = abs((found[2] - expected[2] + 90) % 180 - 90)
    return abs(math.log(max(found[1], 1e-6) / expected[1])) < 0.12 and turn <= max(6.0, 60 / expected[1])
