"""Image metrics: ℓ1, PSNR, SSIM, ΔE, acutance, patterns; Spearman's ρ. Images are (1, 3, H, W) in [0, 1]."""

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.effects.color import rgb_to_lab


def l1(a: Tensor, b: Tensor) -> float:
    """Mean absolute difference."""
    return float((a - b).abs().mean())


def psnr(a: Tensor, b: Tensor) -> float:
    """Peak signal-to-noise ratio, dB, at most 100 (identical images)."""
    return float(-10 * (a - b).square().mean().clamp_min(1e-10).log10())


def ssim(a: Tensor, b: Tensor) -> float:
    """Structural similarity (Wang et al. 2004): 11×11 Gaussian window, σ 1.5, K = (.01, .03), per channel."""
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
    """Rank correlation; ties get their mean rank."""
    ranks = [_ranks(torch.tensor(v, dtype=torch.float64)) for v in (asked, measured)]
    x, y = (r - r.mean() for r in ranks)
    return float((x @ y) / (x.norm() * y.norm()).clamp_min(1e-12))


def _ranks(values: Tensor) -> Tensor:
    below = (values[:, None] > values).sum(1)
    equal = (values[:, None] == values).sum(1)
    return below + (equal + 1) / 2


def acutance(image: Tensor) -> float:
    """Root of the mean squared difference between neighbors: how much fine contrast there is."""
    across = (image[..., 1:] - image[..., :-1]).square().mean()
    down = (image[..., 1:, :] - image[..., :-1, :]).square().mean()
    return float(((across + down) / 2).sqrt())


def pattern(difference: Tensor, period: int) -> float:
    """Deviation of the mean (1, C, period, period) cell of `difference`: what repeats every `period` px.

    Raises ValueError when the picture is smaller than a cell.
    """
    height, width = (side // period for side in difference.shape[-2:])
    if not height or not width:
        raise ValueError(f"A picture of less than {period} px has no pattern of that period.")
    whole = difference[..., : height * period, : width * period]
    cell = whole.unflatten(-2, (height, period)).unflatten(-1, (width, period)).mean((-4, -2))
    return float((cell - cell.mean((-2, -1), keepdim=True)).square().mean().sqrt())
