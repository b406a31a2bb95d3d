"""A folder to edit, an engine without a model, and the run that edits it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui.app.folder.folder_run import FolderRun
from fxdiffuse_gui.app.session import Session
from tests.command_engine import CommandEngine
from tests.photo.photo_files import random_samples, save


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
