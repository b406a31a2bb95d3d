"""Tiles: every pixel once, on a grid that belongs to the photo."""

import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.effects.basics import crop_reflected
from fxdiffuse_gui.engine.tiles.grid import from_focus, grid, overlaps, split


@pytest.mark.parametrize("size", [(1, 1), (1, 70), (70, 1), (33, 17), (128, 64), (130, 131), (511, 77)])
@pytest.mark.parametrize(("core", "halo", "multiple"), [(64, 8, 8), (37, 0, 1), (50, 13, 32)])
def test_every_pixel_belongs_to_one_tile(size: tuple[int, int], core: int, halo: int, multiple: int) -> None:
    width, height = size
    count = np.zeros((height, width), int)
    for tile in grid(width, height, core=core, halo=halo, multiple=multiple):
        x0, y0, x1, y1 = tile.core
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height
        count[y0:y1, x0:x1] += 1
        assert x1 - x0 <= core
        assert x0 % core == y0 % core == 0
        left, top, right, bottom = tile.padded
        assert (right - left) % multiple == 0
        assert (bottom - top) % multiple == 0
        assert left % multiple == 0
        assert top % multiple == 0
        assert right - left < core + 2 * halo + 2 * multiple
        assert left <= x0 - halo
        assert x1 + halo <= right
        assert top <= y0 - halo
        assert y1 + halo <= bottom
        rows, columns = tile.inner()
        whole = torch.arange(top, bottom)[rows], torch.arange(left, right)[columns]
        assert whole[0].tolist() == list(range(y0, y1))
        assert whole[1].tolist() == list(range(x0, x1))
    assert (count == 1).all()


def test_a_tile_is_split_into_pieces_that_cover_it() -> None:
    tile = list(grid(200, 150, core=64, halo=8, multiple=8))[5]
    pieces = list(split(tile, side=24, halo=8, multiple=8))
    x0, y0, x1, y1 = tile.core
    count = np.zeros((150, 200), int)
    for piece in pieces:
        left, top, right, bottom = piece.core
        count[top:bottom, left:right] += 1
        assert piece.padded[0] % 8 == 0 and piece.padded[0] <= left - 8
    assert len(pieces) == 9 and count.sum() == count[y0:y1, x0:x1].sum() == 64 * 64


def test_tiles_are_taken_from_the_focus_outward() -> None:
    tiles = list(grid(300, 200, core=64, halo=8, multiple=8))
    ordered = from_focus(tiles, (150, 100))
    assert ordered[0].core == (128, 64, 192, 128)
    far = [max(abs(t.core[0] + 32 - 150), abs(t.core[1] + 32 - 100)) for t in ordered]
    assert sorted(ordered, key=lambda t: t.core) == sorted(tiles, key=lambda t: t.core) and far[0] < far[-1]


def test_boxes_overlap_when_they_share_a_pixel() -> None:
    assert overlaps((0, 0, 2, 2), (1, 1, 3, 3)) and not overlaps((0, 0, 2, 2), (2, 0, 3, 3))


@pytest.mark.parametrize("box", [(0, 0, 5, 4), (-3, -2, 8, 6), (-20, -17, 30, 41), (2, 1, 3, 2)])
@pytest.mark.parametrize("size", [(4, 5), (1, 1), (1, 6)])
def test_cut_reflects_beyond_the_borders(box: tuple[int, int, int, int], size: tuple[int, int]) -> None:
    height, width = size
    array = np.arange(height * width, dtype=np.float32).reshape(height, width)
    padded = np.pad(array, 60, mode="reflect")
    x0, y0, x1, y1 = box
    expected = padded[y0 + 60 : y1 + 60, x0 + 60 : x1 + 60]
    assert np.array_equal(crop_reflected(torch.from_numpy(array)[None, None], box)[0, 0].numpy(), expected)
