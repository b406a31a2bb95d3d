"""'Match a look', from the menu to the sliders."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.files.look_matcher import Matcher
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.look_estimate import Certainty, Estimate, LookEstimate
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.reference.match_dialog import MatchDialog

LEFT = Qt.MouseButton.LeftButton
SURE, GUESS, NONE, UNKNOWN = Certainty.SURE, Certainty.GUESS, Certainty.NONE, Certainty.UNKNOWN


def look(grain: Estimate, blur: Estimate, sharpen: Estimate, *, lossy: bool = False) -> LookEstimate:
    return LookEstimate({Task.GRAIN: grain, Task.BLUR: blur, Task.SHARPEN: sharpen}, 36.0, lossy)


TYPICAL = look(Estimate(SURE, 0.063), Estimate(GUESS, 14.0), Estimate(UNKNOWN))


class Studio:
    """A dialog whose estimates the test decides."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot = qtbot
        self.session = session
        self.answer = TYPICAL
        self.matcher = Matcher(self._estimate)
        self.dialog = MatchDialog(session, self.matcher)
        qtbot.addWidget(self.dialog)
        with qtbot.waitExposed(self.dialog):
            self.dialog.show()

    def _estimate(self, pixels: FloatImage, lossy: bool, cancel: threading.Event) -> LookEstimate:
        return self.answer

    def drop(self, path: Path) -> None:
        """Lets go of a file over the zone, and waits for what is made of it."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.dialog.zone, QDragEnterEvent(QPoint(9, 9), action, mime, LEFT, keys))
        QApplication.sendEvent(self.dialog.zone, QDropEvent(QPointF(9, 9), action, mime, LEFT, keys))
        assert self.dialog.note.isVisible() and "Looking" in self.dialog.note.text()
        self.qtbot.waitUntil(lambda: not self.matcher.is_busy)

    def ticked(self) -> set[Task]:
        return {task for task, row in self.dialog.rows.items() if row.check.isChecked()}

    def click(self, task: Task) -> None:
        """Clicks on the box itself."""
        check = self.dialog.rows[task].check
        self.qtbot.mouseClick(check, LEFT, pos=QPoint(10, check.height() // 2))


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> Studio:
    return Studio(qtbot, session)


def test_empty_it_asks_for_a_photo(room: Studio) -> None:
    assert not room.dialog.apply_button.isEnabled()
    assert not any(row.check.isEnabled() for row in room.dialog.rows.values())
    assert not room.dialog.palette_strip.isVisible()


def test_only_what_is_sure_is_ticked(room: Studio, photo_file: Callable[..., Path]) -> None:
    room.drop(photo_file())
    rows = room.dialog.rows
    assert room.ticked() == {Task.GRAIN, Task.COLOR}
    assert rows[Task.BLUR].check.isEnabled() and not rows[Task.SHARPEN].check.isEnabled()
    shown = [rows[task].amount.text() for task in (Task.GRAIN, Task.BLUR, Task.SHARPEN, Task.COLOR)]
    assert shown == ["0.063 px", "14.0 px, 36°", "–", "1.00"]
    assert rows[Task.GRAIN].explanation.text().startswith("Sure")
    assert rows[Task.BLUR].explanation.text().startswith("A guess")
    assert rows[Task.SHARPEN].explanation.text().startswith("Cannot be told")
    assert "14.0 px" in rows[Task.BLUR].check.accessibleDescription()
    assert room.dialog.palette_strip.isVisible() and not room.dialog.note.isVisible()
    assert "photo.png" in room.dialog.zone.accessibleName()


def test_apply_is_one_step_and_leaves_the_rest_alone(
    room: Studio, session: Session, photo_file: Callable[..., Path]
) -> None:
    session.settings.set_value(Task.SHARPEN, 2.0)
    session.settings.set_value(Task.BLUR, 5.0)
    session.settings.set_enabled(Task.BLUR, False)
    steps = session.history.undo_stack.count()
    room.drop(photo_file())
    room.qtbot.mouseClick(room.dialog.apply_button, LEFT)
    state = session.state
    assert not room.dialog.isVisible()
    assert state.values[Task.GRAIN] == 0.063 and state.values[Task.COLOR] == 1.0
    assert state.enabled == {Task.GRAIN, Task.COLOR, Task.SHARPEN}
    assert (state.values[Task.BLUR], state.blur_angle, state.values[Task.SHARPEN]) == (5.0, None, 2.0)
    assert state.reference is not None and state.reference.name == "photo.png"
    assert session.history.undo_stack.count() == steps + 1
    assert session.history.undo_stack.undoText() == "Match “photo.png”"
    session.history.undo_stack.undo()
    assert session.state.reference is None and session.state.enabled == {Task.SHARPEN}
    assert session.state.values[Task.GRAIN] == 0.05


def test_a_guess_that_is_ticked_is_taken_over(
    room: Studio, session: Session, photo_file: Callable[..., Path]
) -> None:
    room.drop(photo_file())
    for task in (Task.GRAIN, Task.BLUR, Task.COLOR):
        room.click(task)
    assert room.ticked() == {Task.BLUR}
    room.qtbot.mouseClick(room.dialog.apply_button, LEFT)
    assert session.state.enabled == {Task.BLUR}
    assert (session.state.values[Task.BLUR], session.state.blur_angle) == (14.0, 36.0)
    assert session.state.reference is None and session.history.undo_stack.count() == 1


def test_with_nothing_ticked_nothing_can_be_applied(room: Studio, photo_file: Callable[..., Path]) -> None:
    room.drop(photo_file())
    for task in (Task.GRAIN, Task.COLOR):
        room.click(task)
    assert not room.dialog.apply_button.isEnabled()


def test_cancel_changes_nothing(room: Studio, session: Session, photo_file: Callable[..., Path]) -> None:
    room.drop(photo_file())
    room.qtbot.keyClick(room.dialog, Qt.Key.Key_Escape)
    assert not room.dialog.isVisible() and session.history.undo_stack.count() == 0


@pytest.mark.parametrize("lossy", [False, True])
@pytest.mark.parametrize("certainty", list(Certainty))
def test_every_effect_says_how_sure_it_is(
    room: Studio, photo_file: Callable[..., Path], certainty: Certainty, lossy: bool
) -> None:
    has_value = certainty in (SURE, GUESS)
    room.answer = look(
        *(Estimate(certainty, value if has_value else None) for value in (0.05, 12.0, 1.5)), lossy=lossy
    )
    room.drop(photo_file())
    for task in (Task.GRAIN, Task.BLUR, Task.SHARPEN):
        row = room.dialog.rows[task]
        assert row.explanation.text() and row.check.isEnabled() is has_value
        assert row.check.isChecked() is (certainty is SURE)
    if certainty in (GUESS, NONE):
        assert ("compression" in room.dialog.rows[Task.GRAIN].explanation.text()) is lossy


def test_what_is_no_photo_is_refused_and_forgets_the_last_one(
    room: Studio, photo_file: Callable[..., Path], tmp_path: Path
) -> None:
    room.drop(photo_file())
    notes = tmp_path / "notes.txt"
    notes.write_text("no picture")
    room.drop(notes)
    assert "notes.txt" in room.dialog.note.text() and room.dialog.note.property("role") == "error"
    assert not room.dialog.apply_button.isEnabled() and not room.ticked()


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> Iterator[MainWindow]:
    window = MainWindow(live_session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    live_session.history.undo_stack.setClean()


@pytest.mark.parametrize("way", ["key", "button"])
def test_menu_key_and_button_open_it_over_a_photo(
    qtbot: QtBot, window: MainWindow, photo_file: Callable[..., Path], way: str
) -> None:
    button = next(one for one in window.effects.findChildren(QPushButton) if one.text() == "Match")
    assert not button.isEnabled() and not window.actions_by_name["match"].isEnabled()
    with qtbot.waitSignal(window.session.photo_changed):
        window.session.files.open_photo(photo_file())
    if way == "key":
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(window, Qt.Key.Key_M, keys)
    else:
        qtbot.mouseClick(button, LEFT)
    (dialog,) = window.findChildren(MatchDialog)
    assert dialog.isVisible() and dialog.windowTitle() == "Match a look"
    dialog.reject()
