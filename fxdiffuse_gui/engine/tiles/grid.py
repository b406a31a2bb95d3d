"""A fixed grid of tiles with halos, anchored at the photo's origin, so that every edit cuts it alike."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import reflect_indices
from fxdiffuse_gui.engine.tiles.picture import Box


@dataclass(frozen=True)
class Tile:
    """core: the pixels that this tile answers for. padded: core with halo, its sides rounded up to what the
    network takes; it may reach over the image's borders."""

    core: Box
    padded: Box

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the padded tile."""
        return self.padded[3] - self.padded[1], self.padded[2] - self.padded[0]

    def inner(self) -> tuple[slice, slice]:
        """Rows and columns of the core within the padded tile."""
        left, top = self.core[0] - self.padded[0], self.core[1] - self.padded[1]
        width, height = self.core[2] - self.core[0], self.core[3] - self.core[1]
        return slice(top, top + height), slice(left, left + width)


def grid(width: int, height: int, *, core: int, halo: int, multiple: int) -> Iterator[Tile]:
    """The tiles of a width × height picture, row by row.

    core, halo: px; the halo is at least that wide. multiple: of which padded sides must be, and their places
    too, since the network does not treat all pixels of a cell of that size alike.
    """
    return _cut_up((0, 0, width, height), core, halo, multiple)


def split(tile: Tile, *, side: int, halo: int, multiple: int) -> Iterator[Tile]:
    """The core of `tile` as smaller tiles of at most `side` px; see `grid`."""
    return _cut_up(tile.core, side, halo, multiple)


def from_focus(tiles: Iterable[Tile], focus: tuple[float, float]) -> list[Tile]:
    """`tiles` from the point (x, y) outward."""

    def distance(tile: Tile) -> float:
        x0, y0, x1, y1 = tile.core
        x, y = focus
        return math.hypot(max(x0 - x, 0, x - x1), max(y0 - y, 0, y - y1))

    return sorted(tiles, key=distance)


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes have a pixel in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def cut(image: Tensor, box: Box) -> Tensor:
    """The pixels of `box` from (..., H, W), reflected beyond the borders."""
    rows = reflect_indices(box[1], box[3], image.shape[-2]).to(image.device)
    columns = reflect_indices(box[0], box[2], image.shape[-1]).to(image.device)
    return torch.index_select(torch.index_select(image, -2, rows), -1, columns)


def round_up(length: int, multiple: int) -> int:
    """The smallest multiple of `multiple` that is at least `length`."""
    return -(-length // multiple) * multiple


def _cut_up(box: Box, core: int, halo: int, multiple: int) -> Iterator[Tile]:
    for y0 in range(box[1], box[3], core):
        for x0 in range(box[0], box[2], core):
            x1, y1 = min(x0 + core, box[2]), min(y0 + core, box[3])
            left, right = _padded(x0, x1, halo, multiple)
            top, bottom = _padded(y0, y1, halo, multiple)
            yield Tile((x0, y0, x1, y1), (left, top, right, bottom))


def _padded(start: int, stop: int, halo: int, multiple: int) -> tuple[int, int]:
    return (start - halo) // multiple * multiple, round_up(stop + halo, multiple)
