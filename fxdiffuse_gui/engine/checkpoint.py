"""Model files: safetensors whose metadata suffice to rebuild the model. No other format is ever loaded."""

import dataclasses
import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from fxdiffuse_gui.core.atomic import write_atomically
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.engine.conditions.tasks import TASKS
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig, SamplingChoice
from fxdiffuse_gui.engine.model_card import ModelCard, bundled_model

FORMAT = "fxdiffuse-model-1"
_MAX_FILE = 1 << 30  # bytes
_MAX_HEADER = 1 << 20  # bytes
_TYPES = ("F32", "F16", "BF16")


class ModelError(UserError):
    """A model file or a device that cannot be used; the message is one sentence that says why."""


@dataclass(frozen=True)
class Model:
    """A model ready for use, in float32. digest: SHA-256 of its file, in hex."""

    denoiser: Denoiser
    device: torch.device
    card: ModelCard
    path: Path
    digest: str

    @property
    def sampling(self) -> SamplingChoice:
        """How it is sampled unless an edit asks for something else."""
        return self.denoiser.config.sampling


def task_table_hash() -> str:
    """SHA-256 over names, units and ranges of the tasks; a model trained with other ones does not fit."""
    table = [[spec.task, spec.unit, spec.minimum, spec.maximum] for spec in TASKS]
    return hashlib.sha256(json.dumps(table).encode()).hexdigest()


def save_model(path: Path, denoiser: Denoiser, card: ModelCard) -> None:
    """Writes the weights and their description atomically. Raises OSError when the folder is not writable."""
    metadata = {
        "format": FORMAT,
        "config": json.dumps(denoiser.config.to_json()),
        "tasks": task_table_hash(),
        "card": json.dumps(dataclasses.asdict(card)),
    }
    weights = {name: tensor.detach().cpu().contiguous() for name, tensor in denoiser.state_dict().items()}
    write_atomically(path, save_tensors(weights, metadata))


def load_model(path: Path | None = None, device: str = "auto") -> Model:
    """Loads a model file, by default the bundled one.

    device: "cpu", "cuda", or "auto" for CUDA where there is a device. Raises ModelError when the file is
    missing, damaged, of another kind, or trained for other tasks, or when the device does not exist.
    """
    target = pick_device(device)
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
    denoiser = denoiser.to(target).eval().requires_grad_(False)
    denoiser.mixed_precision = uses_bfloat16(target)
    return Model(denoiser, target, card, path, hashlib.sha256(data).hexdigest())


def pick_device(name: str) -> torch.device:
    """The device that "auto", "cpu" or "cuda" stands for. Raises ModelError when it does not exist here."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cuda" and not torch.cuda.is_available():
        raise ModelError("There is no CUDA device on this machine; use --device cpu or auto.")
    if name not in ("cpu", "cuda"):
        raise ModelError('The device must be "auto", "cpu" or "cuda", not {name}.', name=repr(name))
    return torch.device(name)


def uses_bfloat16(device: torch.device) -> bool:
    """Whether the U-Net runs in bfloat16 there: on GPUs that support it in hardware.

    It changes colors by a mean ΔE of about .01, which is invisible.
    """
    return device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)


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
    """Metadata and tensor shapes, checked before memory for the weights is allocated."""
    if len(data) < 8:
        raise _not_a_model(path)
    (length,) = struct.unpack("<Q", data[:8])
    if length > min(_MAX_HEADER, len(data) - 8):
        raise _not_a_model(path)
    try:
        header = json.loads(data[8 : 8 + length])
        metadata = header.pop("__metadata__")
        shapes = {name: entry["shape"] for name, entry in header.items() if entry["dtype"] in _TYPES}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _not_a_model(path) from error
    if not isinstance(metadata, dict):
        raise _not_a_model(path)
    return cast("dict[str, str]", metadata), shapes


def _not_a_model(path: Path) -> ModelError:
    # Created where it is raised: a local variable would form a cycle with the traceback, and keep the file's
    # content.
    return ModelError("{name} is not a safetensors model file.", name=path.name)


def _build(path: Path, metadata: Mapping[str, str]) -> Denoiser:
    """The denoiser that the file describes, on the meta device: without memory for its weights."""
    try:
        config = ModelConfig.from_json(json.loads(metadata["config"]))
        with torch.device("meta"):
            return build_denoiser(config)
    # torch's modules check their sizes by assertions.
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


def _card(path: Path, metadata: Mapping[str, str]) -> ModelCard:
    try:
        return ModelCard(**json.loads(metadata["card"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError("{name} has no readable model card.", name=path.name) from error
