"""Model files: safetensors whose metadata are enough to rebuild the model. Nothing else is ever loaded."""

import dataclasses
import hashlib
import json
import os
import struct
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.engine.bundled import bundled_model
from fxdiffuse_gui.engine.conditions.tasks import TASKS
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser, ModelConfig, Preconditioning
from fxdiffuse_gui.engine.network.labels import LabelConfig
from fxdiffuse_gui.engine.network.unet import UNetConfig

FORMAT = "fxdiffuse-model-1"
_MAX_FILE = 1 << 30
_MAX_HEADER = 1 << 20
_MAX_WIDTH, _MAX_COUNT, _MAX_REUSE = 1024, 16, 1000
_TYPES = ("F32", "F16", "BF16")


class ModelError(UserError):
    """A model file that cannot be used; the message is one sentence that says why."""


@dataclass(frozen=True)
class ModelCard:
    """What a model file says of itself: the recipe's name, the steps it was trained for, and a manifest of
    data and figures as plain JSON values."""

    name: str
    steps: int = 0
    recipe: Mapping[str, Any] = field(default_factory=dict[str, Any])
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    commit: str = ""


@dataclass(frozen=True)
class Model:
    """A model ready for use. digest: SHA-256 of its file."""

    denoiser: Denoiser
    device: torch.device
    card: ModelCard
    path: Path
    digest: str


def task_table_hash() -> str:
    """SHA-256 over names, units and ranges of the tasks: a model trained for others does not fit."""
    table = [[spec.task, spec.unit, spec.minimum, spec.maximum] for spec in TASKS]
    return hashlib.sha256(json.dumps(table).encode()).hexdigest()


def save_model(path: Path, denoiser: Denoiser, card: ModelCard) -> None:
    """Writes the weights and their description atomically. Raises OSError when the folder is not writable."""
    metadata = {
        "format": FORMAT,
        "config": json.dumps(dataclasses.asdict(denoiser.config)),
        "tasks": task_table_hash(),
        "card": json.dumps(dataclasses.asdict(card)),
    }
    weights = {name: tensor.detach().cpu().contiguous() for name, tensor in denoiser.state_dict().items()}
    write_atomically(path, save_tensors(weights, metadata))


def load_model(path: Path | None = None, device: str = "auto") -> Model:
    """Loads a model file, by default the bundled one, onto "cpu", "cuda" or, with "auto", the best there is.

    Raises ModelError when the file is missing, damaged, of another kind, or not for this version's tasks,
    or when the device does not exist.
    """
    place = pick_device(device)
    path = bundled_model() if path is None else path
    data = _read(path)
    metadata, shapes = _header(path, data)
    if metadata.get("format") != FORMAT:
        raise ModelError(
            "{name} is not an fxdiffuse model of a version that can be read here.", name=path.name
        )
    if metadata.get("tasks") != task_table_hash():
        raise ModelError(
            "{name} was trained for other effects or ranges; retrain or update fxdiffuse.", name=path.name
        )
    card = _card(path, metadata)
    denoiser = _build(path, metadata)
    expected = {name: list(tensor.shape) for name, tensor in denoiser.state_dict().items()}
    if shapes != expected:
        raise ModelError(
            "{name} is damaged: its weights do not fit the network it describes.", name=path.name
        )
    try:
        weights = load_tensors(data)
    except SafetensorError as error:
        raise ModelError("{name} is damaged ({error}).", name=path.name, error=error) from error
    if any(not bool(torch.isfinite(tensor).all()) for tensor in weights.values()):
        raise ModelError("{name} is damaged: it holds values that are not numbers.", name=path.name)
    denoiser.load_state_dict({name: tensor.float() for name, tensor in weights.items()}, assign=True)
    denoiser = denoiser.to(place).eval().requires_grad_(False)
    denoiser.mixed_precision = uses_bfloat16(place)
    return Model(denoiser, place, card, path, hashlib.sha256(data).hexdigest())


