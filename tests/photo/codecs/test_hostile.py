"""Broken, wrong or malicious files: one clear sentence, no other exception, no output."""

import os
import random
import struct
import time
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from tests.photo.photo_files import exif_block, png, png_chunk, random_samples, save, with_exif


def refusal(path: Path) -> str:
    with pytest.raises(PhotoError) as caught:
        read_photo(path)
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and path.name[:5] in message
    return message


def test_paths_without_a_regular_file(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "gone.jpg")
    assert "folder" in refusal(tmp_path)
    (tmp_path / "file").write_text("x")
    assert "does not exist" in refusal(tmp_path / "file" / "below.jpg")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        assert "not a regular file" in refusal(tmp_path / "pipe.jpg")


def test_impossible_paths() -> None:
    with pytest.raises(PhotoError, match="path"):
        read_photo("nul\0byte.jpg")
    with pytest.raises(PhotoError):
        read_photo("x" * 5000 + ".jpg")


def test_wrong_content(tmp_path: Path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("this is text, whatever it is called\n" * 20)
    assert "not a picture" in refusal(path)
    path.write_bytes(b"")
    assert "empty" in refusal(path)
    for brand in (b"avif", b"heic", b"crx "):
        path.write_bytes(b"\0\0\0\x20ftyp" + brand + bytes(40))
        assert "damaged" in refusal(path) or "RAW" in refusal(path)
    raw = save(tmp_path / "a.tif", random_samples(4, 4)).rename(tmp_path / "photo.NEF")
    assert "RAW" in refusal(raw)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_cut_short(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = save(tmp_path / f"photo{suffix}", random_samples(40, 40))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    assert "cut short" in refusal(path) or "damaged" in refusal(path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb1.png", png(100_000, 100_000, 8, 2, bytes(1000))),
        ("bomb2.png", png(20_001, 20_000, 16, 6, bytes(1000))),
        ("bomb3.png", png(2**31 - 1, 2**31 - 1, 8, 2, b"")),
        (
            "bomb4.gif",
            b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 128, 0, 0) + bytes(6) + b"\x2c"
            + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x02\x02\x4c\x01\x00\x3b",
        ),
        (
            "bomb5.bmp",
            b"BM" + struct.pack("<IHHI", 100, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, 60000, 60000, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(50),
        ),
    ],
)  # fmt: skip
def test_decompression_bombs_are_refused_at_once(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    start = time.monotonic()
    refusal(path)
    assert time.monotonic() - start < 1


def test_float_samples_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "float.tif"
    save(path, np.full((3, 3, 3), np.nan, dtype=np.float32))
    assert "8 or 16 bits" in refusal(path)


def test_broken_metadata_does_not_hide_the_photo(tmp_path: Path) -> None:
    samples = random_samples(8, 8)
    whole = exif_block(1)
    for block in (
        b"",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        whole[:40],
        b"II*\0\x08\0\0\0\xff\xff" + bytes(30),
    ):
        path = with_exif(save(tmp_path / "a.jpg", samples), block)
        assert read_photo(path).pixels.shape == (8, 8, 3)
    path = save(tmp_path / "a.png", samples)
    data = path.read_bytes()
    for content in (b"XML:com.adobe.xmp", b"XML:com.adobe.xmp\0\1\0\0\0not zlib", b"\0"):
        path.write_bytes(data[:33] + png_chunk(b"iTXt", content) + data[33:])
        np.testing.assert_array_equal(read_photo(path).original, samples)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".gif", ".bmp"])
def test_mutated_files(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A file opens or is refused, and nothing else, whatever bytes are changed."""
    chance = random.Random(suffix)
    path = save(tmp_path / f"photo{suffix}", random_samples(16, 16))
    if suffix == ".jpg":
        with_exif(path, exif_block(6))
    good = path.read_bytes()
    for _ in range(150):
        data = bytearray(good)
        for _ in range(chance.choice([1, 3, 10])):
            at = chance.randrange(min(len(data), chance.choice([100, 10_000])))
            if chance.random() < 0.8:
                data[at] = chance.choice([0, 255, chance.randrange(256)])
            else:
                del data[at : at + chance.randrange(1, 20)]
        path.write_bytes(data)
        try:
            photo = read_photo(path)
        except PhotoError as error:
            assert "\n" not in str(error)
        else:
            assert photo.pixels.dtype == np.float32 and np.isfinite(photo.pixels).all()
    assert capfd.readouterr() == ("", "")
