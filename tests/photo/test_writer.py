"""Exports: unedited samples and metadata are kept, and a failed write leaves nothing."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import OpenImageIO as oiio  # noqa: N813
import pytest

from fxdiffuse_gui.photo.image import Metadata, Photo, PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.writer import ExportOptions, check_target, write_photo
from tests.photo.photo_files import (
    IPTC,
    XMP,
    exif_block,
    photo_of,
    random_samples,
    rgb_profile,
    save,
    with_exif,
)

FULL = Metadata(exif_block(1), XMP.replace(b'"6"', b'"1"'), IPTC, (), (300.0, 300.0))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("suffix", [".png", ".tif", ".TIFF"])
def test_untouched_samples_come_back(tmp_path: Path, suffix: str, dtype: type) -> None:
    source = photo_of(random_samples(40, 30, dtype))
    edited = source.pixels.copy()
    edited[10:20, 5:9] = 0.25
    write_photo(tmp_path / f"a{suffix}", edited, source)
    written = read_photo(tmp_path / f"a{suffix}").original
    touched = np.zeros((40, 30), dtype=bool)
    touched[10:20, 5:9] = True
    np.testing.assert_array_equal(written[~touched], source.original[~touched])
    assert (written[touched] == round(0.25 * np.iinfo(dtype).max)).all()


def test_depth_can_be_changed(tmp_path: Path) -> None:
    deep, flat = photo_of(random_samples(20, 20, np.uint16)), photo_of(random_samples(20, 20))
    write_photo(tmp_path / "a.png", deep.pixels, deep, ExportOptions(bit_depth=8))
    np.testing.assert_array_equal(read_photo(tmp_path / "a.png").original, np.rint(deep.original / 257))
    write_photo(tmp_path / "b.tif", flat.pixels, flat, ExportOptions(bit_depth=16))
    np.testing.assert_array_equal(read_photo(tmp_path / "b.tif").original, flat.original * np.uint16(257))


def test_values_outside_the_range_are_clipped_and_nan_is_refused(tmp_path: Path) -> None:
    source = photo_of(np.full((1, 2, 3), 100, dtype=np.uint8))
    edited = np.array([[[-1, 0, 0.5], [1, 2, 1e9]]], dtype=np.float32)
    write_photo(tmp_path / "a.png", edited, source)
    np.testing.assert_array_equal(read_photo(tmp_path / "a.png").original, [[[0, 0, 128], [255, 255, 255]]])
    edited[0, 0, 0] = np.nan
    with pytest.raises(PhotoError, match="not numbers"):
        write_photo(tmp_path / "b.png", edited, source)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png"]


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_alpha_is_kept(tmp_path: Path, suffix: str) -> None:
    samples = random_samples(6, 6, np.uint16, 4)
    source = read_photo(save(tmp_path / f"in{suffix}", samples))
    write_photo(tmp_path / f"a{suffix}", source.pixels, source)
    again = read_photo(tmp_path / f"a{suffix}")
    np.testing.assert_array_equal(again.original, source.original)
    assert again.alpha is not None and source.alpha is not None
    np.testing.assert_array_equal(again.alpha, source.alpha)


def test_jpeg_is_composited_on_white(tmp_path: Path) -> None:
    samples = np.zeros((16, 16, 4), dtype=np.uint8)
    source = read_photo(save(tmp_path / "in.png", samples))
    write_photo(tmp_path / "a.jpg", source.pixels, source)
    assert (read_photo(tmp_path / "a.jpg").original == 255).all()


def test_jpeg_is_444_and_follows_the_quality(tmp_path: Path) -> None:
    source = photo_of(random_samples(64, 64))
    sizes: list[int] = []
    for quality in (30, 95):
        path = tmp_path / f"{quality}.jpg"
        write_photo(path, source.pixels, source, ExportOptions(quality=quality))
        sizes.append(path.stat().st_size)
        opened = oiio.ImageInput.open(str(path))
        assert opened is not None
        assert opened.spec().get_string_attribute("jpeg:subsampling") == "4:4:4"
        opened.close()
    assert sizes[0] < sizes[1] / 1.5
    error = read_photo(tmp_path / "95.jpg").pixels - source.pixels
    assert float(np.sqrt((error**2).mean())) < 0.03


def test_an_untouched_jpeg_is_copied(tmp_path: Path) -> None:
    path = with_exif(save(tmp_path / "in.jpg", random_samples(24, 32)), exif_block(6))
    source = read_photo(path)
    write_photo(tmp_path / "copy.jpg", source.pixels, source)
    assert (tmp_path / "copy.jpg").read_bytes() == path.read_bytes()
    for options in (ExportOptions(quality=60), ExportOptions(keep_metadata=False)):
        write_photo(tmp_path / "new.jpg", source.pixels, source, options)
        assert (tmp_path / "new.jpg").read_bytes() != path.read_bytes()
    save(path, random_samples(24, 32)[::-1])  # the file has changed since it was read
    write_photo(tmp_path / "late.jpg", source.pixels, source)
    assert np.abs(read_photo(tmp_path / "late.jpg").pixels - source.pixels).mean() < 0.03


@pytest.mark.parametrize("target", [".jpg", ".png", ".tif"])
@pytest.mark.parametrize("origin", [".jpg", ".png", ".tif"])
def test_metadata_survive(tmp_path: Path, origin: str, target: str) -> None:
    profile = rgb_profile()
    source = replace(photo_of(random_samples(10, 12), FULL), icc_profile=profile)
    write_photo(tmp_path / f"a{origin}", source.pixels, source)
    first = read_photo(tmp_path / f"a{origin}")
    write_photo(tmp_path / f"b{target}", first.pixels + np.float32(0.01), first)
    last = read_photo(tmp_path / f"b{target}")
    assert (last.metadata.xmp, last.metadata.iptc) == (FULL.xmp, FULL.iptc)
    assert last.metadata.dpi == pytest.approx((300, 300), abs=0.1)
    assert last.metadata.exif is not None
    for content in (b"Maker", b"maker note", (123).to_bytes(4, "little") + (10).to_bytes(4, "little")):
        assert content in last.metadata.exif
    if target != ".png":  # whose library refuses this made-up profile
        assert first.icc_profile is None or last.icc_profile == profile
    assert oiio_attribute(tmp_path / f"b{target}", "Make") == "Maker"


def oiio_attribute(path: Path, name: str) -> object:
    opened = oiio.ImageInput.open(str(path))
    assert opened is not None
    value = opened.spec().getattribute(name)
    opened.close()
    return value


def test_orientation_is_reset_everywhere(tmp_path: Path) -> None:
    path = with_exif(save(tmp_path / "in.jpg", random_samples(24, 32)), exif_block(6, ">"))
    source = read_photo(path)
    assert source.pixels.shape == (32, 24, 3)
    for suffix in (".jpg", ".png", ".tif"):
        write_photo(tmp_path / f"out{suffix}", source.pixels * np.float32(0.5), source)
        assert read_photo(tmp_path / f"out{suffix}").pixels.shape == (32, 24, 3)
        assert oiio_attribute(tmp_path / f"out{suffix}", "Orientation") in (None, 1)
        assert oiio_attribute(tmp_path / f"out{suffix}", "Exif:PixelXDimension") in (24, (24,))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_metadata_can_be_left_out(tmp_path: Path, suffix: str) -> None:
    source = photo_of(random_samples(10, 12), FULL)
    write_photo(tmp_path / f"a{suffix}", source.pixels, source, ExportOptions(keep_metadata=False))
    left = read_photo(tmp_path / f"a{suffix}").metadata
    assert (left.xmp, left.iptc, left.exif, left.dpi) == (None, None, None, None)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_the_same_export_twice_is_the_same_file(tmp_path: Path, suffix: str) -> None:
    source = photo_of(random_samples(10, 12), FULL)
    for name in ("a", "b"):
        write_photo(tmp_path / f"{name}{suffix}", source.pixels, source)
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert f"{datetime.now():%Y:%m:%d}".encode() not in (tmp_path / f"a{suffix}").read_bytes()


def test_impossible_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_target(tmp_path / "a.JPEG") == "jpeg"
    (tmp_path / "dir.png").mkdir()
    for target, reason in (
        ("a.xyz", "suffix"),
        ("a", "suffix"),
        ("none/a.png", "does not exist"),
        ("dir.png", "folder"),
        ("a\0.png", "valid"),
    ):
        with pytest.raises(PhotoError, match=reason):
            check_target(tmp_path / target)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PhotoError, match="read-only"):
        check_target(tmp_path / "a.png")


def test_options_out_of_range() -> None:
    for wrong in ({"quality": 0}, {"quality": 101}, {"bit_depth": 12}):
        with pytest.raises(PhotoError):
            ExportOptions(**wrong)


def test_jpeg_too_long(tmp_path: Path) -> None:
    source = photo_of(random_samples(1, 65501))
    with pytest.raises(PhotoError, match=r"a\.jpg cannot be written: a JPEG has 65500"):
        write_photo(tmp_path / "a.jpg", source.pixels, source)
    write_photo(tmp_path / "a.png", source.pixels, source)


def failing(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("place", ["encode.embed", "writer.encode_file"])
def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    source = photo_of(random_samples(8, 8))
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    monkeypatch.setattr(f"fxdiffuse_gui.photo.{place}", failing)
    with pytest.raises(PhotoError, match=r"a\.png cannot be written \(No space left on device\)"):
        write_photo(path, source.pixels, source)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX resource limits")
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_a_full_disk_is_noticed(tmp_path: Path, suffix: str) -> None:
    import resource
    import signal

    source: Photo = photo_of(random_samples(120, 120))
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
        with pytest.raises(PhotoError):
            write_photo(path, source.pixels, source)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and links")
def test_mode_and_link_of_the_target_are_kept(tmp_path: Path) -> None:
    source = photo_of(random_samples(4, 4))
    path = tmp_path / "a.png"
    mask = os.umask(0o027)
    try:
        write_photo(path, source.pixels, source)
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o640
    path.chmod(0o604)
    link = tmp_path / "link.png"
    link.symlink_to(path)
    write_photo(link, source.pixels, source)
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o604
