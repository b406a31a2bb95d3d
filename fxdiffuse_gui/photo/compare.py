"""How much the samples of two pictures differ."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fxdiffuse_gui.core.samples import row_bands
from fxdiffuse_gui.photo.codecs.decode import decode


@dataclass(frozen=True)
class Difference:
    """share: of samples that differ, 0..1. maximum, mean: of the absolute differences of all samples, in
    levels of 0..`of` (255 or 65535)."""

    share: float
    maximum: int
    mean: float
    of: int


def compare_samples(one: Path, other: Path) -> Difference | None:
    """The difference of the two pictures as stored; None when size, channels or depth differ.

    Raises PhotoError.
    """
    pictures = [decode(path) for path in (one, other)]
    planes = [
        picture.color if picture.alpha is None else np.dstack([picture.color, picture.alpha])
        for picture in pictures
    ]
    first, second = planes
    if first.shape != second.shape or first.dtype != second.dtype:
        return None
    differing = total = maximum = 0
    # In bands: the differences need up to four times the memory of the samples.
    for rows in row_bands(len(first)):
        gaps = np.abs(first[rows].astype(np.int32) - second[rows])
        differing += int(np.count_nonzero(gaps))
        total += int(gaps.sum(dtype=np.int64))
        maximum = max(maximum, int(gaps.max()))
    return Difference(differing / first.size, maximum, total / first.size, int(np.iinfo(first.dtype).max))
