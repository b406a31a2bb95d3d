"""The named values on an effect's card, as they are used."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.value_presets import ValuePresets
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.effect_card import EffectCard
from fxdiffuse_gui.views.effects.value_menu import ValueMenu

# A menu that pops up asks for what the offscreen platform does not have.
pops_up = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def card(qtbot: QtBot, session: Session) -> EffectCard:
    card = EffectCard(session, Task.GRAIN)
    qtbot.addWidget(card)
    card.resize(300, card.sizeHint().height())
    with qtbot.waitExposed(card):
        card.show()
    return card


def menu_of(card: EffectCard) -> ValueMenu:
    assert card.values is not None
    return card.values


def names(menu: QMenu) -> list[str]:
    return [one.text().partition("\t")[0] for one in menu.actions()]


def entry(menu: QMenu, *path: str) -> QAction:
    """The entry below `path`, after the menu has been opened."""
    menu.aboutToShow.emit()
    found = next(one for one in menu.actions() if one.text().replace("&", "").startswith(path[0]))
    if len(path) == 1:
        return found
    submenu = found.menu()
    assert isinstance(submenu, QMenu)
    return next(one for one in submenu.actions() if one.text().startswith(path[1]))


def type_name(monkeypatch: pytest.MonkeyPatch, name: str, *, accepted: bool = True) -> None:
    def get_text(*_: Any, **__: Any) -> tuple[str, bool]:
        return name, accepted

    monkeypatch.setattr(QInputDialog, "getText", get_text)


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    asked: list[str] = []

    def question(*arguments: Any) -> QMessageBox.StandardButton:
        asked.append(arguments[2])
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


@pops_up
def test_the_arrow_opens_the_values_and_the_keyboard_sets_one(
    qtbot: QtBot, card: EffectCard, session: Session
) -> None:
    button = next(one for one in card.findChildren(QToolButton) if one.menu() is card.values)
    assert "film grain" in button.accessibleName()
    menu = menu_of(card)

    def choose() -> None:
        assert names(menu)[:5] == ["Finest", "Fine", "Medium", "Rough", "Coarse"]
        for _ in range(2):
            qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(100, choose)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.state.values[Task.GRAIN] == 0.025
    assert session.state.enabled == {Task.GRAIN}
    assert session.history.undo_stack.count() == 1


@pops_up
def test_a_right_click_on_the_card_opens_them_too(qtbot: QtBot, card: EffectCard) -> None:
    place = QPoint(20, 10)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(card, QContextMenuEvent(reason, place, card.mapToGlobal(place)))
    assert menu_of(card).isVisible() and "Coarse" in names(menu_of(card))
    menu_of(card).close()


def test_inpaint_has_no_values(qtbot: QtBot, session: Session) -> None:
    card = EffectCard(session, Task.INPAINT)
    qtbot.addWidget(card)
    assert card.values is None


def test_the_value_in_use_is_marked(card: EffectCard, session: Session) -> None:
    assert not entry(menu_of(card), "Medium").isChecked()  # the effect is off
    session.settings.set_value(Task.GRAIN, 0.05)
    assert entry(menu_of(card), "Medium").isChecked()
    assert not entry(menu_of(card), "Coarse").isChecked()


def test_a_value_is_saved_set_renamed_and_removed(
    card: EffectCard, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = menu_of(card)
    assert not entry(menu, "Rename").isEnabled() and not entry(menu, "Remove").isEnabled()
    session.settings.set_value(Task.GRAIN, 0.0335)
    type_name(monkeypatch, "Salt & pepper")
    entry(menu, "Save this value").trigger()
    session.settings.set_value(Task.GRAIN, 0.09)
    saved = entry(menu, "Salt ")
    assert saved.text() == "Salt && pepper\t0.0335 px"
    saved.trigger()
    assert session.state.values[Task.GRAIN] == 0.0335
    type_name(monkeypatch, "Sand")
    entry(menu, "Rename", "Salt").trigger()
    assert [one.name for one in ValuePresets(Task.GRAIN).values] == ["Sand"]
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    entry(menu, "Remove", "Sand").trigger()
    assert "Sand" in asked[0] and len(ValuePresets(Task.GRAIN).values) == 1
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    entry(menu, "Remove", "Sand").trigger()
    assert ValuePresets(Task.GRAIN).values == []


def test_a_value_is_not_replaced_unasked(
    card: EffectCard, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = menu_of(card)
    type_name(monkeypatch, "Mine")
    entry(menu, "Save this value").trigger()
    session.settings.set_value(Task.GRAIN, 0.09)
    answer(monkeypatch, QMessageBox.StandardButton.No)
    entry(menu, "Save this value").trigger()
    assert [one.value for one in ValuePresets(Task.GRAIN).values] == [0.05]
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    entry(menu, "Save this value").trigger()
    assert [one.value for one in ValuePresets(Task.GRAIN).values] == [0.09]


def test_bad_names_are_told(
    qtbot: QtBot, card: EffectCard, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_name(monkeypatch, " ")
    with qtbot.waitSignal(session.message) as told:
        entry(menu_of(card), "Save this value").trigger()
    assert told.args == ["A value needs a name."]
    type_name(monkeypatch, "Mine", accepted=False)
    entry(menu_of(card), "Save this value").trigger()
    assert ValuePresets(Task.GRAIN).values == []
