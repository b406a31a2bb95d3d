"""`estimate_look`: grain, motion blur and sharpening of one photo, from it alone."""

import threading
from types import MappingProxyType

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.look_estimate import Certainty, Estimate, LookEstimate
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.measure.blind import BlindBlur, blind_blur, blind_grain
from fxdiffuse_gui.engine.measure.rough import luma_grain, sharpening_guess

SIDE = 1024
"""Longest side of the middle of the photo that is analyzed, px."""

_MIN_GRAIN_SIDE, _MIN_BLUR_SIDE = 64, 128  # px, of a photo that can be analyzed
# px. Below, most of the noise is that of the query points: a radius of 0.025 is measured as 0.029.
_SURE_RADIUS = 0.035
_NONE, _UNKNOWN = Estimate(Certainty.NONE), Estimate(Certainty.UNKNOWN)


class MatchCancelledError(Exception):
    """The estimate was cancelled."""


def estimate_look(pixels: FloatImage, *, lossy: bool, cancel: threading.Event | None = None) -> LookEstimate:
    """Estimates grain, motion blur and sharpening of `pixels`, (H, W, 3) in [0, 1], at full size.

    lossy: whether the file was compressed with loss, which changes the fine noise that grain is recognized
    by. Raises MatchCancelledError soon after `cancel` is set.
    """
    with torch.inference_mode():
        image = _middle(pixels)
        side = min(image.shape[-2:])
        no_blur = BlindBlur(0.0, 0.0, sure=False)
        blur = blind_blur(image) if side >= _MIN_BLUR_SIDE else no_blur
        _check_cancelled(cancel)
        grain = _grain(image, lossy=lossy) if side >= _MIN_GRAIN_SIDE else _UNKNOWN
        _check_cancelled(cancel)
        # Grain is applied last and hides the rest; blur removes the detail that sharpening shows in.
        hidden = grain.value is not None or blur.extent > 0 or side < _MIN_GRAIN_SIDE
        sharpen = _UNKNOWN if hidden else _sharpening(image)
    found = {
        Task.BLUR: _blur(blur) if side >= _MIN_BLUR_SIDE else _UNKNOWN,
        Task.SHARPEN: sharpen,
        Task.GRAIN: grain,
    }
    return LookEstimate(MappingProxyType(found), blur.angle if blur.extent > 0 else None, lossy)


def _check_cancelled(cancel: threading.Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise MatchCancelledError


def _middle(pixels: FloatImage) -> Tensor:
    """(1, 3, h, w): the middle of the photo, at most `SIDE` px a side."""
    top, left = (max(length - SIDE, 0) // 2 for length in pixels.shape[:2])
    part = pixels[top : top + SIDE, left : left + SIDE]
    return torch.from_numpy(part.copy()).permute(2, 0, 1)[None].contiguous()


def _grain(image: Tensor, *, lossy: bool) -> Estimate:
    radius = blind_grain(image).radius
    if lossy:
        # Compression correlates the channels' grain, so the blind estimate may find none.
        rough = luma_grain(image)
        if rough is None and radius == 0:
            return _UNKNOWN
        radius = max(radius, rough or 0.0)
    if radius < SPECS[Task.GRAIN].minimum:
        return _NONE
    sure = not lossy and radius >= _SURE_RADIUS
    return _valued(Task.GRAIN, radius, sure=sure)


def _blur(found: BlindBlur) -> Estimate:
    return _NONE if found.extent <= 0 else _valued(Task.BLUR, found.extent, sure=found.sure)


def _sharpening(image: Tensor) -> Estimate:
    amount = sharpening_guess(image)
    return _NONE if amount < SPECS[Task.SHARPEN].minimum else _valued(Task.SHARPEN, amount, sure=False)


def _valued(task: Task, value: float, *, sure: bool) -> Estimate:
    spec = SPECS[task]
    value = round(min(max(value, spec.minimum), spec.maximum), spec.decimals)
    return Estimate(Certainty.SURE if sure else Certainty.GUESS, value)
