"""Grow, shrink and feather."""

import numpy as np
import pytest

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.document.mask_ops import changed_region, feathered, grown, shrunk

SHAPE = (300, 320)


def spot() -> MaskImage:
    mask = np.zeros(SHAPE, np.uint8)
    mask[150, 160] = 255
    return mask


def block(value: int = 255) -> MaskImage:
    mask = np.zeros(SHAPE, np.uint8)
    mask[100:200, 100:220] = value
    return mask


def soft_block() -> MaskImage:
    import cv2

    return np.asarray(cv2.GaussianBlur(block(), (0, 0), 6), np.uint8)


def distances() -> np.ndarray:
    rows, columns = np.ogrid[: SHAPE[0], : SHAPE[1]]
    return np.hypot(rows - 150, columns - 160)


@pytest.mark.parametrize("amount", [1, 3, 6, 7, 13, 25, 60, 110])
def test_a_spot_grows_to_a_disc(amount: int) -> None:
    disc = grown(spot(), amount) > 0
    assert disc[distances() <= 0.97 * amount - 0.5].all()
    assert not disc[distances() > 1.04 * amount + 1].any()
    rows, columns = np.nonzero(disc)
    assert (rows.min(), rows.max()) == (150 - amount, 150 + amount)
    assert (columns.min(), columns.max()) == (160 - amount, 160 + amount)


@pytest.mark.parametrize("amount", [2, 9, 30])
def test_shrinking_undoes_growing_of_a_block(amount: int) -> None:
    np.testing.assert_array_equal(shrunk(grown(block(), amount), amount), block())
    small = shrunk(block(), amount)
    assert small[100 + amount, 160] == 255 and small[99 + amount, 160] == 0


def test_soft_edges_move_as_they_are() -> None:
    before, after = soft_block(), grown(soft_block(), 10)
    np.testing.assert_array_equal(after[150, 60:150], before[150, 70:160])
    assert (after >= before).all() and (shrunk(before, 10) <= before).all()


def test_what_is_thinner_than_twice_the_amount_goes() -> None:
    mask = np.zeros(SHAPE, np.uint8)
    mask[150:160] = 255
    assert shrunk(mask, 4).any() and not shrunk(mask, 5).any()


@pytest.mark.parametrize("amount", [3, 20])
def test_the_photo_s_edge_is_no_edge_of_the_paint(amount: int) -> None:
    full = np.full(SHAPE, 255, np.uint8)
    np.testing.assert_array_equal(shrunk(full, amount), full)
    np.testing.assert_array_equal(feathered(full, amount), full)
    half = full.copy()
    half[:, 160:] = 0
    for result in (shrunk(half, amount), feathered(half, amount)):
        assert (result[:, 0] == 255).all() and (result[0] == result[150]).all()


@pytest.mark.parametrize("mask", [block(), soft_block(), block(90)], ids=["hard", "soft", "faint"])
def test_a_feather_stays_inside_what_is_painted(mask: MaskImage) -> None:
    result = feathered(mask, 20)
    assert (result <= mask).all() and result[mask > 0].any()
    assert result[150, 160] == mask[150, 160]
    edge = result[150, : 160 - 25].astype(int)
    assert (np.diff(edge) >= 0).all()


def test_a_feather_rises_over_its_width() -> None:
    line = feathered(block(), 20)[150].astype(int)
    assert line[99] == 0 and 0 < line[100] < 10 and line[121] == 255 and line[119] < 255
    assert line[110] == pytest.approx(132, abs=12)
    assert np.diff(line[99:122]).max() < 30


def test_a_feather_across_the_edge_is_half_outside() -> None:
    line = feathered(block(), 20, inward=False)[150].astype(int)
    assert line[89] == 0 and line[92] > 0 and line[99] == pytest.approx(127, abs=25) and line[112] == 255


def test_nothing_is_changed_in_place_and_nothing_comes_of_nothing() -> None:
    mask, empty = soft_block(), np.zeros(SHAPE, np.uint8)
    for operation in (grown, shrunk, feathered):
        before = mask.copy()
        assert operation(mask, 5) is not mask
        np.testing.assert_array_equal(mask, before)
        assert not operation(empty, 5).any()


def test_where_two_masks_differ() -> None:
    assert changed_region(block(), block()) is None
    assert changed_region(block(), block(254)) == Region(100, 100, 120, 100)
