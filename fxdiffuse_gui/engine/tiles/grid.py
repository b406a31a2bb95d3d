"""A fixed grid of tiles with halos, anchored at the photo's origin, so that all edits have the same tiles."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fxdiffuse_gui.engine.conditions.picture import Box
from fxdiffuse_gui.engine.effects.basics import round_up


@dataclass(frozen=True)
class Tile:
    """A tile of the grid, in px of the photo.

    core: the pixels that this tile contributes. padded: the core with its halo, rounded outward to multiples
    of the network's; it may reach beyond the photo's borders.
    """

    core: Box
    padded: Box

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the padded tile, px."""
        return self.padded[3] - self.padded[1], self.padded[2] - self.padded[0]

    def inner(self) -> tuple[slice, slice]:
        """Rows and columns of the core within the padded tile."""
        left, top = self.core[0] - self.padded[0], self.core[1] - self.padded[1]
        width, height = self.core[2] - self.core[0], self.core[3] - self.core[1]
        return slice(top, top + height), slice(left, left + width)


def grid(width: int, height: int, *, core: int, halo: int, multiple: int) -> Iterator[Tile]:
    """The tiles of a width × height photo, row by row.

    core: side of the cores, px. halo: least width of the halo, px. multiple: padded sides and positions are
    multiples of this, px, because the network's output depends on a pixel's position within such a cell.
    """
    return _divide((0, 0, width, height), core, halo, multiple)


def split(tile: Tile, *, side: int, halo: int, multiple: int) -> Iterator[Tile]:
    """The core of `tile` as smaller tiles of at most `side` px; see `grid`."""
    return _divide(tile.core, side, halo, multiple)


def from_focus(tiles: Iterable[Tile], focus: tuple[float, float]) -> list[Tile]:
    """`tiles` sorted by their distance from the point (x, y), px."""

    def distance(tile: Tile) -> float:
        x0, y0, x1, y1 = tile.core
        x, y = focus
        return math.hypot(max(x0 - x, 0, x - x1), max(y0 - y, 0, y - y1))

    return sorted(tiles, key=distance)


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes have a pixel in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _divide(box: Box, core: int, halo: int, multiple: int) -> Iterator[Tile]:
    for y0 in range(box[1], box[3], core):
        for x0 in range(box[0], box[2], core):
            x1, y1 = min(x0 + core, box[2]), min(y0 + core, box[3])
            left, right = _padded(x0, x1, halo, multiple)
            top, bottom = _padded(y0, y1, halo, multiple)
            yield Tile((x0, y0, x1, y1), (left, top, right, bottom))


def _padded(start: int, stop: int, halo: int, multiple: int) -> tuple[int, int]:
    return (start - halo) // multiple * multiple, round_up(stop + halo, multiple)
