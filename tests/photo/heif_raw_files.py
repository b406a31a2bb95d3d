"""AVIF, HEIC and DNG files for tests, from other encoders than the program's own, or built byte by byte."""

import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

from fxdiffuse_gui.photo.metadata import exif
from fxdiffuse_gui.photo.metadata.exif import Entry


def smooth_samples(height: int, width: int, dtype: Any = np.uint8) -> NDArray[Any]:
    """(height, width, 3) ramps, which every encoder keeps to a few levels."""
    y, x = np.mgrid[0:height, 0:width]
    ramps = np.stack([y / height, x / width, (x + y) / (height + width)], axis=-1)
    return np.rint(ramps * np.iinfo(dtype).max).astype(dtype)


def save_avif(path: Path, samples: NDArray[np.uint8], **options: Any) -> Path:
    """Writes (H, W, 3 or 4) with Pillow, which turns an EXIF orientation into boxes of the format."""
    options = {"quality": 100, "subsampling": "4:4:4", **options}
    Image.fromarray(samples).save(path, **options)
    return path


def save_deep_avif(path: Path, samples: NDArray[np.uint16], depth: int) -> Path:
    """Writes (H, W, 3) samples of 0..2^depth − 1 without loss."""
    options = [cv2.IMWRITE_AVIF_QUALITY, 100, cv2.IMWRITE_AVIF_DEPTH, depth]
    assert cv2.imwrite(str(path), samples[..., ::-1], options)
    return path


def save_heic(path: Path, samples: NDArray[Any], **options: Any) -> Path:
    """Writes (H, W, 3 or 4) uint8, or uint16 as 10 bit."""
    mode = "RGB" if samples.shape[2] == 3 else "RGBA"
    height, width = samples.shape[:2]
    deep = ";16" if samples.dtype == np.uint16 else ""
    picture = pillow_heif.from_bytes(mode + deep, (width, height), samples.tobytes())
    picture.save(path, quality=-1, chroma=444, **options)
    return path


def dng(mosaic: NDArray[np.uint16], orientation: int = 1, declared: tuple[int, int] | None = None) -> bytes:
    """A DNG of an RGGB mosaic (H, W), 16 bit; declared: the height and width that it tells instead."""
    height, width = declared or mosaic.shape
    pixels = mosaic.astype("<u2").tobytes()

    def short(*values: int) -> Entry:
        return Entry(3, len(values), struct.pack(f"<{len(values)}H", *values))

    def long(value: int) -> Entry:
        return Entry(4, 1, struct.pack("<I", value))

    def ratios(kind: int, *values: int) -> Entry:
        return Entry(kind, len(values), b"".join(struct.pack("<ii", value, 10_000) for value in values))

    def body(offset: int) -> tuple[bytes, int]:
        first = {
            254: long(0),
            256: long(width),
            257: long(height),
            258: short(16),
            259: short(1),
            262: short(32803),
            271: Entry(2, 6, b"Maker\0"),
            272: Entry(2, 6, b"Model\0"),
            273: long(offset),
            274: short(orientation),
            277: short(1),
            278: long(height),
            279: long(len(pixels)),
            33421: short(2, 2),
            33422: Entry(1, 4, b"\0\1\1\2"),
            50706: Entry(1, 4, b"\1\4\0\0"),
            50708: Entry(2, 12, b"Maker Model\0"),
            50717: long(65535),
            50721: ratios(10, 32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572),
            50728: ratios(5, 10_000, 10_000, 10_000),
            50778: short(21),
        }
        camera = {34855: short(400)}
        return exif.serialize({0: first, exif.EXIF_POINTER: camera}, 8)

    start = 8 + len(body(0)[0])
    tables, first = body(start)
    return b"II*\0" + struct.pack("<I", first) + tables + pixels
