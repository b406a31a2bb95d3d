"""Recipes: functions that return all there is to decide about a training run."""

from dataclasses import dataclass, field, replace

from fxdiffuse_gui.engine.denoiser import ModelConfig, Preconditioning
from fxdiffuse_gui.engine.labels import LabelConfig
from fxdiffuse_gui.engine.network import UNetConfig
from fxdiffuse_gui.engine.tasks import Task


@dataclass(frozen=True)
class Phase:
    """until: the share of all steps at which the phase ends. crop: side, px. batch: crops per step."""

    until: float
    crop: int
    batch: int


@dataclass(frozen=True)
class TrainConfig:
    """A training run. With the pack it determines the weights (on one kind of machine).

    single: share of samples with one task alone; the others compose two to five. task_weights: how often
    each task is drawn, alone and in compositions. head_speed: the
    heads' learning rate over the network's. ema: decay of the averaged weights that are exported.
    """

    name: str
    model: ModelConfig
    steps: int
    phases: tuple[Phase, ...]
    learning_rate: float = 1e-3
    head_speed: float = 4.0
    warmup: int = 200
    ema: float = 0.999
    clip: float = 1.0
    single: float = 0.5
    task_weights: dict[Task, float] = field(
        default_factory=lambda: {
            Task.INPAINT: 4.0, Task.COLOR: 1.0, Task.BLUR: 1.0, Task.SHARPEN: 1.0, Task.GRAIN: 2.0
        }
    )  # fmt: skip
    seed: int = 0


def default() -> TrainConfig:
    """The model that ships: small enough for two CPU cores, every composition of the five tasks."""
    phases = (Phase(0.35, 96, 16), Phase(0.75, 128, 10), Phase(1.0, 192, 6))
    return TrainConfig("default", ModelConfig(), steps=9_000, phases=phases)


def paper() -> TrainConfig:
    """Palette's U-Net and schedule (Saharia et al. 2022) under the paper's conditioning; for a GPU."""
    network = UNetConfig(
        unshuffle=1, widths=(64, 128, 256, 512), blocks=2, attention=(2, 3), self_attention=(3,),
        branch=16, filters=0, embedding=256,
    )  # fmt: skip
    model = ModelConfig(network, LabelConfig(), Preconditioning.EPSILON, heads=False)
    return TrainConfig(
        "paper", model, steps=500_000, phases=(Phase(1.0, 256, 16),), learning_rate=1e-4, ema=0.9999
    )


def tiny() -> TrainConfig:
    """A few seconds of training; for tests and for trying things out."""
    network = UNetConfig(widths=(8, 8), attention=(1,), branch=8, filters=2, embedding=16)
    model = ModelConfig(network, LabelConfig(width=16, layers=1, heads=2))
    return TrainConfig("tiny", model, steps=8, phases=(Phase(1.0, 32, 2),), warmup=2, ema=0.9)


RECIPES = {recipe.__name__: recipe for recipe in (default, paper, tiny)}


def with_steps(config: TrainConfig, steps: int) -> TrainConfig:
    """The same recipe over another number of steps; phases and learning rate stretch with it."""
    return replace(config, steps=steps, warmup=min(config.warmup, max(steps // 4, 1)))
