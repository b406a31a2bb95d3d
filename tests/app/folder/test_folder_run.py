"""Folders edited behind the window: what is written, resumed, refused; stopping, and giving way."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.app.folder.folder_job import FolderEdit, FolderJob, Summary
from fxdiffuse_gui.app.folder.folder_run import FolderRun
from fxdiffuse_gui.app.folder.folder_worker import check_folders
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.batch import folder as batch
from fxdiffuse_gui.batch import runner
from fxdiffuse_gui.batch.job import JobError
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import EditState, Reference, Status
from fxdiffuse_gui.document.effect_settings import EffectSettings
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.command_engine import CommandEngine
from tests.conftest import FakeEngine
from tests.document.projects import reference_of
from tests.photo.photo_files import load, random_samples, save


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> CommandEngine:
    return CommandEngine.installed(monkeypatch)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Three photos, one of them in a folder inside."""
    folder = tmp_path / "photos"
    (folder / "trip").mkdir(parents=True)
    save(folder / "a.jpg", random_samples(16, 24))
    save(folder / "b.png", random_samples(10, 12, np.uint16))
    save(folder / "trip/c.png", random_samples(8, 8))
    return folder


@pytest.fixture
def run(live_session: Session) -> Iterator[FolderRun]:
    run = FolderRun(live_session)
    yield run
    run.close()


GRAIN = FolderEdit({"grain": 0.05, "seed": 3})


def job(folder: Path, **changes: Any) -> FolderJob:
    return replace(FolderJob(folder, folder.parent / "out", GRAIN, ExportOptions()), **changes)


def done(qtbot: QtBot, run: FolderRun, one: FolderJob) -> Summary:
    with qtbot.waitSignal(run.finished, timeout=5000) as blocker:
        run.start(one)
    assert not run.is_running
    return blocker.args[0]


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


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


def test_the_chosen_model_makes_it(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path
) -> None:
    own = photos.parent / "own.safetensors"
    done(qtbot, run, job(photos, model=own))
    assert [path for path, _ in commands.loads] == [own]


def test_format_depth_and_what_is_in_the_way(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path
) -> None:
    one = job(photos, extension=".tif", options=ExportOptions(bit_depth=8))
    out = photos.parent / "out"
    out.mkdir()
    (out / "a.tif").write_text("mine")
    told: list[tuple[str, str]] = []
    run.failed.connect(lambda *found: told.append(found))
    found = done(qtbot, run, one)
    assert (found.count, found.written, found.failures) == (2, 1, tuple(told))
    assert told[0][0] == "a.jpg" and told[0][1].endswith("move it away, or choose to replace what is there.")
    assert (out / "a.tif").read_text() == "mine" and load(out / "b.tif").dtype == np.uint8
    assert done(qtbot, run, replace(one, overwrite=True)) == Summary(2, 1, 1)
    # Another depth is another result.
    deep = replace(one, overwrite=True, options=ExportOptions(bit_depth=16))
    assert done(qtbot, run, deep) == Summary(2, 2) and load(out / "b.tif").dtype == np.uint16


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


def test_a_model_that_cannot_be_used_is_one_sentence(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("default.safetensors is damaged.")

    monkeypatch.setattr(runner, "load_model", refuse)
    assert done(qtbot, run, job(photos)).problem == "default.safetensors is damaged."
    assert done(qtbot, run, job(photos / "trip/c.png")).problem.endswith("edits one photo.")


def test_photos_are_counted(qtbot: QtBot, run: FolderRun, photos: Path) -> None:
    for recursive, wanted in ((False, (2, "")), (True, (3, ""))):
        with qtbot.waitSignal(run.counted) as blocker:
            run.count(photos, photos / "edited", recursive=recursive)
        assert tuple(blocker.args) == wanted
    with qtbot.waitSignal(run.counted) as blocker:
        run.count(photos / "gone", photos / "edited", recursive=True)
    assert blocker.args[0] == 0 and "cannot be read" in blocker.args[1]


def test_folders_that_cannot_be_meant(photos: Path) -> None:
    for folder, output, reason in (
        (photos / "gone", photos, "not there"),
        (photos, photos / "a.jpg", "is a file"),
        (photos, photos / "trip/..", "replace the photos"),
    ):
        with pytest.raises(JobError, match=reason):
            check_folders(folder, output)


def test_the_edit_is_what_is_on_screen(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path
) -> None:
    look = random_samples(5, 6)
    reference = reference_of(save(photos.parent / "look.png", look))
    # The file has changed since; what is in the window counts, also when it never had a file.
    save(photos.parent / "look.png", 255 - look)
    mask = np.full((10, 12), 255, np.uint8)
    on = frozenset({Task.COLOR, Task.BLUR, Task.INPAINT})
    state = EditState(enabled=on, blur_angle=20.0, reference=reference, mask=mask, seed=9)
    for one in (state, replace(state, reference=replace(reference, path=None))):
        edit = FolderEdit.of_state(one)
        assert done(qtbot, run, job(photos, edit=edit)).failures == ()
        wanted = replace(one, enabled=on - {Task.INPAINT}).condition().to_json()
        assert commands.conditions[0].to_json() == wanted
        commands.conditions.clear()
        assert read_receipt(photos.parent / "out/a.jpg").reference_name == "look.png"
        shutil.rmtree(photos.parent / "out")


def test_presets_take_seed_and_missing_reference_from_the_window(photos: Path) -> None:
    pixels = np.zeros((2, 2, 3), np.float32)
    reference = Reference("pasted", None, pixels, image_hash(pixels) or "")
    values = MappingProxyType({**EditState().values, Task.COLOR: 0.4})
    preset = Preset("Mine", EffectSettings(values, frozenset({Task.COLOR}), None))
    with pytest.raises(JobError, match="“Mine” takes the colors of a picture"):
        FolderEdit.of_preset(preset, EditState())
    edit = FolderEdit.of_preset(preset, EditState(reference=reference, seed=4))
    assert (
        edit.settings == {"color": 0.4, "reference": Path("pasted"), "seed": 4} and edit.reference is pixels
    )
    own = FolderEdit.of_preset(replace(preset, reference=photos / "a.jpg"), EditState(reference=reference))
    assert own.settings["reference"] == photos / "a.jpg" and own.reference is None
    # A grain of its own goes along where there is grain.
    grain = EditState(enabled=frozenset({Task.GRAIN}), seed=4, grain_seed=6)
    assert FolderEdit.of_state(grain).settings == {"grain": 0.05, "seed": 4, "grain_seed": 6}
    assert FolderEdit.of_state(replace(grain, enabled=frozenset())).settings == {"seed": 4}
    # Colors without a picture do nothing in the window either.
    assert FolderEdit.of_state(EditState(enabled=frozenset({Task.COLOR}))).settings == {"seed": 0}


def test_the_runner_stops_for_an_event_of_its_own(commands: CommandEngine, photos: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    one = runner.Runner(None, "auto", ExportOptions(), cancel=cancel)
    with pytest.raises(runner.StoppedError):
        one.check_stopped()


def test_a_depth_that_is_not_the_photo_s_is_another_result(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path
) -> None:
    """The one of 8 bits counts as done where the photo has no more."""
    shallow = job(photos, extension=".tif", options=ExportOptions(bit_depth=8))
    done(qtbot, run, shallow)
    same = replace(shallow, options=ExportOptions(), overwrite=True)
    assert done(qtbot, run, same) == Summary(2, 1, 1)
    assert load(photos.parent / "out/b.tif").dtype == np.uint16
    assert done(qtbot, run, same) == Summary(2, 0, 2)


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
    beside = live_session.preview.alternatives(live_session)
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
