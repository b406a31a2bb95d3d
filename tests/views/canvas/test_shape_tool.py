"""Lasso, polygon and rectangle on the canvas."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool
from tests.views.studio import LEFT, NONE, Studio

ALT = Qt.KeyboardModifier.AltModifier


def test_a_lasso_fills_what_it_runs_around_on_release(studio: Studio) -> None:
    studio.brush.set_tool(Tool.LASSO)
    corners = [studio.at(*point) for point in ((40, 30), (120, 30), (120, 90), (40, 90))]
    studio.drag(*corners, release=False)
    assert studio.session.state.mask is None
    studio.qtbot.mouseRelease(studio.canvas, LEFT, NONE, corners[-1])
    assert studio.mask[60, 80] == 255 and studio.mask[60, 130] == 0 and studio.mask[100, 80] == 0
    assert (studio.mask > 0).sum() == pytest.approx(80 * 60, rel=0.05)
    assert studio.session.history.undo_stack.undoText() == "Lasso"
    studio.session.history.undo_stack.undo()
    assert studio.session.state.mask is None


def test_a_lasso_that_crosses_itself_is_filled_throughout(studio: Studio) -> None:
    studio.brush.set_tool(Tool.LASSO)
    round_twice = [(60, 40), (120, 40), (120, 100), (60, 100)] * 2
    studio.drag(*(studio.at(*point) for point in round_twice))
    assert studio.mask[70, 90] == 255


def test_alt_takes_away_and_shapes_may_leave_the_photo(studio: Studio) -> None:
    studio.session.mask.fill()
    studio.brush.set_tool(Tool.RECTANGLE)
    studio.drag(studio.at(150, 100), QPoint(395, 295), modifier=ALT)
    assert studio.mask[149, 199] == 0 and studio.mask[101, 151] == 0
    assert studio.mask[98, 151] == 255 and studio.mask[101, 148] == 255
    assert studio.session.history.undo_stack.undoText() == "Erase rectangle"


def test_a_rectangle_covers_whole_pixels_whichever_way_it_is_dragged(studio: Studio) -> None:
    studio.brush.set_tool(Tool.RECTANGLE)
    studio.drag(studio.at(120, 90), studio.at(100, 30), studio.at(40, 30))
    rows, columns = np.nonzero(studio.mask)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (30, 89, 40, 119)
    assert set(np.unique(studio.mask)) == {0, 255}


def test_a_click_with_a_shape_fills_nothing(studio: Studio) -> None:
    for tool in (Tool.RECTANGLE, Tool.LASSO):
        studio.brush.set_tool(tool)
        studio.drag(studio.at(40, 40))
    assert studio.session.state.mask is None and studio.session.history.undo_stack.count() == 0


def clicked(studio: Studio, *points: tuple[int, int]) -> None:
    studio.brush.set_tool(Tool.POLYGON)
    for point in points:
        studio.qtbot.mouseClick(studio.canvas, LEFT, NONE, studio.at(*point))


TRIANGLE = (40, 30), (140, 30), (40, 130)


@pytest.mark.parametrize("how", ["double click", "Enter"])
def test_a_polygon_is_clicked_and_closed(studio: Studio, how: str) -> None:
    clicked(studio, *TRIANGLE)
    assert studio.session.state.mask is None
    if how == "Enter":
        studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Return)
    else:
        studio.qtbot.mouseDClick(studio.canvas, LEFT, NONE, studio.at(*TRIANGLE[-1]))
    assert studio.mask[60, 60] == 255 and studio.mask[110, 110] == 0
    assert (studio.mask > 0).sum() == pytest.approx(5000, rel=0.05)
    assert studio.session.history.undo_stack.count() == 1


def test_escape_drops_an_outline_and_backspace_a_corner(studio: Studio) -> None:
    clicked(studio, *TRIANGLE, (190, 140))
    studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Backspace)
    studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Enter)
    assert studio.mask[110, 110] == 0 and studio.mask[60, 60] == 255
    studio.session.mask.clear()
    clicked(studio, *TRIANGLE)
    assert studio.canvas.drop_stroke() and not studio.canvas.drop_stroke()
    studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Return)
    assert studio.session.state.mask is None


def test_another_tool_or_photo_drops_the_outline(studio: Studio, photo_file: Any) -> None:
    clicked(studio, *TRIANGLE)
    studio.brush.set_tool(Tool.LASSO)
    assert not studio.canvas.drop_stroke()
    clicked(studio, *TRIANGLE)
    with studio.qtbot.waitSignal(studio.session.photo_changed):
        studio.session.files.open_photo(photo_file(60, 40, "other.png"))
    assert not studio.canvas.drop_stroke()


def test_the_outline_is_drawn_while_it_grows(studio: Studio) -> None:
    before = studio.grab()
    clicked(studio, (40, 30))
    studio.move(studio.at(140, 30), Qt.MouseButton.NoButton)
    after = studio.grab()
    line = [studio.at(x, 30) for x in range(45, 135)]
    assert sum(before.pixel(point) != after.pixel(point) for point in line) > 60
    assert before.pixel(studio.at(90, 80)) == after.pixel(studio.at(90, 80))


def test_the_tools_do_nothing_without_a_photo(qtbot: Any, session: Session) -> None:
    from fxdiffuse_gui.views.canvas.canvas import Canvas

    brush = Brush()
    canvas = Canvas(session, brush)
    qtbot.addWidget(canvas)
    for tool in Tool:
        brush.set_tool(tool)
        qtbot.mouseClick(canvas, LEFT, NONE, QPoint(20, 20))
        qtbot.mouseDClick(canvas, LEFT, NONE, QPoint(20, 20))
        canvas.grab()
    assert session.history.undo_stack.count() == 0
