"""Tiles: every pixel once, on a grid that belongs to the photo."""

import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.tiling import cut, grid


@pytest.mark.parametrize("size", [(1, 1), (1, 70), (70, 1), (33, 17), (128, 64), (130, 131), (511, 77)])
@pytest.mark.parametrize("origin", [(0, 0), (5, 3), (63, 64), (1000, 37)])
@pytest.mark.parametrize(("core", "halo", "multiple"), [(64, 8, 8), (37, 0, 1), (50, 13, 32)])
def test_every_pixel_belongs_to_one_tile(
    size: tuple[int, int], origin: tuple[int, int], core: int, halo: int, multiple: int
) -> None:
    width, height = size
    count = np.zeros((height, width), int)
    for tile in grid(width, height, core=core, halo=halo, multiple=multiple, origin=origin):
        x0, y0, x1, y1 = tile.core
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height
        count[y0:y1, x0:x1] += 1
        assert x1 - x0 <= core
        # All of a tile lies in one cell of the photo's grid.
        assert (x0 + origin[0]) // core == (x1 - 1 + origin[0]) // core
        assert (y0 + origin[1]) // core == (y1 - 1 + origin[1]) // core
        left, top, right, bottom = tile.padded
        assert (right - left) % multiple == 0
        assert (bottom - top) % multiple == 0
        assert (left + origin[0]) % multiple == 0
        assert (top + origin[1]) % multiple == 0
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


def test_parts_of_a_photo_are_cut_along_its_grid() -> None:
    whole = {tile.core for tile in grid(200, 150, core=64, halo=8, multiple=8)}
    part = grid(100, 90, core=64, halo=8, multiple=8, origin=(64, 60))
    inside = {(x0 + 64, y0 + 60, x1 + 64, y1 + 60) for x0, y0, x1, y1 in (t.core for t in part)}
    assert (64, 64, 128, 128) in whole & inside


@pytest.mark.parametrize("box", [(0, 0, 5, 4), (-3, -2, 8, 6), (-20, -17, 30, 41), (2, 1, 3, 2)])
@pytest.mark.parametrize("size", [(4, 5), (1, 1), (1, 6)])
def test_cut_reflects_beyond_the_borders(box: tuple[int, int, int, int], size: tuple[int, int]) -> None:
    height, width = size
    array = np.arange(height * width, dtype=np.float32).reshape(height, width)
    padded = np.pad(array, 60, mode="reflect")
    x0, y0, x1, y1 = box
    expected = padded[y0 + 60 : y1 + 60, x0 + 60 : x1 + 60]
    assert np.array_equal(cut(torch.from_numpy(array)[None, None], box)[0, 0].numpy(), expected)
