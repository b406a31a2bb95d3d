"""Generated photos, a pack of them, and a few steps of training of the tiny recipe."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from tests.engine.tiny import textured
from trainer.data.pack import Pack
from trainer.data.pack_builder import build_pack
from trainer.data.pack_file import load_pack
from trainer.data.tiles import PackOptions
from trainer.recipes import TrainConfig, tiny, with_steps
from trainer.training.loop import train
from trainer.training.options import LoopOptions


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    """Threads change the order of sums and so the last digits; tests of the real engine may have set more."""
    torch.set_num_threads(1)


TILE = 64
STEPS = 7


def silent(*_: object) -> None:
    """Ignores progress reports."""


def weights(folder: Path) -> dict[str, Tensor]:
    return load_file(folder / "model.safetensors")


def assert_same(a: dict[str, Tensor], b: dict[str, Tensor]) -> None:
    assert a.keys() == b.keys()
    assert all(torch.equal(a[name], b[name]) for name in a)


def write_photo(path: Path, height: int, width: int, seed: int) -> None:
    pixels = (textured(height, width, seed) * 255).round().astype(np.uint8)
    assert cv2.imwrite(str(path), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four photos, a damaged file, a text file, and a manifest with two of the photos."""
    folder = tmp_path_factory.mktemp("photos")
    for index, (height, width) in enumerate([(140, 200), (128, 128), (90, 300), (130, 140)]):
        write_photo(folder / f"photo{index}.png", height, width, index)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a photo" * 20)
    (folder / "notes.txt").write_text("not a photo either")
    entries = [
        {"file": "photo0.png", "source": "https://example.org/0", "license": "CC0"},
        {"file": "sub/photo1.png", "source": "https://example.org/1", "license": "CC-BY-4.0"},
    ]
    (folder / "manifest.json").write_text(json.dumps(entries))
    return folder


@pytest.fixture(scope="session")
def held_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four photos that are not in the pack."""
    folder = tmp_path_factory.mktemp("held_out")
    for index, (height, width) in enumerate([(140, 200), (128, 128), (90, 300), (130, 140)]):
        write_photo(folder / f"other{index}.png", height, width, 10 + index)
    return folder


@pytest.fixture(scope="session")
def pack_file(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "tiny.fxpack"
    build_pack([photos], path, PackOptions(tile=TILE), report=silent)
    return path


@pytest.fixture(scope="session")
def pack(pack_file: Path) -> Pack:
    return load_pack(pack_file)


@pytest.fixture(scope="session")
def config() -> TrainConfig:
    return with_steps(tiny(), STEPS)


@pytest.fixture(scope="session")
def run_folder(config: TrainConfig, pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run, trained without interruption."""
    torch.set_num_threads(1)  # it may run before the fixture of its first test
    folder = tmp_path_factory.mktemp("run")
    train(config, pack, LoopOptions(folder), silent)
    return folder
