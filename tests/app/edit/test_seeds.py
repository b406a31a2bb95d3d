"""The seed, and that of grain alone."""

import pytest

from fxdiffuse_gui.app.edit.setting_commands import DRAWN_SEEDS
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.effect_settings import EffectSettings
from fxdiffuse_gui.engine.conditions.condition import MAX_SEED
from fxdiffuse_gui.engine.conditions.tasks import Task


def test_seeds(session: Session) -> None:
    session.settings.set_seed(MAX_SEED + 5)
    assert session.state.seed == MAX_SEED
    session.settings.reroll_seed()
    assert session.state.seed != MAX_SEED
    session.history.undo_stack.undo()
    assert session.state.seed == MAX_SEED


def test_a_locked_seed_is_not_drawn_anew(session: Session) -> None:
    messages: list[str] = []
    session.message.connect(messages.append)
    session.settings.set_seed(11)
    session.settings.set_seed_locked(True)
    session.settings.reroll_seed()
    assert session.state.seed == 11 and len(messages) == 1


def test_another_grain_is_one_step_and_leaves_the_seed(session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.05)
    session.settings.set_seed(11)
    steps, key = session.history.undo_stack.count(), session.state.picture_key
    session.settings.reroll_grain()
    first = session.state.grain_seed
    assert first is not None and first != 11 and session.state.seed == 11
    assert (
        session.history.undo_stack.count() == steps + 1
        and session.history.undo_stack.undoText() == "Another grain"
    )
    condition = session.state.condition()
    assert (condition.seed, condition.noise_seed) == (11, first) and session.state.picture_key != key
    session.settings.reroll_grain()
    assert session.state.grain_seed not in (first, None)
    session.history.undo_stack.undo()
    session.history.undo_stack.undo()
    assert session.state.grain_seed is None and session.state.picture_key == key


def test_a_grain_seed_that_is_drawn_is_another_one(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _: 11)
    session.settings.set_seed(11)
    session.settings.reroll_grain()
    assert session.state.grain_seed == DRAWN_SEEDS - 1
    session.settings.reroll_grain()
    assert session.state.grain_seed == 11
    session.settings.reroll_grain()
    assert session.state.grain_seed == DRAWN_SEEDS - 1


def test_another_seed_decides_grain_again(session: Session) -> None:
    session.settings.set_seed(11)
    session.settings.reroll_grain()
    session.settings.set_seed(11)
    assert session.state.grain_seed is None
    session.settings.reroll_grain()
    session.settings.reroll_seed()
    assert session.state.grain_seed is None
    session.history.undo_stack.undo()
    assert session.state.grain_seed is not None and session.state.seed == 11


def test_a_locked_seed_keeps_its_grain(session: Session) -> None:
    messages: list[str] = []
    session.message.connect(messages.append)
    session.settings.reroll_grain()
    state = session.state
    session.settings.set_seed_locked(True)
    session.settings.reroll_grain()
    session.settings.reroll_seed()
    assert (session.state.seed, session.state.grain_seed) == (state.seed, state.grain_seed)
    assert messages == ["The seed is locked; unlock it to draw another one."] * 2


def test_the_grain_seed_counts_while_there_is_grain(session: Session) -> None:
    session.settings.set_value(Task.SHARPEN, 2.0)
    key = session.state.picture_key
    session.settings.reroll_grain()
    assert session.state.picture_key == key
    session.settings.set_enabled(Task.GRAIN, True)
    own = session.state.picture_key
    session.history.undo_stack.undo()
    session.history.undo_stack.undo()
    session.settings.set_enabled(Task.GRAIN, True)
    assert session.state.picture_key != own


def test_a_look_leaves_the_grain_seed_and_a_snapshot_brings_its_own(session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.05)
    session.snapshots.take()
    session.settings.reroll_grain()
    own = session.state.grain_seed
    session.snapshots.take()
    session.settings.apply_settings(EffectSettings.of(EditState()), "A look")
    assert session.state.grain_seed == own
    first, second = session.snapshots.items
    session.snapshots.go_to(first)
    assert session.state.grain_seed is None
    session.snapshots.go_to(second)
    assert session.state.grain_seed == own
