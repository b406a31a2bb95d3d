"""The panel as a whole: built from the table, scrolls without changing values, resets."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import TASKS, Task
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.views.effects.effect_panel import EffectPanel
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.wheel_guard import DWELL_MS


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> EffectPanel:
    panel = EffectPanel(session)
    qtbot.addWidget(panel)
    panel.resize(theme.PANEL_WIDTH, 360)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_one_card_per_task_in_the_table_s_order(panel: EffectPanel) -> None:
    assert list(panel.cards) == [spec.task for spec in TASKS]
    tops = [card.mapTo(panel, QPoint()).y() for card in panel.cards.values()]
    assert tops == sorted(tops)
    for spec in TASKS:
        assert (panel.cards[spec.task].slider is not None) == spec.has_intensity


def test_nothing_is_cut_off_at_the_usual_width(panel: EffectPanel) -> None:
    for card in panel.cards.values():
        assert card.width() <= theme.PANEL_WIDTH
        assert card.minimumSizeHint().width() <= card.width()


def test_reset_all_is_one_step(qtbot: QtBot, panel: EffectPanel, session: Session) -> None:
    assert not panel.reset_all.isEnabled()
    session.settings.set_value(Task.GRAIN, 0.09)
    session.settings.set_value(Task.BLUR, 20)
    session.settings.set_blur_angle(30)
    assert panel.reset_all.isEnabled()
    qtbot.mouseClick(panel.reset_all, Qt.MouseButton.LeftButton)
    assert not session.state.enabled
    assert session.state.blur_angle is None
    assert session.history.undo_stack.count() == 4
    assert not panel.reset_all.isEnabled()


def test_scrolling_past_a_slider_does_not_change_it(
    qtbot: QtBot, panel: EffectPanel, session: Session
) -> None:
    slider = panel.cards[Task.COLOR].slider
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    assert slider is not None
    assert bar.maximum() > 0
    # The pointer rests on the slider on purpose, but then the panel scrolls under it.
    qtbot.mouseMove(slider, QPoint(40, 10))
    qtbot.mouseMove(slider, QPoint(50, 10))
    qtbot.wait(DWELL_MS + 60)
    bar.setValue(20)
    where = slider.mapTo(panel, QPoint(50, 10))
    QTest.wheelEvent(panel.windowHandle(), where, QPoint(0, -120))
    assert session.history.undo_stack.count() == 0
    assert bar.value() > 20


def test_hint_shows_until_something_is_painted_and_tools_find_their_place(
    panel: EffectPanel, session: Session
) -> None:
    session.history.photo = Photo(np.zeros((4, 4, 3), np.uint8), None, 8)
    tools = QLabel("tools")
    panel.set_tools(tools)
    assert panel.cards[Task.INPAINT].isAncestorOf(tools)
    hint = panel._hint
    assert hint.isVisible() and hint.property("role") == "caption"
    session.settings.set_enabled(Task.INPAINT, True)
    assert hint.isVisible() and hint.property("role") == "wanted"
    session.mask.replace(np.full((4, 4), 255, np.uint8))
    assert not hint.isVisible()
    assert panel.cards[Task.INPAINT].switch.isChecked()
