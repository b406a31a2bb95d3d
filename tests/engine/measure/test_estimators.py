"""Estimators on the true operators, on the photos that come with the app."""

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects import (
    color_transfer,
    film_grain,
    lab_statistics,
    motion_blur,
    unsharp_mask,
)
from fxdiffuse_gui.engine.effects.grain import flat_std
from fxdiffuse_gui.engine.measure import (
    blind_blur,
    blind_grain,
    blur_path,
    color_strength,
    grain_radius,
    linear_fit,
    sharpen_amount,
)
from tests.engine.golden import GOLDEN

SAMPLES = sorted((GOLDEN.parents[1] / "resources" / "samples").glob("*.jpg"))


def photos(side: int) -> list[Tensor]:
    """The middle of every sample photo."""
    found: list[Tensor] = []
    for path in SAMPLES:
        pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR_RGB)
        assert pixels is not None
        top, left = ((length - side) // 2 for length in pixels.shape[:2])
        part = pixels[top : top + side, left : left + side]
        found.append(torch.from_numpy(part).permute(2, 0, 1)[None].float() / 255)
    return found


def is_line(expected: list[float], measured: list[float]) -> None:
    slope, r2 = linear_fit(expected, measured)
    assert 0.97 < slope < 1.03
    assert r2 > 0.98


def test_blur_extent_and_angle() -> None:
    expected, measured = [], []
    for index, photo in enumerate(photos(192)):
        for extent in (1.0, 6.0, 17.0, 32.0):
            angle = (37.0 * (index + 1) + 5 * extent) % 180
            found, direction = blur_path(photo, motion_blur(photo, extent, angle))
            expected.append(extent)
            measured.append(found)
            if extent > 2:
                assert abs((direction - angle + 90) % 180 - 90) < 5
    is_line(expected, measured)


def test_sharpening_and_color() -> None:
    crops = photos(192)
    sharpening: tuple[list[float], list[float]] = [], []
    color: tuple[list[float], list[float]] = [], []
    for index, photo in enumerate(crops):
        statistics = lab_statistics(crops[index - 1])
        for share in (0.05, 0.3, 0.7, 1.0):
            sharpening[0].append(5 * share)
            sharpening[1].append(sharpen_amount(photo, unsharp_mask(photo, 5 * share)))
            color[0].append(share)
            changed = color_transfer(photo, reference_statistics=statistics, strength=share)
            color[1].append(color_strength(photo, changed, statistics))
    is_line(*sharpening)
    is_line(*color)


def test_color_strength_of_no_change_is_zero() -> None:
    photo = photos(64)[0]
    assert color_strength(photo, photo, lab_statistics(photo)) == pytest.approx(0, abs=1e-3)


def test_grain_radius() -> None:
    expected, measured = [], []
    generator = torch.Generator().manual_seed(0)
    for photo in photos(192):
        for radius in (0.01, 0.03, 0.06, 0.1):
            expected.append(radius)
            measured.append(grain_radius(photo, film_grain(photo, radius, generator=generator)))
    is_line(expected, measured)


def test_photo_without_grain_has_no_radius() -> None:
    photo = photos(128)[1]
    assert grain_radius(photo, photo) < 0.01


@pytest.mark.parametrize("level", [60, 128, 200])
def test_blind_grain_of_flat_patches(level: int) -> None:
    flat = torch.full((1, 3, 256, 256), level / 255)
    for radius in (0.05, 0.1):
        found = blind_grain(film_grain(flat, radius, generator=torch.Generator().manual_seed(level)))
        assert found.radius == pytest.approx(radius, rel=0.08)
        assert found.std == pytest.approx(float(flat_std(radius, 0.5)), rel=0.05)


def test_blind_grain_of_photos() -> None:
    generator = torch.Generator().manual_seed(0)
    for photo in photos(320):
        for radius in (0.025, 0.05, 0.1):
            found = blind_grain(film_grain(photo, radius, generator=generator))
            assert found.std == pytest.approx(float(flat_std(radius, 0.5)), rel=0.15)
            if radius >= 0.05:
                assert found.radius == pytest.approx(radius, rel=0.15)


@pytest.mark.parametrize("clipped", ["red black", "red white", "a third of every block white"])
def test_blind_grain_of_strong_colors(clipped: str) -> None:
    y, x = torch.meshgrid(torch.arange(256.0), torch.arange(256.0), indexing="ij")
    detail = 0.08 * torch.sin(x * 0.9 + y * 0.4) * torch.sin(y * 0.7)
    photo = torch.stack([0.5 + detail, 0.3 + x / 800 + detail, 0.7 - y / 800 + detail])[None]
    if clipped.startswith("red"):
        photo[:, 0] = 0.005 if clipped == "red black" else 1.0
    else:
        photo[..., x % 64 < 21] = 1.0
    generator = torch.Generator().manual_seed(0)
    for radius in (0.025, 0.05, 0.1):
        found = blind_grain(film_grain(photo, radius, generator=generator))
        assert found.std == pytest.approx(float(flat_std(radius, 0.5)), rel=0.1)
        if radius >= 0.05:
            assert found.radius == pytest.approx(radius, rel=0.15)


def test_blind_grain_of_what_has_none() -> None:
    assert blind_grain(torch.zeros(1, 3, 64, 64)).std == 0
    found = blind_grain(torch.full((1, 3, 64, 64), 0.5))
    assert (found.std, found.radius) == (pytest.approx(0, abs=1e-4), 0)


def test_blind_blur() -> None:
    errors = []
    for photo in photos(320):
        found = blind_blur(motion_blur(photo, 12.0, 50.0))
        errors.append(max(abs(found.extent / 12 - 1), abs(found.angle - 50) / 45))
    assert float(np.median(errors)) < 0.15
