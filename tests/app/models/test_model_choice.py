"""Changing the model while the program runs: what is shown, remembered and asked."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.models.known_models import KnownModels
from fxdiffuse_gui.app.render.engine_port import TorchEngine
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel, SamplerWorker
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.batch.receipt import MadeWith
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.checkpoint import ModelCard, save_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.tiles.picture import Picture
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.app.models.conftest import BUNDLED, OTHER
from tests.app.session_recorder import Recorder, is_final, opened
from tests.engine.tiny import random_denoiser, textured, tiny_config


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
    worker, told = SamplerWorker(engine, BackgroundThread("test")), []
    worker.loaded.connect(told.append)
    worker.load(tmp_path / "x")
    assert told == [LoadedModel(None, None, "It is damaged.")]


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
