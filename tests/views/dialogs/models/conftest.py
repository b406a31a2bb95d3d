"""The dialog of the models, with one sound model file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.checkpoint import ModelCard, save_model
from fxdiffuse_gui.engine.model_card import bundled_model
from fxdiffuse_gui.views.dialogs.models_dialog import ModelsDialog
from fxdiffuse_gui.views.main_window import MainWindow
from tests.engine.tiny import random_denoiser, tiny_config


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model file, not to be changed."""
    path = tmp_path_factory.mktemp("models") / "portraits.safetensors"
    data = {"photos": 412, "licenses": {"CC0 <b>bold</b> <img src='http://example.org/a.png'>": 412}}
    save_model(
        path,
        random_denoiser(tiny_config()),
        ModelCard("finish", 1200, data=data),
    )
    return path


@pytest.fixture
def engine(engine: Any, sound: Path) -> Any:
    """Knows the bundled model and the sound one, by their true hashes."""
    files = {None: bundled_model(), sound: sound}
    engine.models = {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in files.items()}
    return engine


@pytest.fixture
def window(qtbot: QtBot, live_session: Session) -> Iterator[MainWindow]:
    window = MainWindow(live_session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> ModelsDialog:
    """Opened from the menu; the bundled model has been read."""
    window.actions_by_name["models"].trigger()
    dialog = window.findChild(ModelsDialog)
    assert isinstance(dialog, ModelsDialog)
    qtbot.waitExposed(dialog)
    qtbot.waitUntil(dialog.page.digest.isVisible)
    qtbot.waitUntil(lambda: window.session.models.digest is not None)
    return dialog
