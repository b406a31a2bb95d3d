"""Waveform and parade as numbers: how many pixels of each column of the picture have each level.

Pixels are skipped evenly and not averaged, so that clipped pixels stay clipped; takes some milliseconds for
a picture of any size.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from fxdiffuse_gui.app.files.qimage import Samples

LEVELS = 256
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)

Counts = NDArray[np.intp]
"""(planes, LEVELS, columns): pixels of a column at a level; the sum is the same for every column."""

_COLUMNS, _PIXELS = 256, 100_000
"""Columns of a waveform, and pixels counted for it."""
_THIRD, _THIRD_PIXELS = 96, 40_000
"""The same for each of the three parts of a parade."""
_GAIN, _GAMMA = 20.0, 0.55
"""A level is drawn full when one pixel in `_GAIN` of its column has it; the gamma lifts rare ones."""
_ROW = 2
"""Levels that share a row of the image, which is drawn about half as high as there are levels."""
_MARK, _SPACE = 4, 3
"""Height of a clipping mark and of the space before it, in rows."""
ROWS = LEVELS // _ROW + 2 * (_MARK + _SPACE)
"""Height of the image."""
_CLIPPED = 0.005
"""Share of a column's pixels from which on it is marked."""


def waveform(samples: Samples) -> Counts:
    """The luma of (H, W, 3) bytes, one plane."""
    return _counts([luma(*_channels(_sampled(samples, _COLUMNS, _PIXELS)))])


def parade(samples: Samples) -> Counts:
    """Red, green and blue of (H, W, 3) bytes, three planes."""
    return _counts(_channels(_sampled(samples, _THIRD, _THIRD_PIXELS)))


def density_image(counts: Counts, colors: tuple[QColor, ...], mark: QColor) -> NDArray[np.uint8]:
    """(rows, columns, RGBA) with the lowest level first and the planes, each in its color, side by side.

    Above and below lie marks, in the color `mark`, over the columns that have clipped pixels.
    """
    planes, _, columns = counts.shape
    rows = int(counts[0, :, 0].sum())
    edge = _SPACE + _MARK
    gap = columns // 24 if planes > 1 else 0
    image = np.zeros((ROWS, planes * (columns + gap) - gap, 4), np.uint8)
    brightness = np.minimum(np.arange(rows + 1) * (_GAIN / rows), 1.0) ** _GAMMA
    alpha = np.rint(255 * brightness).astype(np.uint8)[counts]
    # The maximum: averaged, an even tone would fade.
    alpha = alpha.reshape(planes, LEVELS // _ROW, _ROW, columns).max(axis=2)
    for number, (plane, color) in enumerate(zip(alpha, colors, strict=True)):
        part = image[:, number * (columns + gap) :][:, :columns]
        part[..., :3] = color.red(), color.green(), color.blue()
        part[edge:-edge, :, 3] = plane
        for level, place in ((0, slice(0, _MARK)), (LEVELS - 1, slice(-_MARK, None))):
            clipped = counts[number, level] >= _CLIPPED * rows
            part[place, clipped] = mark.red(), mark.green(), mark.blue(), 255
    return image


def level_row(level: float) -> float:
    """Where `level` lies in the rows of a `density_image`."""
    return level / _ROW + _SPACE + _MARK


def luma(red: Samples, green: Samples, blue: Samples) -> Samples:
    """The brightness (Rec. 709 weights on encoded bytes) of three channels, as bytes."""
    return (red * LUMA[0] + green * LUMA[1] + blue * LUMA[2] + np.float32(0.5)).astype(np.uint8)


def _sampled(samples: Samples, columns: int, pixels: int) -> Samples:
    """Evenly chosen pixels: from `columns` to twice as many columns, and at most `pixels` in total."""
    across = max(samples.shape[1] // columns, 1)
    found = -(-samples.shape[1] // across)
    down = max(-(-samples.shape[0] * found // pixels), 1)
    return samples[::down, ::across]


def _channels(pixels: Samples) -> list[Samples]:
    return [np.ascontiguousarray(pixels[..., channel]) for channel in range(3)]


def _counts(planes: list[Samples]) -> Counts:
    columns = planes[0].shape[1]
    # The bins of one column lie side by side.
    starts = (LEVELS * np.arange(columns)).astype(np.int32)
    counted = [np.bincount((plane + starts).ravel(), minlength=LEVELS * columns) for plane in planes]
    return np.stack(counted).reshape(len(planes), columns, LEVELS).swapaxes(1, 2)
