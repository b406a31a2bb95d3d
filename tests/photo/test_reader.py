"""Opening good files: every layout becomes upright RGB with exact samples."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_mask, read_photo, read_pixels
from fxdiffuse_gui.photo.writer import write_photo
from tests.photo.photo_files import (
    exif_block,
    load,
    photo_of,
    png,
    png_chunk,
    random_samples,
    rgb_profile,
    save,
    with_exif,
)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_samples_are_kept(tmp_path: Path, suffix: str, dtype: type) -> None:
    samples = random_samples(9, 7, dtype)
    photo = read_photo(save(tmp_path / f"a{suffix}", samples))
    assert photo.bit_depth == samples.itemsize * 8 and photo.original.dtype == dtype
    np.testing.assert_array_equal(photo.original, samples)
    np.testing.assert_array_equal(photo.pixels, photo_of(samples).pixels)
    assert photo.pixels.dtype == np.float32 and photo.alpha is None
    assert (photo.height, photo.width) == (9, 7)


@pytest.mark.parametrize("channels", [1, 2])
def test_gray_is_expanded(tmp_path: Path, channels: int) -> None:
    samples = random_samples(5, 6, np.uint16, channels)
    photo = read_photo(save(tmp_path / "a.png", samples))
    for channel in range(3):
        np.testing.assert_array_equal(photo.original[..., channel], samples[..., 0])
    assert (photo.alpha is not None) == (channels == 2)


def test_palette_is_expanded(tmp_path: Path) -> None:
    palette = bytes([10, 20, 30, 200, 100, 50])
    path = tmp_path / "a.png"
    path.write_bytes(png(2, 1, 8, 3, b"\0\0\1", png_chunk(b"PLTE", palette)))
    np.testing.assert_array_equal(read_photo(path).original, [[[10, 20, 30], [200, 100, 50]]])


def test_color_under_transparency_is_kept(tmp_path: Path) -> None:
    samples = random_samples(4, 4, np.uint8, 4)
    samples[..., 3] = [0, 1, 128, 255]
    photo = read_photo(save(tmp_path / "a.png", samples))
    np.testing.assert_array_equal(photo.original, samples[..., :3])
    assert photo.alpha is not None
    np.testing.assert_array_equal(np.rint(photo.alpha * 255), samples[..., 3])


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("orientation", "upright"),
    [
        (1, lambda a: a),
        (2, np.fliplr),
        (3, lambda a: np.rot90(a, 2)),
        (4, np.flipud),
        (5, lambda a: np.transpose(a, (1, 0, 2))),
        (6, lambda a: np.rot90(a, 3)),
        (7, lambda a: np.rot90(np.transpose(a, (1, 0, 2)), 2)),
        (8, lambda a: np.rot90(a, 1)),
        (9, lambda a: a),
    ],
)
def test_orientation_is_applied(tmp_path: Path, orientation: int, upright, order: str) -> None:  # type: ignore[no-untyped-def]
    path = save(tmp_path / "a.jpg", random_samples(8, 16))
    stored = load(path)
    photo = read_photo(with_exif(path, exif_block(orientation, order)))
    np.testing.assert_array_equal(photo.original, upright(stored))
    assert photo.pixels.flags.c_contiguous and photo.original.flags.c_contiguous


def test_the_content_decides_not_the_suffix(tmp_path: Path) -> None:
    samples = random_samples(3, 3)
    path = save(tmp_path / "a.png", samples).rename(tmp_path / "a.jpg")
    np.testing.assert_array_equal(read_photo(path).original, samples)


@pytest.mark.parametrize("name", ["what?a=1.png", "a b%04d#.png", "ü€ 写真.png", "-o.png"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    samples = random_samples(3, 3)
    path = save(tmp_path / "a.png", samples).rename(tmp_path / name)
    photo = read_photo(path)
    np.testing.assert_array_equal(photo.original, samples)
    write_photo(tmp_path / ("out" + name), photo.pixels, photo)
    np.testing.assert_array_equal(read_photo(tmp_path / ("out" + name)).original, samples)


@pytest.mark.parametrize("shape", [(1, 1), (1, 20000), (20000, 1)])
def test_extreme_shapes(tmp_path: Path, shape: tuple[int, int]) -> None:
    assert read_pixels(save(tmp_path / "a.png", random_samples(*shape))).shape == (*shape, 3)


def test_an_rgb_profile_is_kept_and_a_gray_one_dropped(tmp_path: Path) -> None:
    profile = rgb_profile()
    rgb = photo_of(random_samples(4, 4))
    object.__setattr__(rgb, "icc_profile", profile)
    write_photo(tmp_path / "a.tif", rgb.pixels, rgb)
    assert read_photo(tmp_path / "a.tif").icc_profile == profile
    gray = profile.replace(b"RGB ", b"GRAY")
    chunk = png_chunk(b"iCCP", b"gray\0\0" + zlib.compress(gray))
    (tmp_path / "g.png").write_bytes(png(1, 1, 8, 0, b"\0\x50", chunk))
    assert read_photo(tmp_path / "g.png").icc_profile is None


def test_animation_gives_the_first_frame(tmp_path: Path) -> None:
    samples = random_samples(4, 4)
    path = save(tmp_path / "a.png", samples)
    data = path.read_bytes()
    control = png_chunk(b"acTL", struct.pack(">II", 2, 0))
    path.write_bytes(data[:33] + control + data[33:])
    np.testing.assert_array_equal(read_photo(path).original, samples)


def test_mask_from_brightness_and_from_alpha(tmp_path: Path) -> None:
    gray = np.array([[0, 10, 128, 255]], dtype=np.uint8)[..., None]
    mask = read_mask(save(tmp_path / "m.png", gray), (1, 4))
    np.testing.assert_array_equal(mask, [[0, 10, 128, 255]])
    assert mask.dtype == np.uint8
    rgba = np.zeros((1, 4, 4), dtype=np.uint8)
    rgba[..., 3] = gray[..., 0]
    np.testing.assert_array_equal(read_mask(save(tmp_path / "a.png", rgba), (1, 4)), [[0, 10, 128, 255]])


def test_mask_of_another_size_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "m.png", random_samples(3, 4))
    with pytest.raises(PhotoError, match=r"m\.png is 4 × 3 pixels but the photo is 3 × 4"):
        read_mask(path, (4, 3))
