"""`Throughput`: how fast this machine edits, learned by doing; `EditCost`: what a model costs."""

from dataclasses import dataclass

FINAL_EVALUATIONS = 2.2
"""Cost of a final pass with grain, in evaluations: its four evaluations share the trunk features."""
_GUESS = 1.0e-6
"""Seconds per pixel and evaluation of the network on two desktop cores, until something is measured."""
_FIXED = 0.3
"""Other costs of a pixel, in evaluations: reading, the operator heads, converting."""
_LEARNING = 0.3
_CACHED = 0.15
"""Parts that took less than this share of the usual time came from the cache."""


@dataclass(frozen=True)
class EditCost:
    """What a final pass costs with the model in use, in evaluations.

    of_model: for a model that diffuses every edit, see `LoadedModel.edit_cost`; None for one that needs more
    than one evaluation only where grain is drawn.
    """

    of_model: float | None = None

    @property
    def final(self) -> float:
        """Of a final pass that more evaluations make better."""
        return FINAL_EVALUATIONS if self.of_model is None else self.of_model

    def is_random(self, has_grain: bool) -> bool:
        """Whether more evaluations make the picture better."""
        return has_grain or self.of_model is not None

    def of_pass(self, has_grain: bool, *, rough: bool) -> float:
        """Of any pass."""
        return self.final if self.is_random(has_grain) and not rough else 1


class Throughput:
    """Seconds per pixel and evaluation, as a running mean."""

    def __init__(self) -> None:
        self._seconds = _GUESS
        self._has_measured = False

    def learn(self, pixels: int, evaluations: float, seconds: float) -> None:
        """`pixels`, with the work of `evaluations` each, took `seconds`. 0 pixels, of an empty view, are
        ignored."""
        if pixels == 0:
            return
        measured = seconds / (pixels * (evaluations + _FIXED))
        if not self._has_measured:  # nothing can have been cached yet
            self._seconds, self._has_measured = measured, True
        elif measured > _CACHED * self._seconds:
            # At most fourfold in one step: a machine that was busy for a moment is not slow.
            measured = min(measured, 4 * self._seconds)
            self._seconds += _LEARNING * (measured - self._seconds)

    def seconds(self, pixels: float, evaluations: float) -> float:
        """How long `pixels` will take."""
        return pixels * (evaluations + _FIXED) * self._seconds

    def pixels(self, seconds: float, evaluations: float) -> float:
        """How many pixels can be edited in `seconds`."""
        return seconds / ((evaluations + _FIXED) * self._seconds)
