"""ICC profiles: which are read, which are refused, and that damaged ones do no harm."""

import io
import random
import struct
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ImageCms

from fxdiffuse_gui.photo.color.color_space import ColorSpace, icc_profile_of
from fxdiffuse_gui.photo.color.icc import ProfileError, profile_description, read_matrix_profile
from fxdiffuse_gui.photo.image import Photo, PhotoError
from fxdiffuse_gui.photo.writer import ExportOptions, write_photo
from tests.photo.photo_files import foreign_srgb, photo_of, random_samples, rgb_profile

SRGB, P3, ADOBE = ColorSpace.SRGB, ColorSpace.P3, ColorSpace.ADOBE


@pytest.mark.parametrize("space", (SRGB, P3, ADOBE))
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
