"""Arrays of image samples: conversion to floats, work in bands of rows, reflection at borders."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

BAND_ROWS = 256
"""Rows that are processed at a time where temporaries for a whole photo would take too much memory."""


def as_float(samples: NDArray[Any]) -> NDArray[np.float32]:
    """A float32 copy in row order: integers divided by the maximum of their type, floats unchanged."""
    if samples.dtype == np.float32:
        return np.array(samples, order="C")
    return samples.astype(np.float32, order="C") / np.float32(np.iinfo(samples.dtype).max)


def row_bands(height: int) -> Iterator[slice]:
    """Slices of `BAND_ROWS` rows that together cover `height` rows; the last may be shorter."""
    return (slice(top, min(top + BAND_ROWS, height)) for top in range(0, height, BAND_ROWS))


def reflect_indices(start: int, stop: int, size: int) -> NDArray[np.int64]:
    """Indices start..stop−1 folded into [0, size) by reflection without repeating the edge (reflect-101).

    Holds for any overhang, down to a single pixel, which the padding of torch and numpy does not.
    """
    period = max(2 * (size - 1), 1)
    folded = np.arange(start, stop, dtype=np.int64) % period
    return np.minimum(np.minimum(folded, np.abs(period - folded)), size - 1)
