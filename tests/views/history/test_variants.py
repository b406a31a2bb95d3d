"""Variants side by side: shown, chosen, left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.main_window import MainWindow
from tests.views.history.variants_input import LEFT, captions, color, complete, opened


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> MainWindow:
    """With a photo and grain, and nothing left to compute."""
    window = MainWindow(live_session)
    # Nothing is to be saved when the test is over, however it ends.
    qtbot.addWidget(window, before_close_func=lambda _: live_session.history.mark_saved())
    window.resize(1000, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(1200, 900))
    live_session.settings.set_seed(5)
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "final")
    qtbot.waitUntil(lambda: not live_session.preview._scheduler.is_busy)
    return window


def test_four_seeds_are_computed_and_one_is_taken_as_one_step(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any
) -> None:
    main = len(engine.calls)
    view = opened(qtbot, window)
    before = color(view, 1)
    assert captions(view)[0] == "Seed 5" and len(set(captions(view))) == 4
    complete(qtbot, view)
    assert [f"Seed {call.condition.seed}" for call in engine.calls[main:]] == captions(view)
    assert {call.region for call in engine.calls[main:]} == {engine.calls[main].picture.box}
    # The engine's edit is the negative.
    assert color(view, 1) == pytest.approx([255 - one for one in before], abs=3)
    assert live_session.state.seed == 5
    steps = live_session.history.undo_stack.count()
    qtbot.mouseClick(view.cells[2], LEFT)
    assert window.variants.view is None and not any(cell.has_picture for cell in view.cells)
    assert f"Seed {live_session.state.seed}" == captions(view)[2]
    assert live_session.history.undo_stack.count() == steps + 1
    live_session.history.undo_stack.undo()
    assert live_session.state.seed == 5


def test_the_one_in_use_is_no_step(qtbot: QtBot, window: MainWindow, live_session: Session) -> None:
    view = opened(qtbot, window)
    steps = live_session.history.undo_stack.count()
    qtbot.mouseClick(view.cells[0], LEFT)
    assert window.variants.view is None and live_session.history.undo_stack.count() == steps


def test_the_one_in_use_keeps_its_grain(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any
) -> None:
    live_session.settings.reroll_grain()
    own = live_session.state.grain_seed
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "final")
    qtbot.waitUntil(lambda: not live_session.preview._scheduler.is_busy)
    main = len(engine.calls)
    view = opened(qtbot, window)
    complete(qtbot, view)
    assert [call.condition.grain_seed for call in engine.calls[main:]] == [own, None, None, None]
    qtbot.mouseClick(view.cells[0], LEFT)
    assert live_session.state.grain_seed == own
    qtbot.mouseClick(opened(qtbot, window).cells[1], LEFT)
    assert live_session.state.grain_seed is None


def test_escape_leaves_and_gives_all_back(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any
) -> None:
    engine.held = True
    main = len(engine.calls)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    view = window.variants.view
    assert view is not None
    qtbot.waitUntil(lambda: len(engine.calls) == main + 1)
    state, status = live_session.state, live_session.preview.status
    with qtbot.waitSignal(view.destroyed):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
        assert window.variants.view is None
    engine.held = False
    qtbot.waitUntil(lambda: engine.calls[-1].canceled)
    qtbot.wait(30)
    assert len(engine.calls) == main + 1
    assert live_session.state is state and live_session.preview.status == status
    assert QApplication.focusWidget() is window.canvas
    # Another Esc stops what the canvas computes, as ever.
    assert not window.variants.leave()


def test_an_effect_weaker_and_stronger(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any
) -> None:
    view = opened(qtbot, window)
    complete(qtbot, view)
    main = len(engine.calls)
    view.bar.choice.setFocus()
    qtbot.keyClick(view.bar.choice, Qt.Key.Key_Down)
    assert view.bar.task is Task.GRAIN and len(view.cells) == 3 and not view.bar.six.isVisible()
    complete(qtbot, view)
    grains = [variant.value for variant in view._variants]
    assert grains[0] < 0.05 == grains[1] < grains[2]
    asked = [call.condition.grain for call in engine.calls[main:]]
    assert asked == sorted(asked) and len(set(asked)) == 3
    assert captions(view) == [f"Film grain {value:.3f} px" for value in grains]
    view.cells[2].setFocus()
    steps = live_session.history.undo_stack.count()
    qtbot.keyClick(view.cells[2], Qt.Key.Key_Return)
    assert live_session.state.values[Task.GRAIN] == grains[2]
    assert live_session.history.undo_stack.count() == steps + 1


def test_six_and_others(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    qtbot.mouseClick(view.bar.six, LEFT)
    six = captions(view)
    assert len(set(six)) == 6
    qtbot.mouseClick(view.bar.others, LEFT)
    assert captions(view)[0] == six[0] and set(captions(view)[1:]).isdisjoint(six)
    qtbot.mouseClick(view.bar.six, LEFT)
    assert len(captions(view)) == 4
    complete(qtbot, view)


def test_all_move_together_and_the_canvas_stays(qtbot: QtBot, window: MainWindow, engine: Any) -> None:
    window.canvas.navigation.zoom_to(1.0)
    view = opened(qtbot, window)
    assert view._view.zoom == 1.0
    complete(qtbot, view)
    main, place = len(engine.calls), (window.canvas.view.x, window.canvas.view.y)
    cell, x = view.cells[1], view._view.x
    middle = cell.rect().center()
    QTest.mousePress(cell, LEFT, pos=middle)
    for step in (20, 40, 60):
        QTest.mouseMove(cell, middle + QPoint(step, 0))
        QApplication.processEvents()
    QTest.mouseRelease(cell, LEFT, pos=middle + QPoint(60, 0))
    assert window.variants.view is view and view._view.x == pytest.approx(x + 60, abs=1)
    complete(qtbot, view)
    assert len({call.region for call in engine.calls[main:]}) == 1 and len(engine.calls) == main + 4
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase, point = Qt.ScrollPhase.NoScrollPhase, QPointF(middle)
    wheel = QWheelEvent(
        point, cell.mapToGlobal(point), QPoint(), QPoint(0, 120), no_button, no_key, phase, False
    )
    QApplication.sendEvent(cell, wheel)
    assert view._view.zoom == 1.25 and window.canvas.view.zoom == 1.0
    assert (window.canvas.view.x, window.canvas.view.y) == place


def test_nothing_done_there_reaches_the_mask(qtbot: QtBot, window: MainWindow, live_session: Session) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_B)
    window.canvas.navigation.zoom_to(4.0)
    view = opened(qtbot, window)
    qtbot.mouseClick(view, LEFT, pos=QPoint(3, view.bar.height() + 1))
    qtbot.mouseClick(view.bar, LEFT, pos=QPoint(view.bar.width() // 2, 5))
    assert live_session.state.mask is None and window.variants.view is view
    # The canvas asks for the keys whenever the pointer comes to it.
    window.canvas.setFocus()
    assert QApplication.focusWidget() is view.cells[0]


def test_it_follows_the_settings_and_the_size(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any
) -> None:
    view = opened(qtbot, window)
    complete(qtbot, view)
    before, main = captions(view), len(engine.calls)
    live_session.settings.set_value(Task.SHARPEN, 2.0)
    assert captions(view) == before
    qtbot.waitUntil(lambda: sum(bool(call.condition.sharpen) for call in engine.calls[main:]) >= 5)
    complete(qtbot, view)
    window.resize(900, 640)
    assert view.size() == window.canvas.size()
    live_session.settings.set_seed(6)
    assert captions(view) == ["Seed 6", *before[1:]]
    live_session.settings.reset_all()
    assert window.variants.view is None


def test_what_cannot_vary_says_why(qtbot: QtBot, window: MainWindow, live_session: Session) -> None:
    live_session.settings.set_seed_locked(True)
    view = opened(qtbot, window)
    assert view.bar.task is Task.GRAIN
    window.variants.leave()
    live_session.settings.reset_all()
    qtbot.mouseClick(window.seed_bar.variants, LEFT)
    assert window.variants.view is None and "switch an effect on" in window.toast.text


def test_a_failure_is_told_in_the_cell(qtbot: QtBot, window: MainWindow, engine: Any) -> None:
    engine.error = ValueError("The model is broken.")
    view = opened(qtbot, window)
    qtbot.waitUntil(lambda: view.cells[3].accessibleDescription() == "The model is broken.")


def test_another_photo_leaves(
    qtbot: QtBot, window: MainWindow, live_session: Session, photo_file: Callable[..., Path]
) -> None:
    opened(qtbot, window)
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(300, 200, "other.png"))
    assert window.variants.view is None


def test_another_model_makes_them_anew(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any, tmp_path: Path
) -> None:
    other = tmp_path / "other.safetensors"
    engine.models = {other: "0" * 64}
    view = opened(qtbot, window)
    complete(qtbot, view)
    before = len(engine.calls)
    with qtbot.waitSignal(live_session.models.replaced):
        live_session.models.use(other)
    assert not any(cell.has_picture for cell in view.cells)
    complete(qtbot, view)
    asked = [f"Seed {call.condition.seed}" for call in engine.calls[before:]]
    assert set(captions(view)) <= set(asked)
