"""`ModelConfig`: all that is needed to rebuild a model, and its form in model files."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, cast

from fxdiffuse_gui.engine.network.config import LabelConfig, UNetConfig

_MAX_WIDTH, _MAX_COUNT, _MAX_TRUNK_REUSE = 1024, 16, 1000


class Preconditioning(StrEnum):
    """How the network's output becomes an estimate; its value is the name in model files.

    Each has a class of its own, see `diffusion.build`.
    """

    EPSILON = "epsilon"
    RESIDUAL = "residual"


@dataclass(frozen=True)
class ModelConfig:
    """The parts of a model and their sizes.

    heads: whether operator heads come before the U-Net. fill: whether a fill head inpaints before those;
    without it holes are bridged smoothly. trunk_reuse: at how many times lower noise levels a residual model
    may use the trunk features that it has cached, ≥ 1; 1 means that they are computed at every level.
    """

    network: UNetConfig = field(default_factory=UNetConfig)
    labels: LabelConfig = field(default_factory=LabelConfig)
    preconditioning: Preconditioning = Preconditioning.RESIDUAL
    heads: bool = True
    fill: bool = True
    trunk_reuse: float = 128.0

    def to_json(self) -> dict[str, Any]:
        """Plain values, as model files hold them."""
        values = asdict(self)
        values["reuse"] = values.pop("trunk_reuse")
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
        )
        _check_sizes(config)
        return config


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
