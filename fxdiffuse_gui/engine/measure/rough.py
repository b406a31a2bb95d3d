"""Guesses from one photo where it holds no proof: grain after lossy compression, and sharpening."""

import math

import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.conditions.grain_model import GRAIN_SAMPLES, LENS_SIGMA
from fxdiffuse_gui.engine.effects.basics import reflect_pad
from fxdiffuse_gui.engine.effects.grain import grain_power
from fxdiffuse_gui.engine.measure.blind import fine_band, passed_share

_LUMA = (0.299, 0.587, 0.114)
_BLOCK = 32
_MIN_BLOCKS = 4
_MIN_EXPOSED_SHARE = 0.75  # of a block's pixels, well exposed in all channels, for the block to count
_QUANTILE = 0.1  # of the blocks, to take those without detail of their own
# The lowest tenth of the blocks' variances over the true one, by chance alone; pixels are partly correlated.
_BIAS = 1 - 1.28 * math.sqrt(2) * 2 / _BLOCK
# Median correlation of neighboring gradients over 77 training photos sharpened by these amounts. Without
# sharpening it is below −0.14 in a tenth of the photos and above 0.62 in another tenth.
_AMOUNTS = (0.0, 0.5, 1.0, 1.5, 3.0, 5.0)
_CORRELATIONS = (0.13, 0.01, -0.07, -0.12, -0.20, -0.26)


def luma_grain(image: Tensor, samples: int = GRAIN_SAMPLES, sigma: float = LENS_SIGMA) -> float | None:
    """Radius in px of the film whose grain is as strong as the noise in the plainest parts of a photo.

    image: (1, 3, H, W) in [0, 1]. samples: query points per pixel. sigma: of the lens, px. None when too
    little is well exposed. Uses the luma alone, which compression preserves better than color; in a photo
    without plain parts detail counts as grain.
    """
    weights = image.new_tensor(_LUMA)[:, None, None]
    band = fine_band((image * weights).sum(1, keepdim=True))
    level = F.avg_pool2d(reflect_pad(image, 3), 7, stride=1)
    exposed = (level > 0.06).all(1, keepdim=True) & (level < 0.94).all(1, keepdim=True)
    used = exposed.to(image)
    white, lens = passed_share(sigma)
    level = level.clamp(0.01, 0.99)
    points = (weights.square() * level * (1 - level)).sum(1, keepdim=True) * white / samples
    grain = (weights.square() * grain_power(level)).sum(1, keepdim=True) * lens
    noise, points, grain, used = (_block_means(x * used) for x in (band.square(), points, grain, used))
    chosen = used > _MIN_EXPOSED_SHARE
    if int(chosen.sum()) < _MIN_BLOCKS:
        return None
    squared = (noise[chosen] / _BIAS - points[chosen]) / grain[chosen]
    return math.sqrt(max(float(squared.quantile(_QUANTILE)), 0.0))


def sharpening_guess(image: Tensor) -> float:
    """λ, 0 to 5, that would make an average photo as crisp as this one, (1, 3, H, W) in [0, 1].

    Sharpening makes neighboring gradients oppose each other. So do a good lens and fine detail, which is why
    this is no more than a guess.
    """
    gray = image.mean(1)[0]
    across, down = gray[:, 1:] - gray[:, :-1], (gray[1:] - gray[:-1]).T
    found = [
        float((steps[:, 1:] * steps[:, :-1]).mean() / steps.square().mean().clamp_min(1e-12))
        for steps in (across, down)
    ]
    correlation = sum(found) / 2
    for index in range(1, len(_AMOUNTS)):
        high, low = _CORRELATIONS[index - 1], _CORRELATIONS[index]
        if correlation > low:
            share = min((high - correlation) / (high - low), 1.0)
            return _AMOUNTS[index - 1] + max(share, 0.0) * (_AMOUNTS[index] - _AMOUNTS[index - 1])
    return _AMOUNTS[-1]


def _block_means(image: Tensor) -> Tensor:
    """(1, 1, H, W) to the means of its blocks, (blocks,)."""
    return F.avg_pool2d(image, _BLOCK).flatten()
