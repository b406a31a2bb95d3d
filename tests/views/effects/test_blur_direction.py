"""The direction dial, driven by real events."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.angle_dial import AngleDial
from fxdiffuse_gui.views.effects.blur_direction import BlurDirection

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def direction(qtbot: QtBot, session: Session) -> BlurDirection:
    direction = BlurDirection(session)
    qtbot.addWidget(direction)
    with qtbot.waitExposed(direction):
        direction.show()
    return direction


def at(dial: AngleDial, degrees: float) -> QPoint:
    turn, radius = math.radians(degrees), dial.width() / 2 - 6
    middle = dial.width() / 2
    return QPoint(round(middle + math.cos(turn) * radius), round(middle - math.sin(turn) * radius))


def test_drag_turns_counter_clockwise_in_one_step(
    qtbot: QtBot, direction: BlurDirection, session: Session
) -> None:
    session.settings.set_enabled(Task.BLUR, True)
    steps = session.history.undo_stack.count()
    dial = direction.dial
    qtbot.mousePress(dial, LEFT, NONE, at(dial, 10))
    for degrees in (20, 40, 60):
        qtbot.mouseMove(dial, at(dial, degrees))
    qtbot.mouseRelease(dial, LEFT, NONE, at(dial, 60))
    assert session.state.blur_angle == pytest.approx(60, abs=2)
    assert session.history.undo_stack.count() == steps + 1
    assert not direction.auto.isChecked()


def test_a_direction_has_no_sense(qtbot: QtBot, direction: BlurDirection, session: Session) -> None:
    dial = direction.dial
    qtbot.mouseClick(dial, LEFT, NONE, at(dial, 225))
    assert session.state.blur_angle == pytest.approx(45, abs=2)


def test_turning_switches_the_blur_on(qtbot: QtBot, direction: BlurDirection, session: Session) -> None:
    qtbot.mouseClick(direction.dial, LEFT, NONE, at(direction.dial, 90))
    assert Task.BLUR in session.state.enabled
    assert session.history.undo_stack.count() == 1
    session.history.undo_stack.undo()
    assert Task.BLUR not in session.state.enabled and session.state.blur_angle is None


def test_shift_snaps_to_fifteen_degrees(qtbot: QtBot, direction: BlurDirection, session: Session) -> None:
    dial = direction.dial
    qtbot.mouseClick(dial, LEFT, Qt.KeyboardModifier.ShiftModifier, at(dial, 50))
    assert session.state.blur_angle == 45


def test_auto_shows_what_the_seed_draws(qtbot: QtBot, direction: BlurDirection, session: Session) -> None:
    session.settings.set_seed(7)
    drawn = EditCondition(seed=7).angle
    assert direction.auto.isChecked()
    assert direction.degrees.value() == round(drawn)
    qtbot.mouseClick(direction.auto, LEFT)
    assert session.state.blur_angle == round(drawn)
    qtbot.mouseClick(direction.auto, LEFT)
    assert session.state.blur_angle is None
    session.settings.set_seed(8)
    assert direction.degrees.value() == round(EditCondition(seed=8).angle) % 180


@pytest.mark.parametrize(("typed", "angle"), [("200", 20.0), ("180", 0.0), ("725", 5.0)])
def test_typed_degrees_count_modulo_half_a_turn(
    qtbot: QtBot, direction: BlurDirection, session: Session, typed: str, angle: float
) -> None:
    direction.degrees.setFocus()
    direction.degrees.selectAll()
    qtbot.keyClicks(direction.degrees, typed)
    qtbot.keyClick(direction.degrees, Qt.Key.Key_Return)
    assert session.state.blur_angle == angle


def test_typed_degrees_and_keys(qtbot: QtBot, direction: BlurDirection, session: Session) -> None:
    direction.degrees.setFocus()
    direction.degrees.selectAll()
    qtbot.keyClicks(direction.degrees, "30")
    qtbot.keyClick(direction.degrees, Qt.Key.Key_Return)
    assert session.state.blur_angle == 30
    assert direction.degrees.text() == "30°"
    direction.dial.setFocus()
    qtbot.keyClick(direction.dial, Qt.Key.Key_Up)
    qtbot.keyClick(direction.dial, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert session.state.blur_angle == 41


def test_double_click_goes_back_to_auto(qtbot: QtBot, direction: BlurDirection, session: Session) -> None:
    session.settings.set_blur_angle(30)
    qtbot.mouseDClick(direction.dial, LEFT)
    assert session.state.blur_angle is None
