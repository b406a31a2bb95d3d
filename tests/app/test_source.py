"""Proxies, and what of photo and mask goes to the engine."""

import numpy as np
import pytest

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.request import EditRequest, ExportJob
from fxdiffuse_gui.app.source import DRAFT_SIDE, PROXY_PIXELS, Source
from fxdiffuse_gui.engine.condition import EditCondition
from fxdiffuse_gui.engine.tasks import Task
from fxdiffuse_gui.photo.image import Photo


def photo_of(width: int, height: int) -> Photo:
    original = np.random.default_rng(5).integers(0, 256, (height, width, 3), np.uint8)
    return Photo(original.astype(np.float32) / np.float32(255), None, 8, original)


@pytest.fixture(scope="module")
def large() -> Source:
    return Source.of(photo_of(1600, 1200))


def request(source: Source, **fields: object) -> EditRequest:
    values: dict[str, object] = {
        "id": 1,
        "revision": 1,
        "source": source,
        "condition": EditCondition(blur=16.0, grain=0.05),
        "mask": None,
        "region": None,
    }
    return EditRequest(**{**values, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(1, 1), (20, 3), (1000, 600)])
def test_a_small_photo_is_its_own_proxy(size: tuple[int, int]) -> None:
    photo = photo_of(*size)
    source = Source.of(photo)
    assert source.proxy.zoom == 1.0 and source.proxy.pixels is photo.pixels


@pytest.mark.parametrize("size", [(1600, 1200), (3, 400_000), (4000, 301)])
def test_a_proxy_is_small_and_keeps_the_mean(size: tuple[int, int]) -> None:
    photo = photo_of(*size)
    source = Source.of(photo)
    height, width = source.proxy.pixels.shape[:2]
    assert height * width <= PROXY_PIXELS and 0 < source.proxy.zoom < 1
    assert source.proxy.pixels.dtype == np.float32
    assert source.proxy.pixels.mean() == pytest.approx(photo.pixels.mean(), abs=2e-3)


def test_a_draft_is_smaller_still(large: Source) -> None:
    assert large.has_draft and max(large.draft.pixels.shape) == DRAFT_SIDE
    assert large.draft.zoom == pytest.approx(DRAFT_SIDE / 1600, rel=0.01)
    assert not Source.of(photo_of(500, 400)).has_draft


def test_every_painted_pixel_is_painted_in_the_proxy(large: Source) -> None:
    mask = np.zeros((1200, 1600), np.uint8)
    mask[700, 900] = 255
    small = large.proxy.mask(mask)
    assert small.shape == large.proxy.pixels.shape[:2]
    y, x = int(700.5 * large.proxy.zoom), int(900.5 * large.proxy.zoom)
    assert small[y, x] > 0
    assert 0 < (small > 0).sum() <= 9


def test_a_proxy_request_scales_what_is_a_length(large: Source) -> None:
    mask = np.full((1200, 1600), 255, np.uint8)
    inputs = request(large, mask=mask).inputs()
    assert inputs.pixels is large.proxy.pixels
    assert inputs.condition.blur == pytest.approx(16.0 * large.proxy.zoom)
    assert inputs.condition.grain == 0.05
    assert inputs.condition.mask is not None and inputs.condition.mask.shape == large.proxy.pixels.shape[:2]
    assert inputs.origin == (0, 0) and inputs.statistics_from is None


def test_a_draft_request_scales_further(large: Source) -> None:
    draft = request(large, draft=True)
    assert draft.inputs().pixels is large.draft.pixels
    assert draft.inputs().condition.blur == pytest.approx(16.0 * large.draft.zoom)
    assert draft.zoom == large.draft.zoom and draft.key != request(large).key


def test_a_region_request_cuts_at_full_resolution(large: Source) -> None:
    mask = np.zeros((1200, 1600), np.uint8)
    mask[310, 220] = 255
    region = Region(200, 300, 90, 70)
    inputs = request(large, mask=mask, region=region).inputs()
    np.testing.assert_array_equal(inputs.pixels, large.photo.pixels[300:370, 200:290])
    assert inputs.condition.blur == 16.0
    assert inputs.condition.mask is not None and inputs.condition.mask.shape == (70, 90)
    assert inputs.condition.mask[10, 20] == 1.0 and inputs.condition.mask.sum() == 1.0
    assert inputs.origin == (200, 300)
    assert inputs.statistics_from is large.photo.pixels


def test_an_export_takes_all_of_it(large: Source) -> None:
    from pathlib import Path

    from fxdiffuse_gui.photo.writer import ExportOptions

    mask = np.zeros((1200, 1600), np.uint8)
    mask[0, 0] = 255
    job = ExportJob(large, EditCondition(blur=16.0), mask, Path("out.png"), ExportOptions())
    inputs = job.inputs()
    assert inputs.pixels is large.photo.pixels and inputs.condition.blur == 16.0
    assert inputs.condition.is_active(Task.INPAINT)
