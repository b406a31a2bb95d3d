"""`LookEstimate`: what can be told of the look of a photo from the photo alone. Plain values, no torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fxdiffuse_gui.engine.conditions.tasks import Task


class Certainty(StrEnum):
    """How much an estimate is worth."""

    SURE = "sure"
    """Right within what `fxdiffuse-train calibrate` prints."""
    GUESS = "guess"
    """A value, but the photo may as well have another one."""
    NONE = "none"
    """The effect was looked for and is not seen."""
    UNKNOWN = "unknown"
    """Nothing can be said."""


@dataclass(frozen=True)
class Estimate:
    """`value` in the unit of its task, inside its range; None unless `certainty` is SURE or GUESS."""

    certainty: Certainty
    value: float | None = None


@dataclass(frozen=True)
class LookEstimate:
    """An estimate for grain, blur and sharpening. `angle` of the blur, in degrees, None without a blur.

    `lossy`: whether the photo has been compressed in a way that takes fine noise away.
    """

    estimates: Mapping[Task, Estimate]
    angle: float | None
    lossy: bool
