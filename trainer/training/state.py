"""A run's state on disk: one safetensors file, written atomically, so that a killed run resumes unchanged."""

import json
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from safetensors.torch import save as save_tensors
from torch import Tensor, nn

from fxdiffuse_gui.engine.checkpoint import Model
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.files import write_file
from trainer.recipes import TrainConfig

_FILE = "state.safetensors"
_ADAM_KEYS = ("step", "exp_avg", "exp_avg_sq")


@dataclass(frozen=True)
class RunIdentity:
    """What decides the weights of a run. A saved state is only resumed by the same run.

    config: the recipe. pack: digest of the pack. start: name and SHA-256 of the model to start from, None for
    new weights. bf16: whether the U-Net runs in bfloat16.
    """

    config: TrainConfig
    pack: str
    start: tuple[str, str] | None
    bf16: bool

    @classmethod
    def of(cls, config: TrainConfig, pack: Pack, start: Model | None, *, bf16: bool) -> "RunIdentity":
        """The identity of a run with these inputs."""
        return cls(config, pack.digest, None if start is None else (start.path.name, start.digest), bf16)

    def check(self, saved: dict[str, Any], folder: Path) -> None:
        """Raises TrainerError when `saved`, as JSON values, is the identity of another run.

        Older states do not record start and precision, so these are not checked for them.
        """
        own = json.loads(self.to_json())
        config = {**_defaults(), **saved["config"]}
        if config != own["config"] or saved["pack"] != own["pack"]:
            raise TrainerError(
                "{folder} holds a run of another recipe or pack; choose another folder.", folder=folder
            )
        if "start" in saved and _digest(saved["start"]) != _digest(own["start"]):
            if saved["start"] is None:
                raise TrainerError(
                    "The run in {folder} was started without --from; resume it without, or choose another"
                    " folder.",
                    folder=folder,
                )
            raise TrainerError(
                "The run in {folder} was started with --from {model}; resume it with the same model, or"
                " choose another folder.",
                folder=folder,
                model=saved["start"][0],
            )
        if saved.get("bf16", self.bf16) != self.bf16:
            if self.bf16:
                raise TrainerError(
                    "The run in {folder} was started without --bf16; resume it without, or choose another"
                    " folder.",
                    folder=folder,
                )
            raise TrainerError(
                "The run in {folder} was started with --bf16; resume it with it, or choose another folder.",
                folder=folder,
            )

    def to_json(self) -> str:
        """What `check` compares."""
        return json.dumps(asdict(self) | {"config": self.config.to_json()}, sort_keys=True)


def _defaults() -> dict[str, Any]:
    """The values of recipe settings that older versions did not have yet."""
    return {f.name: f.default for f in fields(TrainConfig) if f.default is not MISSING}


def _digest(start: Any) -> Any:
    """The SHA-256 of a start: a model may be renamed."""
    return start and start[1]


class EMA:
    """Exponential moving average (EMA) of a module's parameters.

    decay: in [0, 1); smaller in the first steps, so that the initial weights fade quickly.
    """

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay = decay
        self.values = {name: p.detach().clone() for name, p in module.named_parameters()}

    @torch.no_grad()
    def update(self, module: nn.Module, step: int) -> None:
        """Averages in the parameters after `step`, counted from 0."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, parameter in module.named_parameters():
            self.values[name].lerp_(parameter, 1 - decay)

    def copy_to(self, module: nn.Module) -> None:
        """Overwrites the module's parameters with the averages."""
        with torch.no_grad():
            for name, parameter in module.named_parameters():
                parameter.copy_(self.values[name])


def save_state(
    folder: Path,
    step: int,
    module: nn.Module,
    ema: EMA,
    optimizer: torch.optim.Optimizer,
    run: RunIdentity,
) -> None:
    """Saves weights, averages and Adam's moments after `step` steps.

    run: `load_state` checks that it is the same. Raises OSError.
    """
    tensors: dict[str, Tensor] = {}
    for name, parameter in module.named_parameters():
        tensors[f"model.{name}"] = parameter.detach()
        tensors[f"ema.{name}"] = ema.values[name]
        for key, value in optimizer.state.get(parameter, {}).items():
            tensors[f"adam.{key}.{name}"] = value
    metadata = {"step": str(step), "info": run.to_json()}
    cpu = {name: tensor.cpu().contiguous() for name, tensor in tensors.items()}
    write_file(folder / _FILE, save_tensors(cpu, metadata))


def load_state(
    folder: Path,
    module: nn.Module,
    ema: EMA,
    optimizer: torch.optim.Optimizer,
    run: RunIdentity,
) -> int:
    """Restores what `save_state` wrote. Returns the number of finished steps, 0 when there is no state.

    Raises TrainerError when the state is damaged or belongs to another run.
    """
    path = folder / _FILE
    if not path.exists():
        return 0
    try:
        tensors = load_file(path)
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            metadata = json.loads(file.read(length))["__metadata__"]
        run.check(json.loads(metadata["info"]), folder)
        with torch.no_grad():
            for name, parameter in module.named_parameters():
                parameter.copy_(tensors[f"model.{name}"])
                ema.values[name].copy_(tensors[f"ema.{name}"])
                moments = {
                    key: tensors[f"adam.{key}.{name}"]
                    for key in _ADAM_KEYS
                    if f"adam.{key}.{name}" in tensors
                }
                if moments:
                    optimizer.state[parameter] = {
                        k: v if k == "step" else v.to(parameter.device) for k, v in moments.items()
                    }
        return int(metadata["step"])
    except TrainerError:
        raise
    # RuntimeError: a tensor of another shape.
    except (OSError, KeyError, ValueError, TypeError, RuntimeError, SafetensorError) as error:
        raise TrainerError(
            "The saved state {path} is damaged; delete it to start again.", path=path
        ) from error
