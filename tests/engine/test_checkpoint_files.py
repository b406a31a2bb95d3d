"""Files that are no models, or damaged: refused in one sentence, at once."""

import gc
import pickle
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import torch

from fxdiffuse_gui.engine import checkpoint
from fxdiffuse_gui.engine.checkpoint import ModelError, load_model, save_model
from fxdiffuse_gui.engine.model_card import ModelCard
from tests.engine.model_files import refuse
from tests.engine.tiny import random_denoiser, tiny_config


def test_missing_file_and_folder(tmp_path: Path) -> None:
    refuse(tmp_path / "none.safetensors")
    refuse(tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\0" * 8,
        b"\0" * 4096,
        b"hello, this is a text file and no model\n" * 50,
        pickle.dumps({"weights": [1.0] * 100}),
        b"PK\x03\x04" + b"\0" * 200,
        struct.pack("<Q", 2**63) + b"{}",
        struct.pack("<Q", 2**64 - 1),
        struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 4) + b"null",
        struct.pack("<Q", 4) + b"\xff\xfe{}",
        struct.pack("<Q", 60_000) + b"[" * 60_000,
        struct.pack("<Q", 24) + b'{"__metadata__": [1, 2]}',
        struct.pack("<Q", 17) + b'{"__metadata__":1',
    ],
    ids=lambda data: repr(data[:12]),
)
def test_files_of_another_kind(tmp_path: Path, data: bytes) -> None:
    refuse(tmp_path / "m.safetensors", data)


class Bomb:
    """A pickle that would leave a file behind if anything unpickled it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_pickles_are_never_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    refuse(tmp_path / "m.safetensors", pickle.dumps(Bomb(trace)))
    torch.save({"bomb": Bomb(trace)}, tmp_path / "torch.safetensors")
    refuse(tmp_path / "torch.safetensors")
    assert not trace.exists()


@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.9, 0.9999])
def test_truncated(tmp_path: Path, model_file: Path, share: float) -> None:
    data = model_file.read_bytes()
    refuse(tmp_path / "m.safetensors", data[: int(len(data) * share)])


def test_too_long(tmp_path: Path, model_file: Path) -> None:
    refuse(tmp_path / "m.safetensors", model_file.read_bytes() + b"more")


def test_too_large(tmp_path: Path, model_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "_MAX_FILE", 100)
    assert "too large" in refuse(tmp_path / "m.safetensors", model_file.read_bytes())


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_not_numbers(tmp_path: Path, value: float) -> None:
    denoiser = random_denoiser(tiny_config())
    with torch.no_grad():
        next(denoiser.parameters()).view(-1)[3] = value
    path = tmp_path / "m.safetensors"
    save_model(path, denoiser, ModelCard("bad"))
    assert "not numbers" in refuse(path)


@pytest.mark.parametrize("damage", [b"", b"\xff" * 16, struct.pack("<Q", 4) + b"oops"])
def test_a_refused_file_does_not_stay_in_memory(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "refused.safetensors"
    path.write_bytes(damage + bytes(100))
    gc.disable()
    with suppress(ModelError):
        load_model(path, "cpu")
    # An error that refers to itself stays, and with it what had been read, until garbage is collected.
    assert not any(type(one) is ModelError and path.name in str(one) for one in gc.get_objects())
