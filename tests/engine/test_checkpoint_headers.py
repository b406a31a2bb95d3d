"""Model files whose header has been changed are refused in one sentence."""

import json
import random
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fxdiffuse_gui.engine.checkpoint import ModelError, load_model
from tests.engine.model_files import Header, join, refuse, split


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
