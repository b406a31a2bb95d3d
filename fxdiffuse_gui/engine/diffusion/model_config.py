"""`ModelConfig`: all that is needed to rebuild a model, and its form in model files."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, cast

from fxdiffuse_gui.engine.network.config import LabelConfig, UNetConfig

DEFAULT_STEPS = 4
"""Evaluations of the network per tile for models that do not say otherwise."""
MAX_STEPS = 1000
_MAX_WIDTH, _MAX_COUNT, _MAX_TRUNK_REUSE = 1024, 16, 1000


class Preconditioning(StrEnum):
    """How the network's output becomes an estimate; its value is the name in model files.

    Each has a class of its own, see `diffusion.build`.
    """

    EPSILON = "epsilon"
    RESIDUAL = "residual"
    V = "v"
    CENTERED = "centered on x"


class SamplerName(StrEnum):
    """The samplers, see `sampler.py`. The values are their names in files and on the command line."""

    DDPM = "ddpm"
    DDIM = "ddim"
    DPM_SOLVER = "dpm++"


@dataclass(frozen=True)
class SamplingChoice:
    """How an edit is sampled. steps: evaluations of the network per tile, 1 to `MAX_STEPS`."""

    sampler: SamplerName = SamplerName.DPM_SOLVER
    steps: int = DEFAULT_STEPS

    def changed(self, sampler: SamplerName | None, steps: int | None) -> "SamplingChoice":
        """The same with another sampler and another number of steps; None keeps the own one."""
        return SamplingChoice(sampler or self.sampler, steps or self.steps)


@dataclass(frozen=True)
class ModelConfig:
    """The parts of a model and their sizes.

    heads: whether operator heads come before the U-Net. fill: whether a fill head inpaints before those;
    without it holes are bridged smoothly. trunk_reuse: at how many times lower noise levels a residual model
    may use the trunk features that it has cached, ≥ 1; 1 means that they are computed at every level.
    sampling: how the model is sampled unless an edit asks for something else.
    """

    network: UNetConfig = field(default_factory=UNetConfig)
    labels: LabelConfig = field(default_factory=LabelConfig)
    preconditioning: Preconditioning = Preconditioning.RESIDUAL
    heads: bool = True
    fill: bool = True
    trunk_reuse: float = 128.0
    sampling: SamplingChoice = field(default_factory=SamplingChoice)

    def to_json(self) -> dict[str, Any]:
        """Plain values, as model files hold them. What the first files lack is left out at its default, so
        that files of the same kind are the same in every version."""
        values = asdict(self)
        values["reuse"] = values.pop("trunk_reuse")
        if not self.labels.log_statistics:
            del values["labels"]["log_statistics"]
        if self.sampling == SamplingChoice():
            del values["sampling"]
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "ModelConfig":
        """The inverse of `to_json`; values that the first model files lack get their meaning of then.

        Raises ValueError, KeyError, TypeError, AttributeError or OverflowError for values of another kind,
        and ValueError for sizes that no real model has.
        """
        network: dict[str, Any] = {
            name: tuple(cast("list[int]", value)) if isinstance(value, list) else value
            for name, value in values["network"].items()
        }
        config = cls(
            UNetConfig(**network),
            LabelConfig(**values["labels"]),
            Preconditioning(values["preconditioning"]),
            bool(values["heads"]),
            bool(values.get("fill", False)),
            float(values.get("reuse", 1.0)),
            _sampling(values.get("sampling", {})),
        )
        _check_sizes(config)
        return config


def _sampling(values: Mapping[str, Any]) -> SamplingChoice:
    usual = SamplingChoice()
    sampler, steps = SamplerName(values.get("sampler", usual.sampler)), values.get("steps", usual.steps)
    if isinstance(steps, bool) or not isinstance(steps, int) or not 1 <= steps <= MAX_STEPS:
        raise ValueError("the number of evaluations is out of range")
    return SamplingChoice(sampler, steps)


def _check_sizes(config: ModelConfig) -> None:
    network, labels = config.network, config.labels
    widths: tuple[Any, ...] = (*network.widths, network.branch, network.embedding, labels.width)
    counts: tuple[Any, ...] = (network.blocks, len(network.widths), network.unshuffle, labels.heads)
    optional: tuple[Any, ...] = (network.filters, labels.layers)
    for values, low, high in ((widths, 1, _MAX_WIDTH), (counts, 1, _MAX_COUNT), (optional, 0, _MAX_COUNT)):
        if not all(isinstance(value, int) and low <= value <= high for value in values):
            raise ValueError("a size is out of range")
    if not 1 <= config.trunk_reuse <= _MAX_TRUNK_REUSE:
        raise ValueError("the range of noise levels for cached trunk features is out of range")
