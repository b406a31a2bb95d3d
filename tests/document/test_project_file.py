"""Projects are written and read back exactly, and find their photo again."""

import errno
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColorSpace

from fxdiffuse_gui.document import project_file
from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.picture_bytes import Encoded
from fxdiffuse_gui.document.project import Project, manifest_of
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_photo
from tests.document.projects import assert_same_state, full_project, members_of, reference_of, write_picture
from tests.photo.photo_files import exif_block, random_samples, save, with_exif


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "work").mkdir()
    return full_project(tmp_path / "work")


def saved(project: Project, name: str = "edit.fxd", *, with_photo: bool = False) -> Path:
    assert project.link.path is not None
    path = project.link.path.parent / name
    write_project(path, project, with_photo=with_photo)
    return path


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


def test_a_project_moves_with_its_photo(project: Project, tmp_path: Path) -> None:
    path = saved(project)
    shutil.move(path.parent, tmp_path / "elsewhere")
    loaded = read_project(tmp_path / "elsewhere" / "edit.fxd")
    assert loaded.project.link.path == tmp_path / "elsewhere" / "photo.png" and loaded.notices == ()


def test_a_project_in_another_folder_finds_its_photo(project: Project, tmp_path: Path) -> None:
    (tmp_path / "projects").mkdir()
    path = tmp_path / "projects" / "edit.fxd"
    write_project(path, project)
    assert read_project(path).project.link.path == project.link.path
    # Where it was is not there, but relative to the project it is.
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.move(tmp_path / "projects", moved / "projects")
    shutil.move(tmp_path / "work", moved / "work")
    found = read_project(moved / "projects" / "edit.fxd").project.link.path
    assert found is not None and found.resolve() == moved / "work" / "photo.png"


def test_a_photo_is_found_beside_the_project_whatever_it_is_called(project: Project) -> None:
    path = saved(project)
    assert project.link.path is not None
    # Of the same length, so that only the hash tells which is which.
    (path.parent / "a.png").write_bytes(bytes(project.link.size))
    project.link.path.rename(path.parent / "renamed.png")
    loaded = read_project(path).project
    assert loaded.link.path == path.parent / "renamed.png"
    np.testing.assert_array_equal(loaded.photo.original, project.photo.original)


def test_a_lost_photo_is_a_sentence_that_helps(project: Project) -> None:
    path = saved(project)
    assert project.link.path is not None
    project.link.path.unlink()
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    text = str(caught.value)
    assert "photo.png" in text and "beside edit.fxd" in text and text.endswith(".") and "\n" not in text


def test_another_photo_of_the_same_size_is_opened_and_told(project: Project) -> None:
    path = saved(project)
    assert project.link.path is not None
    write_picture(project.link.path, 90, 60, 77)
    loaded = read_project(path)
    assert len(loaded.notices) == 1 and "photo.png" in str(loaded.notices[0])
    assert_same_state(loaded.project.state, project.state)
    assert loaded.project.link.sha256 != project.link.sha256


def test_another_photo_of_another_size_is_refused(project: Project) -> None:
    path = saved(project)
    assert project.link.path is not None
    write_picture(project.link.path, 91, 60)
    with pytest.raises(ProjectError, match=r"91 × 60 pixels but edit\.fxd was made for 90 × 60"):
        read_project(path)


def test_a_photo_inside_needs_no_file(project: Project, tmp_path: Path) -> None:
    path = saved(project, with_photo=True)
    assert project.link.path is not None
    assert members_of(path)["photo"] == project.link.path.read_bytes()
    alone = tmp_path / "alone" / "edit.fxd"
    alone.parent.mkdir()
    shutil.move(path, alone)
    project.link.path.unlink()
    loaded = read_project(alone).project
    np.testing.assert_array_equal(loaded.photo.original, project.photo.original)
    assert loaded.photo.path == alone.parent / "photo.png" and loaded.link.inside == alone
    # It stays inside, byte for byte, also when it was not asked for and over the file it came from.
    for target in (alone.parent / "second.fxd", alone):
        link = write_project(target, loaded)
        assert link.inside == target and members_of(target)["photo"] == members_of(alone)["photo"]
    assert_same_state(read_project(alone).project.state, project.state)


def test_a_photo_that_is_gone_while_it_is_edited_is_put_inside(project: Project) -> None:
    assert project.link.path is not None
    project.link.path.unlink()
    path = saved(project)
    assert "photo" in members_of(path)
    np.testing.assert_array_equal(read_project(path).project.photo.original, project.photo.original)


def test_a_pasted_picture_is_kept_inside_with_its_alpha(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    original = rng.integers(0, 256, (20, 30, 3), np.uint8)
    alpha = rng.integers(0, 256, (20, 30)).astype(np.float32) / np.float32(255)
    photo = Photo(original, alpha, 8)
    path = tmp_path / "pasted.fxd"
    link = write_project(path, Project(photo, PhotoLink.of_pasted(photo), EditState(seed=3)))
    loaded = read_project(path).project
    np.testing.assert_array_equal(loaded.photo.original, original)
    np.testing.assert_array_equal(loaded.photo.alpha, alpha)
    assert loaded.photo.path is None and loaded.link == link
    write_project(path, loaded)
    np.testing.assert_array_equal(read_project(path).project.photo.original, original)


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


def test_a_photo_keeps_profile_and_metadata_inside(tmp_path: Path) -> None:
    path = save(tmp_path / "photo.jpg", random_samples(20, 30))
    with_exif(path, exif_block(6))
    profile = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile()
    photo = replace(read_photo(path), icc_profile=bytes(profile.data()))
    assert photo.metadata.exif is not None
    project = Project(photo, PhotoLink.of_file(path, photo), EditState())
    write_project(tmp_path / "bytes.fxd", project, with_photo=True)
    path.unlink()
    write_project(tmp_path / "again.fxd", project)
    for name in ("bytes.fxd", "again.fxd"):
        loaded = read_project(tmp_path / name).project.photo
        np.testing.assert_array_equal(loaded.original, photo.original)
        assert loaded.metadata.exif == photo.metadata.exif
    assert loaded.icc_profile == photo.icc_profile
