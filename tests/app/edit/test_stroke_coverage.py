"""How a stroke mixes with the mask that was there."""

import numpy as np
import pytest

from fxdiffuse_gui.app.edit.stroke_coverage import StrokeCoverage
from fxdiffuse_gui.core.geometry import Region

SHAPE = (600, 700)


def parts(seed: int) -> list[tuple[Region, np.ndarray]]:
    """Random pieces that overlap, lie across tiles, and touch the photo's corner."""
    draw = np.random.default_rng(seed)
    regions = [
        Region(0, 0, 90, 70),
        Region(200, 180, 150, 300),
        Region(250, 250, 320, 270),
        Region(230, 190, 9, 9),
    ]
    return [(one, draw.integers(0, 256, (one.height, one.width)).astype(np.uint8)) for one in regions]


@pytest.mark.parametrize("erase", [False, True])
@pytest.mark.parametrize("opacity", [1.0, 0.4])
@pytest.mark.parametrize("empty", [False, True])
def test_the_strongest_part_counts_and_no_part_counts_twice(erase: bool, opacity: float, empty: bool) -> None:
    before = np.random.default_rng(1).integers(0, 256, SHAPE).astype(np.uint8)
    before[:256, :256] = 0
    after = np.zeros(SHAPE, np.uint8) if empty else before.copy()
    cover, strongest = StrokeCoverage(), np.zeros(SHAPE, np.uint8)
    for region, covered in parts(2) * 2:
        cover.add(region, covered, None if empty else before, after, opacity, erase=erase)
        np.maximum(strongest[region.slices], covered, out=strongest[region.slices])
    old = np.zeros(SHAPE) if empty else before.astype(float)
    share = strongest / 255 * opacity
    expected = old * (1 - share) if erase else old + (255 - old) * share
    assert np.abs(after - expected).max() <= 1.1
    assert cover.region == Region(0, 0, 570, 520)


def test_the_next_stroke_begins_with_nothing_covered() -> None:
    after, full = np.zeros(SHAPE, np.uint8), np.full((40, 50), 255, np.uint8)
    region, cover = Region(240, 240, 50, 40), StrokeCoverage()
    cover.add(region, full, None, after, 0.5, erase=False)
    before = after.copy()
    cover.clear()
    assert cover.region is None
    cover.add(region, full, before, after, 0.5, erase=False)
    assert (before[region.slices] == 128).all() and np.abs(after[region.slices].astype(int) - 192).max() <= 1
    assert after.sum() == after[region.slices].sum()
