"""Which picture lies on top."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from fxdiffuse_gui.app.files.qimage import Samples, from_qimage, pyramid, to_qimage
from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.views.canvas.layers import CanvasLayers
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform

PHOTO, PROXY, NEWER, EXACT, NOTHING = "#808080", "#ff0000", "#ffff00", "#0000ff", "#000000"
WIDTH, HEIGHT = 400, 300
REGION = Region(150, 100, 100, 100)


def plain(color: str, width: int, height: int) -> Samples:
    red, green, blue, _ = QColor(color).getRgb()
    return np.full((height, width, 3), (red, green, blue), np.uint8)


def result(color: str, revision: int, region: Region | None = None, **fields: Any) -> Result:
    """One that covers the whole photo at a quarter of its size, or a region at full size."""
    if region is None:
        level, box = (WIDTH // 4, HEIGHT // 4), (0, 0, WIDTH // 4, HEIGHT // 4)
    else:
        level, box = (WIDTH, HEIGHT), (region.x, region.y, region.right, region.bottom)
    samples = plain(color, box[2] - box[0], box[3] - box[1])
    values = {"span": box, "shown": samples, **fields}
    return Result(
        1, revision, level, values.pop("span"), box, to_qimage(samples), samples, 1, 1, 1.0, **values
    )


@pytest.fixture
def layers() -> CanvasLayers:
    layers = CanvasLayers()
    layers.set_levels((to_qimage(plain(PHOTO, WIDTH, HEIGHT)),))
    return layers


def colors(layers: CanvasLayers, zoom: float = 1.0, *, original: bool = False) -> tuple[str, str]:
    """The colors inside and outside the region."""
    view = ViewTransform()
    view.set_view(WIDTH, HEIGHT, 1.0)
    view.set_photo(WIDTH, HEIGHT)
    view.zoom_to(zoom, (WIDTH / 2, HEIGHT / 2))
    canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    canvas.fill(QColor(NOTHING))
    painter = QPainter(canvas)
    layers.draw(painter, view, original=original)
    painter.end()
    inside, outside = view.to_view(200, 150), view.to_view(120, 80)
    return tuple(canvas.pixelColor(int(x), int(y)).name() for x, y in (inside, outside))  # type: ignore[return-value]


def test_the_photo_alone(layers: CanvasLayers) -> None:
    assert colors(layers) == (PHOTO, PHOTO)


def test_what_is_visible_lies_over_the_background(layers: CanvasLayers) -> None:
    layers.set_result(result(EXACT, 1, REGION))
    layers.set_result(result(PROXY, 1, background=True))
    assert colors(layers) == (EXACT, PROXY)
    assert colors(layers, original=True) == (PHOTO, PHOTO)


def test_the_last_picture_stays_until_it_is_replaced_part_by_part(layers: CanvasLayers) -> None:
    whole = Region(0, 0, WIDTH, HEIGHT)
    layers.set_result(result(EXACT, 1, whole))
    layers.set_result(result(NEWER, 2, REGION, span=(0, 0, WIDTH, HEIGHT)))
    assert colors(layers) == (NEWER, EXACT)
    layers.set_result(result(NEWER, 2, Region(0, 0, 150, HEIGHT), span=(0, 0, WIDTH, HEIGHT)))
    assert colors(layers) == (NEWER, NEWER)


def test_another_zoom_begins_with_what_is_shown(layers: CanvasLayers) -> None:
    layers.set_result(result(PROXY, 1))
    part = result(EXACT, 1, REGION, span=(0, 0, WIDTH, HEIGHT))
    layers.set_result(part)
    assert colors(layers) == (EXACT, PROXY)


def test_moved_over_what_is_computed_keeps_it(layers: CanvasLayers) -> None:
    layers.set_result(result(EXACT, 1, Region(0, 0, 300, HEIGHT)))
    layers.set_result(result(NEWER, 1, Region(300, 0, 50, HEIGHT), span=(100, 0, 350, HEIGHT)))
    assert colors(layers) == (EXACT, EXACT)


def test_what_was_seen_lies_around_what_is_seen_unless_the_background_is_newer(layers: CanvasLayers) -> None:
    layers.set_result(result(PROXY, 1))
    layers.set_result(result(EXACT, 1, REGION))  # as under a loupe
    assert colors(layers) == (EXACT, PROXY)
    layers.set_result(result(EXACT, 2, REGION))
    layers.set_result(result(NEWER, 2, background=True))
    assert colors(layers) == (EXACT, NEWER)


def test_a_stand_in_lies_over_all_that_is_older(layers: CanvasLayers) -> None:
    whole = Region(0, 0, WIDTH, HEIGHT)
    layers.set_result(result(EXACT, 1, REGION))
    layers.set_result(result(NEWER, 3, whole, proxy_preview=True))
    assert colors(layers) == (NEWER, NEWER)
    layers.set_result(result(PROXY, 2))
    assert colors(layers) == (NEWER, NEWER)
    layers.set_result(result(EXACT, 3, REGION, span=(0, 0, WIDTH, HEIGHT)))
    assert colors(layers) == (EXACT, NEWER)
    layers.set_result(result(PROXY, 3))
    assert colors(layers) == (PROXY, PROXY)


def test_parts_of_a_mosaic_leave_no_seam() -> None:
    samples = np.random.default_rng(2).integers(0, 256, (300, 400, 3), np.uint8)
    layers, view = CanvasLayers(), ViewTransform()
    layers.set_levels((to_qimage(plain(PHOTO, WIDTH, HEIGHT)),))
    for box in ((0, 0, 130, 300), (130, 0, 400, 171), (130, 171, 400, 300)):
        x0, y0, x1, y1 = box
        part = samples[y0:y1, x0:x1]
        layers.set_result(Result(1, 1, (400, 300), (0, 0, 400, 300), box, to_qimage(part), part, 1, 3, 1.0))
    view.set_view(WIDTH, HEIGHT, 1.0)
    view.set_photo(WIDTH, HEIGHT)
    view.zoom_to(1.0)
    canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    layers.draw(painter, view, original=False)
    painter.end()
    np.testing.assert_array_equal(from_qimage(canvas)[0], samples)


def test_no_result_and_another_photo_show_the_photo(layers: CanvasLayers) -> None:
    layers.set_result(result(PROXY, 1))
    layers.set_result(None)
    assert colors(layers) == (PHOTO, PHOTO)
    layers.set_result(result(PROXY, 1))
    layers.set_levels((to_qimage(plain("#123456", WIDTH, HEIGHT)),))
    assert colors(layers) == ("#123456", "#123456")


def draw(samples: Samples, zoom: float, exposed: QRect) -> QImage:
    height, width = samples.shape[:2]
    layers, view = CanvasLayers(), ViewTransform()
    layers.set_levels(pyramid(samples))
    view.set_view(200, 200, 1.0)
    view.set_photo(width, height)
    view.zoom_to(zoom)
    canvas = QImage(200, 200, QImage.Format.Format_RGB32)
    canvas.fill(QColor(NOTHING))
    painter = QPainter(canvas)
    painter.setClipRect(exposed)
    layers.draw(painter, view, original=False)
    painter.end()
    return canvas


def test_close_up_pixels_are_squares() -> None:
    checks = np.zeros((20, 20, 3), np.uint8)
    checks[::2, ::2] = checks[1::2, 1::2] = 255
    canvas = draw(checks, 8.0, QRect(0, 0, 200, 200))
    seen = {canvas.pixelColor(x, 100).name() for x in range(20, 180)}
    assert seen == {"#000000", "#ffffff"}


@pytest.mark.parametrize("zoom", [0.1, 0.333, 1.0, 1.5, 6.0, 32.0])
def test_a_dirty_rectangle_leaves_no_seam(zoom: float) -> None:
    samples = np.random.default_rng(2).integers(0, 256, (1500, 1500, 3), np.uint8)
    whole = draw(samples, zoom, QRect(0, 0, 200, 200))
    part = QRect(61, 43, 57, 71)
    one, other = (from_qimage(image.copy(part))[0] for image in (draw(samples, zoom, part), whole))
    # The painter rounds by where a line begins; a shift by part of a pixel would be tens of levels here.
    assert np.abs(one.astype(int) - other).max() <= 2


def test_far_out_the_photo_does_not_shimmer() -> None:
    stripes = np.zeros((1024, 1024, 3), np.uint8)
    stripes[:, ::2] = 255
    canvas = draw(stripes, 0.1, QRect(0, 0, 200, 200))
    levels = [canvas.pixelColor(x, 100).red() for x in range(60, 140)]
    assert min(levels) > 100 and max(levels) < 156
