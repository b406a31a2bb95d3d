"""Color spaces of exports: what is computed, what the files say, what is refused."""

import io
import json
import random
import shutil
import struct
import subprocess
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to, icc_profile_of
from fxdiffuse_gui.photo.color.icc import ProfileError, profile_description, read_matrix_profile
from fxdiffuse_gui.photo.image import Metadata, Photo, PhotoError
from fxdiffuse_gui.photo.metadata import exif
from fxdiffuse_gui.photo.metadata.exif import Entry
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import Receipt, read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions, begin_edit, write_photo
from tests.photo.photo_files import exif_block, photo_of, random_samples, rgb_profile, save

SRGB, P3, ADOBE = ColorSpace.SRGB, ColorSpace.P3, ColorSpace.ADOBE
SPACES = (SRGB, P3, ADOBE)


def foreign_srgb() -> bytes:
    """An sRGB profile that somebody else has made: version 2 and sampled where ours is not."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def converted(samples: NDArray[Any], source: bytes | None, space: ColorSpace) -> NDArray[Any]:
    """Samples of any depth in `space`, rounded to that depth."""
    top = np.float32(np.iinfo(samples.dtype).max)
    conversion = conversion_to(space, source)
    assert conversion is not None
    return np.rint(conversion(samples / top) * top).astype(samples.dtype)


@pytest.mark.parametrize("space", SPACES)
def test_profiles_are_what_their_name_says(space: ColorSpace) -> None:
    published = {
        SRGB: [0.4360, 0.3851, 0.1431, 0.2225, 0.7169, 0.0606, 0.0139, 0.0971, 0.7139],
        P3: [0.5151, 0.2920, 0.1571, 0.2412, 0.6922, 0.0666, -0.0010, 0.0419, 0.7841],
        ADOBE: [0.6097, 0.2053, 0.1492, 0.3111, 0.6257, 0.0632, 0.0195, 0.0609, 0.7446],
    }
    names = {SRGB: "sRGB", P3: "Display P3", ADOBE: "Compatible with Adobe RGB (1998)"}
    profile = icc_profile_of(space)
    assert read_matrix_profile(profile).matrix.ravel() == pytest.approx(published[space], abs=1e-4)
    assert ImageCms.getProfileDescription(io.BytesIO(profile)).strip() == names[space]
    assert profile_description(profile) == names[space]
    assert len(profile) == struct.unpack(">I", profile[:4])[0] and len(profile) % 4 == 0


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
def test_the_receipt_says_it(tmp_path: Path, suffix: str, space: ColorSpace) -> None:
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
def test_exif_speaks_of_the_new_space(order: str, space: ColorSpace, number: int, mark: bytes) -> None:
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


def of_curves(curve: bytes) -> bytes:
    """Our sRGB profile with other tone curves."""
    profile = bytearray(icc_profile_of(SRGB))
    for number in range(struct.unpack_from(">I", profile, 128)[0]):
        place = 132 + 12 * number
        if profile[place + 1 : place + 4] == b"TRC":
            struct.pack_into(">II", profile, place + 4, len(profile), len(curve))
    return bytes(profile) + curve


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        (b"curv" + struct.pack(">II", 0, 0), lambda x: x),
        (b"curv" + struct.pack(">IIH", 0, 1, 512), lambda x: x**2),
        (b"curv" + struct.pack(">II3H", 0, 3, 0, 0, 65535), lambda x: np.maximum(2 * x - 1, 0)),
        (b"para" + struct.pack(">IHHi", 0, 0, 0, 3 << 16), lambda x: x**3),
        (
            b"para" + struct.pack(">IHH3i", 0, 1, 0, 2 << 16, 2 << 16, -1 << 16),
            lambda x: np.maximum(2 * x - 1, 0) ** 2,
        ),
        (
            b"para" + struct.pack(">IHH4i", 0, 2, 0, 1 << 16, 1 << 15, -1 << 14, 1 << 14),
            lambda x: np.maximum(x / 2 - 0.25, 0) + 0.25,
        ),
        (
            b"para" + struct.pack(">IHH7i", 0, 4, 0, 1 << 16, 1 << 15, 0, 1 << 15, 1 << 15, 1 << 14, 1 << 14),
            lambda x: x / 2 + 0.25,
        ),
    ],
)  # fmt: skip
def test_every_kind_of_curve_is_read(curve: bytes, expected: Any) -> None:
    curves = read_matrix_profile(of_curves(curve)).curves
    np.testing.assert_allclose(curves[1], expected(np.linspace(0, 1, 65536)), atol=1e-6)


def test_profiles_that_cannot_be_converted(tmp_path: Path) -> None:
    table = icc_profile_of(P3).replace(b"desc", b"A2B0", 1)
    lab = bytearray(icc_profile_of(P3))
    lab[20:24] = b"Lab "
    flat = icc_profile_of(P3).replace(b"gXYZ", b"gxxx", 1)
    red = bytearray(icc_profile_of(P3))
    green, other = red.index(b"gXYZ") + 4, red.index(b"rXYZ") + 4
    red[green : green + 4] = red[other : other + 4]
    endless = of_curves(b"para" + struct.pack(">IHH5i", 0, 3, 0, -1 << 16, 0, 0, 0, 0))
    reasons = [
        (table, "describes colors by a table"),
        (bytes(lab), "names no primaries"),
        (flat, "names no primaries"),
        (bytes(red), "has primaries that cannot be"),
        (rgb_profile(), "names no primaries"),
        (endless, "has a tone curve that cannot be"),
        (of_curves(b"curv" + struct.pack(">II", 0, 2**31)), "is damaged"),
        (rgb_profile()[:130], "is damaged"),
    ]
    for profile, reason in reasons:
        source: Photo = replace(photo_of(random_samples(8, 8)), icc_profile=profile)
        with pytest.raises(PhotoError, match=f"because its profile {reason}; keep the photo's own"):
            write_photo(tmp_path / "a.tif", source.pixels, source, ExportOptions(color_space=P3))
        assert list(tmp_path.iterdir()) == []


def test_profiles_of_others_have_names() -> None:
    text = b"Camera RGB\0"
    old = b"desc" + struct.pack(">II", 0, len(text)) + text + bytes(80)
    profile = bytearray(of_curves(old))
    place = profile.index(b"desc", 128)
    struct.pack_into(">II", profile, place + 4, len(profile) - len(old), len(old))
    assert profile_description(bytes(profile)) == "Camera RGB"
    assert profile_description(foreign_srgb()) == "sRGB built-in"
    assert profile_description(rgb_profile()) == "" == profile_description(b"")


def test_damaged_profiles_never_break_anything() -> None:
    generator = random.Random(3)
    whole = foreign_srgb()
    for _ in range(300):
        profile = bytearray(whole[: generator.choice([len(whole), generator.randrange(len(whole))])])
        for _ in range(generator.randrange(1, 12)):
            if profile:
                profile[generator.randrange(len(profile))] = generator.randrange(256)
        assert len(profile_description(bytes(profile))) <= 40
        try:
            read = read_matrix_profile(bytes(profile))
        except ProfileError:
            continue
        assert np.isfinite(read.matrix).all() and ((read.curves >= 0) & (read.curves <= 1)).all()


def test_a_png_does_not_contradict_its_profile(tmp_path: Path) -> None:
    path, source = tmp_path / "a.png", photo_of(random_samples(8, 8))
    for profile, space in ((icc_profile_of(P3), ColorSpace.KEEP), (None, ADOBE)):
        write_photo(
            path, source.pixels, replace(source, icc_profile=profile), ExportOptions(color_space=space)
        )
        data = path.read_bytes()
        assert b"iCCP" in data and not any(one in data for one in (b"sRGB", b"gAMA", b"cHRM"))
        assert read_photo(path).icc_profile == icc_profile_of(ADOBE if profile is None else P3)


def test_tags_that_overlap_take_no_memory() -> None:
    """200 tags, each of which claims to be all of a large profile."""
    size, count = 4 << 20, 200
    head = bytearray(icc_profile_of(ColorSpace.P3)[:128])
    table = b"".join(struct.pack(">4sII", b"%04d" % number, 4, size) for number in range(count))
    profile = bytes(head + struct.pack(">I", count) + table).ljust(size, b"\0")
    tracemalloc.start()
    try:
        with pytest.raises(ProfileError, match="names no primaries"):
            read_matrix_profile(profile)
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()
