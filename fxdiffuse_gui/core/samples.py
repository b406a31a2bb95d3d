"""Samples of pictures: integers as floats, and rows and columns beyond the border by reflection."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def as_float(samples: NDArray[Any]) -> NDArray[np.float32]:
    """A float32 copy in row order: integers over their type's maximum, floats as they are."""
    if samples.dtype == np.float32:
        return np.array(samples, order="C")
    return samples.astype(np.float32, order="C") / np.float32(np.iinfo(samples.dtype).max)


def reflect_indices(start: int, stop: int, size: int) -> NDArray[np.int64]:
    """Indices start..stop−1 folded into [0, size) by reflection without repeating the edge (reflect-101).

    Holds for any overhang, down to a single pixel, which the padding of torch and numpy does not.
    """
    period = max(2 * (size - 1), 1)
    folded = np.arange(start, stop, dtype=np.int64) % period
    return np.minimum(np.minimum(folded, np.abs(period - folded)), size - 1)
