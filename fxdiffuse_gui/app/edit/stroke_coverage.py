"""`StrokeCoverage`: what one stroke covers so far, and the mask that results."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.app.edit.mask_brush import Coverage
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage

_TILE = 256


class StrokeCoverage:
    """Keeps the coverage of a stroke apart from the mask, so that a stroke that crosses itself is not
    stronger.

    Works in tiles: from one segment to the next, a large brush covers little that is new, and only the
    tiles that the stroke has reached take memory.
    """

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], Coverage] = {}
        self._region: Region | None = None

    @property
    def region(self) -> Region | None:
        """Where the stroke went, None when it went nowhere."""
        return self._region

    def clear(self) -> None:
        """Starts another stroke."""
        self._tiles.clear()
        self._region = None

    def add(
        self,
        region: Region,
        covered: Coverage,
        before: MaskImage | None,
        after: MaskImage,
        opacity: float,
        *,
        erase: bool,
    ) -> None:
        """Adds that `region` is `covered`, and writes the resulting mask into `after`.

        `before` is the mask (H, W) as the stroke found it, None for an empty one; `region` lies inside it.
        """
        self._region = region if self._region is None else _union(self._region, region)
        reached = _strength_of(opacity)
        for tile, part in _tiles(region):
            added = covered[_within(part, region)]
            stroke = self._tile(tile)[_within(part, tile)]
            if not (added > stroke).any():
                continue
            np.maximum(stroke, added, out=stroke)
            old = None if before is None else before[part.slices]
            after[part.slices] = _mixed(old, stroke, reached, erase=erase)

    def _tile(self, tile: Region) -> Coverage:
        found = self._tiles.get((tile.x, tile.y))
        if found is None:
            found = self._tiles[tile.x, tile.y] = np.zeros((_TILE, _TILE), np.uint8)
        return found


def _mixed(
    old: MaskImage | None, stroke: Coverage, reached: NDArray[np.uint8], *, erase: bool
) -> MaskImage | int:
    import cv2

    # Most strokes go where nothing was painted yet.
    if old is None or not old.any():
        return 0 if erase else np.asarray(cv2.LUT(stroke, reached), np.uint8)
    kept = np.asarray(cv2.LUT(stroke, ~reached), np.uint8)
    mixed = np.asarray(cv2.multiply(old if erase else ~old, kept, scale=1 / 255), np.uint8)
    return mixed if erase else ~mixed


def _strength_of(opacity: float) -> NDArray[np.uint8]:
    """For each coverage 0..255, how far a stroke of `opacity` goes toward full, 0..255."""
    return np.rint(np.arange(256) * opacity).astype(np.uint8)


def _tiles(region: Region) -> Iterator[tuple[Region, Region]]:
    """The tiles that `region` touches, and the part of each that lies in it."""
    for y in range(region.y // _TILE * _TILE, region.bottom, _TILE):
        for x in range(region.x // _TILE * _TILE, region.right, _TILE):
            left, top = max(x, region.x), max(y, region.y)
            right, bottom = min(x + _TILE, region.right), min(y + _TILE, region.bottom)
            yield Region(x, y, _TILE, _TILE), Region(left, top, right - left, bottom - top)


def _within(part: Region, whole: Region) -> tuple[slice, slice]:
    """`part` as rows and columns of an array that covers `whole`."""
    x, y = part.x - whole.x, part.y - whole.y
    return slice(y, y + part.height), slice(x, x + part.width)


def _union(one: Region, other: Region) -> Region:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Region(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)
