"""The seed: typed, locked, drawn anew."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.condition import MAX_SEED
from fxdiffuse_gui.views.effects.seed_bar import SeedBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot, session: Session) -> SeedBar:
    bar = SeedBar(session)
    qtbot.addWidget(bar)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def retype(qtbot: QtBot, bar: SeedBar, text: str) -> None:
    bar.field.setFocus()
    bar.field.selectAll()
    qtbot.keyClick(bar.field, Qt.Key.Key_Delete)
    qtbot.keyClicks(bar.field, text)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)


def test_typed_seed(qtbot: QtBot, bar: SeedBar, session: Session) -> None:
    retype(qtbot, bar, "12345")
    assert session.state.seed == 12345
    retype(qtbot, bar, str(MAX_SEED))
    assert session.state.seed == MAX_SEED


@pytest.mark.parametrize("text", ["", str(MAX_SEED + 1), "abc", "-5x"])
def test_what_is_no_seed_is_not_taken(qtbot: QtBot, bar: SeedBar, session: Session, text: str) -> None:
    session.settings.set_seed(5)
    retype(qtbot, bar, text)
    assert session.state.seed == 5
    assert bar.field.text() == "5"


def test_reroll_draws_another(qtbot: QtBot, bar: SeedBar, session: Session) -> None:
    session.settings.set_seed(5)
    qtbot.mouseClick(bar.reroll, LEFT)
    assert session.state.seed != 5
    assert bar.field.text() == str(session.state.seed)
    assert bar.reroll.toolTip() == "Another grain, same photo"


def test_a_grain_of_its_own_is_told_and_lasts_until_a_seed_is_typed(
    qtbot: QtBot, bar: SeedBar, session: Session
) -> None:
    session.settings.set_seed(5)
    size, tip = bar.sizeHint(), bar.field.toolTip()
    session.settings.reroll_grain()
    own = session.state.grain_seed
    assert own is not None and bar.field.toolTip().endswith(f"grain has its own, {own}")
    assert bar.sizeHint() == size and bar.field.text() == "5"
    # Passing through is not typing.
    bar.field.setFocus()
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    bar.lock.setFocus()
    assert session.state.grain_seed == own
    retype(qtbot, bar, "5")
    assert session.state.grain_seed is None and bar.field.toolTip() == tip


def test_lock(qtbot: QtBot, bar: SeedBar, session: Session) -> None:
    session.settings.set_seed(5)
    qtbot.mouseClick(bar.lock, LEFT)
    assert session.state.seed_locked
    assert not bar.reroll.isEnabled()
    retype(qtbot, bar, "9")
    assert session.state.seed == 5
    qtbot.mouseClick(bar.lock, LEFT)
    assert not session.state.seed_locked
    assert bar.reroll.isEnabled()


def test_seed_can_be_copied(qtbot: QtBot, bar: SeedBar, session: Session) -> None:
    session.settings.set_seed(4711)
    bar.field.setFocus()
    bar.field.selectAll()
    qtbot.keyClick(bar.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "4711"
