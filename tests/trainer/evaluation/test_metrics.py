"""Metrics against independent computations."""

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file

from fxdiffuse_gui.engine.effects import film_grain, motion_blur, unsharp_mask
from fxdiffuse_gui.engine.effects.grain import flat_std
from fxdiffuse_gui.engine.measure import blur_extent, grain_statistics, linear_fit, sharpen_amount
from tests.engine.tiny import as_batch, textured
from trainer.errors import TrainerError
from trainer.evaluation.lpips import Lpips, find_lpips
from trainer.evaluation.metrics import acutance, delta_e, interval, l1, pattern, psnr, spearman, ssim

A, B = textured(40, 50), textured(40, 50, 3)


def ssim_by_opencv(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Wang et al. 2004 with float64 and OpenCV's Gaussian, on the pixels where the window fits."""

    def mean(x: NDArray[np.float64]) -> NDArray[np.float64]:
        return cv2.GaussianBlur(x, (11, 11), 1.5)[5:-5, 5:-5]

    scores = []
    for channel in range(3):
        x, y = a[..., channel].astype(np.float64), b[..., channel].astype(np.float64)
        mx, my = mean(x), mean(y)
        vx, vy, cov = mean(x * x) - mx**2, mean(y * y) - my**2, mean(x * y) - mx * my
        scores.append((2 * mx * my + 1e-4) * (2 * cov + 9e-4) / ((mx**2 + my**2 + 1e-4) * (vx + vy + 9e-4)))
    return float(np.mean(scores))


def test_ssim() -> None:
    assert ssim(as_batch(A), as_batch(A)) == pytest.approx(1, abs=1e-6)
    for other in (B, np.clip(A + 0.1, 0, 1).astype(np.float32), A[::-1].copy()):
        assert ssim(as_batch(A), as_batch(other)) == pytest.approx(ssim_by_opencv(A, other), abs=1e-4)


def test_l1_and_psnr() -> None:
    a = torch.full((1, 3, 4, 4), 0.5)
    assert l1(a, a + 0.1) == pytest.approx(0.1, rel=1e-5)
    assert psnr(a, a + 0.1) == pytest.approx(20, abs=1e-3)
    assert psnr(a, a) == pytest.approx(100)
    assert l1(as_batch(A), as_batch(B)) == pytest.approx(float(np.abs(A - B).mean()), rel=1e-4)


def test_delta_e() -> None:
    expected = np.linalg.norm(cv2.cvtColor(A, cv2.COLOR_RGB2LAB) - cv2.cvtColor(B, cv2.COLOR_RGB2LAB), axis=2)
    assert delta_e(as_batch(A), as_batch(B)) == pytest.approx(float(expected.mean()), rel=0.01)
    white, black = torch.ones(1, 3, 2, 2), torch.zeros(1, 3, 2, 2)
    assert delta_e(white, black) == pytest.approx(100, abs=0.1)


def test_spearman() -> None:
    assert spearman([1, 2, 3, 4], [10, 20, 25, 90]) == pytest.approx(1)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)
    assert spearman([1, 2, 3], [5, 5, 5]) == 0
    # Ties get mean ranks: x 1.5 1.5 3 4, y 1 3 3 3 → Σdx·dy/√(Σdx²·Σdy²) = 2/√(4.5·3)
    assert spearman([1, 1, 2, 3], [0, 7, 7, 7]) == pytest.approx(2 / math.sqrt(4.5 * 3))


def test_acutance_falls_with_blur() -> None:
    ramp = torch.arange(8.0).expand(1, 3, 8, 8) / 10
    assert acutance(ramp) == pytest.approx(math.sqrt(0.01 / 2))
    assert acutance(motion_blur(as_batch(A), 8, 0)) < 0.8 * acutance(as_batch(A))


def test_acutance_inside_a_region() -> None:
    ramp = torch.zeros(1, 3, 8, 8)
    ramp[..., :4] = torch.arange(4.0) / 10
    left = torch.zeros(1, 1, 8, 8, dtype=torch.bool)
    left[..., :4] = True
    assert acutance(ramp, left) == pytest.approx(math.sqrt(0.01 / 2))
    assert acutance(ramp, ~left) == 0
    assert acutance(ramp, torch.ones_like(left)) == pytest.approx(acutance(ramp))
    assert math.isnan(acutance(ramp, torch.zeros_like(left)))


def test_pattern_measures_only_what_repeats() -> None:
    noise = 0.1 * torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    stripes = torch.zeros_like(noise)
    stripes[..., ::4] = 0.1
    assert pattern(noise, 4) < 0.012
    assert pattern(stripes, 4) == pytest.approx(0.1 * math.sqrt(3) / 4, rel=1e-4)
    with pytest.raises(ValueError, match="8 px"):
        pattern(noise[..., :7], 8)


