"""Which picture lies on top."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.qimage import Samples, from_qimage, pyramid, to_qimage
from fxdiffuse_gui.app.request import Result
from fxdiffuse_gui.views.canvas_layers import CanvasLayers
from fxdiffuse_gui.views.view_transform import ViewTransform

PHOTO, PROXY, NEWER, EXACT, NOTHING = "#808080", "#ff0000", "#ffff00", "#0000ff", "#000000"
WIDTH, HEIGHT = 400, 300
REGION = Region(150, 100, 100, 100)


def plain(color: str, width: int, height: int) -> Samples:
    red, green, blue, _ = QColor(color).getRgb()
    return np.full((height, width, 3), (red, green, blue), np.uint8)


def result(color: str, revision: int, region: Region | None = None, *, draft: bool = False) -> Result:
    area = region or Region(0, 0, WIDTH, HEIGHT)
    size = (area.width, area.height) if region else (WIDTH // 4, HEIGHT // 4)
    samples = plain(color, *size)
    zoom = 1.0 if region else 0.25
    return Result(
        1, revision, area, zoom, region is None, to_qimage(samples), samples, 1, 1, 1.0, True, draft
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


def test_the_exact_region_lies_over_the_proxy(layers: CanvasLayers) -> None:
    layers.set_result(result(PROXY, 1))
    layers.set_result(result(EXACT, 1, REGION))
    assert colors(layers) == (EXACT, PROXY)
    assert colors(layers, original=True) == (PHOTO, PHOTO)


def test_zoomed_out_the_proxy_alone_is_shown(layers: CanvasLayers) -> None:
    layers.set_result(result(PROXY, 1))
    layers.set_result(result(EXACT, 1, REGION))
    assert colors(layers, 0.667) == (PROXY, PROXY)


def test_a_region_of_older_settings_goes(layers: CanvasLayers) -> None:
    layers.set_result(result(EXACT, 1, REGION))
    layers.set_result(result(NEWER, 2))
    assert colors(layers) == (NEWER, NEWER)


def test_a_region_of_newer_settings_stays(layers: CanvasLayers) -> None:
    layers.set_result(result(EXACT, 2, REGION))
    layers.set_result(result(PROXY, 1))
    assert colors(layers) == (EXACT, PROXY)


def test_the_middle_lies_on_top_until_the_whole_region_comes(layers: CanvasLayers) -> None:
    around = Region(100, 50, 200, 200)
    layers.set_result(result(EXACT, 1, around))
    layers.set_result(result(NEWER, 2, REGION, draft=True))
    assert colors(layers) == (NEWER, EXACT)
    layers.set_result(result(PROXY, 2, around))
    assert colors(layers) == (PROXY, PROXY)


def test_a_stand_in_lies_over_all_that_is_older(layers: CanvasLayers) -> None:
    whole = Region(0, 0, WIDTH, HEIGHT)
    layers.set_result(result(EXACT, 1, REGION))
    layers.set_result(replace(result(NEWER, 3, whole, draft=True), stand_in=True))
    assert colors(layers) == (NEWER, NEWER)
    layers.set_result(result(PROXY, 2))
    layers.set_result(result(EXACT, 2, REGION, draft=True))
    assert colors(layers) == (NEWER, NEWER)
    layers.set_result(result(EXACT, 3, REGION, draft=True))
    assert colors(layers) == (EXACT, NEWER)
    layers.set_result(result(PROXY, 3))
    assert colors(layers) == (EXACT, PROXY)


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
