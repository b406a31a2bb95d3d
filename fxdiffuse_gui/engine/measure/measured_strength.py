"""`measured_strengths`: how strong each effect of an edit is in the result, measured on a crop of it.

Each estimate compares the result with the operators' own rendering of all other effects, so that later
effects need not be undone. Where a crop gives no reliable estimate (it is flat, black or white, or grain
hides the effect) there is none.
"""

import math
import threading
from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.grain_model import GRAIN_SAMPLES, LENS_SIGMA
from fxdiffuse_gui.engine.conditions.picture import Box, Picture
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects.compose import compose
from fxdiffuse_gui.engine.effects.grain import grain_mean, grain_power
from fxdiffuse_gui.engine.effects.statistics import photo_statistics
from fxdiffuse_gui.engine.measure.grain import grain_radius
from fxdiffuse_gui.engine.measure.pairs import LONGEST_BLUR

LEAST_SIDE = 64
"""Shortest side of a crop that is measured, px."""

_MARGIN = 28  # px of the photo around the crop: half the longest path considered, and the lens
_MAX_ERROR = 0.1  # standard error, as a share of the set intensity, above which there is no estimate
_CORRELATED_PIXELS = 8.0  # 4πσ² of the lens: so many pixels of grain count as one
_ROUNDING = 1 / 255 / math.sqrt(12)  # standard deviation of rounding to 8 bits
_COARSE_STEPS, _HALVINGS = 12, 5  # of the search for the extent of a blur
_PIXEL_SHARE = 1 / (4 * math.pi * LENS_SIGMA**2)  # of the grain's power that one pixel has
_LAGS_ERROR = 0.81  # error of r² by the six covariances of `grain_radius`, over that by the variance alone


class _CancelledError(Exception):
    pass


def measured_strengths(
    picture: Picture,
    condition: EditCondition,
    box: Box,
    edited: FloatImage,
    cancel: threading.Event | None = None,
) -> dict[Task, float]:
    """The measured intensity, in its unit, of every active effect for which there is a reliable estimate.

    picture: the photo at full size. box: the crop to measure, without holes, at least `LEAST_SIDE` px a side,
    else the result is empty. edited: (h, w, 3) in [0, 1], the crop edited by `condition`. cancel: once set,
    the result is empty, at most one rendering later.
    """
    if min(edited.shape[:2]) < LEAST_SIDE:
        return {}
    try:
        with torch.inference_mode():
            measurement = _Measurement(picture, condition, box, edited, cancel)
            found = {task: measurement.estimate(task) for task in condition.active_tasks}
    except _CancelledError:
        return {}
    return {task: value for task, value in found.items() if value is not None and math.isfinite(value)}


