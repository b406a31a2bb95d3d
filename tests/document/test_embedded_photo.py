"""A project finds its photo again, keeps it inside when it has to, and names what is wrong with another."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColorSpace

from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.photo.reader import read_photo
from tests.document.projects import assert_same_state, members_of, saved, write_picture
from tests.photo.photo_files import exif_block, random_samples, save, with_exif


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
