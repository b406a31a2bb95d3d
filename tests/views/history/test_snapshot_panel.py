"""Snapshots: taken, gone back to, renamed, deleted."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.views.history.snapshot_panel import SnapshotPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> SnapshotPanel:
    original = np.zeros((40, 60, 3), np.uint8)
    session.history.photo = Photo(original.astype(np.float32), None, 8, original)
    panel = SnapshotPanel(session)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def names(panel: SnapshotPanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def place(panel: SnapshotPanel, row: int) -> QPoint:
    return panel.list.visualItemRect(panel.list.item(row)).center()


def click(panel: SnapshotPanel, row: int) -> None:
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=place(panel, row))


def test_without_a_photo_there_is_nothing_to_keep(qtbot: QtBot, session: Session) -> None:
    panel = SnapshotPanel(session)
    qtbot.addWidget(panel)
    assert not panel.take.isEnabled() and panel.list.isHidden()


def test_a_click_goes_back_as_one_step(qtbot: QtBot, panel: SnapshotPanel, session: Session) -> None:
    assert panel.list.isHidden()
    session.settings.set_value(Task.GRAIN, 0.08)
    session.mask.paint(Region(0, 0, 5, 5), np.full((5, 5), 255, np.uint8))
    session.settings.set_seed(5)
    kept = session.state
    qtbot.mouseClick(panel.take, LEFT)
    assert names(panel) == ["Snapshot 1"] and panel.list.isVisible()
    session.settings.reset_all()
    session.settings.set_seed(9)
    steps = session.history.undo_stack.count()
    click(panel, 0)
    state = session.state
    assert (dict(state.values), state.enabled, state.seed) == (dict(kept.values), kept.enabled, 5)
    assert state.mask is kept.mask
    assert (
        session.history.undo_stack.count() == steps + 1
        and "Snapshot 1" in session.history.undo_stack.undoText()
    )
    session.history.undo_stack.undo()
    assert session.state.seed == 9 and session.state.mask is None
    # Where one is already is no step.
    session.history.undo_stack.redo()
    click(panel, 0)
    assert session.history.undo_stack.count() == steps + 1


def test_another_grain_is_another_edit(panel: SnapshotPanel, session: Session) -> None:
    session.snapshots.take()
    assert panel.list.currentRow() == 0
    session.settings.reroll_grain()
    assert panel.list.currentRow() == -1


def test_the_one_in_use_is_marked(panel: SnapshotPanel, session: Session) -> None:
    session.snapshots.take()
    session.settings.set_value(Task.GRAIN, 0.08)
    session.snapshots.take()
    assert panel.list.currentRow() == 1
    session.history.undo_stack.undo()
    assert panel.list.currentRow() == 0
    session.settings.set_value(Task.SHARPEN, 2)
    assert panel.list.currentRow() == -1


def test_a_name_is_typed_in_place(qtbot: QtBot, panel: SnapshotPanel, session: Session) -> None:
    session.snapshots.take()
    session.settings.set_value(Task.GRAIN, 0.08)
    session.snapshots.take()
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=place(panel, 1))
    panel.rename_action.trigger()
    editor = panel.list.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("  Grainy\n night ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(panel) == ["Snapshot 1", "Grainy night"])
    assert [one.name for one in session.snapshots.items] == names(panel)
    panel.list.item(1).setText("   ")
    assert names(panel) == ["Snapshot 1", "Grainy night"]


def test_the_delete_key_deletes_the_one_that_is_chosen(panel: SnapshotPanel, session: Session) -> None:
    for value in (0.02, 0.03, 0.04):
        session.settings.set_value(Task.GRAIN, value)
        session.snapshots.take()
    click(panel, 1)
    panel.activateWindow()
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert names(panel) == ["Snapshot 1", "Snapshot 3"]
    session.snapshots.take()
    assert names(panel)[-1] == "Snapshot 2"


def test_too_many_are_a_sentence(
    panel: SnapshotPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    session.message.connect(told.append)
    monkeypatch.setattr("fxdiffuse_gui.app.edit.snapshot_list.MAX_SNAPSHOTS", 2)
    for _ in range(3):
        session.snapshots.take()
    assert len(session.snapshots.items) == 2 and "too many snapshots" in told[0]
    monkeypatch.undo()
    monkeypatch.setattr("fxdiffuse_gui.app.edit.snapshot_list.MAX_MASK_PIXELS", 3 * 2400 - 1)
    for seed in range(3):
        session.mask.replace(np.full((40, 60), 255, np.uint8) - np.uint8(seed))
        session.snapshots.take()
    assert len(session.snapshots.items) == 4 and len(told) == 2
    monkeypatch.undo()
    monkeypatch.setattr("fxdiffuse_gui.app.edit.snapshot_list.MAX_REFERENCE_PIXELS", 11)
    session.settings.set_reference(Reference("a", None, np.zeros((3, 4, 3), np.float32), ""))
    session.snapshots.take()
    assert len(session.snapshots.items) == 4 and len(told) == 3