class _Measurement:
    """A crop of an edit, and renderings of it with one effect at another intensity."""

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
        self._has_grain = condition.is_active(Task.GRAIN)
        statistics = references = torch.zeros(1, 6)
        if condition.is_active(Task.COLOR) and condition.reference is not None:
            mask = condition.mask if condition.is_active(Task.INPAINT) else None
            statistics = photo_statistics(picture.samples, mask)
            references = photo_statistics(condition.reference)
        no_mask = torch.zeros_like(self._photo[:, :1])
        batch = ConditionBatch.of(replace(condition, mask=None), no_mask, statistics, references)
        self._batch = batch.without(Task.GRAIN)
        self._expected = self._rendering(self._batch)

    def estimate(self, task: Task) -> float | None:
        """The measured intensity of `task`; None where it has none, or no reliable estimate."""
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
        """The intensity of an effect that adds a multiple of one picture to the rest, by least squares."""
        without = self._crop(self._rendering(self._batch.without(task)))
        effect = self._crop(self._expected) - without
        if task is Task.SHARPEN:
            # In pixels clipped to black or white, twice the intensity does not give twice the change.
            clipped = ((self._expected <= 0) | (self._expected >= 1)).to(effect)
            if self._has_grain:
                clipped = F.max_pool2d(clipped, 9, stride=1, padding=4)
            effect = effect * (1 - _inside(clipped))
        change = self._edited - without
        share = float((change * effect).sum() / effect.square().sum().clamp_min(1e-12))
        return self._value(task) * share if _is_reliable(effect, change - share * effect) else None

    def _extent(self) -> float | None:
        """The extent of the blur whose rendering is nearest, px: a coarse search, then bisection between the
        best one's neighbors, then the vertex of the parabola through the last three."""
        errors: dict[float, float] = {}

        # Short paths need finer steps: the search is even in extent^(2/3).
        def error(root: float) -> float:
            key = round(root, 9)
            if key not in errors:
                errors[key] = float((self._blurred(root**1.5) - self._edited).square().mean())
            return errors[key]

        step = LONGEST_BLUR ** (2 / 3) / _COARSE_STEPS
        best = min((step * i for i in range(_COARSE_STEPS + 1)), key=error)
        for _ in range(_HALVINGS):
            step /= 2
            best = min((max(best - step, 0.0), best, best + step), key=error)
        if best >= step:
            left, center, right = (error(best + shift) for shift in (-step, 0.0, step))
            bend = left - 2 * center + right
            best += 0.0 if bend <= 0 else step * (left - right) / (2 * bend)
        extent = best**1.5
        effect = 2 * (self._crop(self._expected) - self._blurred(self._value(Task.BLUR) / 2))
        return extent if _is_reliable(effect, self._edited - self._blurred(extent)) else None

    def _radius(self) -> float | None:
        """The radius of the grains, px; None where too little of the crop is well exposed. Detail that the
        lens of the grain should have softened, and did not, counts as some grain."""
        clean = _inside(self._expected)
        exposure = grain_mean(clean, LENS_SIGMA).clamp(0, 1)
        exposure = exposure[(exposure > 0.02) & (exposure < 0.98)]
        if not len(exposure):
            return None
        squared, power = self._value(Task.GRAIN) ** 2, grain_power(exposure)
        variance = float((exposure * (1 - exposure) / GRAIN_SAMPLES + squared * power * _PIXEL_SHARE).mean())
        error = _LAGS_ERROR * variance / math.sqrt(len(exposure)) / (float(power.mean()) * _PIXEL_SHARE)
        if error >= 2 * _MAX_ERROR * squared:
            return None
        return grain_radius(clean, self._edited, GRAIN_SAMPLES, LENS_SIGMA)

    def _value(self, task: Task) -> float:
        """The intensity that the condition sets."""
        return self._condition.intensity(task) or 0.0

    def _blurred(self, extent: float) -> Tensor:
        """The crop with a blur of `extent` px instead of the condition's."""
        batch = self._batch.without(Task.BLUR)
        if extent > 0:
            values = self._batch.values.clone()
            values[:, TASK_INDEX[Task.BLUR]] = extent
            batch = replace(self._batch, values=values)
        return self._crop(self._rendering(batch))

    def _rendering(self, batch: ConditionBatch) -> Tensor:
        if self._cancel is not None and self._cancel.is_set():
            raise _CancelledError
        return compose(self._photo, batch, generator=torch.Generator())

    def _crop(self, rendering: Tensor) -> Tensor:
        """The crop without its margin, through the lens of the grain if there is grain."""
        return _inside(grain_mean(rendering, LENS_SIGMA) if self._has_grain else rendering)


def _inside(image: Tensor) -> Tensor:
    """(..., H, W) without the margin."""
    return image[..., _MARGIN:-_MARGIN, _MARGIN:-_MARGIN]


def _is_reliable(effect: Tensor, rest: Tensor) -> bool:
    """Whether the share of `effect`, the change by the effect as set, has a small standard error, given
    `rest`, the change that no share of it explains."""
    noise = _CORRELATED_PIXELS * (float(rest.square().mean()) + _ROUNDING**2)
    return noise < _MAX_ERROR**2 * float(effect.square().sum())
