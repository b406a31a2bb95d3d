"""How much of each pixel one piece of a brush stroke covers. Arrays only, no widgets."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.geometry import Region

Coverage = NDArray[np.uint8]
"""(h, w), 255 where the brush covers a pixel in full."""

Floats = NDArray[np.float32]

_SHIFT = 6
"""Bits after the point in the corners of a polygon."""
_FALLOFF_SAMPLES = 12
"""A soft edge is computed at this many radii at least; between them it is interpolated."""
_LARGEST_EXACT = 96.0
"""Up to this diameter a hard brush is computed pixel by pixel."""
_THINNEST = 1.5
"""A hard brush as thin as this still covers the middle of some pixel wherever it is."""
_HALF = 128
_TOUCHED = 0.45
_BAND_PIXELS = 1 << 15
_LONGEST_PIECE = 2.0
"""In diameters. A long slanting line has a large rectangle around it, its pieces have small ones."""


@dataclass(frozen=True)
class Dab:
    """Where the brush is and its diameter there, in photo pixels; (0.5, 0.5) is a pixel's middle."""

    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Tip:
    """The brush's edge and strength, each 0..1.

    `hardness` is the share of the radius that is covered in full; at 1 the edge is cut without a soft
    pixel. `opacity` is the most that a whole stroke covers, however often it crosses itself.
    """

    hardness: float = 1.0
    opacity: float = 1.0


def pieces(start: Dab, end: Dab) -> Iterator[tuple[Dab, Dab]]:
    """Cuts a straight line into pieces that are not much longer than the brush is wide."""
    longest = max(_LONGEST_PIECE * max(start.size, end.size), 64.0)
    count = max(1, math.ceil(math.hypot(end.x - start.x, end.y - start.y) / longest))
    stops = [_between(start, end, number / count) for number in range(count + 1)]
    yield from itertools.pairwise(stops)


def reach(start: Dab, end: Dab, hardness: float) -> Region:
    """The pixels that the brush may touch on its way from `start` to `end`."""
    radius = max(start.size, end.size) / 2 + 1 + _step(start, end, hardness)
    return Region.around(
        min(start.x, end.x) - radius,
        min(start.y, end.y) - radius,
        max(start.x, end.x) + radius,
        max(start.y, end.y) + radius,
    )


def coverage(start: Dab, end: Dab, region: Region, hardness: float) -> Coverage:
    """What the brush covers of `region` on its way from `start` to `end`.

    Where two pieces meet, the larger coverage is that of one line, so the joint is invisible.
    """
    if hardness < 1.0:
        return _soft(start, end, region, hardness)
    if max(start.size, end.size) > _LARGEST_EXACT:
        return _outlined(start, end, region)
    # A pixel belongs to the brush when its middle does; half of the ramp of one pixel says so.
    first, last = (replace(dab, size=max(dab.size, _THINNEST)) for dab in (start, end))
    return np.where(_soft(first, last, region, 1.0) >= _HALF, np.uint8(255), np.uint8(0))


def _between(start: Dab, end: Dab, share: float) -> Dab:
    return Dab(
        start.x + (end.x - start.x) * share,
        start.y + (end.y - start.y) * share,
        start.size + (end.size - start.size) * share,
    )


def _outlined(start: Dab, end: Dab, region: Region) -> Coverage:
    """A large hard brush, as a polygon: what lies far inside costs hardly anything."""
    import cv2

    covered = np.zeros((region.height, region.width), np.uint8)
    # OpenCV counts from the pixels' middles.
    rims = [_rim(dab) - (region.x + 0.5, region.y + 0.5) for dab in (start, end)]
    hull = cv2.convexHull(np.concatenate(rims).astype(np.float32))
    corners = np.rint(hull * (1 << _SHIFT)).astype(np.int32)
    cv2.fillConvexPoly(covered, corners, (255,), cv2.LINE_8, _SHIFT)
    return covered


def _rim(dab: Dab) -> NDArray[np.float64]:
    # OpenCV fills every pixel that the outline touches. The polygon keeps within a tenth of a pixel.
    radius = max(dab.size / 2 - _TOUCHED, 0.0)
    count = math.ceil(math.pi * math.sqrt(5 * radius)) + 4
    angles = np.arange(count) * (2 * math.pi / count)
    return np.stack([dab.x + radius * np.cos(angles), dab.y + radius * np.sin(angles)], axis=1)


def _step(start: Dab, end: Dab, hardness: float) -> int:
    """Pixels from one computed sample to the next: wide edges are smooth and need few."""
    falloff = (1.0 - hardness) * min(start.size, end.size) / 2
    return max(1, int(falloff / _FALLOFF_SAMPLES))


def _soft(start: Dab, end: Dab, region: Region, hardness: float) -> Coverage:
    import cv2

    step = _step(start, end, hardness)
    # Samples lie on one grid for the whole photo, so that pieces agree where they overlap, and begin a
    # step before the region, so that its edge lies between two of them.
    left, top = (region.x // step - 1) * step, (region.y // step - 1) * step
    columns, rows = (region.right - left) // step + 2, (region.bottom - top) // step + 2
    x = np.float32(left - start.x) + (np.arange(columns, dtype=np.float32) + np.float32(0.5)) * step
    y = np.float32(top - start.y) + (np.arange(rows, dtype=np.float32) + np.float32(0.5)) * step
    covered = np.empty((rows, columns), np.uint8)
    # In bands that stay in the processor's cache.
    height = max(1, _BAND_PIXELS // columns)
    for band in range(0, rows, height):
        _ramp(x[None, :], y[band : band + height, None], start, end, hardness, covered[band : band + height])
    covered = cv2.LUT(covered, _SMOOTH)
    if step > 1:
        covered = cv2.resize(covered, (columns * step, rows * step), interpolation=cv2.INTER_LINEAR)
    x0, y0 = region.x - left, region.y - top
    return covered[y0 : y0 + region.height, x0 : x0 + region.width].astype(np.uint8, copy=False)


def _ramp(x: Floats, y: Floats, start: Dab, end: Dab, hardness: float, covered: Coverage) -> None:
    """Fills `covered` with 255 in the hard middle, falling linearly to 0 at the rim; `x`, `y` count from
    `start`."""
    import cv2

    dx, dy = end.x - start.x, end.y - start.y
    squared = max(dx * dx + dy * dy, 1e-6)
    along: Floats = np.add(x * np.float32(dx / squared), y * np.float32(dy / squared), dtype=np.float32)
    np.clip(along, 0, 1, out=along)
    away_x = along * np.float32(-dx)
    away_x += x
    away_y = along * np.float32(-dy)
    away_y += y
    share = cv2.magnitude(away_x, away_y)
    radius: Floats | np.float32 = np.float32(start.size / 2)
    if start.size != end.size:
        along *= np.float32((end.size - start.size) / 2)
        along += radius
        radius = along
    # Half a pixel to either side: the thinnest brush still covers the pixel that it is on.
    slope = np.float32(255) / (radius * np.float32(1.0 - hardness) + np.float32(1.0))
    np.subtract(radius + np.float32(0.5), share, out=share)
    share *= slope
    np.clip(share, 0, 255, out=share)
    covered[...] = share


def _smooth() -> Coverage:
    share = np.arange(256) / 255
    return np.rint(share * share * (3 - 2 * share) * 255).astype(np.uint8)


_SMOOTH = _smooth()
"""Turns a linear fall into a smooth step."""
