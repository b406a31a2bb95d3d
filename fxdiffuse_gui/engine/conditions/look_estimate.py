"""`LookEstimate`: the effects that one photo shows, estimated from it alone. Plain values, no torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fxdiffuse_gui.engine.conditions.tasks import Task


class Certainty(StrEnum):
    """How reliable an estimate is."""

    SURE = "sure"
    """Correct within the errors that `fxdiffuse-train calibrate` prints."""
    GUESS = "guess"
    """A value that may well be wrong."""
    NONE = "none"
    """The effect was searched for and not found."""
    UNKNOWN = "unknown"
    """The photo does not tell."""


@dataclass(frozen=True)
class Estimate:
    """`value` in the unit of its task, inside its range; None unless `certainty` is SURE or GUESS."""

    certainty: Certainty
    value: float | None = None


@dataclass(frozen=True)
class LookEstimate:
    """Estimates of grain, blur and sharpening.

    angle: of the blur, degrees in [0, 180); None without a blur. lossy: whether the photo was compressed with
    loss, which removes fine noise.
    """

    estimates: Mapping[Task, Estimate]
    angle: float | None
    lossy: bool
