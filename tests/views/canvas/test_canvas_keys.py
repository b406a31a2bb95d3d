"""The keys of the canvas and the mask tools, in the main window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.help.help_dialogs import keys_dialog
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.mask_tools.brush import Tool
from fxdiffuse_gui.views.tool_bar import ToolBar

SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> Iterator[MainWindow]:
    window = MainWindow(live_session)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.session.history.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(200, 150))
    yield window
    live_session.preview.cancel()


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.windowHandle(), key, modifier)


@pytest.mark.parametrize(
    ("key", "tool"),
    [
        (Qt.Key.Key_B, Tool.BRUSH),
        (Qt.Key.Key_L, Tool.LASSO),
        (Qt.Key.Key_P, Tool.POLYGON),
        (Qt.Key.Key_M, Tool.RECTANGLE),
    ],
)
def test_a_key_takes_a_tool_and_puts_it_down(window: MainWindow, key: Qt.Key, tool: Tool) -> None:
    press(window, key)
    assert window.brush.tool is tool
    press(window, key)
    assert window.brush.tool is Tool.MOVE


def point_at(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    QApplication.sendEvent(widget, QEnterEvent(place, place, widget.mapToGlobal(place)))


@pytest.mark.parametrize("name", ["grain", "seed"])
def test_keys_are_the_canvas_s_again_once_a_number_is_typed(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    field = window.seed_bar.field if name == "seed" else window.effects.cards[Task.GRAIN].value_box
    assert field is not None
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.07" if name == "grain" else "77")
    point_at(window.canvas)
    # It is still being typed.
    assert QApplication.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Return)
    point_at(window.canvas)
    assert QApplication.focusWidget() is window.canvas
    size = window.brush.size
    press(window, Qt.Key.Key_BracketRight)
    press(window, Qt.Key.Key_B)
    assert window.brush.size > size and window.brush.tool is Tool.BRUSH


def test_shift_and_a_bracket_set_the_hardness(window: MainWindow) -> None:
    size = window.brush.size
    press(window, Qt.Key.Key_BracketLeft, SHIFT)
    assert window.brush.tip.hardness == pytest.approx(0.9)
    press(window, Qt.Key.Key_BracketRight, SHIFT)
    assert window.brush.tip.hardness == pytest.approx(1.0) and window.brush.size == size


def test_escape_drops_an_outline_before_it_stops_anything(qtbot: QtBot, window: MainWindow) -> None:
    window.brush.set_tool(Tool.POLYGON)
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.rect().center())
    press(window, Qt.Key.Key_Escape)
    assert not window.canvas.drop_stroke()


def test_pen_pressure_can_be_switched_off(window: MainWindow) -> None:
    action = window.actions_by_name["pressure"]
    assert action.isChecked() and window.brush.uses_pressure
    action.trigger()
    assert not action.isChecked() and not window.brush.uses_pressure


def test_every_new_key_is_on_the_sheet(window: MainWindow) -> None:
    dialog = keys_dialog(window, window.actions_by_name)
    text = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    mask = "Lasso", "Polygon", "Rectangle", "Harder brush", "Softer brush", "Pressure", "Take away"
    for word in (*mask, "Split with original", "Turn the split", "Loupe"):
        assert word in text


def test_y_splits_the_canvas_and_shift_y_turns_the_line(window: MainWindow) -> None:
    split, action = window.canvas.split, window.actions_by_name["split"]
    press(window, Qt.Key.Key_Y)
    assert split.is_on and action.isChecked() and not split.is_horizontal
    press(window, Qt.Key.Key_Y, SHIFT)
    assert split.is_on and split.is_horizontal
    press(window, Qt.Key.Key_Y)
    assert not split.is_on and not action.isChecked()


def test_the_tool_bar_splits_the_canvas(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.findChild(ToolBar)
    button = bar.widgetForAction(window.actions_by_name["split"])
    assert isinstance(button, QToolButton) and button.toolTip() == "Split with original (Y)"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.canvas.split.is_on and button.isChecked()


def test_the_menu_takes_the_loupe_and_puts_it_down(window: MainWindow) -> None:
    action = window.actions_by_name["loupe"]
    action.trigger()
    assert window.canvas.loupe.is_on and action.isChecked()
    action.trigger()
    assert not window.canvas.loupe.is_on and not action.isChecked()
