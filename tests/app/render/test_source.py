"""Copies of the photo for what is zoomed out, and what of photo and mask goes to the engine."""

import numpy as np
import pytest

from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import EditRequest, ExportJob
from fxdiffuse_gui.app.render.source import Source, stop_above, stop_below
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.photo.image import Photo


def photo_of(width: int, height: int) -> Photo:
    return Photo(np.random.default_rng(5).integers(0, 256, (height, width, 3), np.uint8), None, 8)


@pytest.fixture(scope="module")
def large() -> Source:
    return Source(photo_of(1600, 1200))


def request(source: Source, wanted: Pass, mask: np.ndarray | None = None) -> EditRequest:
    return EditRequest(1, 1, source, EditCondition(blur=16.0, grain=0.05), mask, wanted)


@pytest.mark.parametrize("zoom", [0.001, 0.0312, 0.25, 0.3, 0.5, 0.7071, 0.99, 1.0])
def test_stops_lie_on_either_side_and_not_far(zoom: float) -> None:
    low, high = stop_below(zoom), stop_above(zoom)
    assert low <= zoom * 1.000001 and zoom <= high * 1.000001 and high / low < 1.1
    assert stop_above(high) == high and stop_below(low) == low and stop_above(3.0) == 1.0


def test_a_copy_is_averaged_once_and_counts_as_the_photo(large: Source) -> None:
    assert large.at(1.0) is large.picture and large.at(2.0) is large.picture
    half = large.at(0.5)
    assert (half.width, half.height) == (800, 600) and large.at(0.5) is half
    blocks = large.photo.original.reshape(600, 2, 800, 2, 3).mean((1, 3))
    assert np.abs(half.samples - blocks).max() <= 0.51
    assert half.statistics_from is large.picture and half.key != large.picture.key
    for zoom in (0.1, 0.2, 0.3, 0.4):
        large.at(zoom)
    assert large.at(0.5) is not half  # not kept for ever
    assert large.at(0.5).key == half.key


def test_a_painted_pixel_is_painted_in_every_copy(large: Source) -> None:
    mask = np.zeros(large.shape, np.uint8)
    mask[700, 900] = 1
    small = large.mask_at(mask, 0.1)
    assert small.shape == (120, 160) and small.dtype == np.uint8 and small[70, 90] > 0
    assert (small > 0).sum() == 1 and large.mask_at(mask, 0.1) is small
    assert large.mask_at(mask.copy(), 0.1) is not small
    assert large.mask_at(mask, 1.0) is mask


def test_boxes_of_regions_stay_inside_and_are_never_empty(large: Source) -> None:
    assert large.box(Region(0, 0, 1600, 1200), 0.3) == (0, 0, *large.size(0.3))
    assert large.box(Region(200, 300, 90, 70), 1.0) == (200, 300, 290, 370)
    x0, y0, x1, y1 = large.box(Region(1599, 1199, 1, 1), 0.01)
    assert x1 > x0 and y1 > y0 and x1 <= large.size(0.01)[0]


def test_zoomed_out_lengths_shrink_with_the_photo(large: Source) -> None:
    mask = np.zeros(large.shape, np.uint8)
    mask[:600] = 255
    picture, condition = request(large, Pass(0.5, Region(0, 0, 9, 9), True), mask).inputs()
    assert picture is large.at(0.5)
    assert condition.blur == 8.0 and condition.grain_lens == 0.25
    assert condition.mask is not None and condition.mask.shape == (600, 800)


def test_at_full_size_the_settings_are_those_of_the_export(large: Source) -> None:
    mask = np.zeros(large.shape, np.uint8)
    edit = request(large, Pass(1.0, Region(200, 300, 90, 70), False), mask)
    picture, condition = edit.inputs()
    export = ExportJob(large, edit.condition, mask, None, None).inputs()  # type: ignore[arg-type]
    assert picture is export[0] is large.picture
    assert condition.mask is export[1].mask is mask and condition.hash == export[1].hash


def test_equal_pictures_have_equal_keys(large: Source) -> None:
    one, other = (request(large, Pass(1.0, Region(0, 0, width, 9), False)) for width in (9, 10))
    assert one.key != other.key and one.key == request(large, one.render_pass).key
