"""Measured strength: how much of an effect a picture shows while other effects act on it too.

Each estimate compares the picture with the operators' rendering of all the other effects. Effects that come
after the measured one in the canonical order are applied to the comparison, because removing them from the
picture would amplify noise. On the operators' own composition the estimates return the intensities that were
set (see the tests).
"""

from collections.abc import Callable, Sequence
from functools import partial

from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.grain import grain_mean
from fxdiffuse_gui.engine.measure import grain_radius
from trainer.evaluation.operators import rendering

_COARSE, _HALVINGS = 13, 5


def measured_strengths(
    photo: FloatImage, condition: EditCondition, pictures: Sequence[Tensor]
) -> dict[Task, list[float]]:
    """The measured intensity of every active effect that has one, for each of `pictures`, (1, 3, H, W).

    Where the condition has a mask, only the right half is measured; the hole must lie in the left half.
    """
    renderings = _Renderings(photo, condition)
    estimates: dict[Task, Callable[[Tensor], float]] = {
        Task.COLOR: renderings.color,
        Task.BLUR: partial(renderings.nearest, Task.BLUR),
        Task.SHARPEN: partial(renderings.nearest, Task.SHARPEN),
        Task.GRAIN: renderings.grain,
    }
    measured = [renderings.without_hole(picture) for picture in pictures]
    return {t: [estimate(p) for p in measured] for t, estimate in estimates.items() if condition.is_active(t)}


class _Renderings:
    """The operators' renderings of one condition at other intensities, made on demand and kept."""

    def __init__(self, photo: FloatImage, condition: EditCondition) -> None:
        self._photo, self._condition = photo, condition
        self._half = condition.mask is not None
        self._cache: dict[tuple[Task, float], Tensor] = {}

    def without_hole(self, picture: Tensor) -> Tensor:
        """The part of a picture that has no hole."""
        return picture[..., picture.shape[-1] // 2 :] if self._half else picture

    def color(self, picture: Tensor) -> float:
        """Strength of the color transfer: the share of the way from none of it to all of it."""
        none, whole = self._at(Task.COLOR, 0.0), self._at(Task.COLOR, 1.0)
        way = whole - none
        return float(((picture - none) * way).sum() / way.square().sum().clamp_min(1e-12))

    def grain(self, picture: Tensor) -> float:
        """Radius of the grain, px."""
        return grain_radius(self.without_hole(rendering(self._photo, self._condition)), picture)

    def nearest(self, task: Task, picture: Tensor) -> float:
        """The intensity whose rendering is closest to the picture.

        Searches a coarse grid first, then halves the step around the best value, and ends at the vertex of
        the parabola through the last three.
        """

        def error(value: float) -> float:
            return float((self._at(task, value) - picture).square().mean())

        longest = SPECS[task].maximum * 1.25
        step = longest / _COARSE
        best = min((step * i for i in range(_COARSE + 1)), key=error)
        for _ in range(_HALVINGS):
            step /= 2
            best = min((max(best - step, 0.0), best, best + step), key=error)
        if best < step:
            return best
        left, center, right = (error(best + shift) for shift in (-step, 0.0, step))
        bend = left - 2 * center + right
        return best if bend <= 0 else best + step * (left - right) / (2 * bend)

    def _at(self, task: Task, value: float) -> Tensor:
        key = (task, round(value, 6))
        if key not in self._cache:
            image = rendering(self._photo, self._condition, task, value)
            has_grain = self._condition.is_active(Task.GRAIN)
            self._cache[key] = self.without_hole(grain_mean(image) if has_grain else image)
        return self._cache[key]
