"""Parts of the export dialog: the estimate of the size, the sentence about the color space."""

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.photo.color.color_space import ColorSpace, conversion_to, icc_profile_of
from fxdiffuse_gui.views.dialogs.color_space_row import ColorSpaceRow
from fxdiffuse_gui.views.dialogs.export_estimate import estimate_bytes
from fxdiffuse_gui.views.widgets.readable import file_size


def test_estimate_comes_close() -> None:
    y, x = np.mgrid[0:900, 0:1200]
    smooth = np.stack([x / 5, y / 4, (x + y) / 9], axis=-1)
    picture = (smooth + np.random.default_rng(2).normal(0, 3, smooth.shape)).clip(0, 255).astype(np.uint8)
    real = len(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1])
    guess = estimate_bytes(picture, "jpeg", quality=90, bit_depth=8, pixels=900 * 1200)
    assert guess == pytest.approx(real, rel=0.15)
    webp = len(cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, 90])[1])
    guess_webp = estimate_bytes(picture, "webp", quality=90, bit_depth=8, pixels=900 * 1200)
    assert guess_webp == pytest.approx(webp, rel=0.3)
    deep = (picture.astype(np.uint16)) * 257
    assert estimate_bytes(deep, "jpeg", quality=90, bit_depth=8, pixels=900 * 1200) == guess
    flat = estimate_bytes(picture, "png", quality=90, bit_depth=8, pixels=900 * 1200)
    assert estimate_bytes(picture, "png", quality=90, bit_depth=16, pixels=900 * 1200) > flat > guess


def test_readable_sizes() -> None:
    sizes = [file_size(size) for size in (512, 2_345, 892_000, 12_300_000, 4_200_000_000)]
    assert sizes == ["512 bytes", "2.3 kB", "892 kB", "12.3 MB", "4.2 GB"]


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        (None, "The photo has no profile, which means sRGB; it stays so."),
        (icc_profile_of(ColorSpace.P3), "The profile stays “Display P3”."),
        (b"one that has no name", "The photo keeps its profile."),
    ],
)
def test_what_becomes_of_the_profile_is_a_sentence(qtbot: QtBot, profile: bytes | None, told: str) -> None:
    row = ColorSpaceRow(profile)
    qtbot.addWidget(row)
    row.describe(is_exact=False)
    assert row.note.text() == told
    row.describe(is_exact=True)
    assert row.note.text() == f"{told} Pixels that no effect touches stay bit for bit."


def test_estimate_follows_the_colors() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (300, 300, 3), np.uint8)
    conversion = conversion_to(ColorSpace.P3, None)
    assert conversion is not None
    plain, converted = (
        estimate_bytes(noise, "jpeg", quality=90, bit_depth=8, pixels=90_000, conversion=one)
        for one in (None, conversion)
    )
    # Wide colors lie closer together.
    assert 0.8 * plain < converted < 0.99 * plain
    deep = estimate_bytes(
        noise.astype(np.uint16) * 257, "jpeg", quality=90, bit_depth=8, pixels=90_000, conversion=conversion
    )
    assert deep == converted
