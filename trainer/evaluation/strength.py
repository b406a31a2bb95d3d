"""How much of an effect a picture shows while others act on it too.

Each estimate compares with the operators' own rendering of everything else that was asked. What comes after
the effect in the canonical order is thus applied to the comparison instead of being taken off the picture,
which would amplify noise. On the operators' composition the estimates return what was asked (see the tests).
"""

from collections.abc import Callable, Sequence
from functools import partial

from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.grain import grain_mean
from fxdiffuse_gui.engine.measure import grain_radius
from trainer.evaluation.reference import rendering

_COARSE, _HALVINGS = 13, 5


def strengths(
    photo: FloatImage, condition: EditCondition, pictures: Sequence[Tensor]
) -> dict[Task, list[float]]:
    """The measured intensity of every active effect that has one, for each of `pictures` (1, 3, H, W).

    Where the condition has a mask, the right half alone is looked at: holes belong in the left one.
    """
    scene = _Scene(photo, condition)
    estimates: dict[Task, Callable[[Tensor], float]] = {
        Task.COLOR: scene.color,
        Task.BLUR: partial(scene.nearest, Task.BLUR),
        Task.SHARPEN: partial(scene.nearest, Task.SHARPEN),
        Task.GRAIN: scene.grain,
    }
    shown = [scene.seen(picture) for picture in pictures]
    return {t: [estimate(p) for p in shown] for t, estimate in estimates.items() if condition.is_active(t)}


class _Scene:
    """Renderings of one condition, made when they are asked for."""

    def __init__(self, photo: FloatImage, condition: EditCondition) -> None:
        self._photo, self._condition = photo, condition
        self._half = condition.mask is not None
        self._known: dict[tuple[Task, float], Tensor] = {}

    def seen(self, picture: Tensor) -> Tensor:
        return picture[..., picture.shape[-1] // 2 :] if self._half else picture

    def color(self, picture: Tensor) -> float:
        """Share of the way from none of the transfer to all of it."""
        none, whole = self._at(Task.COLOR, 0.0), self._at(Task.COLOR, 1.0)
        way = whole - none
        return float(((picture - none) * way).sum() / way.square().sum().clamp_min(1e-12))

    def grain(self, picture: Tensor) -> float:
        return grain_radius(self.seen(rendering(self._photo, self._condition)), picture)

    def nearest(self, task: Task, picture: Tensor) -> float:
        """The intensity whose rendering is nearest: all of them coarsely, then between the best one's
        neighbors, then the vertex of the parabola through the last three."""

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
        if key not in self._known:
            image = rendering(self._photo, self._condition, task, value)
            grained = self._condition.is_active(Task.GRAIN)
            self._known[key] = self.seen(grain_mean(image) if grained else image)
        return self._known[key]
