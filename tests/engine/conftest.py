"""One thread, and a tiny model with random weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from fxdiffuse_gui.engine.checkpoint import Model, load_model, save_model
from fxdiffuse_gui.engine.model_card import ModelCard
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


@pytest.fixture
def evaluations(model: Model) -> Iterator[list[tuple[int, ...]]]:
    """The shapes of all states that the network sees."""
    seen: list[tuple[int, ...]] = []

    def note(_module: nn.Module, arguments: tuple[Tensor, ...]) -> None:
        seen.append(tuple(arguments[0].shape))

    handle = model.denoiser.network.register_forward_pre_hook(note)
    yield seen
    handle.remove()
