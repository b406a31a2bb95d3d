"""Changing the model while the program runs: what is shown, remembered and asked."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.models import model_choice
from fxdiffuse_gui.app.models.known_models import KnownModels
from fxdiffuse_gui.app.render.engine_port import TorchEngine
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel, SamplerWorker
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import use_settings_folder
from fxdiffuse_gui.batch.receipt import MadeWith
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.project_file import read_project, write_project
from fxdiffuse_gui.engine.checkpoint import ModelCard, save_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.tiles.picture import Picture
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.session_recorder import Recorder, is_final, opened
from tests.document.projects import full_project
from tests.engine.tiny import random_denoiser, textured, tiny_config

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


def test_another_model_is_taken_on_while_a_pass_runs(
    qtbot: QtBot, session: Session, engine: Any, other: Path, photo_file: Callable[..., Path]
) -> None:
    opened(qtbot, session, photo_file())
    recorder = Recorder(session)
    engine.held = True
    session.preview.set_view(Region(0, 0, 90, 60), 1.0)
    session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: len(engine.calls) == 1)
    revision = session.preview._target.revision
    session.models.use(other)
    assert session.models.is_loading and session.models.path is None
    qtbot.waitUntil(lambda: session.models.path == other)
    assert engine.calls[0].canceled, "the pass of the old model ran on"
    assert engine.loads == [None, other]
    engine.held = False
    qtbot.waitUntil(is_final(session))
    shown = [result for result in recorder.results if result is not None]
    assert shown and all(result.revision > revision for result in shown), "a picture of the old model came"
    assert KnownModels().chosen == other
    assert session.models.digest == engine.models[other]


def test_a_finished_picture_is_computed_anew(
    qtbot: QtBot, session: Session, engine: Any, other: Path, photo_file: Callable[..., Path]
) -> None:
    opened(qtbot, session, photo_file())
    session.preview.set_view(Region(0, 0, 90, 60), 1.0)
    session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(is_final(session))
    calls = len(engine.calls)
    session.models.use(other)
    assert session.preview.status.kind == "loading"
    qtbot.waitUntil(lambda: len(engine.calls) > calls and is_final(session)())


def test_one_that_cannot_be_used_leaves_the_old_one(
    qtbot: QtBot, session: Session, engine: Any, tmp_path: Path, photo_file: Callable[..., Path]
) -> None:
    opened(qtbot, session, photo_file())
    session.settings.set_value(Task.GRAIN, 0.05)
    recorder = Recorder(session)
    bad = tmp_path / "bad.safetensors"
    with qtbot.waitSignal(session.message) as told:
        session.models.use(bad)
    assert told.args == [f"{bad} is not a model."]
    qtbot.waitUntil(is_final(session))
    assert (session.models.path, session.models.digest) == (None, BUNDLED)
    assert KnownModels().chosen is None
    assert recorder.messages == [f"{bad} is not a model."]


def test_not_while_a_file_is_made(
    qtbot: QtBot,
    session: Session,
    engine: Any,
    other: Path,
    photo_file: Callable[..., Path],
    tmp_path: Path,
) -> None:
    opened(qtbot, session, photo_file())
    session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(is_final(session))
    engine.held = True
    session.files.export(tmp_path / "out.png", ExportOptions())
    with qtbot.waitSignal(session.message) as told:
        session.models.use(other)
    assert "being exported" in told.args[0] and not session.models.is_loading
    engine.held = False
    with qtbot.waitSignal(session.files.exported):
        engine.step(100)
    receipt = read_receipt(tmp_path / "out.png")
    assert receipt is not None and receipt.model == BUNDLED
    session.models.use(other)
    qtbot.waitUntil(lambda: session.models.path == other)
    with qtbot.waitSignal(session.files.exported):
        session.files.export(tmp_path / "new.png", ExportOptions())
    receipt = read_receipt(tmp_path / "new.png")
    assert receipt is not None and receipt.model == engine.models[other]


def test_the_choice_is_taken_up_again(qtbot: QtBot, fresh: Session, engine: Any, other: Path) -> None:
    KnownModels().choose(other)
    with qtbot.waitSignal(fresh.models.changed):
        fresh.start()
    assert fresh.models.path == other and engine.loads == [other]


def test_without_its_file_the_bundled_model_steps_in(qtbot: QtBot, fresh: Session, tmp_path: Path) -> None:
    gone = tmp_path / "gone.safetensors"
    KnownModels().choose(gone)
    recorder = Recorder(fresh)
    with qtbot.waitSignal(fresh.models.changed):
        fresh.start()
    assert fresh.models.path is None and fresh.models.digest == BUNDLED
    assert recorder.messages == [f"{gone} is not a model. The bundled model is used instead."]
    assert KnownModels().chosen == gone, "the file may come back"


def test_without_any_model_there_is_one_sentence(qapp: Any, engine: Any, tmp_path: Path) -> None:
    engine.load_error = ValueError("It is damaged.")
    worker, told = SamplerWorker(engine), []
    worker.loaded.connect(told.append)
    worker.load(tmp_path / "x")
    assert told == [LoadedModel(None, None, "It is damaged.")]


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


def test_a_model_that_has_changed_is_remembered_by_its_new_hash(
    qtbot: QtBot, session: Session, model_file: Path
) -> None:
    KnownModels().add(model_file, OTHER)
    with qtbot.waitSignal(session.models.read) as read:
        session.models.look_into(model_file)
    (summary,) = read.args
    assert [one.digest for one in KnownModels().all] == [summary.digest]
    assert summary.digest == hashlib.sha256(model_file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "one.safetensors"
    save_model(path, random_denoiser(tiny_config(), 1), ModelCard("one"))
    return path


def test_pictures_of_two_models_are_never_mixed(tmp_path: Path, model_file: Path) -> None:
    """What has been computed is remembered by the model, so going back costs nothing."""
    second = tmp_path / "two.safetensors"
    save_model(second, random_denoiser(tiny_config(), 2), ModelCard("two"))
    engine, picture = TorchEngine(), Picture(textured(64, 64))
    condition = EditCondition(grain=0.05, blur=6.0, blur_angle=20.0)

    def edited(model: Path) -> np.ndarray:
        engine.load(model)
        (part,) = engine.edit(picture, condition, cancel=threading.Event())
        return part.image

    first, used = edited(model_file), engine._cache.used
    other = edited(second)
    assert np.abs(first - other).max() > 0.01 and engine._cache.used == 2 * used
    np.testing.assert_array_equal(edited(model_file), first)
    assert engine._cache.used == 2 * used
    assert engine.made_with == MadeWith(hashlib.sha256(model_file.read_bytes()).hexdigest(), 4)
