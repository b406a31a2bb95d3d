"""Estimates the size of an exported file from a few tiles of the picture."""

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.photo.codecs.webp_avif import encoder_options
from fxdiffuse_gui.photo.color.color_space import Conversion
from fxdiffuse_gui.photo.formats import LOSSY_FORMATS

_TILE = 256
_TILES = 3
_OVERHEAD = 2048


def estimate_bytes(
    samples: NDArray[np.uint8 | np.uint16],
    file_format: str,
    *,
    quality: int,
    bit_depth: int,
    pixels: int,
    conversion: Conversion | None = None,
) -> int:
    """Bytes that `pixels` pixels like those of `samples` (H, W, 3) take in `file_format`, after the
    conversion of their colors.

    Compresses tiles on the diagonal, which takes some milliseconds for a picture of any size. An effect that
    is not in `samples` yet, grain above all, makes the real file larger.
    """
    import cv2

    counted = size = 0
    for tile in _tiles(samples):
        if conversion is None:
            bytes_only = tile if tile.dtype == np.uint8 else tile >> 8
        else:
            bytes_only = np.rint(conversion(as_float(tile)) * np.float32(255))
        rgb = np.ascontiguousarray(bytes_only[..., ::-1]).astype(np.uint8)
        if file_format == "jpeg":
            encoded = cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        elif file_format in LOSSY_FORMATS:
            encoded = cv2.imencode(f".{file_format}", rgb, encoder_options(file_format, quality))[1]
        else:
            encoded = cv2.imencode(".png", rgb)[1]
        size += len(encoded)
        counted += tile.shape[0] * tile.shape[1]
    estimate = size / counted * pixels
    if bit_depth == 16 and file_format not in LOSSY_FORMATS:
        # The lower byte of an edited sample is as good as noise and does not compress.
        estimate += 3 * pixels
    return round(estimate) + _OVERHEAD


def _tiles(samples: NDArray[np.uint8 | np.uint16]) -> list[NDArray[np.uint8 | np.uint16]]:
    height, width = samples.shape[:2]
    if height * width <= _TILES * _TILE * _TILE:
        return [samples]
    tiles = []
    for index in range(_TILES):
        place = index / (_TILES - 1)
        top, left = round(place * max(height - _TILE, 0)), round(place * max(width - _TILE, 0))
        tiles.append(samples[top : top + _TILE, left : left + _TILE])
    return tiles
