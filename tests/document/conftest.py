"""A project to write, and one to spoil."""

from pathlib import Path

import pytest

from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import write_project
from tests.document.projects import full_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "work").mkdir()
    return full_project(tmp_path / "work")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A good project, which tests then spoil."""
    path = tmp_path / "edit.fxd"
    write_project(path, full_project(tmp_path), with_photo=True)
    return path
