"""A card of an effect, on screen."""

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.effect_card import EffectCard


@pytest.fixture
def card(qtbot: QtBot, session: Session) -> EffectCard:
    card = EffectCard(session, Task.GRAIN)
    qtbot.addWidget(card)
    card.resize(300, card.sizeHint().height())
    with qtbot.waitExposed(card):
        card.show()
    return card
