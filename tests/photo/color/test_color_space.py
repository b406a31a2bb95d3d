"""Color spaces of exports: the conversion, and what the files say about it."""

import io
import json
import shutil
import struct
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to, icc_profile_of
from fxdiffuse_gui.photo.color.icc import read_matrix_profile
from fxdiffuse_gui.photo.image import Metadata
from fxdiffuse_gui.photo.metadata import exif
from fxdiffuse_gui.photo.metadata.exif import Entry
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import Receipt, read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions, begin_edit, write_photo
from tests.photo.photo_files import exif_block, foreign_srgb, photo_of, random_samples, save

SRGB, P3, ADOBE = ColorSpace.SRGB, ColorSpace.P3, ColorSpace.ADOBE
SPACES = (SRGB, P3, ADOBE)


def converted(samples: NDArray[Any], source: bytes | None, space: ColorSpace) -> NDArray[Any]:
    """Samples of any depth in `space`, rounded to that depth."""
    top = np.float32(np.iinfo(samples.dtype).max)
    conversion = conversion_to(space, source)
    assert conversion is not None
    return np.rint(conversion(samples / top) * top).astype(samples.dtype)


@pytest.mark.parametrize("space", [P3, ADOBE])
def test_agrees_with_another_color_engine(space: ColorSpace) -> None:
    samples = random_samples(200, 200)
    profiles = [ImageCms.ImageCmsProfile(io.BytesIO(one)) for one in (foreign_srgb(), icc_profile_of(space))]
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(*profiles, "RGB", "RGB", intent)
    image = Image.fromarray(samples)
    ImageCms.applyTransform(image, transform, inPlace=True)
    gaps = np.abs(converted(samples, None, space).astype(int) - np.asarray(image))
    assert gaps.mean() < 0.05 and gaps.max() <= 2


def test_there_and_back_again() -> None:
    """From Display P3 to sRGB and back, each time as bytes, for every color that both have."""
    samples = converted(random_samples(300, 300), None, P3)
    srgb = converted(samples, icc_profile_of(P3), SRGB)
    again = converted(srgb, None, P3)
    assert np.abs(again.astype(int) - samples).max() <= 1
    assert not np.array_equal(srgb, samples)


