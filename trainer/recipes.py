"""Recipes: functions that return everything that decides a training run, apart from the data."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig, Preconditioning
from fxdiffuse_gui.engine.network.config import LabelConfig, UNetConfig
from trainer.errors import TrainerError
from trainer.names import RECIPE_NAMES


@dataclass(frozen=True)
class Phase:
    """A part of a run with crops of one size.

    until: share of all steps at which the phase ends, in (0, 1]. crop: side, px, a multiple of the network's.
    batch: crops per step, in all processes together.
    """

    until: float
    crop: int
    batch: int


@dataclass(frozen=True)
class TrainConfig:
    """A training run. Together with the pack it determines the weights (on one kind of machine).

    learning_rate: peak, of Adam. head_speed: learning rate of the operator heads over the network's. warmup:
    steps over which the learning rate rises. ema: decay of the averaged weights that are exported. clip: of
    the gradient's norm. none: share of samples without any edit, all labels off. single: share of samples
    with one task; the others compose two to five. (The paper trains on none and single only.) task_weights:
    how often each task is drawn, alone and in compositions. fill_alone: train the fill head and nothing else.
    shares: equal parts that each batch is drawn in, each with its own random numbers. The number of processes
    must divide it; their batches are then those of a single process.
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
    none: float = 0.0
    single: float = 0.5
    task_weights: dict[Task, float] = field(
        default_factory=lambda: {
            Task.INPAINT: 4.0, Task.COLOR: 1.0, Task.BLUR: 1.0, Task.SHARPEN: 1.0, Task.GRAIN: 2.0
        }
    )  # fmt: skip
    fill_alone: bool = False
    shares: int = 2
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain values, as run folders and model cards hold them."""
        return asdict(self) | {"model": self.model.to_json()}

    def __post_init__(self) -> None:
        """Raises TrainerError when the shares of samples do not add up."""
        if not (self.none >= 0 and self.single >= 0 and self.none + self.single <= 1 + 1e-9):
            raise TrainerError(
                "The shares of samples without an edit and with one must be at least 0 and together at most"
                " 1, not {none:g} and {single:g}.",
                none=self.none,
                single=self.single,
            )


def default() -> TrainConfig:
    """The model that ships: small enough for two CPU cores, trained on every composition of the five
    tasks."""
    phases = (Phase(0.35, 96, 16), Phase(0.75, 128, 10), Phase(1.0, 192, 6))
    return TrainConfig("default", ModelConfig(), steps=9_000, phases=phases)


def fills() -> TrainConfig:
    """The fill head alone, on holes alone: several times as many holes per hour as with the whole model."""
    phases = (Phase(0.75, 128, 24), Phase(1.0, 192, 12))
    weights = {task: float(task is Task.INPAINT) for task in Task}
    return TrainConfig(
        "fills", ModelConfig(), steps=4_200, phases=phases, single=1.0, task_weights=weights, fill_alone=True
    )


def finish() -> TrainConfig:
    """All parts together, starting from a trained model, at a falling rate: after `fills`, or to
    fine-tune."""
    phases = (Phase(0.7, 128, 10), Phase(1.0, 192, 6))
    return TrainConfig(
        "finish", ModelConfig(), steps=700, phases=phases, learning_rate=4e-4, warmup=50, head_speed=1.0
    )


def grain() -> TrainConfig:
    """As `finish`, with grain in most samples: its strength in every tone takes longest to learn."""
    weights = {Task.INPAINT: 2.0, Task.COLOR: 1.0, Task.BLUR: 1.0, Task.SHARPEN: 1.0, Task.GRAIN: 6.0}
    return replace(finish(), name="grain", steps=1_500, task_weights=weights)


def polish() -> TrainConfig:
    """As `grain`, briefly and at a quarter of the rate: for a model whose grain is nearly right."""
    return replace(grain(), name="polish", steps=300, learning_rate=1e-4)


def paper() -> TrainConfig:
    """Palette's U-Net and noise schedule (Saharia et al. 2022) with the paper's conditioning; for a GPU."""
    network = UNetConfig(
        unshuffle=1, widths=(64, 128, 256, 512), blocks=2, attention=(2, 3), self_attention=(3,),
        branch=16, filters=0, embedding=256,
    )  # fmt: skip
    model = ModelConfig(network, LabelConfig(), Preconditioning.EPSILON, heads=False, fill=False)
    return TrainConfig(
        "paper",
        model,
        steps=500_000,
        phases=(Phase(1.0, 256, 16),),
        learning_rate=1e-4,
        ema=0.9999,
        shares=8,
    )


def tiny() -> TrainConfig:
    """A few seconds of training; for tests and for trying things out."""
    network = UNetConfig(widths=(8, 8), attention=(1,), branch=8, filters=2, embedding=16)
    model = ModelConfig(network, LabelConfig(width=16, layers=1, heads=2))
    return TrainConfig("tiny", model, steps=8, phases=(Phase(1.0, 32, 2),), warmup=2, ema=0.9, shares=1)


RECIPES: dict[str, Callable[[], TrainConfig]] = {name: globals()[name] for name in RECIPE_NAMES}
"""The recipes by name."""


def find_recipe(name: str) -> TrainConfig:
    """The recipe of that name. Raises TrainerError when there is none."""
    if name not in RECIPES:
        names = ", ".join(RECIPE_NAMES)
        raise TrainerError("There is no recipe {name}; known are: {names}.", name=name, names=names)
    return RECIPES[name]()


def with_labels(
    config: TrainConfig,
    *,
    none: float | None = None,
    single: float | None = None,
    activation_labels: bool | None = None,
) -> TrainConfig:
    """The same recipe with other shares of samples (see `TrainConfig`), or without activation labels.

    None keeps the recipe's own value. Raises TrainerError when the shares do not add up.
    """
    labels = config.model.labels
    if activation_labels is not None:
        labels = replace(labels, activation_labels=activation_labels)
    return replace(
        config,
        none=config.none if none is None else none,
        single=config.single if single is None else single,
        model=replace(config.model, labels=labels),
    )


def with_steps(config: TrainConfig, steps: int) -> TrainConfig:
    """The same recipe over another number of steps; phases and learning rate stretch with it.

    Raises TrainerError when `steps` is below 1.
    """
    if steps < 1:
        raise TrainerError("--steps must be at least 1.")
    return replace(config, steps=steps, warmup=min(config.warmup, max(steps // 4, 1)))
