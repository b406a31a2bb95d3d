"""One thread, the golden files, and a tiny model with random weights."""

from pathlib import Path

import pytest
import torch

from fxdiffuse_gui.engine.checkpoint import Model, ModelCard, load_model, save_model
from tests.engine.tiny import random_denoiser, tiny_config

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound model file; not to be changed."""
    path = tmp_path_factory.mktemp("model") / "tiny.safetensors"
    save_model(path, random_denoiser(tiny_config()), ModelCard("tiny", steps=3, data={"photos": 2}))
    return path


@pytest.fixture(scope="session")
def model(model_file: Path) -> Model:
    """The model of `model_file`, on the CPU."""
    return load_model(model_file, "cpu")
