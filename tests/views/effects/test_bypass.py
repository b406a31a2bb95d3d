"""Eye, key and menu that leave an effect out, and the numbers on the cards, in the main window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.views.effects.measured_label import MeasuredLabel
from fxdiffuse_gui.views.help.help_dialogs import keys_dialog
from fxdiffuse_gui.views.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> Iterator[MainWindow]:
    """A window with a photo that has grain and sharpening."""
    window = MainWindow(live_session)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.session.history.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(200, 150))
    live_session.settings.set_value(Task.SHARPEN, 1.0)
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "final")
    yield window
    live_session.preview.cancel()


def point_at(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    QApplication.sendEvent(widget, QEnterEvent(place, place, widget.mapToGlobal(place)))
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)


def press(window: MainWindow, key: Qt.Key = Qt.Key.Key_A) -> None:
    QTest.keyPress(window.windowHandle(), key)


def release(window: MainWindow, key: Qt.Key = Qt.Key.Key_A) -> None:
    QTest.keyRelease(window.windowHandle(), key)


def label(window: MainWindow, task: Task = Task.GRAIN) -> MeasuredLabel:
    found = window.effects.cards[task].measured
    assert found is not None
    return found


def test_the_eye_leaves_the_effect_out_while_it_is_pressed(
    qtbot: QtBot, window: MainWindow, engine: Any
) -> None:
    eye = window.effects.cards[Task.GRAIN].bypass_button
    qtbot.mousePress(eye, LEFT)
    qtbot.waitUntil(lambda: window.chip.text == "Without film grain")
    assert engine.calls[-1].condition.active_tasks == (Task.SHARPEN,)
    qtbot.mouseRelease(eye, LEFT)
    qtbot.waitUntil(lambda: window.chip.text == "Exact")
    assert Task.GRAIN in engine.calls[-1].condition.active_tasks
    assert window.session.history.undo_stack.count() == 2


def test_there_is_an_eye_only_where_there_is_an_effect(window: MainWindow) -> None:
    eyes = {task for task, card in window.effects.cards.items() if card.bypass_button.isVisible()}
    assert eyes == {Task.SHARPEN, Task.GRAIN}
    window.session.settings.set_enabled(Task.COLOR, True)
    assert not window.effects.cards[Task.COLOR].bypass_button.isVisible()


def test_the_chip_says_what_is_missing_and_how_far_the_picture_is(
    qtbot: QtBot, window: MainWindow, engine: Any
) -> None:
    engine.held = True
    window.session.bypass.set(Task.GRAIN)
    assert window.chip.text == "Without film grain  ·  Updating"
    engine.held = False
    qtbot.waitUntil(lambda: window.chip.text == "Without film grain")


@pytest.mark.parametrize("focused", ["canvas", "slider"])
def test_a_key_held_over_a_card_leaves_it_out(window: MainWindow, focused: str) -> None:
    slider = window.effects.cards[Task.BLUR].slider
    assert slider is not None
    (window.canvas if focused == "canvas" else slider).setFocus()
    point_at(window.effects.cards[Task.SHARPEN])
    press(window)
    assert window.session.bypass.task is Task.SHARPEN
    release(window)
    assert window.session.bypass.task is None


def test_without_a_pointer_the_key_is_for_the_card_that_has_the_focus(window: MainWindow) -> None:
    slider = window.effects.cards[Task.GRAIN].slider
    assert slider is not None
    slider.setFocus()
    press(window)
    assert window.session.bypass.task is Task.GRAIN
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    assert window.session.bypass.task is None


def test_elsewhere_the_key_does_nothing(window: MainWindow) -> None:
    window.canvas.setFocus()
    press(window)
    assert window.session.bypass.task is None
    window.session.bypass.set(Task.GRAIN)
    release(window)
    assert window.session.bypass.task is Task.GRAIN


def test_the_menu_keeps_one_effect_out(qtbot: QtBot, window: MainWindow) -> None:
    (menu,) = [one for one in window.findChildren(QMenu) if one.title() == "Look &without"]
    actions: dict[str, QAction] = {action.text(): action for action in menu.actions()}
    assert actions["Film grain"].isEnabled() and not actions["Motion blur"].isEnabled()
    actions["Film grain"].trigger()
    qtbot.waitUntil(lambda: window.chip.text == "Without film grain")
    actions["Sharpen"].trigger()
    assert window.session.bypass.task is Task.SHARPEN and not actions["Film grain"].isChecked()
    actions["Sharpen"].trigger()
    assert window.session.bypass.task is None
    window.session.bypass.set(Task.GRAIN)
    assert actions["Film grain"].isChecked()


def test_the_key_is_on_the_sheet(window: MainWindow) -> None:
    dialog = keys_dialog(window, window.actions_by_name)
    assert "Hold A over an effect" in "\n".join(one.text() for one in dialog.findChildren(QLabel))


def test_what_was_measured_stands_beside_what_was_asked(
    window: MainWindow, qtbot: QtBot, engine: Any
) -> None:
    assert not label(window).isVisible()
    engine.got = {Task.GRAIN: 0.0391, Task.SHARPEN: 0.95}
    window.session.settings.set_value(Task.GRAIN, 0.04)
    qtbot.waitUntil(label(window).isVisible)
    assert label(window).text() == "got 0.039" and label(window, Task.SHARPEN).text() == "got 0.95"
    assert not label(window, Task.BLUR).isVisible()
    window.session.settings.set_value(Task.GRAIN, 0.045, dragging=True)
    assert not label(window).isVisible() and not label(window, Task.SHARPEN).isVisible()


def test_a_number_that_comes_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    cards = window.effects.cards.values()
    window.session.settings.set_value(Task.BLUR, 3.0)
    before = [card.geometry() for card in cards]
    window.session.preview.strengths_changed.emit({task: SPECS[task].maximum for task in Task})
    assert label(window).isVisible()
    qtbot.wait(20)
    assert [card.geometry() for card in cards] == before
