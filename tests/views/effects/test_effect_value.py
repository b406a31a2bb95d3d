"""Values of an effect that are typed or stepped in its box."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.effect_card import EffectCard
from tests.views.effects.card_input import GRAIN, LEFT, SHIFT, box_of, slider_of


def test_typed_value_is_one_step_with_unit(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    box = box_of(card)
    assert box.text() == "0.050 px"
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.0725")
    assert session.history.undo_stack.count() == 0
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.state.values[Task.GRAIN] == pytest.approx(0.0725)
    assert session.history.undo_stack.count() == 1
    assert box.text() == "0.0725 px"
    assert slider_of(card).value() == pytest.approx(0.0725)


def test_typed_comma_and_value_below_the_range(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    box = box_of(card)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0,06")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.state.values[Task.GRAIN] == pytest.approx(0.06)
    box.selectAll()
    qtbot.keyClicks(box, "0.001")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.state.values[Task.GRAIN] == GRAIN.minimum


@pytest.mark.parametrize("typed", ["0.2", "1", "99", "0,5"])
def test_typed_value_above_the_range_is_the_largest(
    qtbot: QtBot, card: EffectCard, session: Session, typed: str
) -> None:
    box = box_of(card)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.state.values[Task.GRAIN] == GRAIN.maximum
    assert box.text() == "0.100 px"


def test_what_is_no_number_cannot_be_typed(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    box = box_of(card)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.0x7-2..345")
    assert box.text() == "0.0723 px"


def test_escape_takes_typing_back(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    box = box_of(card)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.09")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == "0.050 px"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.history.undo_stack.count() == 0


def test_a_click_into_the_box_selects_the_number(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    box = box_of(card)
    qtbot.mouseClick(box.lineEdit(), LEFT)
    qtbot.keyClicks(box, "0,02")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.state.values[Task.GRAIN] == 0.02


def test_arrow_keys_in_the_box_step_like_the_slider(qtbot: QtBot, card: EffectCard, session: Session) -> None:
    box = box_of(card)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Up, SHIFT)
    assert session.state.values[Task.GRAIN] == pytest.approx(0.061)
    assert session.history.undo_stack.count() == 1