def pick_device(name: str) -> torch.device:
    """ "auto", "cpu" or "cuda" as a device. Raises ModelError when it does not exist here."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cuda" and not torch.cuda.is_available():
        raise ModelError("There is no CUDA device on this machine; use --device cpu or auto.")
    if name not in ("cpu", "cuda"):
        raise ModelError('The device must be "auto", "cpu" or "cuda", not {name}.', name=repr(name))
    return torch.device(name)


def uses_bfloat16(device: torch.device) -> bool:
    """Whether the U-Net of an edit runs in bfloat16: on cards made for it. It moves colors by a mean ΔE of
    about .01, too little to see."""
    return device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)


def write_atomically(path: Path, data: bytes) -> None:
    """Writes beside the target and renames: after a crash the file is the old or the new one."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_FILE:
            raise ModelError("{name} is too large for a model (over 1 GiB).", name=path.name)
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            "The model {path} cannot be read: {reason}.", path=path, reason=error.strerror or error
        ) from error


def _header(path: Path, data: bytes) -> tuple[dict[str, str], dict[str, list[int]]]:
    """Metadata and tensor shapes, checked before anything is allocated for the weights."""
    if len(data) < 8:
        raise _no_model(path)
    (length,) = struct.unpack("<Q", data[:8])
    if length > min(_MAX_HEADER, len(data) - 8):
        raise _no_model(path)
    try:
        header = json.loads(data[8 : 8 + length])
        metadata = header.pop("__metadata__")
        shapes = {name: entry["shape"] for name, entry in header.items() if entry["dtype"] in _TYPES}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_model(path) from error
    if not isinstance(metadata, dict):
        raise _no_model(path)
    return cast("dict[str, str]", metadata), shapes


def _no_model(path: Path) -> ModelError:
    # Made where it is raised: kept in a variable it would keep the file's content, by its traceback, in turn.
    return ModelError("{name} is not a safetensors model file.", name=path.name)


def _build(path: Path, metadata: Mapping[str, str]) -> Denoiser:
    """The network that the file describes, without memory for its weights yet."""
    try:
        values = json.loads(metadata["config"])
        network: dict[str, Any] = {
            name: tuple(cast("list[int]", value)) if isinstance(value, list) else value
            for name, value in values["network"].items()
        }
        config = ModelConfig(
            UNetConfig(**network),
            LabelConfig(**values["labels"]),
            Preconditioning(values["preconditioning"]),
            bool(values["heads"]),
            bool(values.get("fill", False)),  # models of the first days have none
            float(values.get("reuse", 1.0)),
        )
        _check_sizes(config)
        with torch.device("meta"):
            return Denoiser(config)
    # torch's own modules assert what they need of their sizes.
    except (
        ArithmeticError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        AssertionError,
    ) as error:
        raise ModelError(
            "{name} describes a network that this version cannot build.", name=path.name
        ) from error


def _check_sizes(config: ModelConfig) -> None:
    """Refuses sizes that no sane model has, before a network of them is built."""
    network, labels = config.network, config.labels
    widths: tuple[Any, ...] = (*network.widths, network.branch, network.embedding, labels.width)
    counts: tuple[Any, ...] = (network.blocks, len(network.widths), network.unshuffle, labels.heads)
    optional: tuple[Any, ...] = (network.filters, labels.layers)
    for values, low, high in ((widths, 1, _MAX_WIDTH), (counts, 1, _MAX_COUNT), (optional, 0, _MAX_COUNT)):
        if not all(isinstance(value, int) and low <= value <= high for value in values):
            raise ValueError("a size is out of range")
    if not 1 <= config.reuse <= _MAX_REUSE:
        raise ValueError("the span of noise levels is out of range")


def _card(path: Path, metadata: Mapping[str, str]) -> ModelCard:
    try:
        return ModelCard(**json.loads(metadata["card"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError("{name} has no readable model card.", name=path.name) from error
