"""Model files: what was saved comes back; anything else is refused in one sentence, at once."""

import gc
import hashlib
import json
import pickle
import random
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from fxdiffuse_gui.engine import checkpoint
from fxdiffuse_gui.engine.checkpoint import (
    ModelCard,
    ModelError,
    load_model,
    pick_device,
    save_model,
    write_atomically,
)
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser, Preconditioning
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

Header = dict[str, Any]
PHOTO = as_batch(textured(32, 32))


def split(data: bytes) -> tuple[Header, bytes]:
    (length,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + length]), data[8 + length :]


def join(header: Header, body: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def refuse(path: Path, data: bytes | None = None) -> str:
    """Asserts that loading fails as it should; returns the message."""
    if data is not None:
        path.write_bytes(data)
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        load_model(path, "cpu")
    assert time.monotonic() - started < 1.0
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert len(message) < 300
    return message


@pytest.mark.parametrize("config", [tiny_config(), tiny_config(Preconditioning.EPSILON, heads=False)])
def test_round_trip(tmp_path: Path, config: Any) -> None:
    denoiser = random_denoiser(config)
    card = ModelCard("a name", 17, {"steps": 17}, {"photos": 3, "licenses": {"CC0": 2}}, "abc")
    save_model(tmp_path / "m.safetensors", denoiser, card)
    model = load_model(tmp_path / "m.safetensors", "cpu")
    assert model.denoiser.config == config
    assert model.card == card
    assert model.path == tmp_path / "m.safetensors"
    assert not model.denoiser.training
    assert not any(p.requires_grad for p in model.denoiser.parameters())
    condition = conditions([tuple(Task)], PHOTO, PHOTO * 0.5)

    def output(network: Denoiser) -> torch.Tensor:
        context = network.prepare(PHOTO, condition)
        return network.to_image(network.denoise(PHOTO, torch.ones(1), context), context)

    assert torch.equal(output(model.denoiser), output(denoiser))


def test_digest_is_that_of_the_file(model_file: Path) -> None:
    assert load_model(model_file, "cpu").digest == hashlib.sha256(model_file.read_bytes()).hexdigest()


def test_loading_does_not_import_a_compiler(model_file: Path) -> None:
    """Arithmetic on torch's meta device imports its compiler and sympy: seconds before the first edit."""
    program = (
        "import pathlib, sys; from fxdiffuse_gui.engine.checkpoint import load_model;"
        "load_model(pathlib.Path(sys.argv[1]), 'cpu');"
        "sys.exit(bool({'sympy', 'torch._dynamo'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", program, str(model_file)], cwd=root, check=False)
    assert done.returncode == 0


def test_half_precision_files_load_as_floats(tmp_path: Path, model_file: Path) -> None:
    data = model_file.read_bytes()
    metadata = split(data)[0]["__metadata__"]
    halves = {name: tensor.half() for name, tensor in load_tensors(data).items()}
    path = tmp_path / "half.safetensors"
    path.write_bytes(save_tensors(halves, metadata))
    assert {p.dtype for p in load_model(path, "cpu").denoiser.parameters()} == {torch.float32}


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


def change_metadata(name: str, value: Any) -> Callable[[Header], None]:
    return lambda header: header["__metadata__"].__setitem__(name, value)


def change_config(*path: str, value: Any) -> Callable[[Header], None]:
    def change(header: Header) -> None:
        config = json.loads(header["__metadata__"]["config"])
        place = config
        for name in path[:-1]:
            place = place[name]
        place[path[-1]] = value
        header["__metadata__"]["config"] = json.dumps(config)

    return change


def first_weight(header: Header) -> Header:
    return header[sorted(set(header) - {"__metadata__"})[0]]


