"""The mask tools in the inpaint card."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.views.mask_tools.brush import OVERLAY, Brush, Tool
from fxdiffuse_gui.views.mask_tools.mask_tools import MaskTools
from fxdiffuse_gui.views.mask_tools.overlay_color import OverlayColor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tools(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> MaskTools:
    tools = MaskTools(live_session, Brush())
    qtbot.addWidget(tools)
    tools.show()
    assert not tools.tools[Tool.BRUSH].isEnabled()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(60, 40))
    return tools


def test_buttons_take_a_tool_and_put_it_down(qtbot: QtBot, tools: MaskTools) -> None:
    brush, buttons = tools._brush, tools.tools
    for tool, button in buttons.items():
        qtbot.mouseClick(button, LEFT)
        assert brush.tool is tool
        assert [one for one in buttons if buttons[one].isChecked()] == [tool]
    qtbot.mouseClick(buttons[Tool.RECTANGLE], LEFT)
    assert brush.tool is Tool.MOVE and not buttons[Tool.RECTANGLE].isChecked()


def test_the_slider_and_the_keys_agree_on_the_size(tools: MaskTools) -> None:
    brush, row = tools._brush, tools.brush_rows.size_row
    row.slider.setValue(100)
    assert brush.size == pytest.approx(2000) and row.box.value() == 2000
    row.slider.setValue(0)
    assert brush.size == 1
    brush.set_size(50.4)
    assert row.slider.value() == pytest.approx(51, abs=1) and row.box.text() == "50 px"
    # Showing a size on the slider must not round it.
    assert brush.size == 50.4


def test_hardness_and_opacity_are_typed_or_dragged(qtbot: QtBot, tools: MaskTools) -> None:
    brush = tools._brush
    brush.set_tool(Tool.BRUSH)
    tools.brush_rows.hardness_row.slider.setValue(30)
    assert brush.tip.hardness == pytest.approx(0.3) and tools.brush_rows.hardness_row.box.text() == "30 %"
    tools.brush_rows.opacity_row.box.selectAll()
    qtbot.keyClicks(tools.brush_rows.opacity_row.box, "45")
    qtbot.keyClick(tools.brush_rows.opacity_row.box, Qt.Key.Key_Return)
    assert brush.tip.opacity == pytest.approx(0.45)
    qtbot.keyClick(tools.brush_rows.opacity_row.box, Qt.Key.Key_Up)
    assert brush.tip.opacity == pytest.approx(0.46)


def test_the_tip_shows_while_a_brush_is_in_hand(tools: MaskTools) -> None:
    for tool, shown in ((Tool.MOVE, False), (Tool.BRUSH, True), (Tool.LASSO, False), (Tool.ERASER, True)):
        tools._brush.set_tool(tool)
        assert (
            tools.brush_rows.size_row.isVisible()
            is tools.brush_rows.hardness_row.isVisible()
            is tools.brush_rows.opacity_row.isVisible()
            is shown
        )


def test_fill_grow_shrink_and_feather(qtbot: QtBot, tools: MaskTools, live_session: Session) -> None:
    assert not tools.grow.isVisible()
    square = Region(20, 10, 10, 10)
    live_session.mask.paint(square, np.full((10, 10), 255, np.uint8))
    assert tools.grow.isVisible()
    tools.amount.setValue(3)
    qtbot.mouseClick(tools.grow, LEFT)
    assert live_session.state.mask is not None and live_session.state.mask[15, 17] == 255
    assert live_session.history.undo_stack.undoText() == "Grow mask 3 px"
    qtbot.mouseClick(tools.shrink, LEFT)
    assert live_session.state.mask[15, 17] == 0 and live_session.state.mask[15, 20] == 255
    qtbot.mouseClick(tools.feather, LEFT)
    assert 0 < live_session.state.mask[15, 20] < 255 and live_session.state.mask[15, 19] == 0
    qtbot.mouseClick(tools.fill, LEFT)
    assert live_session.state.mask.all()


def test_the_amount_steps_by_whole_pixels(qtbot: QtBot, tools: MaskTools, live_session: Session) -> None:
    live_session.mask.fill()
    tools.amount.setValue(8)
    qtbot.keyClick(tools.amount, Qt.Key.Key_Up)
    assert tools.amount.value() == 9
    qtbot.keyClick(tools.amount, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert tools.amount.value() == 8


def test_the_overlay_s_color_is_chosen_and_remembered(qtbot: QtBot, tools: MaskTools) -> None:
    action = next(action for action in tools.color.menu().actions() if action.text() == "Green")
    action.trigger()
    green = tools._brush.overlay
    assert green.green() > max(green.red(), green.blue())
    other = Brush()
    qtbot.addWidget(OverlayColor(other))
    assert other.overlay == green


def test_an_overlay_color_that_is_none_counts_as_absent(qtbot: QtBot) -> None:
    QSettings().setValue("mask/overlay", "no color")
    brush = Brush()
    qtbot.addWidget(OverlayColor(brush))
    assert brush.overlay == OVERLAY


def test_invert_and_clear(qtbot: QtBot, tools: MaskTools, live_session: Session) -> None:
    assert not tools.clear.isEnabled()
    qtbot.mouseClick(tools.invert, LEFT)
    assert live_session.state.mask is not None and live_session.state.mask.all()
    qtbot.mouseClick(tools.clear, LEFT)
    assert live_session.state.mask is None and not tools.clear.isEnabled()


def test_a_mask_is_loaded_from_a_file(
    qtbot: QtBot,
    tools: MaskTools,
    live_session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import cv2

    path = tmp_path / "mask.png"
    cv2.imwrite(str(path), np.full((40, 60), 255, np.uint8))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(tools.load, LEFT)
    qtbot.waitUntil(lambda: live_session.state.mask is not None)


def test_a_mask_is_saved_and_loaded_again(
    qtbot: QtBot, tools: MaskTools, live_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not tools.save.isEnabled()
    soft = np.tile(np.arange(60, dtype=np.uint8) * 4, (40, 1))
    live_session.mask.replace(soft)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "soft"), ""))
    with qtbot.waitSignal(live_session.message) as told:
        qtbot.mouseClick(tools.save, LEFT)
    assert told.args == ["soft.png has been written."]
    live_session.mask.clear()
    live_session.files.load_mask(tmp_path / "soft.png")
    qtbot.waitUntil(lambda: live_session.state.mask is not None)
    np.testing.assert_array_equal(live_session.state.mask, soft)


def test_no_file_is_replaced_by_a_mask_unasked(
    tools: MaskTools, live_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_session.mask.fill()
    (tmp_path / "soft.png").write_text("other")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "soft"), ""))
    asked: list[str] = []

    def no(*arguments: Any) -> QMessageBox.StandardButton:
        asked.append(arguments[2])
        return QMessageBox.StandardButton.No

    saved: list[Path] = []
    monkeypatch.setattr(live_session.files, "save_mask", saved.append)
    monkeypatch.setattr(QMessageBox, "question", no)
    tools.save_mask()
    assert asked == ["soft.png exists already. Replace it?"] and not saved


def test_a_mask_that_cannot_be_saved_is_told(
    qtbot: QtBot, tools: MaskTools, live_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_session.mask.fill()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "m.png"), ""))
    with qtbot.waitSignal(live_session.message) as told:
        tools.save_mask()
    assert "m.png cannot be written" in told.args[0]


def test_every_control_has_a_name_and_a_tip(tools: MaskTools) -> None:
    rows = (tools.brush_rows.size_row, tools.brush_rows.hardness_row, tools.brush_rows.opacity_row)
    buttons = (tools.fill, tools.invert, tools.clear, tools.load, tools.save)
    rework = (tools.grow, tools.shrink, tools.feather, tools.amount)
    controls = (*tools.tools.values(), tools.color, tools.show_mask, *buttons, *rework)
    sliders = [control for row in rows for control in (row.slider, row.box)]
    for control in (*controls, *sliders):
        assert control.accessibleName() and control.toolTip()
    assert len({control.accessibleName() for control in controls}) == len(controls)


def test_the_tab_key_goes_through_the_tools_as_they_lie(tools: MaskTools, live_session: Session) -> None:
    live_session.mask.fill()
    tools._brush.set_tool(Tool.BRUSH)
    QApplication.processEvents()
    chain, widget = [], tools.nextInFocusChain()
    while widget is not tools:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        # The line of text inside of a box is the box.
        if takes_tab and widget.isVisibleTo(tools) and not isinstance(widget, QLineEdit):
            chain.append(widget)
        widget = widget.nextInFocusChain()
    places = [one.mapTo(tools, QPoint(0, one.height() // 2)) for one in chain]
    for before, after in itertools.pairwise(places):
        same_row = abs(before.y() - after.y()) < 8
        assert before.x() < after.x() if same_row else before.y() < after.y()
    assert len(chain) == 7 + 2 * 3 + 5 + 4
