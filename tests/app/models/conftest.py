"""What the tests of models share: an engine that knows two models, and a session with it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import use_settings_folder

BUNDLED, OTHER = "b" * 64, "0" * 64


@pytest.fixture
def other(tmp_path: Path, engine: Any) -> Path:
    """A file that the engine takes for a model, as it does the bundled one; its hash is right."""
    path = tmp_path / "other.safetensors"
    path.write_bytes(b"another model")
    engine.models = {None: BUNDLED, path: hashlib.sha256(b"another model").hexdigest()}
    return path


@pytest.fixture
def fresh(qapp: Any, engine: Any, other: Path, tmp_path: Path) -> Iterator[Session]:
    """A session whose threads are not started yet."""
    use_settings_folder(tmp_path / "settings")
    session = Session(engine)
    yield session
    session.close()


@pytest.fixture
def session(qtbot: QtBot, fresh: Session) -> Session:
    """A session that computes, its model loaded."""
    with qtbot.waitSignal(fresh.models.changed):
        fresh.start()
    return fresh