CHANGES: dict[str, Callable[[Header], Any]] = {
    "no metadata": lambda header: header.pop("__metadata__"),
    "foreign metadata": lambda header: header.__setitem__("__metadata__", {"format": "pt"}),
    "other format": change_metadata("format", "fxdiffuse-model-99"),
    "other tasks": change_metadata("tasks", "0" * 64),
    "no card": lambda header: header["__metadata__"].pop("card"),
    "odd card": change_metadata("card", '{"surprise": 1}'),
    "card of a list": change_metadata("card", "[1, 2]"),
    "no config": lambda header: header["__metadata__"].pop("config"),
    "config of text": change_metadata("config", '"large"'),
    "unknown preconditioning": change_config("preconditioning", value="other"),
    "unknown part": change_config("network", "extra", value=1),
    "huge widths": change_config("network", "widths", value=[10**9, 10**9]),
    "wide and deep": change_config("network", "widths", value=[1024] * 16),
    "many levels": change_config("network", "widths", value=[8] * 5000),
    "no levels": change_config("network", "widths", value=[]),
    "negative width": change_config("network", "widths", value=[-8, 8]),
    "width of text": change_config("network", "widths", value=["8", 8]),
    "many blocks": change_config("network", "blocks", value=10**9),
    "huge unshuffle": change_config("network", "unshuffle", value=4096),
    "huge embedding": change_config("network", "embedding", value=10**8),
    "fractional width": change_config("labels", "width", value=16.5),
    "many layers": change_config("labels", "layers", value=10**6),
    "heads that do not divide": change_config("labels", "heads", value=3),
    "other width": change_config("labels", "width", value=32),
    "attention of a number": change_config("network", "attention", value=1),
    "no operator heads": change_config("heads", value=False),
    "reuse below one": change_config("reuse", value=0),
    "reuse without end": change_config("reuse", value=10**400),
    "reuse that is no number": change_config("reuse", value=float("nan")),
    "reuse of text": change_config("reuse", value="often"),
    "other shape": lambda header: first_weight(header)["shape"].append(1),
    "no shape": lambda header: first_weight(header).pop("shape"),
    "shape of text": lambda header: first_weight(header).__setitem__("shape", "8"),
    "integers": lambda header: first_weight(header).__setitem__("dtype", "I32"),
    "unsigned integers": lambda header: first_weight(header).__setitem__("dtype", "U32"),
    "unknown type": lambda header: first_weight(header).__setitem__("dtype", ["F32"]),
    "offsets beyond the end": lambda h: first_weight(h).__setitem__("data_offsets", [0, 2**62]),
    "overlapping offsets": lambda h: first_weight(h).__setitem__("data_offsets", [4, 8]),
    "tensor left out": lambda header: header.pop(sorted(set(header) - {"__metadata__"})[0]),
    "tensor of another name": lambda header: header.__setitem__("x", first_weight(header)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changed_headers(tmp_path: Path, model_file: Path, change: Callable[[Header], Any]) -> None:
    header, body = split(model_file.read_bytes())
    change(header)
    refuse(tmp_path / "m.safetensors", join(header, body))


def test_models_from_before_trunks_were_shared_look_at_every_level(tmp_path: Path, model_file: Path) -> None:
    header, body = split(model_file.read_bytes())
    config = json.loads(header["__metadata__"]["config"])
    assert config.pop("reuse") > 1
    header["__metadata__"]["config"] = json.dumps(config)
    older = tmp_path / "older.safetensors"
    older.write_bytes(join(header, body))
    assert load_model(older, "cpu").denoiser.config.reuse == 1


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_not_numbers(tmp_path: Path, value: float) -> None:
    denoiser = random_denoiser(tiny_config())
    with torch.no_grad():
        next(denoiser.parameters()).view(-1)[3] = value
    path = tmp_path / "m.safetensors"
    save_model(path, denoiser, ModelCard("bad"))
    assert "not numbers" in refuse(path)


def test_messages_tell_the_cases_apart(tmp_path: Path, model_file: Path) -> None:
    header, body = split(model_file.read_bytes())
    path = tmp_path / "m.safetensors"
    messages = {refuse(path, b""), refuse(tmp_path / "none.safetensors")}
    for name in ("other format", "other tasks", "no card", "huge widths", "other shape"):
        changed = json.loads(json.dumps(header))
        CHANGES[name](changed)
        messages.add(refuse(path, join(changed, body)))
    assert len(messages) == 7


def test_random_changes_of_the_header_raise_nothing_else(tmp_path: Path, model_file: Path) -> None:
    data = model_file.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    draw = random.Random(0)
    path = tmp_path / "m.safetensors"
    refused = 0
    for _ in range(250):
        changed = bytearray(data)
        for _ in range(draw.choice((1, 1, 1, 2, 8))):
            place = draw.randrange(8 + length)
            changed[place] = draw.choice((draw.randrange(256), *b'0123456789{}[]",:eE-.tfnIUFB'))
        path.write_bytes(changed)
        try:
            load_model(path, "cpu")
        except ModelError:
            refused += 1
    assert refused > 150


def test_devices() -> None:
    assert pick_device("cpu").type == "cpu"
    assert pick_device("auto").type in ("cpu", "cuda")
    with pytest.raises(ModelError, match="tpu"):
        pick_device("tpu")
    if not torch.cuda.is_available():
        with pytest.raises(ModelError, match="CUDA"):
            pick_device("cuda")


def test_atomic_writing_leaves_the_old_file_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "m.safetensors"
    write_atomically(target, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("damage", [b"", b"\xff" * 16, struct.pack("<Q", 4) + b"oops"])
def test_a_refused_file_does_not_stay_in_memory(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "refused.safetensors"
    path.write_bytes(damage + bytes(100))
    gc.disable()
    with suppress(ModelError):
        load_model(path, "cpu")
    # An error that refers to itself stays, and with it what had been read, until garbage is collected.
    assert not any(type(one) is ModelError and path.name in str(one) for one in gc.get_objects())
