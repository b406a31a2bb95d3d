"""Opens photos, reference pictures and masks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.containers import read_blocks
from fxdiffuse_gui.photo.decode import Decoded, decode
from fxdiffuse_gui.photo.image import FloatImage, FloatMask, Photo, PhotoError, Samples, display_name
from fxdiffuse_gui.photo.metadata import read_dpi, read_icc_profile
from fxdiffuse_gui.photo.sniff import sniff_format

_BAND = 256
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def read_photo(path: Path | str) -> Photo:
    """Opens the picture at `path`, upright, with all that is needed to write it back.

    Gray and palette pictures are expanded to RGB, CMYK is converted, of an animation the first frame is
    taken, 16 bit is kept. Raises PhotoError, and nothing else, when that is not possible.
    """
    path = Path(path)
    decoded = decode(path)
    try:
        original = upright_samples(decoded)
        alpha = None if decoded.alpha is None else _to_float(_turned(decoded.alpha, decoded))
        height, width = original.shape[:2]
        blocks = read_blocks(path, decoded.file_format, width, height)
        return Photo(
            pixels=_to_float(original),
            alpha=alpha,
            bit_depth=original.dtype.itemsize * 8,
            original=original,
            icc_profile=read_icc_profile(decoded.spec),
            metadata=replace(blocks, dpi=read_dpi(decoded.spec)),
            path=path,
        )
    except MemoryError:
        raise PhotoError(
            f"{display_name(path)} does not fit into memory; close other programs or use a smaller copy."
        ) from None


def read_pixels(path: Path | str) -> FloatImage:
    """The picture at `path` as (H, W, 3) float32 in [0, 1], upright: a reference. Raises PhotoError."""
    return read_photo(path).pixels


def read_mask(path: Path | str, shape: tuple[int, int]) -> FloatMask:
    """The mask at `path` as (H, W) float32 in [0, 1]: 1 where it is painted in full, 0 where not.

    A picture with transparency is read by its alpha, any other by its brightness. Of a JPEG, which is not
    even where it was painted evenly, all above half counts as painted in full and the rest as not at all.
    Raises PhotoError when it cannot be read or its size is not `shape` (height, width).
    """
    photo = read_photo(path)
    if (photo.height, photo.width) != tuple(shape):
        raise PhotoError(
            f"{display_name(Path(path))} is {photo.width} × {photo.height} pixels but the photo is"
            f" {shape[1]} × {shape[0]}; the mask must have the photo's size."
        )
    transparent = photo.alpha is not None and bool((photo.alpha < 1).any())
    level = photo.alpha if transparent and photo.alpha is not None else photo.pixels @ _LUMA
    if sniff_format(Path(path)) == "jpeg":
        return (level > 0.5).astype(np.float32)
    # The weights of the colors do not add up to 1 exactly: white must be 1, and gray what it is as a byte.
    return np.rint(level * np.float32(255)).astype(np.float32) / np.float32(255)


def upright_samples(decoded: Decoded) -> Samples:
    """(H, W, 3) samples of a decoded file with its orientation applied and gray expanded."""
    samples = _turned(decoded.color, decoded)
    return np.repeat(samples, 3, axis=2) if samples.shape[2] == 1 else samples


def _turned(samples: Samples, decoded: Decoded) -> Samples:
    turn = _TURNS.get(decoded.spec.get_int_attribute("Orientation", 1), _TURNS[1])
    return np.ascontiguousarray(turn(samples))


def _to_float(samples: Samples) -> NDArray[np.float32]:
    """Samples over their maximum; a look-up keeps the result the same for a value wherever it stands."""
    maximum = np.iinfo(samples.dtype).max
    table = np.arange(maximum + 1, dtype=np.float32) / np.float32(maximum)
    values = np.empty(samples.shape, dtype=np.float32)
    # In bands: numpy turns indices into 8 bytes each, which for a whole 100-megapixel photo is 2.4 GB.
    for top in range(0, len(samples), _BAND):
        values[top : top + _BAND] = table[samples[top : top + _BAND]]
    return values


_Turn = Callable[[NDArray[Any]], NDArray[Any]]

# EXIF orientation → what makes the stored picture upright.
_TURNS: dict[int, _Turn] = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, 1),
}
