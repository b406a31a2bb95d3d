"""WebP and AVIF exports: lossless at 100, with alpha, profile, EXIF, XMP and receipt."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from fxdiffuse_gui.photo.codecs.webp_avif import check_webp_avif_size
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.image import Metadata, Photo, PhotoError
from fxdiffuse_gui.photo.metadata import exif
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import Receipt, read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions, check_target, write_photo
from tests.photo.heif_raw_files import smooth_samples
from tests.photo.photo_files import exif_block, photo_of, random_samples, rgb_profile

LOSSLESS = ExportOptions(quality=100)
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:own="urn:own" own:kept="yes"/></rdf:RDF></x:xmpmeta>'
)

both = pytest.mark.parametrize(
    "suffix",
    [
        ".webp",
        pytest.param(
            ".avif", marks=pytest.mark.skipif(not cv2.haveImageWriter(".avif"), reason="OpenCV without AVIF")
        ),
    ],
)


def described(samples: np.ndarray) -> Photo:
    return Photo(samples, None, 8, rgb_profile(), Metadata(exif_block(1), XMP))


@both
def test_nothing_is_lost_at_100(tmp_path: Path, suffix: str) -> None:
    photo = described(random_samples(30, 50))
    path = tmp_path / f"out{suffix}"
    write_photo(path, photo.pixels, photo, LOSSLESS)
    again = read_photo(path)
    np.testing.assert_array_equal(again.original, photo.original)
    assert again.icc_profile == photo.icc_profile
    assert again.metadata.exif == exif.upright(exif_block(1), 50, 30) and again.metadata.xmp == XMP
    with Image.open(path) as seen:  # what another program finds
        assert seen.info["icc_profile"] == photo.icc_profile
        assert seen.getexif()[271] == "Maker"
        assert seen.info["xmp"] == XMP


@both
def test_colors_below_transparency_stay(tmp_path: Path, suffix: str) -> None:
    samples = random_samples(30, 50)
    alpha = np.linspace(0, 1, 50, dtype=np.float32)[None].repeat(30, axis=0)
    photo = Photo(samples, alpha, 8)
    write_photo(tmp_path / f"out{suffix}", photo.pixels, photo, LOSSLESS)
    again = read_photo(tmp_path / f"out{suffix}")
    np.testing.assert_array_equal(again.original, samples)
    assert again.alpha is not None
    np.testing.assert_allclose(again.alpha, alpha, atol=0.5001 / 255)


@both
def test_quality_counts(tmp_path: Path, suffix: str) -> None:
    noisy = smooth_samples(64, 96) // 2 + random_samples(64, 96) // 8
    photo = photo_of(noisy.astype(np.uint8))
    sizes, errors = [], []
    for quality in (30, 80, 100):
        path = tmp_path / f"{quality}{suffix}"
        write_photo(path, photo.pixels, photo, ExportOptions(quality=quality))
        sizes.append(path.stat().st_size)
        errors.append(np.abs(read_photo(path).original.astype(int) - photo.original).mean())
    assert sizes == sorted(sizes) and errors == sorted(errors, reverse=True)
    assert errors[2] == 0 < errors[1] < 12


@both
@pytest.mark.parametrize("quality", [80, 100])
def test_receipt_tells_of_the_very_samples(tmp_path: Path, suffix: str, quality: int) -> None:
    photo = described(random_samples(30, 50))
    path = tmp_path / f"out{suffix}"
    receipt = Receipt({"seed": 7}, "0.1.0")
    write_photo(path, 1 - photo.pixels, photo, ExportOptions(quality=quality), receipt)
    output = read_receipt(path).output
    assert output is not None and output.format == suffix[1:]
    assert (output.quality, output.bit_depth) == (quality, 8)
    assert output.samples == samples_digest(path)
    again = read_photo(path)
    assert again.metadata.xmp is not None and b'own:kept="yes"' in again.metadata.xmp
    first = path.read_bytes()
    write_photo(path, 1 - photo.pixels, photo, ExportOptions(quality=quality), receipt)
    assert path.read_bytes() == first


@both
def test_a_packet_that_cannot_be_extended_is_kept(tmp_path: Path, suffix: str) -> None:
    packet = b"<broken" + b"0" * 64
    photo = Photo(random_samples(8, 8), None, 8, None, Metadata(xmp=packet))
    write_photo(tmp_path / f"out{suffix}", 1 - photo.pixels, photo, None, Receipt({"seed": 7}, "0.1.0"))
    assert read_photo(tmp_path / f"out{suffix}").metadata.xmp == packet


@both
def test_metadata_is_left_out_on_demand(tmp_path: Path, suffix: str) -> None:
    photo = described(random_samples(8, 8))
    options = ExportOptions(keep_metadata=False)
    write_photo(tmp_path / f"out{suffix}", photo.pixels, photo, options, Receipt({"seed": 7}, "0.1.0"))
    again = read_photo(tmp_path / f"out{suffix}")
    assert again.icc_profile == rgb_profile() and again.metadata == Metadata()


def test_too_large_for_the_format(tmp_path: Path) -> None:
    photo = photo_of(np.zeros((1, 16384, 3), np.uint8))
    with pytest.raises(PhotoError, match="16383 pixels a side"):
        write_photo(tmp_path / "out.webp", photo.pixels, photo)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(PhotoError, match="megapixels at most"):
        check_webp_avif_size(tmp_path / "out.avif", "avif", 20_000, 20_000)
    check_webp_avif_size(tmp_path / "out.avif", "avif", 16_000, 16_000)


def test_without_avif_it_is_said_before_the_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "haveImageWriter", lambda _: False)
    with pytest.raises(PhotoError, match="no AVIF on this system"):
        check_target(tmp_path / "out.avif")
    assert check_target(tmp_path / "out.webp") == "webp"
