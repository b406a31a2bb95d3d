"""Asked and got: how strong each effect of an edit has come out, measured on a piece of its result.

Each estimate compares with the operators' own renderings of everything else that was asked, so that what
comes after an effect need not be taken off the picture again. Where a piece cannot tell (it is flat, or black
or white, or the grain hides what is looked for) there is no estimate.
"""

import math
import threading
from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.statistics import photo_statistics
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.compose import compose
from fxdiffuse_gui.engine.effects.grain import grain_mean, grain_power
from fxdiffuse_gui.engine.measure.grain import grain_radius
from fxdiffuse_gui.engine.tiles.picture import Box, Picture

LEAST_SIDE = 64
"""px; of a smaller piece nothing is said."""

_MARGIN = 28  # px of the photo around the piece: half the longest path considered, and the lens
_SURE = 0.1  # standard error, as a share of what was asked, above which there is no estimate
_RELATED = 8.0  # px whose grain goes together, 4πσ² of the lens: so many count as one
_ROUNDING = 1 / 255 / math.sqrt(12)  # deviation of what a photo of 8 bits does not say
_COARSE, _HALVINGS = 12, 5  # of the search for the extent of a blur
_SAMPLES, _LENS = 800, 0.8  # query points and σ of the grain
_SPREAD = 1 / (4 * math.pi * _LENS**2)  # of the grain's power, what one pixel has
_LAGS_ERROR = 0.81  # `grain_radius` weighs six covariances: the error of its r², that of a mean being 1


class _CancelledError(Exception):
    pass


def measured_strengths(
    picture: Picture,
    condition: EditCondition,
    box: Box,
    edited: FloatImage,
    cancel: threading.Event | None = None,
) -> dict[Task, float]:
    """The measured intensity of every active effect that has one, in its unit, where it can be told.

    picture: the photo at its full size. box: the piece that was edited, without holes, at least `LEAST_SIDE`
    px a side. edited: (h, w, 3) in [0, 1], what `condition` made of it. cancel: once set, the result is
    empty, at most one rendering later.
    """
    if min(edited.shape[:2]) < LEAST_SIDE:
        return {}
    try:
        with torch.inference_mode():
            scene = _Scene(picture, condition, box, edited, cancel)
            found = {task: scene.estimate(task) for task in condition.active_tasks}
    except _CancelledError:
        return {}
    return {task: value for task, value in found.items() if value is not None and math.isfinite(value)}


