"""A card's controls, driven by real events."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.effect_card import EffectCard
from fxdiffuse_gui.views.effects.effect_slider import SETTLE_MS
from fxdiffuse_gui.views.widgets.wheel_guard import DWELL_MS
from tests.views.effects.card_input import CTRL, GRAIN, LEFT, NONE, SHIFT, at, box_of, slider_of, turn


def test_drag_switches_on_and_is_one_step_of_undo(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    slider = slider_of(card)
    assert Task.GRAIN not in session.state.enabled
    qtbot.mousePress(slider, LEFT, NONE, at(slider, 0.05))
    for value in (0.055, 0.06, 0.07, 0.08):
        qtbot.mouseMove(slider, at(slider, value))
    qtbot.mouseRelease(slider, LEFT, NONE, at(slider, 0.08))
    assert session.state.values[Task.GRAIN] == pytest.approx(0.08, abs=0.002)
    assert Task.GRAIN in session.state.enabled
    assert card.switch.isChecked()
    assert session.history.undo_stack.count() == 1
    session.history.undo_stack.undo()
    assert session.state.values[Task.GRAIN] == GRAIN.default
    assert slider.value() == GRAIN.default
    assert not card.switch.isChecked()


def test_values_of_a_drag_lie_on_the_grid_of_the_task(
    qtbot: QtBot, card: EffectCard, session: Session
) -> None:
    slider = slider_of(card)
    for x in range(10, slider.width() - 10, 37):
        qtbot.mouseClick(slider, LEFT, NONE, QPoint(x, slider.height() // 2))
        steps = session.state.values[Task.GRAIN] / GRAIN.step
        assert steps == pytest.approx(round(steps), abs=1e-6)


def test_ctrl_makes_a_drag_ten_times_finer(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    slider = slider_of(card)
    start, end = at(slider, 0.05), at(slider, 0.05) + QPoint(50, 0)
    qtbot.mousePress(slider, LEFT, CTRL, start)
    # QTest's own mouse moves carry no modifiers.
    local = QPointF(end)
    QApplication.sendEvent(
        slider, QMouseEvent(QEvent.Type.MouseMove, local, slider.mapToGlobal(local), LEFT, LEFT, CTRL)
    )
    qtbot.mouseRelease(slider, LEFT, CTRL, end)
    way = 50 / (slider.width() - 14) * (GRAIN.maximum - GRAIN.minimum)
    assert session.state.values[Task.GRAIN] == pytest.approx(0.05 + way / 10, abs=2e-4)


def test_a_press_on_the_handle_changes_nothing(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    slider = slider_of(card)
    qtbot.mouseClick(slider, LEFT, NONE, at(slider, 0.05) + QPoint(3, 0))
    assert session.history.undo_stack.count() == 0


@pytest.mark.parametrize("where", ["slider", "groove", "title"])
def test_double_click_resets_in_one_step(
    qtbot: QtBot, card: EffectCard, session: Session, where: str
) -> None:
    session.settings.set_value(Task.GRAIN, 0.09)
    steps = session.history.undo_stack.count()
    slider = slider_of(card)
    if where == "slider":
        qtbot.mouseClick(slider, LEFT, NONE, at(slider, 0.09))
        qtbot.mouseDClick(slider, LEFT, NONE, at(slider, 0.09))
    elif where == "groove":
        qtbot.mouseClick(slider, LEFT, NONE, at(slider, 0.02))
        qtbot.mouseDClick(slider, LEFT, NONE, at(slider, 0.02))
    else:
        qtbot.mouseDClick(card._title._label, LEFT)
    assert session.state.values[Task.GRAIN] == GRAIN.default
    assert session.history.undo_stack.count() == steps + 1
    session.history.undo_stack.undo()
    assert session.state.values[Task.GRAIN] == 0.09


def test_reset_button_is_there_only_when_there_is_something_to_reset(
    qtbot: QtBot, card: EffectCard, session: Session
) -> None:
    assert not card.reset_button.isVisible()
    session.settings.set_value(Task.GRAIN, 0.09)
    assert card.reset_button.isVisible()
    qtbot.mouseClick(card.reset_button, LEFT)
    assert session.state.values[Task.GRAIN] == GRAIN.default
    assert not card.reset_button.isVisible()


@pytest.mark.parametrize(
    ("modifiers", "steps"), [(NONE, 1.0), (CTRL, 0.1), (SHIFT, 10.0)], ids=["plain", "ctrl", "shift"]
)
def test_arrow_keys_step(
    qtbot: QtBot, card: EffectCard, session: Session, modifiers: Qt.KeyboardModifier, steps: float
) -> None:
    slider = slider_of(card)
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right, modifiers)
    qtbot.keyClick(slider, Qt.Key.Key_Right, modifiers)
    assert session.state.values[Task.GRAIN] == pytest.approx(0.05 + 2 * steps * GRAIN.step)
    assert session.history.undo_stack.count() == 1
    qtbot.wait(SETTLE_MS + 50)
    qtbot.keyClick(slider, Qt.Key.Key_Left, modifiers)
    assert session.history.undo_stack.count() == 2


def test_home_and_end(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    slider = slider_of(card)
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert session.state.values[Task.GRAIN] == GRAIN.maximum
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert session.state.values[Task.GRAIN] == GRAIN.minimum
    qtbot.keyClick(slider, Qt.Key.Key_Delete)
    assert session.state.values[Task.GRAIN] == GRAIN.default


def test_wheel_over_a_resting_pointer_does_nothing_by_accident(
    qtbot: QtBot, card: EffectCard, session: Session
) -> None:
    slider = slider_of(card)
    assert not turn(slider, 1)
    assert session.history.undo_stack.count() == 0


def test_wheel_steps_once_the_pointer_came_on_purpose(
    qtbot: QtBot, card: EffectCard, session: Session
) -> None:
    slider = slider_of(card)
    qtbot.mouseMove(slider, at(slider, 0.02))
    qtbot.mouseMove(slider, at(slider, 0.03))
    assert not turn(slider, 1)
    qtbot.wait(DWELL_MS + 60)
    assert turn(slider, 1)
    assert turn(slider, 1)
    assert session.state.values[Task.GRAIN] == pytest.approx(0.052)
    assert turn(slider, -1, SHIFT)
    assert turn(slider, 1, CTRL)
    assert session.state.values[Task.GRAIN] == pytest.approx(0.0421)
    card.disarm_wheel()
    assert not turn(slider, 1)
    slider.settle()
    assert session.history.undo_stack.count() == 1


def test_switch_keeps_the_value(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.07)
    qtbot.mouseClick(card.switch, LEFT)
    assert Task.GRAIN not in session.state.enabled
    assert session.state.values[Task.GRAIN] == 0.07
    assert slider_of(card).property("off") is True
    card.switch.setFocus()
    qtbot.keyClick(card.switch, Qt.Key.Key_Space)
    assert Task.GRAIN in session.state.enabled
    assert slider_of(card).property("off") is False


def test_controls_have_names_and_help(card: EffectCard) -> None:
    for control in (slider_of(card), box_of(card)):
        assert control.accessibleName() == "Film grain in px"
        assert GRAIN.help in control.toolTip()
        assert "0.010 to 0.100 px" in control.toolTip()
    assert card.switch.accessibleName() == "Film grain on or off"


def test_showing_a_state_reports_nothing_back(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    slider, box = slider_of(card), box_of(card)
    with qtbot.assertNotEmitted(slider.moved), qtbot.assertNotEmitted(box.typed):
        session.settings.set_value(Task.GRAIN, 0.033)
    assert (slider.value(), box.value()) == (0.033, 0.033)
    assert session.history.undo_stack.count() == 1
