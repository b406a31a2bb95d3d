"""The pad over two effects, driven by real events."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.views.effects.effect_slider import SETTLE_MS
from fxdiffuse_gui.views.effects.xy_panel import PAD_TASKS, XYPanel
from fxdiffuse_gui.views.style import theme
from tests.conftest import FakeEngine
from tests.views.studio import Studio

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOTH = {Task.GRAIN, Task.SHARPEN}


def opened(qtbot: QtBot, session: Session) -> XYPanel:
    panel = XYPanel(session)
    qtbot.addWidget(panel)
    panel.resize(300, 260)
    with qtbot.waitExposed(panel):
        panel.show()
    if panel.body.isHidden():
        qtbot.mouseClick(panel.fold, LEFT)
    return panel


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> XYPanel:
    return opened(qtbot, session)


def at(panel: XYPanel, x: float, y: float) -> QPoint:
    return panel.pad.point_of(x, y).toPoint()


def move(panel: XYPanel, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """QTest's own mouse moves carry no modifiers."""
    local = QPointF(place)
    event = QMouseEvent(QEvent.Type.MouseMove, local, panel.pad.mapToGlobal(local), LEFT, LEFT, modifiers)
    QApplication.sendEvent(panel.pad, event)


def drag(qtbot: QtBot, panel: XYPanel, *places: QPoint) -> None:
    qtbot.mousePress(panel.pad, LEFT, NONE, places[0])
    for place in places[1:]:
        qtbot.mouseMove(panel.pad, place)
    qtbot.mouseRelease(panel.pad, LEFT, NONE, places[-1])


def values(session: Session) -> tuple[float, float]:
    return session.state.values[Task.GRAIN], session.state.values[Task.SHARPEN]


def test_a_drag_moves_both_switches_them_on_and_is_one_step(
    qtbot: QtBot, panel: XYPanel, session: Session
) -> None:
    places = [at(panel, 0.05, 1.5), at(panel, 0.06, 2.0), at(panel, 0.07, 2.5), at(panel, 0.08, 4.0)]
    drag(qtbot, panel, *places)
    grain, sharpen = values(session)
    assert grain == pytest.approx(0.08, abs=0.001) and sharpen == pytest.approx(4.0, abs=0.06)
    assert session.state.enabled == BOTH
    assert session.history.undo_stack.count() == 1
    assert session.history.undo_stack.undoText() == f"Film grain {grain:.3f} px, Sharpen {sharpen:.2f} λ"
    session.history.undo_stack.undo()
    assert values(session) == (SPECS[Task.GRAIN].default, SPECS[Task.SHARPEN].default)
    assert not session.state.enabled


def test_two_drags_are_two_steps(qtbot: QtBot, panel: XYPanel, session: Session) -> None:
    drag(qtbot, panel, at(panel, 0.05, 1.5), at(panel, 0.08, 4.0))
    drag(qtbot, panel, at(panel, *values(session)), at(panel, 0.03, 1.0))
    assert session.history.undo_stack.count() == 2


def test_a_drag_is_scheduled_as_that_of_a_slider(
    qtbot: QtBot, studio: Studio, live_session: Session, engine: FakeEngine
) -> None:
    panel = opened(qtbot, live_session)
    qtbot.waitUntil(lambda: live_session.preview.status.kind in ("idle", "final"))
    qtbot.mousePress(panel.pad, LEFT, NONE, at(panel, 0.05, 1.5))
    qtbot.mouseMove(panel.pad, at(panel, 0.08, 4.0))
    qtbot.waitUntil(lambda: len(engine.calls) > 0)
    assert engine.calls[0].rough
    qtbot.mouseRelease(panel.pad, LEFT, NONE, at(panel, 0.08, 4.0))
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "final" and not engine.calls[-1].rough)
    assert engine.calls[-1].condition.grain == live_session.state.values[Task.GRAIN]
    assert engine.calls[-1].condition.sharpen == live_session.state.values[Task.SHARPEN]