@pytest.mark.parametrize("space", SPACES)
def test_sixteen_bits_stay_sixteen(tmp_path: Path, space: ColorSpace) -> None:
    ramp = np.linspace(0, 65535, 20_000).astype(np.uint16)
    samples = np.stack([ramp, ramp // 2, ramp // 3], axis=1).reshape(100, 200, 3)
    source = replace(photo_of(samples), icc_profile=icc_profile_of(ADOBE if space is SRGB else SRGB))
    path = tmp_path / "a.tif"
    write_photo(path, source.pixels, source, ExportOptions(color_space=space))
    written = read_photo(path)
    levels = [len(np.unique(written.original[..., channel])) for channel in range(3)]
    assert written.bit_depth == 16 and min(levels) >= 5000
    # Half a level is rounding, the other one what the profiles have rounded.
    assert np.abs(written.original - in_double(samples, source.icc_profile, space)).max() <= 1.2


def in_double(samples: NDArray[Any], source: bytes | None, space: ColorSpace) -> NDArray[np.float64]:
    assert source is not None
    one, other = read_matrix_profile(source), read_matrix_profile(icc_profile_of(space))
    linear = np.stack([one.curves[c].astype(np.float64)[samples[..., c]] for c in range(3)], axis=-1)
    mixed = np.clip(linear @ np.linalg.solve(other.matrix, one.matrix).T, 0, 1)
    if space is ADOBE:
        return 65535 * mixed ** (256 / 563)
    return 65535 * np.where(mixed <= 0.0031308, 12.92 * mixed, 1.055 * mixed ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_grays_stay_gray_and_white_white(dtype: type) -> None:
    top = np.iinfo(dtype).max
    gray = np.repeat(np.arange(top + 1, dtype=dtype)[None, :, None], 3, axis=2)
    for space in (P3, ADOBE):
        result = converted(gray, None, space)
        assert (np.ptp(result, axis=2) == 0).all()
        assert result[0, 0, 0] == 0 and result[0, -1, 0] == top
    np.testing.assert_array_equal(converted(gray, None, P3), gray)


def test_a_gray_photo(tmp_path: Path) -> None:
    source = read_photo(save(tmp_path / "gray.png", random_samples(12, 16, channels=1)))
    write_photo(tmp_path / "out.png", source.pixels, source, ExportOptions(color_space=ADOBE))
    written = read_photo(tmp_path / "out.png")
    assert (np.ptp(written.original, axis=2) == 0).all() and written.icc_profile == icc_profile_of(ADOBE)
    assert not np.array_equal(written.original, source.original)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
def test_alpha_is_kept(tmp_path: Path, suffix: str) -> None:
    dtype = np.uint8 if suffix == ".webp" else np.uint16
    source = read_photo(save(tmp_path / "in.png", random_samples(6, 6, dtype, 4)))
    path = tmp_path / f"out{suffix}"
    write_photo(path, source.pixels, source, ExportOptions(quality=100, color_space=P3))
    written = read_photo(path)
    assert written.alpha is not None and source.alpha is not None
    np.testing.assert_array_equal(written.alpha, source.alpha)
    np.testing.assert_array_equal(written.original, converted(source.original, None, P3))


@pytest.mark.parametrize("profile", [None, "foreign"])
def test_the_same_space_changes_no_sample(tmp_path: Path, profile: str | None) -> None:
    icc = None if profile is None else foreign_srgb()
    source = replace(photo_of(random_samples(20, 20, np.uint16)), icc_profile=icc)
    write_photo(tmp_path / "a.png", source.pixels, source, ExportOptions(color_space=SRGB))
    written = read_photo(tmp_path / "a.png")
    np.testing.assert_array_equal(written.original, source.original)
    assert written.icc_profile == icc_profile_of(SRGB)


def test_parts_are_converted_as_the_whole() -> None:
    source = photo_of(random_samples(40, 30))
    options = ExportOptions(bit_depth=16, color_space=P3)
    edited = begin_edit(Path("a.png"), source, options)
    untouched = edited.samples.copy()
    edited.put((5, 10, 20, 30), source.pixels[10:30, 5:20])
    np.testing.assert_array_equal(edited.samples, untouched)
    edited.put((5, 10, 20, 30), source.pixels[10:30, 5:20] / 2)
    assert (edited.samples != untouched).any(axis=2).sum() >= 20 * 15 * 0.9
    # From 8 bits to 16 there is one rounding, not two.
    expected = conversion_to(P3, None)
    assert expected is not None
    np.testing.assert_array_equal(untouched, np.rint(expected(source.pixels) * 65535))
    assert not edited.is_untouched


def test_a_converted_jpeg_is_no_copy(tmp_path: Path) -> None:
    source = read_photo(save(tmp_path / "in.jpg", random_samples(24, 32)))
    write_photo(tmp_path / "out.jpg", source.pixels, source, ExportOptions(color_space=P3))
    assert read_photo(tmp_path / "out.jpg").icc_profile == icc_profile_of(P3)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
@pytest.mark.parametrize("space", SPACES)
def test_the_receipt_has_the_color_space(tmp_path: Path, suffix: str, space: ColorSpace) -> None:
    source, path = photo_of(random_samples(20, 30)), tmp_path / f"a{suffix}"
    write_photo(path, source.pixels / 2, source, ExportOptions(color_space=space), Receipt({}, "0.1.0"))
    assert read_receipt(path).color_space == space.value
    write_photo(path, source.pixels / 2, source, None, Receipt({}, "0.1.0"))
    assert read_receipt(path).color_space is None


@pytest.mark.parametrize("value", ["keep", "lab", "", 1, None, ["p3"]])
def test_a_receipt_of_another_space_is_refused(value: object) -> None:
    text = {"receipt": 1, "condition": {}, "program": "0.1.0", "color_space": value}
    with pytest.raises(ValueError):
        Receipt.from_text(json.dumps(text))


def camera_exif(order: str) -> bytes:
    """An EXIF block of a camera set to Adobe RGB, with its interoperability directory behind it."""
    mark = {1: Entry(2, 4, b"R03\0")}
    tree = {exif.EXIF_POINTER: {0xA001: Entry(3, 1, b"\xff\xff"), 40965: Entry(4, 1, bytes(4))}}
    body, first = exif.serialize({0: {}, **tree}, 8, order)
    block = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", first) + body
    place = struct.pack(order + "HHI", 40965, 4, 1)
    directory, _ = exif.serialize({0: mark}, len(block), order)
    return block.replace(place + bytes(4), place + struct.pack(order + "I", len(block))) + directory


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("space", "number", "mark"), [(SRGB, 1, b"R98"), (ADOBE, 0xFFFF, b"R03"), (P3, 0xFFFF, b"R98")]
)
def test_exif_has_the_new_space(order: str, space: ColorSpace, number: int, mark: bytes) -> None:
    block = exif.with_color_space(camera_exif(order), space.value)
    assert len(block) == len(camera_exif(order))
    inner = exif.read_tree(io.BytesIO(block))[exif.EXIF_POINTER]
    assert int.from_bytes(inner[0xA001].value, "little") == number
    place = int.from_bytes(inner[40965].value, "little")
    assert exif.read_directory(io.BytesIO(block), order, place)[1].value == mark + b"\0"
    for other in (exif_block(1, order), b"rubbish", block[:20]):
        assert exif.with_color_space(other, space.value) == other


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_exiftool_shows_the_profile(tmp_path: Path, suffix: str) -> None:
    source = photo_of(random_samples(20, 30), Metadata(camera_exif("<")))
    path = tmp_path / f"a{suffix}"
    write_photo(path, source.pixels / 2, source, ExportOptions(color_space=SRGB))
    asked = ["exiftool", "-s3", "-ICC_Profile:ProfileDescription", "-ExifIFD:ColorSpace", str(path)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["sRGB", "sRGB"]
    checked = subprocess.run(
        ["exiftool", "-validate", "-warning", "-s3", str(path)], capture_output=True, check=True
    )
    assert b"ICC" not in checked.stdout


def test_a_png_does_not_contradict_its_profile(tmp_path: Path) -> None:
    path, source = tmp_path / "a.png", photo_of(random_samples(8, 8))
    for profile, space in ((icc_profile_of(P3), ColorSpace.KEEP), (None, ADOBE)):
        write_photo(
            path, source.pixels, replace(source, icc_profile=profile), ExportOptions(color_space=space)
        )
        data = path.read_bytes()
        assert b"iCCP" in data and not any(one in data for one in (b"sRGB", b"gAMA", b"cHRM"))
        assert read_photo(path).icc_profile == icc_profile_of(ADOBE if profile is None else P3)
