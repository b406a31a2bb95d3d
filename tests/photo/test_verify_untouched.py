"""Verification of untouched pixels: true for files that have them, and for no others."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.verify_untouched import is_untouched
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.photo.photo_files import photo_of, random_samples

SHAPE = (300, 40)
"""More rows than one band."""


@pytest.fixture
def mask() -> np.ndarray:
    mask = np.zeros(SHAPE, np.uint8)
    mask[280:290, 5:9] = 1
    return mask


@pytest.mark.parametrize("name", ["out.png", "out.tif", "out.webp"])
@pytest.mark.parametrize("alpha", [False, True])
def test_only_filled_pixels_may_differ(tmp_path: Path, mask: np.ndarray, name: str, alpha: bool) -> None:
    photo = photo_of(random_samples(*SHAPE))
    if alpha:
        photo = replace(photo, alpha=np.full(SHAPE, 0.5, np.float32))
    filled = photo.pixels.copy()
    filled[mask > 0] = 0.5
    write_photo(tmp_path / name, filled, photo, ExportOptions(quality=100))
    assert is_untouched(tmp_path / name, photo, mask)
    mask[289, 8] = 0
    assert not is_untouched(tmp_path / name, photo, mask)


def test_sixteen_bits_are_compared_as_they_are(tmp_path: Path, mask: np.ndarray) -> None:
    photo = photo_of(random_samples(*SHAPE, np.uint16))
    write_photo(tmp_path / "out.png", photo.pixels, photo)
    assert is_untouched(tmp_path / "out.png", photo, mask)
    write_photo(tmp_path / "eight.png", photo.pixels, photo, ExportOptions(bit_depth=8))
    assert not is_untouched(tmp_path / "eight.png", photo, mask)
    nearly = photo.original.copy()
    nearly[299, 39, 2] ^= 1
    assert not is_untouched(tmp_path / "out.png", replace(photo, original=nearly), mask)


def test_other_files_are_not(tmp_path: Path, mask: np.ndarray) -> None:
    photo = photo_of(random_samples(*SHAPE))
    write_photo(tmp_path / "out.jpg", photo.pixels * np.float32(0.99), photo)
    assert not is_untouched(tmp_path / "out.jpg", photo, mask)
    larger = photo_of(random_samples(SHAPE[0] + 1, SHAPE[1]))
    write_photo(tmp_path / "larger.png", larger.pixels, larger)
    assert not is_untouched(tmp_path / "larger.png", photo, mask)
    with pytest.raises(PhotoError):
        is_untouched(tmp_path / "gone.png", photo, mask)
