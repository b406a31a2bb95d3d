"""What a brush covers."""

import math

import numpy as np
import pytest

from fxdiffuse_gui.app.edit.mask_brush import Coverage, Dab, coverage, pieces, reach
from fxdiffuse_gui.core.geometry import Region

WHOLE = Region(0, 0, 200, 160)


def painted(start: Dab, end: Dab, hardness: float) -> Coverage:
    """All of a line, piece by piece, as a layer puts it together."""
    whole = np.zeros((WHOLE.height, WHOLE.width), np.uint8)
    for first, second in pieces(start, end):
        region = reach(first, second, hardness).clipped(whole.shape)
        assert region is not None
        part = whole[region.slices]
        np.maximum(part, coverage(first, second, region, hardness), out=part)
    return whole


@pytest.mark.parametrize("size", [2, 3, 10, 41.5, 120, 150])
def test_a_hard_dab_is_a_disc_without_soft_pixels(size: float) -> None:
    dab = Dab(100.3, 80.6, size)
    covered = painted(dab, dab, 1.0)
    assert set(np.unique(covered)) == {0, 255}
    assert (covered > 0).sum() == pytest.approx(math.pi * (size / 2) ** 2, rel=0.04, abs=1.5)


@pytest.mark.parametrize("hardness", [0.0, 0.5, 0.9])
def test_a_soft_dab_falls_from_the_hard_part_to_the_rim(hardness: float) -> None:
    dab = Dab(100.5, 80.5, 100)
    ray = painted(dab, dab, hardness)[80, 100:].astype(int)
    assert (np.diff(ray) <= 1).all() and ray[0] >= 250
    assert (ray[: int(50 * hardness)] >= 250).all() and ray[51:].max() == 0
    middle = round(50 * (1 + hardness) / 2)
    assert ray[middle] == pytest.approx(127, abs=40)


@pytest.mark.parametrize("size", [14.0, 40.0])
@pytest.mark.parametrize("hardness", [0.0, 0.5, 0.95, 1.0])
def test_a_line_shows_nothing_of_its_pieces(hardness: float, size: float) -> None:
    start, end = Dab(20.5, 30.5, size), Dab(180.5, 130.5, size)
    assert len(list(pieces(start, end))) > 1
    whole = painted(start, end, hardness).astype(int)
    exact = coverage(start, end, WHOLE, hardness).astype(int)
    # Rounding alone sets the two apart; at a hard rim that may be a pixel here and there.
    difference = np.abs(whole - exact)
    assert difference.max() <= 3 if hardness < 1.0 else (difference > 0).sum() <= 5


def test_the_smallest_brushes_leave_something_wherever_they_are() -> None:
    for hardness in (0.0, 0.5, 1.0):
        for place in (60.0, 60.3, 60.5, 60.9):
            dab = Dab(place, place, 1)
            assert painted(dab, dab, hardness).max() >= 25


def test_pressure_narrows_the_line_along_its_way() -> None:
    for hardness in (0.5, 1.0):
        covered = painted(Dab(30.5, 80.5, 60), Dab(170.5, 80.5, 10), hardness)
        widths = (covered > 0).sum(axis=0)
        assert widths[30] == pytest.approx(60, abs=4) and widths[165] == pytest.approx(12, abs=4)
        assert widths[100] == pytest.approx(35, abs=4)


def test_a_large_soft_brush_is_interpolated_without_steps() -> None:
    dab = Dab(100.5, 80.5, 900)
    # Cut by the photo: only its middle is seen.
    covered = painted(dab, dab, 0.0).astype(int)
    distance = np.hypot(*(axis - place for axis, place in zip(np.ogrid[:160, :200], (80, 100), strict=True)))
    share = np.clip((450.5 - distance) / 451, 0, 1)
    assert np.abs(covered - 255 * share * share * (3 - 2 * share)).max() <= 4
