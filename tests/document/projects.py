"""What the tests of projects share: an edit with everything in it, and what two edits must have in common."""

import zipfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.document.archive import ProjectError
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.document.snapshots import Snapshot
from fxdiffuse_gui.engine.conditions.condition import image_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.reader import read_photo, read_pixels


def write_picture(path: Path, width: int = 90, height: int = 60, seed: int = 0, depth: int = 8) -> Path:
    """A PNG of noise."""
    dtype = np.uint8 if depth == 8 else np.uint16
    samples = np.random.default_rng(seed).integers(0, np.iinfo(dtype).max + 1, (height, width, 3), dtype)
    assert cv2.imwrite(str(path), samples)
    return path


def reference_of(path: Path) -> Reference:
    pixels = read_pixels(path)
    return Reference(path.name, path, pixels, image_hash(pixels) or "")


def full_project(folder: Path) -> Project:
    """An edit of `folder`/photo.png in which nothing is at its default, with two snapshots."""
    path = write_picture(folder / "photo.png")
    photo = read_photo(path)
    mask = (np.random.default_rng(1).random((60, 90)) < 0.3).astype(np.uint8) * np.uint8(255)
    state = EditState(
        values=MappingProxyType(
            {Task.COLOR: 0.1 + 0.2, Task.BLUR: 7.3, Task.SHARPEN: 1 / 3 + 1, Task.GRAIN: 0.0123456789012345}
        ),
        enabled=frozenset({Task.INPAINT, Task.COLOR, Task.GRAIN}),
        blur_angle=33.333333333333336,
        reference=reference_of(write_picture(folder / "reference.png", 31, 17, 2)),
        mask=mask,
        seed=2**63 - 1,
        grain_seed=2**63 - 2,
        seed_locked=True,
    )
    without = replace(
        state, mask=None, reference=None, enabled=frozenset(), blur_angle=None, seed=5, grain_seed=None
    )
    snapshots = (Snapshot("Before", without), Snapshot("Übung °", replace(state, mask=255 - mask)))
    return Project(photo, PhotoLink.of_file(path, photo), state, snapshots)


def assert_same_state(a: EditState, b: EditState) -> None:
    assert dict(a.values) == dict(b.values)
    assert (a.enabled, a.blur_angle, a.seed, a.grain_seed, a.seed_locked) == (
        b.enabled,
        b.blur_angle,
        b.seed,
        b.grain_seed,
        b.seed_locked,
    )
    assert (a.mask is None) == (b.mask is None) and (a.reference is None) == (b.reference is None)
    if a.mask is not None and b.mask is not None:
        assert a.mask.dtype == b.mask.dtype
        np.testing.assert_array_equal(a.mask, b.mask)
    if a.reference is not None and b.reference is not None:
        assert (a.reference.name, a.reference.digest) == (b.reference.name, b.reference.digest)
        assert a.reference.pixels.dtype == b.reference.pixels.dtype
        np.testing.assert_array_equal(a.reference.pixels, b.reference.pixels)


def members_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_members(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def saved(project: Project, name: str = "edit.fxd", *, with_photo: bool = False) -> Path:
    assert project.link.path is not None
    path = project.link.path.parent / name
    write_project(path, project, with_photo=with_photo)
    return path


def refused(path: Path) -> str:
    """The sentence with which `path` is refused; nothing else may happen."""
    before = {one: one.stat().st_mtime_ns for one in path.parent.rglob("*")}
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert {one: one.stat().st_mtime_ns for one in path.parent.rglob("*")} == before
    text = str(caught.value)
    assert path.name in text and text.endswith(".") and "\n" not in text and len(text) < 300
    return text
