"""Both ways to make grain, against the reference program, against theory, and on pictures."""

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects import film_grain
from fxdiffuse_gui.engine.effects.grain import Method, flat_std, grain_mean
from fxdiffuse_gui.engine.effects.grain_cells import covered_fraction, margin_for
from tests.engine.golden import GOLDEN, picture

STATISTICS: dict[str, Any] = json.loads((GOLDEN / "grain" / "flat_patch_statistics.json").read_text())
LEVELS = (26, 77, 128, 179, 230)
METHODS: tuple[Method, ...] = ("monte_carlo", "fast")


def patches(level: int, radius: float, method: Method) -> Tensor:
    """(films, 1, 128, 128) in 8-bit levels: every film has a seed and offsets of its own."""
    generator = torch.Generator().manual_seed(level + round(1000 * radius))
    flat = torch.full((64 if method == "fast" else 3, 1, 128, 128), level / 255)
    return film_grain(flat, radius, generator=generator, method=method).double() * 255


def lag(grain: Tensor, distance: int) -> float:
    centered = grain - grain.mean()
    across = (centered[..., distance:] * centered[..., :-distance]).mean()
    down = (centered[..., distance:, :] * centered[..., :-distance, :]).mean()
    return float((across + down) / 2 / centered.square().mean())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("level", "radius"), [(26, 0.01), (26, 0.1), (128, 0.025), (128, 0.05), (179, 0.075), (230, 0.1)]
)
def test_flat_patches(method: Method, level: int, radius: float) -> None:
    expected = STATISTICS[f"r{radius:.3f}_v{level}"]
    grain = patches(level, radius, method)
    assert abs(float(grain.mean()) - level) < 0.5
    std = float(grain.std())
    assert std == pytest.approx(expected["th_std"], rel=0.02 if method == "fast" else 0.04)
    # The reference used one set of offsets, whose deviation is up to 4.5 % below that of all sets.
    assert std == pytest.approx(expected["std"], rel=0.05 if method == "fast" else 0.07)
    for distance in (1, 2):
        reference = (expected["acx"][distance - 1] + expected["acy"][distance - 1]) / 2
        assert lag(grain, distance) == pytest.approx(reference, abs=0.04)
        assert lag(grain, distance) == pytest.approx(expected["th_ac"][distance - 1], abs=0.03)
    for distance in (3, 4):
        assert abs(lag(grain, distance)) < 0.05
    centered = grain - grain.mean()
    skew = float((centered**3).mean()) / std**3
    assert skew == pytest.approx(expected["skew"], abs=0.08)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("radius", [0.01, 0.1])
def test_pictures_keep_their_means_and_get_the_noise_of_their_levels(method: Method, radius: float) -> None:
    photo = picture("astronaut_rgb.png")[..., 64:144, 64:144]
    for seed in (0, 1):
        out = film_grain(photo, radius, generator=torch.Generator().manual_seed(seed), method=method)
        expected = grain_mean(photo)
        level = expected.clamp(0.03, 0.97)
        theory = torch.tensor([float(flat_std(radius, u)) for u in np.linspace(0, 1, 256)])
        scaled = ((out - expected) / theory[(level * 255).round().long()])[..., 4:-4, 4:-4]
        scaled = scaled[((expected > 0.03) & (expected < 0.97))[..., 4:-4, 4:-4]]
        assert 0.93 < float(scaled.std()) < 1.05
        assert abs(float(scaled.mean())) < 0.08


@pytest.mark.parametrize("method", METHODS)
def test_channels_are_independent(method: Method) -> None:
    flat = torch.full((2, 3, 160, 160), 0.2)
    grain = film_grain(flat, 0.025, generator=torch.Generator().manual_seed(4), method=method)
    grain = (grain - grain.mean((2, 3), keepdim=True)).transpose(0, 1).flatten(1)
    correlation = torch.corrcoef(grain)
    assert (correlation - torch.eye(3)).abs().max() < 0.02


def test_monte_carlo_is_decided_by_the_generator() -> None:
    image = picture("chelsea_rgb.png")[..., :40, :50]
    results = [
        film_grain(image, 0.05, generator=torch.Generator().manual_seed(seed), method="monte_carlo")
        for seed in (5, 5, 6)
    ]
    assert torch.equal(results[0], results[1])
    assert not torch.equal(results[0], results[2])


def test_monte_carlo_of_black_white_and_tiny_pictures() -> None:
    generator = torch.Generator().manual_seed(0)
    assert not film_grain(torch.zeros(1, 1, 9, 7), 0.1, generator=generator, method="monte_carlo").any()
    white = film_grain(torch.ones(1, 1, 9, 7), 0.1, generator=generator, method="monte_carlo")
    assert float(white.min()) > 0.98
    assert film_grain(torch.ones(2, 3, 1, 1) / 2, 0.5, generator=generator, method="monte_carlo").max() <= 1


def test_no_darker_border() -> None:
    flat = torch.full((8, 1, 64, 64), 0.5)
    grain = film_grain(flat, 0.1, generator=torch.Generator().manual_seed(2), method="monte_carlo") * 255
    for edge in (grain[..., 0, :], grain[..., -1, :], grain[..., :, 0], grain[..., :, -1]):
        assert float(edge.mean()) == pytest.approx(127.5, abs=2.5)


def test_cells_beside_brute_force() -> None:
    """One film of few large grains, counted point by point: the mean coverage and its variance agree."""
    rng = np.random.default_rng(3)
    offsets = rng.normal(0, 0.8, (40, 2))
    margin, radius, u = margin_for(offsets), 0.4, 0.6
    field = np.full((24 + 2 * margin, 24 + 2 * margin), u, np.float32)
    covered = covered_fraction(field, radius, offsets, 1, margin)
    size = 24 + 2 * margin
    count = rng.poisson(-np.log(1 - u) / (np.pi * radius**2) * size**2)
    grains = torch.from_numpy(rng.uniform(0, size, (count, 2))).float()
    rows, columns = np.mgrid[0:24, 0:24] + 0.5 + margin
    points = np.stack([rows, columns], -1)[:, :, None] + offsets
    nearest = [
        torch.cdist(part, grains).amin(1)
        for part in torch.from_numpy(points.reshape(-1, 2)).float().split(8000)
    ]
    brute = (torch.cat(nearest) <= radius).reshape(24, 24, 40).float().mean(2).numpy()
    assert covered.mean() == pytest.approx(brute.mean(), abs=0.06)
    assert covered.std() == pytest.approx(brute.std(), rel=0.2)


def test_importing_the_engine_does_not_compile() -> None:
    code = "import sys, fxdiffuse_gui.engine.effects; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
