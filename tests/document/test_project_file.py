"""Projects are written and read back exactly, and find their photo again."""

import errno
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui.document import project_file
from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.picture_bytes import Encoded
from fxdiffuse_gui.document.project import Project, manifest_of
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.engine.conditions.condition import image_hash
from tests.document.projects import (
    assert_same_state,
    members_of,
    reference_of,
    saved,
    write_picture,
)


def test_everything_comes_back_exactly(project: Project) -> None:
    path = saved(project)
    loaded = read_project(path)
    assert loaded.notices == () and loaded.project.path == path
    assert_same_state(loaded.project.state, project.state)
    assert [one.name for one in loaded.project.snapshots] == ["Before", "Übung °"]
    for ours, theirs in zip(project.snapshots, loaded.project.snapshots, strict=True):
        assert_same_state(ours.state, theirs.state)
    np.testing.assert_array_equal(loaded.project.photo.original, project.photo.original)
    assert loaded.project.link == project.link
    reference = loaded.project.state.reference
    assert reference is not None and project.state.reference is not None
    assert reference.path == project.state.reference.path


def test_a_grain_seed_is_named_only_where_there_is_one(project: Project) -> None:
    manifest = manifest_of(project, Path(), ["0" * 64])
    assert manifest["edit"]["grain_seed"] == 2**63 - 2
    before = manifest["snapshots"][0]
    assert list(before) == [
        "name", "values", "on", "blur_angle", "seed", "seed_locked", "mask", "reference"
    ]  # fmt: skip


def test_pictures_that_states_share_are_kept_once(project: Project) -> None:
    again = replace(project, snapshots=(*project.snapshots, *project.snapshots))
    assert sorted(members_of(saved(again))) == ["manifest.json", "mask-0", "mask-1", "reference-0"]
    loaded = read_project(saved(again)).project
    assert loaded.snapshots[1].state.mask is loaded.snapshots[3].state.mask


def test_soft_masks_keep_every_value(project: Project) -> None:
    soft = np.arange(60 * 90, dtype=np.uint16).reshape(60, 90).astype(np.uint8)
    path = saved(replace(project, state=replace(project.state, mask=soft)))
    np.testing.assert_array_equal(read_project(path).project.state.mask, soft)


@pytest.mark.parametrize("depth", [8, 16])
def test_a_reference_needs_its_file_no_more(project: Project, depth: int) -> None:
    assert project.link.path is not None
    file = write_picture(project.link.path.parent / "deep.png", 40, 30, 3, depth)
    state = replace(project.state, reference=reference_of(file))
    path = saved(replace(project, state=state))
    assert members_of(path)["reference-0"] == file.read_bytes()
    file.unlink()
    after = read_project(path).project.state
    assert_same_state(after, state)
    assert after.reference is not None and after.reference.path is None
    # The second time there are only the pixels to keep.
    again = saved(replace(project, state=after), "again.fxd")
    assert_same_state(read_project(again).project.state, state)


def test_a_reference_whose_file_was_replaced_is_kept_as_it_was(project: Project) -> None:
    assert project.state.reference is not None and project.state.reference.path is not None
    write_picture(project.state.reference.path, 31, 17, 99)
    assert_same_state(read_project(saved(project)).project.state, project.state)


def test_a_dropped_reference_is_kept(project: Project) -> None:
    pixels = np.linspace(0, 1, 4 * 5 * 3, dtype=np.float32).reshape(4, 5, 3)
    pixels = np.rint(pixels * 255).astype(np.float32) / np.float32(255)
    state = replace(project.state, reference=Reference("Dropped", None, pixels, image_hash(pixels) or ""))
    assert_same_state(read_project(saved(replace(project, state=state))).project.state, state)


# --- where the photo is -----------------------------------------------------------------------------


# --- writing ----------------------------------------------------------------------------------------


def test_a_failed_save_leaves_the_old_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(project)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(project_file, "add", full)
    with pytest.raises(ProjectError, match=r"edit.fxd cannot be written \(No space left on device\)"):
        write_project(path, replace(project, state=EditState()))
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["edit.fxd", "photo.png", "reference.png"]


def test_a_missing_folder_is_a_sentence(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"edit.fxd cannot be written \(No such file or directory\)"):
        write_project(tmp_path / "none" / "edit.fxd", project)


def test_what_was_encoded_once_is_not_encoded_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded = Encoded()
    write_project(tmp_path / "a.fxd", project, encoded=encoded)

    def never(_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(project_file, "mask_to_png", never)
    monkeypatch.setattr(project_file, "reference_to_bytes", never)
    moved = replace(project, state=replace(project.state, seed=1))
    write_project(tmp_path / "b.fxd", moved, encoded=encoded)
    assert read_project(tmp_path / "b.fxd").project.state.seed == 1
    monkeypatch.undo()
    assert project.state.mask is not None
    other = replace(moved, state=replace(moved.state, mask=255 - project.state.mask))
    write_project(tmp_path / "b.fxd", other, encoded=encoded)
    assert_same_state(read_project(tmp_path / "b.fxd").project.state, other.state)


def test_a_journal_keeps_beside_it_what_does_not_change(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.mkdir()
    assert project.link.path is not None
    project.link.path.unlink()
    for seed in (1, 2):
        moved = replace(project, state=replace(project.state, seed=seed), path=tmp_path / "saved.fxd")
        write_project(folder / "edit.fxd", moved, parts=folder)
    assert set(members_of(folder / "edit.fxd")) == {"manifest.json", "mask-0", "mask-1"}
    assert len(list(folder.iterdir())) == 3
    loaded = read_project(folder / "edit.fxd", parts=folder).project
    assert_same_state(loaded.state, moved.state)
    assert loaded.path == tmp_path / "saved.fxd"
    np.testing.assert_array_equal(loaded.photo.original, project.photo.original)
    # As a project of its own it lacks them.
    with pytest.raises(ProjectError):
        read_project(folder / "edit.fxd")