def test_interval_covers_the_mean_and_pairs_by_photo() -> None:
    draws = np.random.default_rng(1)
    hits = 0
    for _ in range(100):
        _, low, high = interval(draws.normal(3, 1, 20).tolist(), list(range(20)))
        hits += low <= 3 <= high
    assert 85 <= hits <= 99
    # Two values of one photo count as much as their mean.
    assert interval([0, 2, 4, 6], [0, 0, 1, 1]) == interval([1, 5], [0, 1])
    assert interval([2, 2, 2], [0, 1, 2]) == (2, 2, 2)


def test_linear_fit() -> None:
    assert linear_fit([1, 2, 3], [5, 7, 9]) == (pytest.approx(2), pytest.approx(1))
    slope, r2 = linear_fit([1, 2, 3, 4], [1, 3, 2, 5])
    expected = np.polyfit([1, 2, 3, 4], [1, 3, 2, 5], 1)[0]
    assert slope == pytest.approx(expected)
    assert r2 == pytest.approx(np.corrcoef([1, 2, 3, 4], [1, 3, 2, 5])[0, 1] ** 2)


@pytest.mark.parametrize("amount", [0.5, 2.0, 5.0])
def test_sharpening_is_measured_as_asked(amount: float) -> None:
    photo = as_batch(A)
    assert sharpen_amount(photo, unsharp_mask(photo, amount)) == pytest.approx(amount, rel=0.01)
    assert sharpen_amount(photo, photo) == 0


@pytest.mark.parametrize(("extent", "angle"), [(3.0, 0.0), (9.0, 40.0), (25.0, 110.0)])
def test_blur_is_measured_as_asked(extent: float, angle: float) -> None:
    photo = as_batch(textured(64, 64))
    assert blur_extent(photo, motion_blur(photo, extent, angle), angle) == pytest.approx(extent, abs=0.15)


def test_no_blur_is_measured_as_little() -> None:
    photo = as_batch(textured(64, 64))
    assert blur_extent(photo, photo, 30.0) < 0.6


def test_grain_is_measured_as_asked() -> None:
    flat = torch.full((1, 3, 160, 160), 0.5)
    grained = film_grain(flat, 0.1, generator=torch.Generator().manual_seed(0))
    mean, std, lag = grain_statistics(flat, grained)
    assert mean == pytest.approx(0, abs=0.001)
    assert std == pytest.approx(float(flat_std(0.1, 0.5)), rel=0.04)
    assert lag == pytest.approx(0.48, abs=0.04)


def lpips_weights(path: Path) -> dict[str, torch.Tensor]:
    """Random weights in the shapes of AlexNet's convolutions."""
    generator = torch.Generator().manual_seed(0)
    shapes = ((8, 3, 11), (12, 8, 5), (16, 12, 3), (12, 16, 3), (12, 12, 3))
    weights: dict[str, torch.Tensor] = {}
    for i, (outputs, inputs, side) in enumerate(shapes):
        kernel = torch.randn(outputs, inputs, side, side, generator=generator) / (inputs * side * side) ** 0.5
        weights[f"backbone.conv{i + 1}.weight"] = kernel
        weights[f"backbone.conv{i + 1}.bias"] = torch.zeros(outputs)
        weights[f"heads.{i}.weight"] = torch.rand(1, outputs, 1, 1, generator=generator)
    save_file(weights, path)
    return weights


def test_lpips_is_a_distance(tmp_path: Path) -> None:
    lpips_weights(tmp_path / "w.safetensors")
    lpips = Lpips(tmp_path / "w.safetensors")
    a, near, far = (as_batch(textured(64, 72, s)) for s in (0, 0, 3))
    near = (near * 0.97 + 0.01).contiguous()
    assert lpips(a, a) == 0
    assert lpips(a, far) == pytest.approx(lpips(far, a))
    assert 0 < lpips(a, near) < lpips(a, far)
    with pytest.raises(ValueError, match="64 px"):
        lpips(a[..., :60], a[..., :60])


@pytest.mark.parametrize("missing", ["backbone.conv3.weight", "heads.4.weight"])
def test_lpips_weights_that_lack_a_layer(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "w.safetensors"
    weights = lpips_weights(path)
    weights.pop(missing)
    save_file(weights, path)
    with pytest.raises(TrainerError, match="LPIPS"):
        Lpips(path)


def test_other_files_are_not_lpips_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FXDIFFUSE_LPIPS", raising=False)
    assert find_lpips(None) is None
    (tmp_path / "w").write_text("text")
    monkeypatch.setenv("FXDIFFUSE_LPIPS", str(tmp_path / "w"))
    with pytest.raises(TrainerError):
        find_lpips(None)
