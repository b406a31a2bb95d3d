"""The keys of the main window."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.mask_tools.brush import Tool
from tests.views.main_window.window_input import CTRL, press


def test_zoom_keys(opened: MainWindow) -> None:
    view = opened.canvas.view
    press(opened, Qt.Key.Key_2, CTRL)
    assert view.zoom == 2.0
    press(opened, Qt.Key.Key_1, CTRL)
    assert view.zoom == 1.0
    press(opened, Qt.Key.Key_Plus)
    assert view.zoom == 1.5
    press(opened, Qt.Key.Key_Minus)
    press(opened, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.667)
    press(opened, Qt.Key.Key_F)
    assert view.fits
    press(opened, Qt.Key.Key_2, CTRL)
    press(opened, Qt.Key.Key_0, CTRL)
    assert view.fits


def test_mask_keys(opened: MainWindow) -> None:
    brush = opened.brush
    press(opened, Qt.Key.Key_B)
    assert brush.tool is Tool.BRUSH and opened.mask_tools.tools[Tool.BRUSH].isChecked()
    press(opened, Qt.Key.Key_E)
    assert brush.tool is Tool.ERASER
    press(opened, Qt.Key.Key_E)
    assert brush.tool is Tool.BRUSH
    size = brush.size
    press(opened, Qt.Key.Key_BracketRight)
    assert brush.size > size
    press(opened, Qt.Key.Key_BracketLeft)
    assert brush.size == pytest.approx(size)
    press(opened, Qt.Key.Key_V)
    assert brush.tool is Tool.MOVE


def test_undo_and_redo_keys(opened: MainWindow) -> None:
    opened.session.settings.set_value(Task.SHARPEN, 2.0)
    assert opened.isWindowModified()
    press(opened, Qt.Key.Key_Z, CTRL)
    assert Task.SHARPEN not in opened.session.state.enabled and not opened.isWindowModified()
    press(opened, Qt.Key.Key_Y, CTRL)
    assert Task.SHARPEN in opened.session.state.enabled


def test_escape_stops_the_sampler(qtbot: QtBot, opened: MainWindow, engine: Any) -> None:
    engine.held = True
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: bool(engine.calls))
    press(opened, Qt.Key.Key_Escape)
    assert opened.chip.text == "Stopped"
    qtbot.waitUntil(lambda: engine.calls[0].canceled)


def test_escape_takes_a_stroke_back_first(qtbot: QtBot, opened: MainWindow) -> None:
    press(opened, Qt.Key.Key_B)
    qtbot.mousePress(opened.canvas, Qt.MouseButton.LeftButton, pos=opened.canvas.rect().center())
    press(opened, Qt.Key.Key_Escape)
    qtbot.mouseRelease(opened.canvas, Qt.MouseButton.LeftButton, pos=opened.canvas.rect().center())
    assert opened.session.state.mask is None


def test_the_compare_button_shows_the_original_while_it_is_held(qtbot: QtBot, opened: MainWindow) -> None:
    button = next(one for one in opened.findChildren(QToolButton) if one.text() == "Before")
    opened.session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: opened.session.preview.status.kind == "final")
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert opened.chip.text == "Original"
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert opened.chip.text == "Exact"


def test_typing_a_seed_does_not_take_up_the_brush(qtbot: QtBot, opened: MainWindow) -> None:
    opened.seed_bar.field.setFocus()
    press(opened, Qt.Key.Key_B)
    press(opened, Qt.Key.Key_7)
    assert opened.seed_bar.field.text().endswith("7")


def test_undoing_a_stroke_by_key_takes_the_tint_away(opened: MainWindow) -> None:
    opened.session.mask.paint(Region(0, 0, 9, 9), np.full((9, 9), 255, np.uint8))
    press(opened, Qt.Key.Key_Z, CTRL)
    assert opened.session.state.mask is None


def test_letters_are_shortcuts_also_while_a_number_is_being_typed(qtbot: QtBot, opened: MainWindow) -> None:
    box = opened.effects.cards[Task.GRAIN].value_box
    assert box is not None
    qtbot.mouseClick(box.lineEdit(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(box, "0.07")
    press(opened, Qt.Key.Key_Return)
    press(opened, Qt.Key.Key_B)
    assert opened.session.state.values[Task.GRAIN] == 0.07
    assert opened.brush.tool is Tool.BRUSH
