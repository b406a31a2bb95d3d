"""The first steps: once, one at a time, never in the way."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views import application
from fxdiffuse_gui.views.help import hints
from fxdiffuse_gui.views.help.hint_bubble import HintBubble
from fxdiffuse_gui.views.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


class NoRecovery:
    """Nothing has crashed."""

    def offer(self) -> bool:
        return False


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(hints, "NEXT_MS", 1)
    return new_window(qtbot, live_session)


def new_window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    # Nothing is to be saved when the test is over, however it ends.
    qtbot.addWidget(window, before_close_func=lambda _: session.history.mark_saved())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def start(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, photo: Path, *, named: bool = False
) -> None:
    """As the program starts: with a sample, or with the photo that was named."""
    monkeypatch.setattr(application, "first_sample", lambda: photo)
    with qtbot.waitSignal(window.session.photo_changed):
        application.start(window, NoRecovery(), photo if named else None)  # type: ignore[arg-type]


def bubble(window: MainWindow) -> HintBubble:
    assert window.hints.bubble is not None
    return window.hints.bubble


@pytest.fixture
def hinted(
    qtbot: QtBot, window: MainWindow, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """The very first start."""
    start(qtbot, window, monkeypatch, photo_file(900, 700))
    return window


def test_only_the_very_first_start_shows_them(
    qtbot: QtBot,
    hinted: MainWindow,
    live_session: Session,
    photo_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "slider" in bubble(hinted).text
    second = new_window(qtbot, live_session)
    start(qtbot, second, monkeypatch, photo_file(90, 60, "again.png"))
    assert second.hints.bubble is None
    second.actions_by_name["hints"].trigger()
    assert "slider" in bubble(second).text


def test_a_photo_that_was_named_comes_without_and_they_are_kept_for_later(
    qtbot: QtBot, window: MainWindow, photo_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(qtbot, window, monkeypatch, photo_file(), named=True)
    assert window.hints.bubble is None and not window.settings.has_seen_hints


def test_next_and_done(qtbot: QtBot, hinted: MainWindow) -> None:
    texts: list[str] = []
    for number in range(1, 5):
        shown = bubble(hinted)
        texts.append(shown.text)
        assert shown.accessibleName() == f"Hint {number} of 4"
        for label in shown.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
        assert hinted.canvas.rect().contains(shown.geometry())
        qtbot.mouseClick(shown.next, LEFT)
    assert hinted.hints.bubble is None and len(set(texts)) == 4


def test_who_does_what_they_say_sees_the_next(
    qtbot: QtBot, hinted: MainWindow, live_session: Session
) -> None:
    slider = hinted.effects.cards[Task.GRAIN].slider
    assert slider is not None
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "brush" in bubble(hinted).text)
    # Another change of the slider is nothing new.
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.wait(20)
    assert "brush" in bubble(hinted).text
    hinted.canvas.setFocus()
    QTest.keyClick(hinted.windowHandle(), Qt.Key.Key_B)
    qtbot.mouseClick(hinted.canvas, LEFT, pos=hinted.canvas.rect().center())
    assert live_session.state.mask is not None
    qtbot.waitUntil(lambda: "colors" in bubble(hinted).text)
    live_session.settings.set_reference(Reference("r.png", None, np.zeros((4, 4, 3), np.float32), "r"))
    qtbot.waitUntil(lambda: "Hold" in bubble(hinted).text)
    QTest.keyPress(hinted.windowHandle(), Qt.Key.Key_Backslash)
    QTest.keyRelease(hinted.windowHandle(), Qt.Key.Key_Backslash)
    qtbot.waitUntil(lambda: hinted.hints.bubble is None)


def test_what_was_done_meanwhile_is_not_told(qtbot: QtBot, hinted: MainWindow, live_session: Session) -> None:
    pixels = np.zeros((9, 9, 3), np.float32)
    live_session.settings.set_reference(Reference("sunset", None, pixels, "0" * 64))
    qtbot.mouseClick(bubble(hinted).next, LEFT)
    assert "brush" in bubble(hinted).text
    qtbot.mouseClick(bubble(hinted).next, LEFT)
    assert bubble(hinted).accessibleName() == "Hint 4 of 4"


def test_closed_they_are_gone_for_good(
    qtbot: QtBot,
    hinted: MainWindow,
    live_session: Session,
    photo_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = bubble(hinted)
    with qtbot.waitSignal(shown.destroyed):
        qtbot.mouseClick(shown.close_button, LEFT)
    live_session.settings.set_value(Task.GRAIN, 0.08)
    qtbot.wait(20)
    assert hinted.hints.bubble is None
    start(qtbot, hinted, monkeypatch, photo_file(90, 60, "again.png"))
    assert hinted.hints.bubble is None


def test_one_paints_right_through_them(qtbot: QtBot, hinted: MainWindow, live_session: Session) -> None:
    QTest.keyClick(hinted.windowHandle(), Qt.Key.Key_B)
    hinted.canvas.navigation.zoom_to(4.0)
    shown = bubble(hinted)
    assert QApplication.focusWidget() is hinted.canvas
    point = shown.pos() + QPoint(20, shown.height() // 2)
    assert hinted.canvas.childAt(point) is not None
    handle = hinted.windowHandle()
    where = hinted.canvas.mapTo(hinted, point)
    QTest.mousePress(handle, LEFT, Qt.KeyboardModifier.NoModifier, where)
    QTest.mouseMove(handle, where + QPoint(0, 5))
    QTest.mouseRelease(handle, LEFT, Qt.KeyboardModifier.NoModifier, where + QPoint(0, 5))
    mask = live_session.state.mask
    assert mask is not None
    x, y = hinted.canvas.view.to_photo(point.x(), point.y())
    assert mask[int(y), int(x)] == 255
    assert hinted.hints.bubble is shown


def test_they_stay_at_the_edge_of_the_canvas(qtbot: QtBot, hinted: MainWindow) -> None:
    hinted.resize(1100, 720)
    qtbot.waitUntil(lambda: hinted.canvas.width() == bubble(hinted).geometry().right() + 1)
    assert hinted.canvas.rect().contains(bubble(hinted).geometry())


def test_on_a_low_screen_what_they_speak_of_is_scrolled_to(qtbot: QtBot, hinted: MainWindow) -> None:
    hinted.resize(1024, 640)
    hinted.actions_by_name["hints"].trigger()
    for task in (Task.GRAIN, Task.INPAINT, Task.COLOR):
        card = hinted.effects.cards[task]
        target = card.slider or card.switch
        assert target.visibleRegion().boundingRect() == target.rect()
        qtbot.mouseClick(bubble(hinted).next, LEFT)


def test_what_is_not_on_screen_is_not_pointed_at(qtbot: QtBot, hinted: MainWindow) -> None:
    hinted.docks["effects"].hide()
    hinted.actions_by_name["hints"].trigger()
    assert "Hold" in bubble(hinted).text and bubble(hinted).accessibleName() == "Hint 1 of 1"
