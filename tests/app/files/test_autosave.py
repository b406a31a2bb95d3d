"""The journal follows the edit, goes when nothing is unsaved, and never stands in the way."""

import errno
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.files import journal as journal_module
from fxdiffuse_gui.app.files.autosave import DELAY_MS, Autosave
from fxdiffuse_gui.app.files.journal import left_behind
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.project_file import check_project, write_project
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.session_recorder import Recorder, opened
from tests.document.projects import assert_same_state, write_picture

PhotoFile = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journals"


@pytest.fixture
def session(
    qtbot: QtBot, live_session: Session, photo_file: PhotoFile, root: Path
) -> Iterator[tuple[Session, Autosave]]:
    opened(qtbot, live_session, photo_file())
    autosave = Autosave(live_session, root, delay_ms=20)
    yield live_session, autosave
    live_session.history.mark_saved()
    autosave.close()


def journals(root: Path) -> list[Path]:
    return list(root.glob("*/edit.fxd"))


def saved_seed(root: Path) -> int:
    """The seed in the only journal; -1 while there is none."""
    paths = journals(root)
    return check_project(paths[0], parts=paths[0].parent).states[0].state.seed if paths else -1


def test_an_unsaved_edit_is_in_the_journal_soon(
    qtbot: QtBot, session: tuple[Session, Autosave], root: Path
) -> None:
    qtbot.wait(60)
    assert not root.exists()
    for seed in (1, 2, 3):
        session[0].settings.set_seed(seed)
    qtbot.waitUntil(lambda: saved_seed(root) == 3)
    session[0].settings.set_seed(4)
    qtbot.waitUntil(lambda: saved_seed(root) == 4)
    assert len(journals(root)) == 1


def test_a_drag_without_a_pause_does_not_starve_it(
    qtbot: QtBot, session: tuple[Session, Autosave], root: Path
) -> None:
    until = time.monotonic() + 5
    value = 0.02
    while not journals(root) and time.monotonic() < until:
        value += 1e-6
        session[0].settings.set_value(Task.GRAIN, value, dragging=True)
        qtbot.wait(2)
    assert journals(root)


def test_the_delay_leaves_room_within_five_seconds() -> None:
    assert DELAY_MS <= 3000


@pytest.mark.parametrize("how", ["undo", "project", "export", "give up", "other photo"])
def test_the_journal_goes_when_nothing_is_unsaved(
    qtbot: QtBot,
    session: tuple[Session, Autosave],
    root: Path,
    tmp_path: Path,
    photo_file: PhotoFile,
    how: str,
) -> None:
    edit = session[0]
    edit.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(journals(root)) == 1)
    match how:
        case "undo":
            edit.history.undo_stack.undo()
        case "project":
            edit.files.save_project(tmp_path / "edit.fxd")
        case "export":
            edit.files.export(tmp_path / "out.png", ExportOptions())
        case "give up":
            edit.history.mark_saved()
        case _:
            edit.files.open_photo(photo_file(20, 20, "other.png"))
    qtbot.waitUntil(lambda: list(root.iterdir()) == [])


def test_snapshots_are_in_the_journal(qtbot: QtBot, session: tuple[Session, Autosave], root: Path) -> None:
    session[0].snapshots.take("Mine")
    qtbot.waitUntil(lambda: len(journals(root)) == 1)
    manifest = check_project(journals(root)[0], parts=journals(root)[0].parent)
    assert [one.name for one in manifest.states[1:]] == ["Mine"]


def test_leaving_with_unsaved_edits_keeps_the_newest(
    qtbot: QtBot, session: tuple[Session, Autosave], root: Path
) -> None:
    edit, autosave = session
    edit.settings.set_seed(7)
    autosave.close()
    (found,), _ = left_behind(root)
    assert found.manifest.states[0].state.seed == 7
    found.journal.remove()


def test_an_edit_is_restored_and_its_journal_goes_on(
    qtbot: QtBot, session: tuple[Session, Autosave], engine: Any, root: Path, tmp_path: Path
) -> None:
    edit, autosave = session
    edit.files.save_project(tmp_path / "mine.fxd")
    qtbot.waitUntil(lambda: edit.files.project_path is not None)
    edit.files.load_reference(write_picture(tmp_path / "reference.png", 20, 10))
    qtbot.waitUntil(lambda: edit.state.reference is not None)
    edit.settings.set_value(Task.GRAIN, 0.0123)
    state = edit.state
    autosave.close()
    (tmp_path / "reference.png").unlink()

    (found,), _ = left_behind(root)
    second = Session(engine)
    second.start()
    following = Autosave(second, root, delay_ms=20)
    second.files.recovered.connect(lambda: following.adopt(found.journal))
    with qtbot.waitSignal(second.files.recovered):
        second.files.recover(found.journal.path)
    assert_same_state(second.state, state)
    assert second.history.is_modified and second.files.project_path == tmp_path / "mine.fxd"
    second.settings.set_seed(11)
    qtbot.waitUntil(lambda: saved_seed(root) == 11)
    assert len(journals(root)) == 1
    second.history.mark_saved()
    qtbot.waitUntil(lambda: list(root.iterdir()) == [])
    second.close()
    following.close()


def test_a_full_disk_is_told_once_and_editing_goes_on(
    qtbot: QtBot, session: tuple[Session, Autosave], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = session[0]
    told = Recorder(edit)
    tries: list[int] = []

    def full(*_: Any, **__: Any) -> None:
        tries.append(1)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(journal_module, "write_project", full)
    for seed in range(1, 4):
        edit.settings.set_seed(seed)
        qtbot.waitUntil(lambda seed=seed: len(tries) >= seed)
    qtbot.waitUntil(lambda: bool(told.messages))
    assert edit.state.seed == 3
    monkeypatch.setattr(journal_module, "write_project", write_project)
    edit.settings.set_seed(9)
    qtbot.waitUntil(lambda: saved_seed(root) == 9)
    assert len(told.messages) == 1
    assert "not backed up" in told.messages[0] and "No space left on device" in told.messages[0]


def test_a_folder_that_cannot_be_made_is_told_once(
    qtbot: QtBot, live_session: Session, photo_file: PhotoFile, tmp_path: Path
) -> None:
    opened(qtbot, live_session, photo_file())
    (tmp_path / "state").write_text("a file where the folder should be")
    autosave = Autosave(live_session, tmp_path / "state" / "journals", delay_ms=10)
    told = Recorder(live_session)
    for seed in range(4):
        live_session.settings.set_seed(seed)
        qtbot.wait(40)
    assert len(told.messages) == 1 and "not backed up" in told.messages[0]
    autosave.close()


def test_a_journal_that_somebody_deletes_is_begun_again(
    qtbot: QtBot, session: tuple[Session, Autosave], root: Path
) -> None:
    import shutil

    session[0].settings.set_seed(1)
    qtbot.waitUntil(lambda: saved_seed(root) == 1)
    shutil.rmtree(root)
    session[0].settings.set_seed(2)
    qtbot.wait(60)
    session[0].settings.set_seed(3)
    qtbot.waitUntil(lambda: saved_seed(root) == 3)
