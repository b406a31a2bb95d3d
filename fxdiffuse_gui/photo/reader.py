"""Opens photos, reference pictures and masks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.samples import as_float, row_bands
from fxdiffuse_gui.photo.codecs.decode import decode
from fxdiffuse_gui.photo.codecs.decoded import Decoded
from fxdiffuse_gui.photo.codecs.header import read_dpi, read_icc_profile
from fxdiffuse_gui.photo.codecs.sniff import sniff_format
from fxdiffuse_gui.photo.digest import file_digest
from fxdiffuse_gui.photo.image import ByteMask, FloatImage, Photo, PhotoError, Samples
from fxdiffuse_gui.photo.metadata.blocks import read_blocks

# ITU-R BT.601.
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def read_photo(path: Path | str) -> Photo:
    """Opens the picture at `path`, upright, with everything that is needed to write it back.

    Gray and palette pictures are expanded to RGB, CMYK is converted, the first frame of an animation is used,
    16 bit is kept, camera RAW is developed. Raises PhotoError, and nothing else, when that is not possible.
    """
    path = Path(path)
    decoded = decode(path)
    try:
        original = upright_samples(decoded)
        alpha = None if decoded.alpha is None else as_float(_upright(decoded.alpha, decoded))
        height, width = original.shape[:2]
        blocks = read_blocks(path, decoded.file_format, width, height)
        return Photo(
            original=original,
            alpha=alpha,
            bit_depth=original.dtype.itemsize * 8,
            icc_profile=read_icc_profile(decoded.spec),
            metadata=replace(blocks, dpi=read_dpi(decoded.spec)),
            path=path,
            sha256=file_digest(path),
        )
    except MemoryError:
        raise PhotoError(
            "{name} does not fit into memory; close other programs or use a smaller copy.",
            name=display_name(path),
        ) from None


def read_pixels(path: Path | str) -> FloatImage:
    """The picture at `path` as (H, W, 3) float32 in [0, 1], upright: a reference. Raises PhotoError."""
    return read_photo(path).pixels


def read_mask(path: Path | str, shape: tuple[int, int] | None) -> ByteMask:
    """The mask at `path` as (H, W) uint8: 255 where it is painted, 0 where it is not, or between.

    A picture with transparency is read by its alpha, any other by its brightness. A JPEG, whose edges are
    smeared, is thresholded at half. Raises PhotoError when it cannot be read or its size is not `shape`
    (height, width); None allows any size.
    """
    photo = read_photo(path)
    if shape is not None and (photo.height, photo.width) != tuple(shape):
        raise PhotoError(
            "{name} is {width} × {height} pixels but the photo is {photo_width} × {photo_height};"
            " the mask must have the photo's size.",
            name=display_name(Path(path)),
            width=photo.width,
            height=photo.height,
            photo_width=shape[1],
            photo_height=shape[0],
        )
    alpha = photo.alpha if photo.alpha is not None and bool((photo.alpha < 1).any()) else None
    mask: ByteMask = np.empty((photo.height, photo.width), np.uint8)
    for rows in row_bands(photo.height):
        level = as_float(photo.original[rows]) @ _LUMA if alpha is None else alpha[rows]
        mask[rows] = np.rint(255 * level)
    if photo.path is not None and sniff_format(photo.path) == "jpeg":
        mask = np.where(mask > 127, 255, 0).astype(np.uint8)
    return mask


def upright_samples(decoded: Decoded) -> Samples:
    """(H, W, 3) samples of a decoded file with its orientation applied and gray expanded."""
    samples = _upright(decoded.color, decoded)
    return np.repeat(samples, 3, axis=2) if samples.shape[2] == 1 else samples


def _upright(samples: Samples, decoded: Decoded) -> Samples:
    rotate = _ROTATIONS.get(decoded.spec.get_int_attribute("Orientation", 1), _ROTATIONS[1])
    return np.ascontiguousarray(rotate(samples))


# EXIF orientation → what makes the stored picture upright.
_ROTATIONS: dict[int, Callable[[NDArray[Any]], NDArray[Any]]] = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, 1),
}
