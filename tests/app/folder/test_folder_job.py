"""What is done to a folder: the edit of the window or of a preset, formats, and what is in the way."""

import shutil
import threading
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.folder.folder_job import FolderEdit, Summary
from fxdiffuse_gui.app.folder.folder_run import FolderRun
from fxdiffuse_gui.app.folder.folder_worker import check_folders
from fxdiffuse_gui.batch import runner
from fxdiffuse_gui.batch.job import JobError
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.folder.folder_jobs import done, job
from tests.command_engine import CommandEngine
from tests.document.projects import reference_of
from tests.photo.photo_files import load, random_samples, save


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
    told: list[tuple[str, UserError]] = []
    run.failed.connect(lambda *found: told.append(found))
    found = done(qtbot, run, one)
    assert (found.count, found.written, found.failures) == (2, 1, tuple(told))
    assert told[0][0] == "a.jpg" and str(told[0][1]).endswith(
        "move it away, or choose to replace what is there."
    )
    assert (out / "a.tif").read_text() == "mine" and load(out / "b.tif").dtype == np.uint8
    assert done(qtbot, run, replace(one, overwrite=True)) == Summary(2, 1, 1)
    # Another depth is another result.
    deep = replace(one, overwrite=True, options=ExportOptions(bit_depth=16))
    assert done(qtbot, run, deep) == Summary(2, 2) and load(out / "b.tif").dtype == np.uint16


def test_a_model_that_cannot_be_used_is_one_sentence(
    qtbot: QtBot, run: FolderRun, commands: CommandEngine, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("default.safetensors is damaged.")

    monkeypatch.setattr(runner, "load_model", refuse)
    assert str(done(qtbot, run, job(photos)).problem) == "default.safetensors is damaged."
    assert str(done(qtbot, run, job(photos / "trip/c.png")).problem).endswith("edits one photo.")


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
    preset = Preset("Mine", EditSettings(values, frozenset({Task.COLOR}), None))
    with pytest.raises(JobError, match="“Mine” takes the colors of a picture"):
        FolderEdit.of_preset(preset, EditState())
    edit = FolderEdit.of_preset(preset, EditState(reference=reference, seed=4))
    assert (
        edit.settings.numbers() == {"color": 0.4, "seed": 4}
        and edit.reference == Path("pasted")
        and edit.pixels is pixels
    )
    own = FolderEdit.of_preset(replace(preset, reference=photos / "a.jpg"), EditState(reference=reference))
    assert own.reference == photos / "a.jpg" and own.pixels is None
    # A grain of its own goes along where there is grain.
    grain = EditState(enabled=frozenset({Task.GRAIN}), seed=4, grain_seed=6)
    assert FolderEdit.of_state(grain).settings.numbers() == {"grain": 0.05, "seed": 4, "grain_seed": 6}
    assert FolderEdit.of_state(replace(grain, enabled=frozenset())).settings.numbers() == {"seed": 4}
    # Colors without a picture do nothing in the window either.
    assert FolderEdit.of_state(EditState(enabled=frozenset({Task.COLOR}))).settings.numbers() == {"seed": 0}


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
