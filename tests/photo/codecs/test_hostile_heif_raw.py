"""Broken and malicious AVIF, HEIC and RAW files: one clear sentence, no other exception, no output."""

import random
import struct
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.photo.codecs.isobmff import read_still
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from tests.photo.heif_raw_files import dng, save_avif, save_heic, smooth_samples
from tests.photo.photo_files import exif_block

SUFFIXES = [
    pytest.param(
        ".avif", marks=pytest.mark.skipif(not cv2.haveImageWriter(".avif"), reason="OpenCV without AVIF")
    ),
    ".heic",
    ".dng",
]


def good_file(path: Path) -> Path:
    samples = smooth_samples(32, 48)
    if path.suffix == ".avif":
        return save_avif(path, samples, exif=exif_block(6), icc_profile=bytes(100))
    if path.suffix == ".heic":
        return save_heic(path, samples, exif=exif_block(6), icc_profile=bytes(100))
    path.write_bytes(dng(np.full((32, 48), 9000, np.uint16), 6))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(PhotoError) as caught:
        read_photo(path)
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and path.name in message
    return message


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_cut_short(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = good_file(tmp_path / f"photo{suffix}")
    data = path.read_bytes()
    for share in (0.3, 0.6):
        path.write_bytes(data[: int(len(data) * share)])
        message = refusal(path)
        assert "cut short" in message or "damaged" in message
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_sizes_beyond_the_limit_are_refused_at_once(tmp_path: Path, suffix: str) -> None:
    path = good_file(tmp_path / f"photo{suffix}")
    if suffix == ".dng":
        path.write_bytes(dng(np.zeros((32, 48), np.uint16), declared=(60_000, 60_000)))
    else:
        size = path.read_bytes().index(b"ispe") + 8
        data = path.read_bytes()
        path.write_bytes(data[:size] + struct.pack(">II", 60_000, 60_000) + data[size + 8 :])
    start = time.monotonic()
    assert "megapixels" in refusal(path)
    assert time.monotonic() - start < 1


def test_boxes_that_lie_of_their_size(tmp_path: Path) -> None:
    start = time.monotonic()
    for box in (
        struct.pack(">I4s", 0xFFFFFFFF, b"meta"),
        struct.pack(">I4sQ", 1, b"meta", 2**63),
        struct.pack(">I4sQ", 1, b"mdat", 2**63),
        struct.pack(">I4s", 0, b"meta") + bytes(4) + struct.pack(">I4s", 2**31, b"iinf"),
        struct.pack(">I4s", 4, b"mdat") * 40_000,
        struct.pack(">I4s", 8, b"free") * 40_000,
    ):
        path = tmp_path / "a.avif"
        path.write_bytes(b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + box + bytes(64))
        with path.open("rb") as file, pytest.raises(ValueError, match=r"box|cut short|fit"):
            read_still(file)
        assert "damaged" in refusal(path)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutated_files(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Opens or refuses, and nothing else, whatever bytes are changed."""
    chance = random.Random(suffix)
    path = good_file(tmp_path / f"photo{suffix}")
    good = path.read_bytes()
    opened = refused = 0
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.choice([1, 3, 10])):
            at = chance.randrange(min(len(data), chance.choice([300, 700, 10_000])))
            if chance.random() < 0.8:
                data[at] = chance.choice([0, 255, chance.randrange(256)])
            else:
                del data[at : at + chance.randrange(1, 20)]
        path.write_bytes(data)
        try:
            photo = read_photo(path)
        except PhotoError as error:
            refused += 1
            assert "\n" not in str(error) and str(error).endswith(".")
        else:
            opened += 1
            assert photo.original.shape[2] == 3 and photo.original.dtype in (np.uint8, np.uint16)
    assert opened > 10 and refused > 10
    assert capfd.readouterr() == ("", "")
