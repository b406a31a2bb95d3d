"""Folders edited behind the window: what is written, resumed, refused; stopping, and giving way."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.app.folder.folder_run import FolderRun
from fxdiffuse_gui.app.render.alternatives import Alternatives
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.statuses import Status
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.batch import folder as batch
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task
from tests.app.folder.folder_jobs import done, job, tree
from tests.command_engine import CommandEngine
from tests.conftest import FakeEngine
from tests.photo.photo_files import load


def test_every_photo_is_edited_and_the_next_start_goes_on(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path
) -> None:
    seen: list[tuple[int, int, str]] = []
    run.begun.connect(lambda *found: seen.append(found))
    assert done(qtbot, run, job(photos, recursive=True)) == Summary(3, 3)
    out = photos.parent / "out"
    assert tree(out) == ["a.jpg", "b.png", "trip/c.png"]
    assert seen == [(1, 3, "a.jpg"), (2, 3, "b.png"), (3, 3, "trip/c.png")]
    np.testing.assert_array_equal(load(out / "b.png"), np.rint(load(photos / "b.png") / 2))
    (out / "b.png").unlink()
    assert done(qtbot, run, job(photos, recursive=True)) == Summary(3, 1, 2)
    assert len(commands.conditions) == 4
    # The command line goes on where the window stopped.
    assert cli.main(["batch", str(photos), "-o", str(out), "--grain", "0.05", "--seed", "3"]) == 0
    assert len(commands.conditions) == 4


@pytest.mark.parametrize("late", [False, True])
def test_canceling_ends_within_an_evaluation_and_leaves_whole_files(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path, late: bool
) -> None:
    commands.held = not late
    if late:
        # Where no evaluation is left that would notice, the file is not written all the same.
        direct = Qt.ConnectionType.DirectConnection
        run._worker.progressed.connect(lambda _: run.cancel(), direct)
    with qtbot.waitSignal(run.finished, timeout=5000) as blocker:
        run.start(job(photos))
        if not late:
            qtbot.waitUntil(commands.begun.is_set)
            run.cancel()
    assert blocker.args[0] == Summary(2, stopped=True)
    assert tree(photos.parent / "out") == []
    if not late:
        commands.held = False
        assert done(qtbot, run, job(photos)) == Summary(2, 2)


def test_closing_stops_it(run: FolderRun, qtbot: QtBot, commands: CommandEngine, photos: Path) -> None:
    commands.held = True
    run.start(job(photos))
    qtbot.waitUntil(commands.begun.is_set)
    run.close()
    assert tree(photos.parent / "out") == []


def test_it_waits_while_the_window_computes(
    qtbot: QtBot,
    live_session: Session,
    run: FolderRun,
    photo_file: Callable[..., Path],
    photos: Path,
    commands: CommandEngine,
    engine: FakeEngine,
) -> None:
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file())
    engine.held = True
    live_session.settings.set_value(Task.GRAIN, 0.05)
    live_session.settings.set_enabled(Task.GRAIN, True)
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "preview")
    changes: list[bool] = []
    run.waiting_changed.connect(lambda: changes.append(run.is_waiting))
    run.start(job(photos))
    assert run.is_waiting
    qtbot.waitUntil(commands.begun.is_set)
    qtbot.wait(150)
    assert run.is_running and tree(photos.parent / "out") == []
    with qtbot.waitSignal(run.finished, timeout=5000) as blocker:
        engine.held = False
        engine.step(50)
    assert blocker.args[0] == Summary(2, 2) and changes[0] is False


def test_an_export_comes_first_too(session_status: Callable[[str], None], run: FolderRun) -> None:
    session_status("export")
    assert not run._free.is_set()
    for kind in ("final", "idle", "loading", "stale", "error"):
        session_status(kind)
        assert run._free.is_set()


@pytest.fixture
def session_status(live_session: Session) -> Callable[[str], None]:
    return lambda kind: live_session.preview.status_changed.emit(Status(kind, ""))  # type: ignore[arg-type]


def test_photos_are_counted(qtbot: QtBot, run: FolderRun, photos: Path) -> None:
    for recursive, wanted in ((False, (2, None)), (True, (3, None))):
        with qtbot.waitSignal(run.counted) as blocker:
            run.count(photos, photos / "edited", recursive=recursive)
        assert tuple(blocker.args) == wanted
    with qtbot.waitSignal(run.counted) as blocker:
        run.count(photos / "gone", photos / "edited", recursive=True)
    assert blocker.args[0] == 0 and "cannot be read" in str(blocker.args[1])


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Folders inside folders for ten seconds; set once the first has been looked into."""
    begun = threading.Event()

    def folders(folder: Path, _output: Path | None) -> Iterator[Path]:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            yield folder
            begun.set()
            time.sleep(0.001)

    monkeypatch.setattr(batch, "_folders_inside", folders)
    return begun


def test_a_search_without_end_holds_nothing_up(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path, endless: threading.Event
) -> None:
    start = time.monotonic()
    run.count(photos, photos.parent / "out", recursive=True)
    qtbot.waitUntil(endless.is_set)
    assert done(qtbot, run, job(photos)) == Summary(2, 2)
    endless.clear()
    with qtbot.waitSignal(run.finished, timeout=5000) as blocker:
        run.start(job(photos, recursive=True))
        qtbot.waitUntil(endless.is_set)
        run.cancel()
    assert blocker.args[0] == Summary(stopped=True)
    endless.clear()
    run.count(photos, photos.parent / "out", recursive=True)
    qtbot.waitUntil(endless.is_set)
    run.close()
    assert time.monotonic() - start < 5


def test_it_waits_for_pictures_beside_the_canvas_too(
    qtbot: QtBot,
    live_session: Session,
    run: FolderRun,
    photo_file: Callable[..., Path],
    photos: Path,
    commands: CommandEngine,
    engine: FakeEngine,
) -> None:
    """Such as variants, of which no status tells."""
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file())
    beside = Alternatives(live_session.preview.background_queue, live_session)
    engine.held = True
    beside.ask([EditState(enabled=frozenset({Task.GRAIN}))], Pass(1.0, Region(0, 0, 90, 60), rough=False))
    run.start(job(photos))
    assert run.is_waiting
    qtbot.waitUntil(commands.begun.is_set)
    qtbot.wait(150)
    assert run.is_running and tree(photos.parent / "out") == []
    with qtbot.waitSignal(run.finished, timeout=5000) as blocker:
        engine.held = False
        engine.step(50)
    assert blocker.args[0] == Summary(2, 2) and not run.is_waiting
