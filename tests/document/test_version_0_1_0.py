"""A project and a preset of version 0.1.0 open with the exact state, and are written as they were."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui import __version__
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.presets import Preset, read_preset
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.reader import read_mask, read_photo, read_pixels
from tests.document.projects import assert_same_state, members_of

GOLDEN = Path(__file__).parents[1] / "golden" / "v0.1.0"
VALUES = {Task.COLOR: 0.8, Task.BLUR: 7.3, Task.SHARPEN: 4 / 3, Task.GRAIN: 0.0345}


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """A copy without the photo next to it, which the project has inside."""
    return shutil.copy(GOLDEN / "edit.fxd", tmp_path / "edit.fxd")


def assert_settings(state: EditSettings, on: set[Task], seed: int, grain_seed: int | None) -> None:
    assert dict(state.values) == VALUES and state.enabled == on and state.blur_angle == 33.25
    assert (state.seed, state.grain_seed) == (seed, grain_seed)


def test_a_project_opens_with_its_exact_state(project_file: Path) -> None:
    loaded = read_project(project_file)
    project, state = loaded.project, loaded.project.state
    assert loaded.notices == () and project.model is None and project.path == project_file
    assert_settings(state, {Task.INPAINT, Task.COLOR, Task.GRAIN, Task.SHARPEN}, 41, 7)
    assert state.seed_locked and state.active_tasks == tuple(t for t in Task if t is not Task.BLUR)
    np.testing.assert_array_equal(project.photo.original, read_photo(GOLDEN / "photo.png").original)
    np.testing.assert_array_equal(state.mask, read_mask(GOLDEN / "mask.png", (96, 160)))
    assert state.reference is not None and state.reference.name == "reference.png"
    assert state.reference.digest == image_hash(read_pixels(GOLDEN / "reference.png"))
    (snapshot,) = project.snapshots
    assert snapshot.name == "Before" and snapshot.state.mask is None and snapshot.state.reference is None
    assert_settings(snapshot.state, {Task.BLUR}, 5, None)
    assert snapshot.state.seed_locked


def test_the_condition_of_the_project_is_the_same(project_file: Path) -> None:
    condition = read_project(project_file).project.state.condition().to_json()
    reference, mask = condition.pop("reference"), condition.pop("mask")
    # As in the receipt of export.png, which was made from the same pictures.
    assert (reference[:8], mask[:8]) == ("5a43bd4f", "237c9efb")
    assert condition == {
        "seed": 41, "grain_seed": 7, "inpaint": 1.0, "color": 0.8, "sharpen": 4 / 3, "grain": 0.0345,
    }  # fmt: skip


def test_a_project_is_written_as_it_was(project_file: Path, tmp_path: Path) -> None:
    """Members, names and order of the manifest; pictures are encoded again, but the photo keeps its bytes."""
    loaded = read_project(project_file)
    again = tmp_path / "again.fxd"
    write_project(again, loaded.project, with_photo=True)
    old, new = members_of(project_file), members_of(again)
    assert list(old) == list(new) and old["photo"] == new["photo"]
    before, after = json.loads(old["manifest.json"]), json.loads(new["manifest.json"])
    assert list(before) == list(after)
    for part in ("edit", "snapshots", "format", "version"):
        assert json.dumps(before[part]) == json.dumps(after[part])
    assert after["program"] == __version__
    assert before["photo"]["sha256"] == after["photo"]["sha256"]
    assert list(before["photo"]) == list(after["photo"])
    assert [list(one) for one in before["references"]] == [list(one) for one in after["references"]]
    assert_same_state(read_project(again).project.state, loaded.project.state)


def test_a_preset_opens_with_its_exact_settings() -> None:
    preset = read_preset(GOLDEN / "autumn.json")
    assert preset.name == "Autumn in the hills"
    assert preset.reference == Path("/home/artist/pictures/reference.png")
    assert_settings(preset.settings, {Task.COLOR, Task.SHARPEN, Task.GRAIN}, 0, None)


def test_a_preset_is_written_byte_for_byte() -> None:
    data = (GOLDEN / "autumn.json").read_bytes()
    assert Preset.from_bytes(data).to_bytes() == data


def test_a_preset_leaves_seeds_and_pictures_of_a_photo(project_file: Path) -> None:
    state = read_project(project_file).project.state
    other = EditState(seed=3, grain_seed=4, seed_locked=True, mask=state.mask, reference=state.reference)
    applied = read_preset(GOLDEN / "autumn.json").settings.applied_to(other)
    assert_settings(applied, {Task.COLOR, Task.SHARPEN, Task.GRAIN}, 3, 4)
    assert applied.seed_locked and applied.mask is state.mask and applied.reference is state.reference
