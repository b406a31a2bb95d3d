"""The model that a project was made with: kept in the project, looked for, offered."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.models import model_choice
from fxdiffuse_gui.app.models.known_models import KnownModels
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.project_file import read_project, write_project
from tests.app.models.conftest import BUNDLED, OTHER
from tests.app.session_recorder import Recorder, opened
from tests.document.projects import full_project


def project_file(folder: Path, model: str | None) -> Path:
    path = folder / "mine.fxd"
    write_project(path, replace(full_project(folder), model=model))
    return path


def test_a_project_keeps_the_model(tmp_path: Path) -> None:
    assert read_project(project_file(tmp_path, OTHER)).project.model == OTHER
    assert read_project(project_file(tmp_path, None)).project.model is None


def test_the_session_names_its_model_in_the_project(
    qtbot: QtBot, session: Session, engine: Any, other: Path, photo_file: Callable[..., Path]
) -> None:
    opened(qtbot, session, photo_file())
    assert session.files.project is not None and session.files.project.model == BUNDLED
    session.models.use(other)
    qtbot.waitUntil(lambda: session.models.path == other)
    assert session.files.project.model == engine.models[other]


def test_a_project_of_a_known_model_offers_it(
    qtbot: QtBot, session: Session, engine: Any, other: Path, tmp_path: Path
) -> None:
    KnownModels().add(tmp_path / "gone.safetensors", engine.models[other])
    KnownModels().add(other, engine.models[other])
    path = project_file(tmp_path, engine.models[other])
    with qtbot.waitSignal(session.models.offered) as offered:
        session.files.open_photo(path)
    assert offered.args == [other]
    assert session.models.path is None, "nobody has answered yet"


def test_a_project_of_the_bundled_model_offers_that(
    qtbot: QtBot,
    session: Session,
    other: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundled = tmp_path / "default.safetensors"
    bundled.write_bytes(b"bundled")
    monkeypatch.setattr(model_choice, "bundled_model", lambda: bundled)
    session.models.use(other)
    qtbot.waitUntil(lambda: session.models.path == other)
    path = project_file(tmp_path, hashlib.sha256(b"bundled").hexdigest())
    with qtbot.waitSignal(session.models.offered) as offered:
        session.files.open_photo(path)
    assert offered.args == [None]


def test_a_project_of_an_unknown_model_says_so(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.message) as told:
        session.files.open_photo(project_file(tmp_path, OTHER))
    assert told.args[0].startswith(f"This project was made with another model ({OTHER[:12]}…)")


@pytest.mark.parametrize("model", [None, BUNDLED])
def test_a_project_of_the_model_in_use_asks_nothing(
    qtbot: QtBot, session: Session, tmp_path: Path, model: str | None
) -> None:
    recorder, asked = Recorder(session), []
    session.models.offered.connect(asked.append)
    with qtbot.waitSignal(session.photo_changed):
        session.files.open_photo(project_file(tmp_path, model))
    # Whatever is looked for is answered before the next file is read.
    with qtbot.waitSignal(session.models.refused):
        session.models.look_into(tmp_path / "none")
    assert recorder.messages == [] and asked == []


def test_an_offer_waits_until_the_model_in_use_is_known(
    qtbot: QtBot, fresh: Session, engine: Any, other: Path, tmp_path: Path
) -> None:
    """As when the program is started with a project."""
    KnownModels().choose(other)
    go, load = threading.Event(), engine.load
    engine.load = lambda model=None: (go.wait(10), load(model))[1]
    recorder = Recorder(fresh)
    fresh.start()
    with qtbot.waitSignal(fresh.photo_changed):
        fresh.files.open_photo(project_file(tmp_path, engine.models[other]))
    with qtbot.waitSignal(fresh.models.changed):
        go.set()
    with qtbot.waitSignal(fresh.models.refused):
        fresh.models.look_into(tmp_path / "none")
    assert recorder.messages == []
