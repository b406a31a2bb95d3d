"""The canvas with real pointer and key events."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool
from fxdiffuse_gui.views.style import theme
from tests.views.studio import LEFT, MIDDLE, NONE, SHIFT, SIZE, Studio


def inverted(color: tuple[int, int, int]) -> tuple[int, int, int]:
    return 255 - color[0], 255 - color[1], 255 - color[2]


def test_at_one_to_one_every_pixel_is_the_photo_s_own(studio: Studio) -> None:
    picture = studio.grab()
    for x, y in ((0, 0), (199, 0), (0, 149), (199, 149), (57, 93)):
        assert picture.pixelColor(studio.corner + QPoint(x, y)) == QColor(*studio.pixel(x, y))
    assert picture.pixelColor(2, 2) == QColor(theme.CANVAS)


def test_without_a_photo_it_invites(qtbot: QtBot, session: Session) -> None:
    canvas = Canvas(session, Brush())
    qtbot.addWidget(canvas)
    canvas.resize(*SIZE)
    picture = canvas.grab().toImage()
    colors = {picture.pixel(x, SIZE[1] // 2) for x in range(SIZE[0])}
    assert len(colors) > 1


def test_the_wheel_zooms_to_the_pointer(studio: Studio) -> None:
    point = studio.at(150, 40)
    before = studio.canvas.view.to_photo(point.x(), point.y())
    studio.wheel(point, 6)
    assert studio.canvas.view.zoom == pytest.approx(1.25**6)
    assert studio.canvas.view.to_photo(point.x(), point.y()) == pytest.approx(before, abs=0.6)
    studio.canvas.navigation.fit()
    assert studio.canvas.view.zoom == 1.0


@pytest.mark.parametrize("how", ["left with the move tool", "middle", "space"])
def test_dragging_pans(studio: Studio, how: str) -> None:
    studio.canvas.navigation.zoom_to(8.0)
    if how != "left with the move tool":
        studio.brush.set_tool(Tool.BRUSH)
    if how == "space":
        studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Space)
    x, y = studio.canvas.view.x, studio.canvas.view.y
    studio.drag(
        QPoint(200, 150), QPoint(190, 170), QPoint(170, 190), button=MIDDLE if how == "middle" else LEFT
    )
    assert (studio.canvas.view.x - x, studio.canvas.view.y - y) == (-30, 40)
    assert studio.session.state.mask is None
    studio.qtbot.keyRelease(studio.canvas, Qt.Key.Key_Space)


def test_the_session_hears_what_is_visible(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Any, bool]] = []
    monkeypatch.setattr(
        studio.session.preview, "set_view", lambda visible, zoom, _focus: told.append((visible, zoom))
    )
    studio.canvas.navigation.zoom_to(0.5)
    studio.canvas.navigation.zoom_to(4.0)
    studio.qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    visible, zoom = told[0]
    assert zoom >= 1.0 and visible.width <= SIZE[0] // 4 + 2


def test_the_result_is_shown_and_backslash_shows_the_original(studio: Studio) -> None:
    own = studio.pixel(50, 50)
    studio.session.settings.set_value(Task.GRAIN, 0.05)
    studio.qtbot.waitUntil(lambda: studio.session.preview.status.kind == "final")
    point = studio.at(50, 50)
    assert studio.color(point) == inverted(own)
    studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Backslash)
    assert studio.color(point) == own
    studio.qtbot.keyRelease(studio.canvas, Qt.Key.Key_Backslash)
    assert studio.color(point) == inverted(own)


def test_leaving_the_canvas_with_the_key_down_ends_the_comparison(studio: Studio) -> None:
    told: list[bool] = []
    studio.canvas.modes.compare_changed.connect(told.append)
    studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Backslash)
    studio.canvas.clearFocus()
    QApplication.sendEvent(studio.canvas, _focus_out())
    assert told == [True, False]


def _focus_out() -> Any:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QEvent.Type.FocusOut)


def test_the_last_result_stays_until_the_next_comes(studio: Studio, engine: Any) -> None:
    studio.session.settings.set_value(Task.GRAIN, 0.05)
    studio.qtbot.waitUntil(lambda: studio.session.preview.status.kind == "final")
    engine.held = True
    studio.session.settings.set_value(Task.GRAIN, 0.07)
    assert studio.color(studio.at(50, 50)) == inverted(studio.pixel(50, 50))


def test_the_brush_paints_one_undoable_stroke(studio: Studio) -> None:
    studio.brush.set_tool(Tool.BRUSH)
    studio.drag(studio.at(40, 30), studio.at(80, 30), studio.at(80, 60))
    mask = studio.session.state.mask
    assert mask is not None and studio.session.history.undo_stack.count() == 1
    assert mask[30, 60] == 255 and mask[45, 80] == 255 and mask[30, 100] == 0
    assert set(np.unique(mask)) == {0, 255}
    # As wide as the brush.
    assert mask[:, 60].sum() == pytest.approx(255 * 10, abs=2 * 255)
    studio.session.history.undo_stack.undo()
    assert studio.session.state.mask is None


def test_a_click_paints_a_dot(studio: Studio) -> None:
    studio.brush.set_tool(Tool.BRUSH)
    studio.drag(studio.at(40, 30))
    mask = studio.session.state.mask
    assert mask is not None and 60 <= (mask > 0).sum() <= 100


def test_the_eraser_takes_paint_away(studio: Studio) -> None:
    studio.brush.set_tool(Tool.BRUSH)
    studio.drag(studio.at(20, 30), studio.at(120, 30))
    studio.brush.set_tool(Tool.ERASER)
    studio.drag(studio.at(60, 10), studio.at(60, 50))
    mask = studio.session.state.mask
    assert mask is not None and mask[30, 60] == 0 and mask[30, 30] == 255
    assert studio.session.history.undo_stack.undoText() == "Erase mask"


def test_shift_draws_a_straight_line_from_the_last_stroke(studio: Studio) -> None:
    studio.brush.set_tool(Tool.BRUSH)
    studio.drag(studio.at(20, 20))
    studio.qtbot.mouseClick(studio.canvas, LEFT, SHIFT, studio.at(120, 120))
    mask = studio.session.state.mask
    assert mask is not None and mask[70, 70] == 255


def test_a_stroke_may_leave_the_photo(studio: Studio) -> None:
    studio.brush.set_tool(Tool.BRUSH)
    studio.drag(studio.at(190, 75), QPoint(SIZE[0] + 50, 150), studio.at(190, 120))
    assert studio.session.state.mask is not None
    studio.session.mask.clear()
    studio.drag(QPoint(1, 1), QPoint(2, 30))
    assert studio.session.state.mask is None


def test_escape_takes_the_stroke_back(studio: Studio) -> None:
    studio.brush.set_tool(Tool.BRUSH)
    studio.drag(studio.at(20, 20), studio.at(90, 90), release=False)
    assert studio.canvas.drop_stroke()
    studio.qtbot.mouseRelease(studio.canvas, LEFT, NONE, studio.at(90, 90))
    assert studio.session.state.mask is None and studio.session.history.undo_stack.count() == 0
    assert not studio.canvas.drop_stroke()
    # Nothing of it comes back with the next stroke.
    studio.drag(studio.at(150, 20))
    mask = studio.session.state.mask
    assert mask is not None and mask[50, 50] == 0


def test_paint_is_tinted_until_the_fill_is_there(studio: Studio, engine: Any) -> None:
    engine.held = True
    studio.brush.set_tool(Tool.BRUSH)
    studio.drag(studio.at(40, 30), studio.at(100, 30))
    own, tinted = studio.pixel(60, 30), studio.color(studio.at(60, 30))
    assert tinted[0] > own[0] and tinted != own
    assert studio.color(studio.at(60, 80)) == studio.pixel(60, 80)
    engine.held = False
    studio.qtbot.waitUntil(lambda: studio.session.preview.status.kind == "final")
    assert studio.color(studio.at(60, 30)) == inverted(own)
    studio.brush.pin_mask(True)
    assert studio.color(studio.at(60, 30)) != inverted(own)


def test_a_drop_target_is_framed(studio: Studio) -> None:
    studio.canvas.show_drop_target(True)
    assert studio.color(QPoint(0, 150)) == QColor(theme.ACCENT).getRgb()[:3]
    studio.canvas.show_drop_target(False)
    assert studio.color(QPoint(0, 150)) == QColor(theme.CANVAS).getRgb()[:3]


def test_brush_size_steps_and_limits() -> None:
    brush = Brush()
    brush.set_size(100)
    brush.step_size(1)
    assert brush.size == pytest.approx(120)
    brush.step_size(-1)
    brush.set_size(0)
    assert brush.size == 1
    brush.set_size(1e9)
    assert brush.size == 2000


def test_eraser_and_brush_take_turns() -> None:
    brush = Brush()
    brush.toggle_eraser()
    assert brush.tool is Tool.ERASER
    brush.toggle_eraser()
    assert brush.tool is Tool.BRUSH
