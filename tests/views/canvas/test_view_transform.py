"""Zoom and position of the photo in the canvas."""

import pytest

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.views.canvas.view_transform import FIT_MARGIN, STOPS, ViewTransform


@pytest.fixture
def view() -> ViewTransform:
    view = ViewTransform()
    view.set_view(1000, 800, 1.0)
    view.set_photo(4000, 3000)
    return view


def test_fit_shows_all_of_it_in_the_middle(view: ViewTransform) -> None:
    assert view.zoom == pytest.approx((1000 - 2 * FIT_MARGIN) / 4000)
    left, top = view.to_view(0, 0)
    right, bottom = view.to_view(4000, 3000)
    assert left == pytest.approx(1000 - right, abs=1) and top == pytest.approx(800 - bottom, abs=1)
    assert view.visible() == Region(0, 0, 4000, 3000)


def test_a_small_photo_is_not_enlarged(view: ViewTransform) -> None:
    view.set_photo(40, 30)
    assert view.zoom == 1.0


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_what_is_under_the_pointer_stays_there(view: ViewTransform, ratio: float) -> None:
    view.set_view(1000, 800, ratio)
    view.zoom_to(1.0)
    before = view.to_photo(300, 500)
    view.zoom_to(4.0, (300, 500))
    after = view.to_photo(300, 500)
    assert after == pytest.approx(before, abs=1.0)


def test_one_to_one_means_screen_pixels(view: ViewTransform) -> None:
    view.set_view(1000, 800, 2.0)
    view.zoom_to(1.0)
    assert view.scale == 0.5
    visible = view.visible()
    assert visible is not None and (visible.width, visible.height) == (2000, 1600)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_the_photo_lies_on_whole_screen_pixels(view: ViewTransform, ratio: float) -> None:
    view.set_view(999, 777, ratio)
    view.zoom_to(1.0, (123, 45))
    view.pan(0.3, -0.7)
    assert (view.x * ratio) % 1 == pytest.approx(0) and (view.y * ratio) % 1 == pytest.approx(0)


def test_stops_go_up_and_down(view: ViewTransform) -> None:
    view.zoom_to(1.0)
    view.step(1)
    assert view.zoom == 1.5
    view.step(-1)
    view.step(-1)
    assert view.zoom == 0.667
    for _ in range(40):
        view.step(1)
    assert view.zoom == STOPS[-1]
    for _ in range(40):
        view.step(-1)
    assert view.zoom == STOPS[0]


def test_the_photo_cannot_be_lost(view: ViewTransform) -> None:
    view.zoom_to(1.0)
    for dx, dy in ((1e5, 1e5), (-1e5, -1e5)):
        view.pan(dx, dy)
        assert view.visible() is not None


def test_the_fit_follows_the_size_of_the_canvas(view: ViewTransform) -> None:
    view.set_view(500, 400, 1.0)
    assert view.zoom == pytest.approx((400 - 2 * FIT_MARGIN) / 3000, rel=0.05)
    view.zoom_to(1.0)
    center = view.to_photo(250, 200)
    view.set_view(700, 600, 1.0)
    assert view.zoom == 1.0 and view.to_photo(350, 300) == pytest.approx(center, abs=1)


def test_a_panorama_is_not_enlarged_by_zooming_out() -> None:
    view = ViewTransform()
    view.set_view(800, 600, 1.0)
    view.set_photo(60_000, 4_000)
    fitting = view.zoom
    assert fitting < STOPS[0]
    view.step(-1)
    assert view.zoom == fitting
    view.step(1)
    assert view.zoom == STOPS[0]
    view.step(-1)
    assert view.zoom == fitting
    view.zoom_to(fitting / 2)
    assert view.zoom == fitting