def test_values_lie_on_the_grids_of_the_sliders(qtbot: QtBot, panel: XYPanel, session: Session) -> None:
    for x in range(20, panel.pad.width() - 20, 41):
        qtbot.mouseClick(panel.pad, LEFT, NONE, QPoint(x, 20 + x // 3))
        for value, task in zip(values(session), (Task.GRAIN, Task.SHARPEN), strict=True):
            steps = value / SPECS[task].step
            assert steps == pytest.approx(round(steps), abs=1e-6)


def test_outside_of_the_pad_is_the_end_of_the_range(qtbot: QtBot, panel: XYPanel, session: Session) -> None:
    drag(qtbot, panel, at(panel, 0.05, 1.5), QPoint(panel.pad.width() + 200, -200))
    assert values(session) == (SPECS[Task.GRAIN].maximum, SPECS[Task.SHARPEN].maximum)


def test_a_press_on_the_point_changes_nothing(qtbot: QtBot, panel: XYPanel, session: Session) -> None:
    qtbot.mouseClick(panel.pad, LEFT, NONE, at(panel, 0.05, 1.5) + QPoint(3, -3))
    assert session.history.undo_stack.count() == 0


def test_ctrl_makes_a_drag_ten_times_finer(qtbot: QtBot, panel: XYPanel, session: Session) -> None:
    start = at(panel, 0.05, 1.5)
    qtbot.mousePress(panel.pad, LEFT, CTRL, start)
    move(panel, start + QPoint(50, 0), CTRL)
    grain = SPECS[Task.GRAIN]
    way = 50 / (panel.pad.width() - 20) * (grain.maximum - grain.minimum)
    assert values(session) == (pytest.approx(0.05 + way / 10, abs=2e-4), 1.5)


@pytest.mark.parametrize("where", ["point", "field"])
def test_double_click_resets_both_in_one_step(
    qtbot: QtBot, panel: XYPanel, session: Session, where: str
) -> None:
    session.settings.set_values({Task.GRAIN: 0.09, Task.SHARPEN: 4.0})
    place = at(panel, 0.09, 4.0) if where == "point" else at(panel, 0.02, 1.0)
    qtbot.mouseClick(panel.pad, LEFT, NONE, place)
    qtbot.mouseDClick(panel.pad, LEFT, NONE, place)
    assert values(session) == (0.05, 1.5)
    assert session.history.undo_stack.count() == 2
    session.history.undo_stack.undo()
    assert values(session) == (0.09, 4.0)


@pytest.mark.parametrize(
    ("modifiers", "steps"), [(NONE, 1.0), (CTRL, 0.1), (SHIFT, 10.0)], ids=["plain", "ctrl", "shift"]
)
def test_arrow_keys_step(
    qtbot: QtBot, panel: XYPanel, session: Session, modifiers: Qt.KeyboardModifier, steps: float
) -> None:
    panel.pad.setFocus()
    qtbot.keyClick(panel.pad, Qt.Key.Key_Right, modifiers)
    qtbot.keyClick(panel.pad, Qt.Key.Key_Up, modifiers)
    assert values(session) == (pytest.approx(0.05 + steps * 0.001), pytest.approx(1.5 + steps * 0.05))
    assert session.history.undo_stack.count() == 1
    qtbot.wait(SETTLE_MS + 50)
    qtbot.keyClick(panel.pad, Qt.Key.Key_Left, modifiers)
    qtbot.keyClick(panel.pad, Qt.Key.Key_Down, modifiers)
    assert session.history.undo_stack.count() == 2
    qtbot.keyClick(panel.pad, Qt.Key.Key_Delete)
    assert values(session) == (0.05, 1.5)


def test_other_effects_are_chosen_and_remembered(qtbot: QtBot, panel: XYPanel, session: Session) -> None:
    panel.x_choice.setFocus()
    qtbot.keyClick(panel.x_choice, Qt.Key.Key_Home)
    assert panel.tasks == (Task.COLOR, Task.SHARPEN)
    # The effect of the other axis changes places.
    while PAD_TASKS[panel.x_choice.currentIndex()] is not Task.SHARPEN and panel.tasks[0] is not Task.SHARPEN:
        qtbot.keyClick(panel.x_choice, Qt.Key.Key_Down)
    assert panel.tasks[0] is Task.SHARPEN and panel.tasks[1] is not Task.SHARPEN
    assert PAD_TASKS[panel.y_choice.currentIndex()] is panel.tasks[1]
    drag(qtbot, panel, at(panel, *(session.state.values[task] for task in panel.tasks)), QPoint(30, 30))
    assert session.state.enabled == set(panel.tasks)
    again = opened(qtbot, session)
    assert again.tasks == panel.tasks and not again.body.isHidden()


@pytest.mark.parametrize("stored", [("blur", "blur"), ("inpaint", "nonsense"), (["x"], 7)])
def test_nonsense_in_the_settings_is_ignored(
    qtbot: QtBot, session: Session, stored: tuple[object, object]
) -> None:
    settings = QSettings()
    settings.setValue("xy_pad/x", stored[0])
    settings.setValue("xy_pad/y", stored[1])
    settings.setValue("xy_pad/open", "perhaps")
    assert opened(qtbot, session).tasks == (Task.GRAIN, Task.SHARPEN)


def test_the_point_follows_the_state_and_is_gray_while_both_are_off(panel: XYPanel, session: Session) -> None:
    def color(x: float, y: float) -> QColor:
        return panel.pad.grab().toImage().pixelColor(at(panel, x, y))

    assert color(0.05, 1.5) == QColor(theme.HANDLE_OFF)
    session.settings.set_value(Task.GRAIN, 0.08)
    assert color(0.08, 1.5) in (QColor(theme.ACCENT), QColor(theme.ACCENT_HOVER))
    assert "Film grain 0.080 px" in panel.pad.accessibleName()
    assert "Sharpen 1.50 λ" in panel.pad.accessibleName()


def test_folded_it_is_one_line(qtbot: QtBot, panel: XYPanel, session: Session) -> None:
    tall = panel.sizeHint().height()
    qtbot.mouseClick(panel.fold, LEFT)
    assert not panel.pad.isVisible()
    assert panel.sizeHint().height() < tall / 3
    assert XYPanel(session).body.isHidden()
