"""Another grain: the die on the card, its key, and what stays as it is."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from torch import Tensor

from fxdiffuse_gui.app.render.engine_port import TorchEngine
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.checkpoint import save_model
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.model_card import ModelCard
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.views.effects.card_buttons import RerollGrainButton
from fxdiffuse_gui.views.main_window import MainWindow
from tests.engine.tiny import random_denoiser, textured, tiny_config

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


def test_the_die_can_be_pressed_while_grain_is_on(window: MainWindow, session: Session) -> None:
    die, action = window.effects.reroll_grain, window.actions_by_name["reroll_grain"]
    assert window.effects.cards[Task.GRAIN].isAncestorOf(die) and die.isVisible()
    assert die.toolTip() == "Another grain; fills and blur stay"
    assert not die.isEnabled() and not action.isEnabled()
    session.settings.set_enabled(Task.GRAIN, True)
    assert die.isEnabled() and action.isEnabled()
    session.settings.reset_all()
    assert not die.isEnabled() and not action.isEnabled()
    # One command decides for both.
    action.setEnabled(True)
    assert die.isEnabled()


def test_the_key_draws_another_grain(window: MainWindow, session: Session) -> None:
    session.settings.set_seed(5)
    session.settings.set_enabled(Task.GRAIN, True)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_R, SHIFT)
    assert session.state.seed == 5 and session.state.grain_seed is not None
    own = session.state.grain_seed
    session.settings.set_seed_locked(True)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_R, SHIFT)
    assert session.state.grain_seed == own and "locked" in window.toast.text


def test_the_die_takes_little_room(window: MainWindow) -> None:
    card = window.effects.cards[Task.GRAIN]
    assert window.effects.reroll_grain.width() < card.bypass_button.minimumSizeHint().width() * 0.8


def test_a_click_leaves_the_fill_where_it_is_kept(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fills: list[int] = []

    def counted(self: Denoiser, photo: Tensor, mask: Tensor, factor: int = 1, seed: int = 0) -> Tensor:
        fills.append(seed)
        return inpaint(self, photo, mask, factor, seed)

    inpaint = Denoiser.inpaint
    monkeypatch.setattr(Denoiser, "inpaint", counted)
    save_model(tmp_path / "tiny.safetensors", random_denoiser(tiny_config()), ModelCard("tiny"))
    engine, picture = TorchEngine(), Picture(textured(40, 60))
    engine.load(tmp_path / "tiny.safetensors")
    session.history.photo = Photo(np.zeros((40, 60, 3), np.uint8), None, 8)
    mask = np.zeros((40, 60), np.uint8)
    mask[10:20, 10:20] = 255
    session.mask.replace(mask)
    session.settings.set_value(Task.GRAIN, 0.05)
    session.settings.set_seed(5)
    die = RerollGrainButton(session)
    qtbot.addWidget(die)

    def edited(state: EditState) -> FloatImage:
        parts = engine.edit(picture, state.condition(), cancel=threading.Event())
        return np.concatenate([part.image for part in parts])

    before, steps = edited(session.state), session.history.undo_stack.count()
    qtbot.mouseClick(die, LEFT)
    assert session.state.grain_seed is not None and session.history.undo_stack.count() == steps + 1
    assert not np.array_equal(edited(session.state), before) and fills == [5]
    session.history.undo_stack.undo()
    assert session.state.grain_seed is None
    assert np.array_equal(edited(session.state), before) and fills == [5]
