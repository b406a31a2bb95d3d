"""`Throughput`: how fast this machine edits, learned from what it has done."""

_GUESS = 1.0e-6
"""Seconds per pixel and evaluation of the network on two desktop cores, until something is measured."""
_FIXED = 0.3
"""Other costs of a pixel, in evaluations: reading, the operator heads, converting."""
_LEARNING = 0.3
_CACHED = 0.15
"""Parts that took less than this share of the usual time came from the cache."""


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