class _Scene:
    """A piece of an edit, and renderings of it with one effect at another intensity."""

    def __init__(
        self,
        picture: Picture,
        condition: EditCondition,
        box: Box,
        edited: FloatImage,
        cancel: threading.Event | None,
    ) -> None:
        x0, y0, x1, y1 = box
        around = picture.read((x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN))
        self._photo = torch.from_numpy(around).permute(2, 0, 1)[None]
        self._edited = torch.from_numpy(edited).permute(2, 0, 1)[None]
        self._condition, self._cancel = condition, cancel
        self._is_grained = condition.is_active(Task.GRAIN)
        statistics = references = torch.zeros(1, 6)
        if condition.is_active(Task.COLOR) and condition.reference is not None:
            mask = condition.mask if condition.is_active(Task.INPAINT) else None
            statistics = photo_statistics(picture.samples, mask)
            references = photo_statistics(condition.reference)
        no_mask = torch.zeros_like(self._photo[:, :1])
        batch = ConditionBatch.of(replace(condition, mask=None), no_mask, statistics, references)
        self._batch = batch.without(Task.GRAIN)
        self._asked = self._rendering(self._batch)

    def estimate(self, task: Task) -> float | None:
        """The measured intensity of `task`; None where it has none or the piece cannot tell."""
        match task:
            case Task.INPAINT:
                return None
            case Task.COLOR | Task.SHARPEN:
                return self._share(task)
            case Task.BLUR:
                return self._extent()
            case Task.GRAIN:
                return self._radius()

    def _share(self, task: Task) -> float | None:
        """The intensity of an effect that adds a multiple of one picture, by least squares."""
        without = self._seen(self._rendering(self._batch.without(task)))
        way = self._seen(self._asked) - without
        if task is Task.SHARPEN:
            # Where the picture ends at black or white, twice as much does not change it twice as much.
            clipped = ((self._asked <= 0) | (self._asked >= 1)).to(way)
            if self._is_grained:
                clipped = F.max_pool2d(clipped, 9, stride=1, padding=4)
            way = way * (1 - _inside(clipped))
        change = self._edited - without
        share = float((change * way).sum() / way.square().sum().clamp_min(1e-12))
        return self._value(task) * share if _is_sure(way, change - share * way) else None

    def _extent(self) -> float | None:
        """The extent of the blur whose rendering is nearest: all of them coarsely, then between the best
        one's neighbors, then the vertex of the parabola through the last three."""
        errors: dict[float, float] = {}

        # Of short paths it takes finer steps to find the best.
        def error(root: float) -> float:
            key = round(root, 9)
            if key not in errors:
                errors[key] = float((self._blurred(root**1.5) - self._edited).square().mean())
            return errors[key]

        step = (SPECS[Task.BLUR].maximum * 1.25) ** (2 / 3) / _COARSE
        best = min((step * i for i in range(_COARSE + 1)), key=error)
        for _ in range(_HALVINGS):
            step /= 2
            best = min((max(best - step, 0.0), best, best + step), key=error)
        if best >= step:
            left, center, right = (error(best + shift) for shift in (-step, 0.0, step))
            bend = left - 2 * center + right
            best += 0.0 if bend <= 0 else step * (left - right) / (2 * bend)
        extent = best**1.5
        way = 2 * (self._seen(self._asked) - self._blurred(self._value(Task.BLUR) / 2))
        return extent if _is_sure(way, self._edited - self._blurred(extent)) else None

    def _radius(self) -> float | None:
        """The radius of the grains; None where too little of the piece is well exposed. Detail that the lens
        of the grain should have softened, and that is still there, counts as some grain."""
        plain = _inside(self._asked)
        exposure = grain_mean(plain, _LENS).clamp(0, 1)
        exposure = exposure[(exposure > 0.02) & (exposure < 0.98)]
        if not len(exposure):
            return None
        squared, power = self._value(Task.GRAIN) ** 2, grain_power(exposure)
        variance = float((exposure * (1 - exposure) / _SAMPLES + squared * power * _SPREAD).mean())
        error = _LAGS_ERROR * variance / math.sqrt(len(exposure)) / (float(power.mean()) * _SPREAD)
        return grain_radius(plain, self._edited, _SAMPLES, _LENS) if error < 2 * _SURE * squared else None

    def _value(self, task: Task) -> float:
        return self._condition.intensity(task) or 0.0

    def _blurred(self, extent: float) -> Tensor:
        batch = self._batch.without(Task.BLUR)
        if extent > 0:
            values = self._batch.values.clone()
            values[:, TASK_INDEX[Task.BLUR]] = extent
            batch = replace(self._batch, values=values)
        return self._seen(self._rendering(batch))

    def _rendering(self, batch: ConditionBatch) -> Tensor:
        if self._cancel is not None and self._cancel.is_set():
            raise _CancelledError
        return compose(self._photo, batch, generator=torch.Generator())

    def _seen(self, rendering: Tensor) -> Tensor:
        """The piece itself, through the lens if there is grain."""
        return _inside(grain_mean(rendering, _LENS) if self._is_grained else rendering)


def _inside(image: Tensor) -> Tensor:
    return image[..., _MARGIN:-_MARGIN, _MARGIN:-_MARGIN]


def _is_sure(way: Tensor, rest: Tensor) -> bool:
    """Whether a share of `way`, what the effect as asked changes, is found well enough in spite of `rest`,
    what is explained by no share of it."""
    noise = _RELATED * (float(rest.square().mean()) + _ROUNDING**2)
    return noise < _SURE**2 * float(way.square().sum())
