"""After a crash the edit is offered back; every answer does what it says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.files.autosave import Autosave
from fxdiffuse_gui.app.files.journal import Journal, left_behind
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.dialogs.recovery import Recovery
from fxdiffuse_gui.views.main_window import MainWindow
from tests.document.projects import assert_same_state, full_project
from tests.views.questions import answer_with

Offer = Callable[[], bool]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journals"


@pytest.fixture
def offer(qtbot: QtBot, live_session: Session, root: Path) -> Iterator[Offer]:
    """Starts a window as the program does, and looks for journals."""
    window = MainWindow(live_session)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.session.history.mark_saved())
    autosave = Autosave(live_session, root, delay_ms=20)
    recovery = Recovery(live_session, autosave, root, window)
    yield recovery.offer
    live_session.history.mark_saved()
    autosave.close()
    recovery.close()


def crash(root: Path, folder: Path) -> Journal:
    folder.mkdir()
    journal = Journal.create(root)
    journal.write(full_project(folder))
    journal.leave()
    return journal


def test_without_a_crash_nothing_is_asked(offer: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer_with(monkeypatch)
    assert not offer() and asked == []


def test_restore_brings_everything_back(
    qtbot: QtBot,
    offer: Offer,
    live_session: Session,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal = crash(root, tmp_path / "work")
    asked = answer_with(monkeypatch, "Restore")
    with qtbot.waitSignal(live_session.files.recovered):
        assert offer()
    assert "photo.png" in asked[0] and "today at" in asked[0]
    assert_same_state(live_session.state, full_project(tmp_path / "work").state)
    assert live_session.history.is_modified
    # It goes on in the same journal.
    live_session.settings.set_seed(3)
    qtbot.waitUntil(lambda: journal.check().states[0].state.seed == 3)
    assert len(list(root.glob("*.lock"))) == 1


def test_discard_deletes_it(
    offer: Offer, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(root, tmp_path / "work")
    answer_with(monkeypatch, "Discard")
    assert not offer()
    assert list(root.iterdir()) == []


def test_later_leaves_it_for_the_next_start(
    qtbot: QtBot, live_session: Session, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(root, tmp_path / "work")
    answer_with(monkeypatch, "Decide")
    window = MainWindow(live_session)
    qtbot.addWidget(window)
    autosave = Autosave(live_session, root)
    recovery = Recovery(live_session, autosave, root, window)
    assert not recovery.offer()
    # Another window does not ask as long as this one may still be asked.
    assert left_behind(root) == ([], [])
    autosave.close()
    recovery.close()
    (found,), _ = left_behind(root)
    found.journal.remove()


def test_each_edit_is_asked_about_until_one_is_restored(
    qtbot: QtBot,
    offer: Offer,
    live_session: Session,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("a", "b", "c"):
        crash(root, tmp_path / name)
    asked = answer_with(monkeypatch, "Discard", "Restore")
    with qtbot.waitSignal(live_session.files.recovered):
        assert offer()
    assert len(asked) == 2 and len(list(root.glob("*/edit.fxd"))) == 2


def test_an_unreadable_journal_is_not_in_the_way(
    offer: Offer, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(root, tmp_path / "work").path.write_bytes(b"nonsense")
    asked = answer_with(monkeypatch)
    assert not offer() and asked == []
    assert len(list(root.glob("*.unreadable"))) == 1


def test_an_edit_whose_photo_is_gone_waits_for_it(
    qtbot: QtBot,
    offer: Offer,
    live_session: Session,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal = crash(root, tmp_path / "work")
    (tmp_path / "work" / "photo.png").unlink()
    answer_with(monkeypatch, "Restore")
    with qtbot.waitSignal(live_session.message) as told:
        assert offer()
    assert "photo.png" in told.args[0] and "put it back" in told.args[0]
    assert journal.path.is_file()
