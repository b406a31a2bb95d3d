"""A run's state on disk: safetensors and JSON, written atomically, so that a killed run goes on unchanged."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from safetensors.torch import save as save_tensors
from torch import Tensor, nn

from fxdiffuse_gui.core.atomic import write_atomically
from trainer.errors import TrainerError

_FILE = "state.safetensors"


class EMA:
    """Exponential moving average of a module's parameters, with a warm-up so that early steps fade."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay = decay
        self.values = {name: p.detach().clone() for name, p in module.named_parameters()}

    @torch.no_grad()
    def update(self, module: nn.Module, step: int) -> None:
        """Takes in the parameters after `step` (from 0)."""
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
    averages: EMA,
    optimizer: torch.optim.Optimizer,
    info: dict[str, Any],
) -> None:
    """Saves weights, averages and Adam's moments after `step` steps, with `info` to check on resuming."""
    tensors: dict[str, Tensor] = {}
    for name, parameter in module.named_parameters():
        tensors[f"model.{name}"] = parameter.detach()
        tensors[f"ema.{name}"] = averages.values[name]
        for key, value in optimizer.state.get(parameter, {}).items():
            tensors[f"adam.{key}.{name}"] = value
    metadata = {"step": str(step), "info": json.dumps(info, sort_keys=True)}
    cpu = {name: tensor.cpu().contiguous() for name, tensor in tensors.items()}
    write_atomically(folder / _FILE, save_tensors(cpu, metadata))


def load_state(
    folder: Path,
    module: nn.Module,
    averages: EMA,
    optimizer: torch.optim.Optimizer,
    info: dict[str, Any],
) -> int:
    """Restores what `save_state` wrote; returns the number of steps done, 0 when there is no state.

    Raises TrainerError when the state is damaged or belongs to another recipe or pack.
    """
    path = folder / _FILE
    if not path.exists():
        return 0
    try:
        tensors = load_file(path)
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            metadata = json.loads(file.read(length))["__metadata__"]
        if json.loads(metadata["info"]) != json.loads(json.dumps(info)):
            raise TrainerError(f"{folder} holds a run of another recipe or pack; choose another folder.")
        with torch.no_grad():
            for name, parameter in module.named_parameters():
                parameter.copy_(tensors[f"model.{name}"])
                averages.values[name].copy_(tensors[f"ema.{name}"])
                moments = {
                    key: tensors[f"adam.{key}.{name}"]
                    for key in ("step", "exp_avg", "exp_avg_sq")
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
        raise TrainerError(f"The saved state {path} is damaged; delete it to start again.") from error
