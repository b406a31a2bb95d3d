"""AVIF, HEIC and camera RAW open upright, in their full depth, with profile and metadata."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.photo.codecs.decode import stored_depth
from fxdiffuse_gui.photo.codecs.sniff import sniff_format
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.metadata.blocks import read_blocks
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.photo.heif_raw_files import dng, save_avif, save_deep_avif, save_heic, smooth_samples
from tests.photo.photo_files import exif_block, rgb_profile
from tests.photo.photo_files import save as save_with_oiio

needs_avif = pytest.mark.skipif(not cv2.haveImageWriter(".avif"), reason="OpenCV without AVIF")

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" own:unknown="kept"/>'
UPRIGHT = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, 1),
}


def save(path: Path, samples: np.ndarray, **options: object) -> Path:
    return (save_avif if path.suffix == ".avif" else save_heic)(path, samples, **options)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [pytest.param(".avif", marks=needs_avif), ".heic"])
def test_opens_upright_with_profile_and_metadata(tmp_path: Path, suffix: str, orientation: int) -> None:
    samples = smooth_samples(40, 64)
    blocks = {"exif": exif_block(orientation), "xmp": XMP, "icc_profile": rgb_profile()}
    path = save(tmp_path / f"photo{suffix}", samples, **blocks)
    photo = read_photo(path)
    expected = UPRIGHT[orientation](samples)
    assert photo.original.shape == expected.shape and photo.bit_depth == 8 and photo.alpha is None
    assert np.abs(photo.original.astype(int) - expected).max() <= 3
    assert photo.icc_profile == rgb_profile()
    assert photo.metadata.xmp == XMP
    assert photo.metadata.exif is not None and b"maker note" in photo.metadata.exif


@needs_avif
@pytest.mark.parametrize("depth", [10, 12])
def test_deep_avif_fills_16_bits(tmp_path: Path, depth: int) -> None:
    samples = (smooth_samples(30, 50, np.uint16) >> (16 - depth)).astype(np.uint16)
    samples[0, 0], samples[0, 1] = 0, 2**depth - 1
    photo = read_photo(save_deep_avif(tmp_path / "deep.avif", samples, depth))
    assert photo.bit_depth == 16
    expected = np.rint(samples.astype(float) * 65535 / (2**depth - 1))
    np.testing.assert_array_equal(photo.original, expected)
    write_photo(tmp_path / "out.png", photo.pixels, photo)
    np.testing.assert_array_equal(read_photo(tmp_path / "out.png").original, photo.original)


def test_deep_heic_fills_16_bits(tmp_path: Path) -> None:
    samples = smooth_samples(40, 64, np.uint16)
    samples[:8, :8] = 65535
    photo = read_photo(save_heic(tmp_path / "deep.heic", samples))
    assert photo.bit_depth == 16 and photo.original.max() == 65535
    gaps = np.abs(photo.original.astype(int) - samples)
    assert gaps.max() <= 3 * 64
    assert len(np.unique(photo.original)) > 256


@pytest.mark.parametrize("suffix", [pytest.param(".avif", marks=needs_avif), ".heic"])
def test_alpha_is_read(tmp_path: Path, suffix: str) -> None:
    alpha = smooth_samples(40, 64)[..., :1]
    samples = np.dstack([smooth_samples(40, 64), alpha])
    path = save(tmp_path / f"photo{suffix}", samples)
    photo = read_photo(path)
    assert photo.alpha is not None
    assert np.abs(photo.alpha - alpha[..., 0] / 255).max() <= 3 / 255
    assert np.abs(photo.original.astype(int) - samples[..., :3]).max() <= 4
    levels = np.rint(photo.alpha * 255).astype(np.uint8)
    same = save_with_oiio(tmp_path / "same.png", np.dstack([photo.original, levels]))
    assert samples_digest(path) == samples_digest(same)


@needs_avif
@pytest.mark.parametrize("length", [50, 300, 400, 600, 5000])
@pytest.mark.parametrize("channels", [3, 4])
def test_avif_opens_whatever_the_length_of_its_metadata(tmp_path: Path, length: int, channels: int) -> None:
    samples = smooth_samples(16, 24)
    xmp = b"<x>" + b"y" * length + b"</x>"
    stored = samples if channels == 3 else np.dstack([samples, samples[..., :1]])
    photo = read_photo(save_avif(tmp_path / "a.avif", stored, xmp=xmp))
    assert photo.metadata.xmp == xmp and (photo.alpha is None) == (channels == 3)
    assert np.abs(photo.original.astype(int) - samples).max() <= 3


@needs_avif
def test_hdr_pictures_are_refused(tmp_path: Path) -> None:
    path = save_avif(tmp_path / "hdr.avif", smooth_samples(16, 16))
    data = path.read_bytes()
    at = data.index(b"nclx") + 6
    path.write_bytes(data[:at] + b"\0\x10" + data[at + 2 :])
    with pytest.raises(PhotoError, match="HDR"):
        read_photo(path)


@needs_avif
def test_an_untouched_avif_is_copied(tmp_path: Path) -> None:
    path = save_avif(tmp_path / "a.avif", smooth_samples(20, 30), quality=60, exif=exif_block(6))
    photo = read_photo(path)
    write_photo(tmp_path / "b.avif", photo.pixels, photo)
    assert (tmp_path / "b.avif").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_raw_is_developed_upright_in_16_bits(tmp_path: Path, orientation: int) -> None:
    mosaic = np.full((60, 80), 9000, np.uint16)
    mosaic[:30] = 30000
    path = tmp_path / "photo.DNG"
    path.write_bytes(dng(mosaic, orientation))
    photo = read_photo(path)
    stored = np.where(np.arange(60)[:, None, None] < 30, 1.0, 0.0) * np.ones((60, 80, 1))
    bright = UPRIGHT[orientation](stored)[..., 0] > 0.5
    assert photo.bit_depth == 16 and photo.original.shape[:2] == bright.shape
    # Demosaicing mixes the rows next to the edge.
    assert np.median(photo.original[bright]) > 1.5 * np.median(photo.original[~bright])
    gaps = np.abs(photo.original[bright] - np.median(photo.original[bright]))
    assert (gaps < 2000).mean() > 0.9
    assert photo.metadata.exif is not None and b"Maker" in photo.metadata.exif
    assert samples_digest(path) == samples_digest(save_with_oiio(tmp_path / "same.png", photo.original))


def test_raw_files_are_detected_by_suffix_or_content(tmp_path: Path) -> None:
    data = dng(np.zeros((8, 8), np.uint16))
    for name, content, expected in (
        ("a.nef", data, "raw"),
        ("a.tif", data, "tiff"),
        ("a.arw", b"\xff\xd8\xff" + bytes(40), "jpeg"),
        ("a.bin", b"FUJIFILMCCD-RAW " + bytes(40), "raw"),
        ("b.bin", b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(40), "raw"),
        ("c.bin", b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif" + bytes(40), "avif"),
        ("d.bin", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(40), "heic"),
    ):
        (tmp_path / name).write_bytes(content)
        assert sniff_format(tmp_path / name) == expected
    (tmp_path / "e.bin").write_bytes(b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(40))
    with pytest.raises(PhotoError, match="not a picture"):
        sniff_format(tmp_path / "e.bin")


def test_metadata_boxes_outside_the_file_are_left_out(tmp_path: Path) -> None:
    path = save_heic(tmp_path / "a.heic", smooth_samples(16, 16), exif=exif_block(1), xmp=XMP)
    data = bytearray(path.read_bytes())
    path.write_bytes(data[:-2])
    assert read_blocks(path, "heic", 16, 16).xmp is None
    assert read_blocks(path, "heic", 16, 16).exif is not None


@needs_avif
def test_deep_source_is_written_in_8_bits_to_avif(tmp_path: Path) -> None:
    samples = (smooth_samples(30, 50, np.uint16) >> 6).astype(np.uint16)
    photo = read_photo(save_deep_avif(tmp_path / "deep.avif", samples, 10))
    write_photo(tmp_path / "b.avif", 1 - photo.pixels, photo, ExportOptions(quality=100, bit_depth=16))
    again = read_photo(tmp_path / "b.avif")
    assert again.bit_depth == 8
    np.testing.assert_array_equal(again.original, np.rint(255 * np.clip(1 - photo.pixels, 0, 1)))


@pytest.mark.parametrize(
    "name", ["8.avif", "10.avif", "8.heic", "10.heic", "8.png", "16.png", "8.jpg", "raw.dng"]
)
def test_the_depth_is_known_without_the_pixels(tmp_path: Path, name: str) -> None:
    path, deep = tmp_path / name, not name.startswith("8.")
    samples = smooth_samples(30, 50, np.uint16 if deep else np.uint8)
    if path.suffix == ".avif":
        if not cv2.haveImageWriter(".avif"):
            pytest.skip("OpenCV without AVIF")
        save_deep_avif(path, samples >> 6, 10) if deep else save_avif(path, samples)
    elif path.suffix == ".heic":
        save_heic(path, samples)
    elif path.suffix == ".dng":
        path.write_bytes(dng(np.full((60, 80), 9000, np.uint16)))
    else:
        save_with_oiio(path, samples)
    assert stored_depth(path) == read_photo(path).bit_depth == (16 if deep else 8)
