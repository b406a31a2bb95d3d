"""The pixel-wise grain algorithm of Newson et al. (2017), compiled by numba.

All pixels use the same query offsets, and pixels lie on the integers. So the points that fall into a unit
cell are the same in every cell, the fractional parts of the offsets, and are sorted into bins once. Grains
are then drawn cell by cell, only in bins that have a point within reach, and mark the points that they cover.
As in the reference program the number of grains in a cell follows from the exposure of its pixel: the
distribution is the same, and only the −ln(1 − u) grains that matter cost time.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

_Function = TypeVar("_Function", bound=Callable[..., Any])
_FINEST = 240  # bins per side


def _compiled(function: _Function) -> _Function:
    """numba's decorator, which has no types."""
    return cast(_Function, numba.njit(cache=True, fastmath=True)(function))  # pyright: ignore[reportUnknownMemberType]


class Layout(NamedTuple):
    """The query points of a cell, and the squares of it from which a grain may cover some.

    side: squares (bins) per side of the cell. bins: (M, 4) row, column, first and last of its entries.
    entries: (E, 4) the points near a bin: y and x in the cell's frame, index among the marks of their row of
    cells, and that row (0..2). groups: (G, 4) first and last point and the offset (y, x) from the pixel that
    queries them.
    """

    side: int
    bins: NDArray[np.int32]
    entries: NDArray[np.float32]
    groups: NDArray[np.int32]


def covered_fraction(
    exposure: NDArray[np.float32], radius: float, offsets: NDArray[np.float64], seed: int, margin: int
) -> NDArray[np.float32]:
    """Share of the query points that grains cover, in [0, 1], for every inner pixel.

    exposure: (H + 2m, W + 2m), u in [0, 1), padded by `margin` m ≥ `margin_for(offsets)`. radius: px.
    offsets: (N, 2) of (y, x) from the pixel's center, px. seed: of the grains. Returns (H, W).
    """
    layout = _plan(offsets, radius)
    shape = exposure.shape[0] - 2 * margin, exposure.shape[1] - 2 * margin
    counts = np.zeros(shape, np.int32)
    numbers = np.random.Generator(np.random.PCG64(seed))
    state = np.uint64(numbers.integers(1 << 63))
    _count(np.ascontiguousarray(exposure), radius, len(offsets), layout, state, numbers, margin, counts)
    return (counts / len(offsets)).astype(np.float32)


def margin_for(offsets: NDArray[np.float64]) -> int:
    """Cells around a pixel that matter, px: up to the farthest query, and one more whose grains reach it."""
    return math.ceil(float(np.abs(offsets).max()) + 0.5) + 1


def _plan(offsets: NDArray[np.float64], radius: float) -> Layout:
    """Sorts the points and finds which of them a grain in each bin may cover."""
    shifts = np.floor(offsets + 0.5).astype(np.int64)
    order = np.lexsort((shifts[:, 1], shifts[:, 0]))
    shifts = shifts[order]
    points = offsets[order] + 0.5 - shifts
    firsts = np.flatnonzero(np.any(np.diff(shifts, axis=0, prepend=shifts[:1] - 1) != 0, axis=1))
    lasts = np.append(firsts[1:], len(offsets))
    groups = np.column_stack([firsts, lasts, shifts[firsts]]).astype(np.int32)

    # Grains reach into the neighboring cells, so the points there count too.
    neighbors = np.array([(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)])
    spots = (points[:, None] + neighbors).reshape(-1, 2)
    marks = np.arange(len(offsets))[:, None] + (neighbors[:, 1] + 1) * len(offsets)
    owners = np.column_stack([marks.reshape(-1), np.tile(neighbors[:, 0] + 1, len(offsets))])
    reach = radius + 1e-6
    close = np.all((spots >= -reach) & (spots <= 1 + reach), axis=1)
    spots, owners = spots[close], owners[close]

    side = min(max(int(3 / radius), 1), _FINEST)
    corner = np.floor((spots - reach) * side).astype(np.int64)
    span = np.arange(math.ceil(2 * reach * side) + 2)
    rows, columns = corner[:, :1] + span, corner[:, 1:] + span
    gap_y, gap_x = (
        np.maximum(np.maximum(index / side - spot, spot - (index + 1) / side), 0)
        for index, spot in ((rows, spots[:, :1]), (columns, spots[:, 1:]))
    )
    near = gap_y[:, :, None] ** 2 + gap_x[:, None] ** 2 <= reach**2
    near &= ((rows >= 0) & (rows < side))[:, :, None] & ((columns >= 0) & (columns < side))[:, None]
    owner, row, column = np.nonzero(near)
    index = rows[owner, row] * side + columns[owner, column]
    by_bin = np.argsort(index, kind="stable")
    useful, starts = np.unique(index[by_bin], return_index=True)
    bins = np.column_stack([useful // side, useful % side, starts, np.append(starts[1:], len(index))])
    entries = np.column_stack([spots, owners])[owner[by_bin]]
    return Layout(side, bins.astype(np.int32), entries.astype(np.float32), groups)


@_compiled
def _count(
    exposure: NDArray[np.float32],
    radius: float,
    points: int,
    layout: Layout,
    state: np.uint64,
    numbers: np.random.Generator,
    margin: int,
    counts: NDArray[np.int32],
) -> None:  # pragma: no cover (compiled)
    """Adds to every pixel the number of its query points that some grain covers."""
    cells_y, cells_x = exposure.shape
    height, width = counts.shape
    bins, entries, groups = layout.bins, layout.entries, layout.groups
    # Three rows of cells are in use at a time, with a spare column on either side.
    marks = np.zeros((3, (cells_x + 2) * points), np.uint8)
    squared, step, unit = np.float32(radius * radius), np.float32(1 / layout.side), np.float32(2.0**-32)
    low_half, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    density = bins.shape[0] / (math.pi * radius * radius * layout.side * layout.side)
    for cy in range(cells_y):
        slots = ((cy + 2) % 3, cy % 3, (cy + 1) % 3)
        marks[slots[2]] = 0
        for cx in range(cells_x):
            column = cx * points
            for _ in range(numbers.poisson(-math.log1p(-exposure[cy, cx]) * density)):
                # One 64-bit number (SplitMix64) places a grain: its bin, and its position in the bin.
                state += np.uint64(0x9E3779B97F4A7C15)
                z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                z ^= z >> np.uint64(31)
                pick = (z >> half) * np.uint64(bins.shape[0])
                which = np.int64(pick >> half)
                gy = (np.float32(bins[which, 0]) + np.float32(z & low_half) * unit) * step
                gx = (np.float32(bins[which, 1]) + np.float32(pick & low_half) * unit) * step
                for entry in range(bins[which, 2], bins[which, 3]):
                    dy, dx = entries[entry, 0] - gy, entries[entry, 1] - gx
                    # Without a branch, which would be mispredicted half of the time.
                    marks[slots[int(entries[entry, 3])], column + int(entries[entry, 2])] |= (
                        dy * dy + dx * dx <= squared
                    )
        # No later grain reaches the row above.
        for group in range(groups.shape[0] if cy > 0 else 0):
            first, last = groups[group, 0], groups[group, 1]
            oy = cy - 1 - groups[group, 2] - margin
            if 0 <= oy < height:
                for ox in range(width):
                    start = (ox + groups[group, 3] + margin + 1) * points
                    total = 0
                    for point in range(start + first, start + last):
                        total += marks[slots[0], point]
                    counts[oy, ox] += total
