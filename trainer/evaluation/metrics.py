"""Image metrics: ℓ1, PSNR, SSIM, ΔE, acutance, patterns; rank correlation, bootstrap intervals.

Images are (1, 3, H, W) in [0, 1].
"""

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.effects.color import rgb_to_lab

RESAMPLES = 2000
"""Bootstrap samples of an interval."""


def l1(a: Tensor, b: Tensor) -> float:
    """Mean absolute difference."""
    return float((a - b).abs().mean())


def psnr(a: Tensor, b: Tensor) -> float:
    """Peak signal-to-noise ratio, dB, at most 100 (identical images)."""
    return float(-10 * (a - b).square().mean().clamp_min(1e-10).log10())


def ssim(a: Tensor, b: Tensor) -> float:
    """Mean structural similarity (Wang et al. 2004): 11×11 Gaussian window, σ 1.5, K = (.01, .03), per
    channel, where the window fits."""
    axis = torch.arange(11, dtype=a.dtype, device=a.device) - 5
    taps = torch.exp(-axis.square() / (2 * 1.5**2))
    taps = taps / taps.sum()
    window = (taps[:, None] * taps).expand(3, 1, 11, 11)

    def mean(x: Tensor) -> Tensor:
        return F.conv2d(x, window, groups=3)

    mu_a, mu_b = mean(a), mean(b)
    var_a, var_b = mean(a * a) - mu_a**2, mean(b * b) - mu_b**2
    covariance = mean(a * b) - mu_a * mu_b
    c1, c2 = 0.01**2, 0.03**2
    score = (2 * mu_a * mu_b + c1) * (2 * covariance + c2)
    return float((score / ((mu_a**2 + mu_b**2 + c1) * (var_a + var_b + c2))).mean())


def delta_e(a: Tensor, b: Tensor) -> float:
    """Mean CIE 1976 color difference."""
    return float((rgb_to_lab(a) - rgb_to_lab(b)).norm(dim=1).mean())


def spearman(asked: list[float], measured: list[float]) -> float:
    """Spearman's rank correlation ρ in [−1, 1]; ties get their mean rank. 0 when one list is constant."""
    ranks = [_ranks(torch.tensor(v, dtype=torch.float64)) for v in (asked, measured)]
    x, y = (r - r.mean() for r in ranks)
    return float((x @ y) / (x.norm() * y.norm()).clamp_min(1e-12))


def _ranks(values: Tensor) -> Tensor:
    below = (values[:, None] > values).sum(1)
    equal = (values[:, None] == values).sum(1)
    return below + (equal + 1) / 2


def interval(values: Sequence[float], subjects: Sequence[int]) -> tuple[float, float, float]:
    """Mean of the photos' means, and the ends of its 95 % percentile bootstrap interval over photos.

    values: one per case. subjects: the photo of each. For a paired comparison give the differences: what a
    photo adds to both methods then cancels. Seeded, so a report can be reproduced.
    """
    numbers = np.asarray(values, np.float64)
    photos, rows = np.unique(np.asarray(subjects), return_inverse=True)
    means = np.bincount(rows, numbers) / np.bincount(rows)
    drawn = np.random.default_rng(0).integers(len(photos), size=(RESAMPLES, len(photos)))
    low, high = np.percentile(means[drawn].mean(1), [2.5, 97.5])
    return float(means.mean()), float(low), float(high)


def acutance(image: Tensor, inside: Tensor | None = None) -> float:
    """Root mean squared difference between neighboring pixels: the amount of fine contrast.

    inside: (1, 1, H, W) bool, count only neighbors that both lie there; NaN when there are none.
    """
    across = (image[..., 1:] - image[..., :-1]).square()
    down = (image[..., 1:, :] - image[..., :-1, :]).square()
    if inside is not None:
        across = across[(inside[..., 1:] & inside[..., :-1]).expand_as(across)]
        down = down[(inside[..., 1:, :] & inside[..., :-1, :]).expand_as(down)]
    return float(((across.mean() + down.mean()) / 2).sqrt())


def pattern(difference: Tensor, period: int) -> float:
    """Standard deviation of the mean (1, C, period, period) cell of `difference`: what repeats every `period`
    px. Raises ValueError when the picture is smaller than a cell."""
    height, width = (side // period for side in difference.shape[-2:])
    if not height or not width:
        raise ValueError(f"A picture of less than {period} px has no pattern of that period.")
    whole = difference[..., : height * period, : width * period]
    cell = whole.unflatten(-2, (height, period)).unflatten(-1, (width, period)).mean((-4, -2))
    return float((cell - cell.mean((-2, -1), keepdim=True)).square().mean().sqrt())
