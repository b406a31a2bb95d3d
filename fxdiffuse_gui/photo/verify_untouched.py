"""Verifies that an export has not changed pixels outside the mask."""

from pathlib import Path

import numpy as np

from fxdiffuse_gui.photo.codecs.decode import sample_bands
from fxdiffuse_gui.photo.image import ByteMask, Photo


def is_untouched(path: Path, photo: Photo, mask: ByteMask) -> bool:
    """Whether the file at `path` has the samples of `photo` wherever `mask`, (H, W), is 0.

    False for a file of another size or depth. Alpha is not compared. Raises PhotoError.
    """
    bands = sample_bands(path)
    size, dtype = next(bands).decode().split()
    width, height, channels = map(int, size.split("x"))
    if (height, width) != photo.original.shape[:2] or dtype != str(photo.original.dtype) or channels < 3:
        return False
    top = 0
    for band in bands:
        read = np.frombuffer(band, photo.original.dtype).reshape(-1, width, channels)
        rows = slice(top, top + len(read))
        differs = (read[..., :3] != photo.original[rows]).any(axis=2)
        if (differs & (mask[rows] == 0)).any():
            return False
        top += len(read)
    return top == height
