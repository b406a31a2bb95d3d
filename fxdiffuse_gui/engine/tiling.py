"""A fixed grid of tiles with halos, anchored at the photo's origin, so that every edit cuts it alike."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import reflect_indices

Box = tuple[int, int, int, int]
"""(x0, y0, x1, y1), the ends excluded."""


@dataclass(frozen=True)
class Tile:
    """core: the pixels that this tile answers for. padded: core with halo, its sides rounded up to what the
    network takes; it may reach over the image's borders."""

    core: Box
    padded: Box

    def inner(self) -> tuple[slice, slice]:
        """Rows and columns of the core within the padded tile."""
        left, top = self.core[0] - self.padded[0], self.core[1] - self.padded[1]
        width, height = self.core[2] - self.core[0], self.core[3] - self.core[1]
        return slice(top, top + height), slice(left, left + width)


def grid(
    width: int, height: int, *, core: int, halo: int, multiple: int, origin: tuple[int, int] = (0, 0)
) -> Iterator[Tile]:
    """The tiles of a width × height image, row by row.

    core, halo: px; the halo is at least that wide. multiple: of which padded sides must be, and in the photo
    their places too, since the network does not treat all pixels of a cell of that size alike. origin: where
    the image lies in the photo that the grid is anchored to. Boxes are in the image's own coordinates.
    """
    for y0, y1 in _cuts(height, core, origin[1]):
        for x0, x1 in _cuts(width, core, origin[0]):
            left, right = _padded(x0, x1, halo, multiple, origin[0])
            top, bottom = _padded(y0, y1, halo, multiple, origin[1])
            yield Tile((x0, y0, x1, y1), (left, top, right, bottom))


def cut(image: Tensor, box: Box) -> Tensor:
    """The pixels of `box` from (..., H, W), reflected beyond the borders."""
    rows = reflect_indices(box[1], box[3], image.shape[-2]).to(image.device)
    columns = reflect_indices(box[0], box[2], image.shape[-1]).to(image.device)
    return torch.index_select(torch.index_select(image, -2, rows), -1, columns)


def _cuts(length: int, core: int, origin: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < length:
        stop = min((start + origin) // core * core + core - origin, length)
        yield start, stop
        start = stop


def round_up(length: int, multiple: int) -> int:
    """The smallest multiple of `multiple` that is at least `length`."""
    return -(-length // multiple) * multiple


def _padded(start: int, stop: int, halo: int, multiple: int, origin: int) -> tuple[int, int]:
    left = (start - halo + origin) // multiple * multiple - origin
    right = round_up(stop + halo + origin, multiple) - origin
    return left, right
