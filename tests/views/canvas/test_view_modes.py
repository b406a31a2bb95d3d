"""Split with the original, checkerboard, loupe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QFocusEvent
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.loupe import RADIUS, Loupe
from fxdiffuse_gui.views.canvas.view_transform import ViewTransform
from fxdiffuse_gui.views.mask_tools.brush import Tool
from fxdiffuse_gui.views.style import theme
from tests.views.studio import SIZE, Studio

Color = tuple[int, int, int]


@pytest.fixture
def edited(studio: Studio) -> Studio:
    """A photo whose edit is its negative."""
    studio.session.settings.set_value(Task.GRAIN, 0.05)
    studio.qtbot.waitUntil(lambda: studio.session.preview.status.kind == "final")
    return studio


def negative(color: Color) -> Color:
    return 255 - color[0], 255 - color[1], 255 - color[2]


def sides(studio: Studio, *points: tuple[int, int]) -> list[bool]:
    """Whether each photo pixel shows the original; it must be one of the two."""
    picture, found = studio.grab(), []
    for x, y in points:
        own, color = studio.pixel(x, y), picture.pixelColor(studio.at(x, y)).getRgb()[:3]
        assert color in (own, negative(own))
        found.append(color == own)
    return found


# --- the split ------------------------------------------------------------------------------------------


def test_the_original_is_left_of_the_line(edited: Studio) -> None:
    edited.canvas.modes.set_split(True)
    assert sides(edited, (20, 40), (90, 140), (110, 40), (190, 140)) == [True, True, False, False]
    edited.canvas.modes.set_split(False)
    assert sides(edited, (20, 40), (190, 140)) == [False, False]


def test_turned_the_original_is_above_the_line(edited: Studio) -> None:
    edited.canvas.modes.turn_split()
    assert sides(edited, (20, 140), (190, 40)) == [True, False]
    edited.canvas.modes.turn_split()
    assert sides(edited, (20, 20), (190, 20), (20, 130), (190, 130)) == [True, True, False, False]


def test_the_line_is_dragged_and_keeps_its_place_while_panning(edited: Studio) -> None:
    edited.canvas.modes.set_split(True)
    middle = QPoint(SIZE[0] // 2, 30)
    edited.drag(middle, middle - QPoint(30, 0), edited.at(40, 20))
    assert sides(edited, (30, 40), (60, 40)) == [True, False]
    x = edited.canvas.view.x
    edited.drag(edited.at(150, 120), edited.at(150, 130))
    assert edited.canvas.view.x == x and sides(edited, (30, 40), (60, 40)) == [True, False]


def test_while_painting_only_the_handle_moves_the_line(edited: Studio) -> None:
    edited.canvas.modes.set_split(True)
    edited.brush.set_tool(Tool.BRUSH)
    center = QPoint(SIZE[0] // 2, SIZE[1] // 2)
    edited.drag(center, center + QPoint(60, 0))
    assert edited.session.state.mask is None
    assert edited.canvas.split.place(QSizeF(*SIZE)) == SIZE[0] // 2 + 60
    edited.drag(QPoint(SIZE[0] // 2 + 60, 100))
    assert edited.session.state.mask is not None


def test_a_held_key_shows_all_of_the_original(edited: Studio) -> None:
    edited.canvas.modes.set_split(True)
    edited.canvas.modes.set_comparing(True)
    assert sides(edited, (20, 40), (190, 140)) == [True, True]


def test_the_split_tells_of_itself(studio: Studio) -> None:
    told: list[bool] = []
    studio.canvas.modes.split_changed.connect(told.append)
    studio.canvas.modes.set_split(True)
    studio.canvas.modes.turn_split()
    studio.canvas.modes.set_split(True)
    studio.canvas.modes.set_split(False)
    studio.canvas.modes.turn_split()
    assert told == [True, False, True]


def test_the_pointer_says_that_the_line_can_be_dragged(edited: Studio) -> None:
    edited.canvas.modes.set_split(True)
    edited.move(QPoint(SIZE[0] // 2 + 2, 60), Qt.MouseButton.NoButton)
    assert edited.canvas.cursor().shape() is Qt.CursorShape.SplitHCursor
    edited.move(QPoint(SIZE[0] // 2 + 30, 60), Qt.MouseButton.NoButton)
    assert edited.canvas.cursor().shape() is Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("flat", [False, True])
def test_the_line_stays_on_the_canvas_and_its_sides_cover_it(flat: bool) -> None:
    split, size = CompareSplit(), QSizeF(301, 211)
    split.is_on, split.is_horizontal = True, flat
    for point in (QPointF(-500, -500), QPointF(77.3, 40.8), QPointF(5000, 5000)):
        split.drag_to(point, size)
        one, other = split.sides(size)
        assert one.width() * one.height() + other.width() * other.height() == 301 * 211
        assert not one.isEmpty() and not other.isEmpty() and not one.intersects(other)
        assert split.is_original(QPointF(one.center()), size)
        assert not split.is_original(QPointF(other.center()), size)


# --- the checkerboard -----------------------------------------------------------------------------------


def test_what_is_transparent_shows_a_checkerboard(studio: Studio, tmp_path: Path) -> None:
    rgba = np.full((150, 200, 4), (30, 60, 200, 255), np.uint8)
    rgba[:, :60, 3] = 0
    rgba[:, 60:120, 3] = 128
    cv2.imwrite(str(tmp_path / "alpha.png"), rgba)
    with studio.qtbot.waitSignal(studio.session.photo_changed):
        studio.session.files.open_photo(tmp_path / "alpha.png")
    picture = studio.grab()

    def colors(left: int, right: int) -> set[Color]:
        places = [(x, y) for x in range(left + 1, right - 1) for y in range(1, 149)]
        found = [picture.pixelColor(studio.corner + QPoint(*place)).getRgb()[:3] for place in places]
        return {(int(red), int(green), int(blue)) for red, green, blue in found}

    squares = [QColor(color).getRgb()[:3] for color in (theme.CHECK_LIGHT, theme.CHECK_DARK)]
    assert colors(0, 60) == set(squares)
    assert colors(120, 200) == {(200, 60, 30)}
    half = sorted(colors(60, 120))
    expected = sorted(tuple((a + b) / 2 for a, b in zip((200, 60, 30), s, strict=True)) for s in squares)
    np.testing.assert_allclose(half, expected, atol=2)
    # Nothing lies around the photo.
    assert picture.pixelColor(studio.corner - QPoint(3, 3)) == QColor("#1c1c1c")


def test_a_part_is_painted_as_in_the_whole(studio: Studio, tmp_path: Path) -> None:
    rgba = np.random.default_rng(3).integers(0, 256, (150, 200, 4)).astype(np.uint8)
    cv2.imwrite(str(tmp_path / "alpha.png"), rgba)
    with studio.qtbot.waitSignal(studio.session.photo_changed):
        studio.session.files.open_photo(tmp_path / "alpha.png")
    whole = studio.grab()
    area = QRect(131, 97, 83, 61)
    part = studio.canvas.grab(area).toImage()
    assert part == whole.copy(area)


def test_an_opaque_photo_has_none(studio: Studio, tmp_path: Path) -> None:
    assert not studio.canvas.picture.checkerboard._transparency()
    opaque = np.full((150, 200, 4), 255, np.uint8)
    cv2.imwrite(str(tmp_path / "opaque.png"), opaque)
    with studio.qtbot.waitSignal(studio.session.photo_changed):
        studio.session.files.open_photo(tmp_path / "opaque.png")
    assert not studio.canvas.picture.checkerboard._transparency()


# --- the loupe ------------------------------------------------------------------------------------------


@pytest.fixture
def large(studio: Studio, photo_file: Callable[..., Path]) -> Studio:
    with studio.qtbot.waitSignal(studio.session.photo_changed):
        studio.session.files.open_photo(photo_file(2000, 1500, "large.png"))
    return studio


def test_z_shows_the_pixels_themselves_around_the_pointer(large: Studio) -> None:
    canvas, pointer = large.canvas, QPoint(180, 140)
    assert canvas.view.zoom < 0.2
    large.move(pointer, Qt.MouseButton.NoButton)
    large.qtbot.keyPress(canvas, Qt.Key.Key_Z)
    picture = large.grab()
    lens = canvas.loupe.through(canvas.view, QPointF(pointer))
    for away in (QPoint(0, 0), QPoint(70, 20), QPoint(-60, -50)):
        place = pointer + away
        x, y = lens.to_photo(place.x() + 0.5, place.y() + 0.5)
        assert picture.pixelColor(place) == QColor(*large.pixel(int(x), int(y)))
    large.qtbot.keyRelease(canvas, Qt.Key.Key_Z)
    assert large.grab() != picture


def test_what_lies_under_the_loupe_is_computed_at_full_size(large: Studio, monkeypatch: Any) -> None:
    told: list[Any] = []
    monkeypatch.setattr(
        large.session.preview, "set_view", lambda visible, zoom, _focus=None: told.append((visible, zoom))
    )
    large.move(QPoint(180, 140), Qt.MouseButton.NoButton)
    large.qtbot.keyPress(large.canvas, Qt.Key.Key_Z)
    large.qtbot.waitUntil(lambda: bool(told))
    visible, zoom = told[-1]
    assert zoom == 1.0 and 2 * RADIUS <= visible.width <= 2 * RADIUS + 2
    told.clear()
    large.qtbot.keyRelease(large.canvas, Qt.Key.Key_Z)
    large.qtbot.waitUntil(lambda: bool(told))
    visible, zoom = told[-1]
    assert zoom < 1.0 and visible.width == 2000


def test_what_was_under_the_pointer_stays_there() -> None:
    view = ViewTransform()
    view.set_view(400, 300, 1.0)
    view.set_photo(4000, 3000)
    for zoom, through in ((0.1, 1.0), (1.0, 2.0), (3.0, 6.0)):
        view.zoom_to(zoom)
        lens = Loupe().through(view, QPointF(120, 80))
        assert lens.zoom == through
        assert lens.to_photo(120, 80) == pytest.approx(view.to_photo(120, 80), abs=0.6)


def test_undo_s_key_is_not_the_loupe_s(large: Studio) -> None:
    large.qtbot.keyPress(large.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not large.canvas.loupe.is_on


def test_leaving_with_the_key_down_puts_the_loupe_down_but_not_the_menu_s(large: Studio) -> None:
    told: list[bool] = []
    large.canvas.modes.loupe_changed.connect(told.append)
    large.qtbot.keyPress(large.canvas, Qt.Key.Key_Z)
    QApplication.sendEvent(large.canvas, QFocusEvent(QEvent.Type.FocusOut))
    large.canvas.modes.set_loupe(True)
    QApplication.sendEvent(large.canvas, QFocusEvent(QEvent.Type.FocusOut))
    assert told == [True, False, True]


def test_the_lens_shows_the_side_that_it_is_on(edited: Studio) -> None:
    edited.canvas.modes.set_split(True)
    edited.canvas.modes.set_loupe(True)
    for x, original in ((30, True), (170, False)):
        point = edited.at(x, 75)
        edited.move(point, Qt.MouseButton.NoButton)
        lens = edited.canvas.loupe.through(edited.canvas.view, QPointF(point))
        own = edited.pixel(*(int(place) for place in lens.to_photo(point.x() + 0.5, point.y() + 0.5)))
        assert edited.color(point) == (own if original else negative(own))
