"""Color statistics of whole photos: computed in bands, so that size costs no memory, and cached."""

import math
import weakref
from collections import deque
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.engine.conditions.condition import Mask
from fxdiffuse_gui.engine.effects.color import rgb_to_lab

MAX_PIXELS = 4_000_000
"""Of a larger photo a regular subset with fewer pixels is counted, which gives the same statistics."""

_BAND = 256
_REMEMBERED = 8

_cached: deque[tuple["weakref.ref[Any]", "weakref.ref[Any] | None", Tensor]] = deque(maxlen=_REMEMBERED)


def photo_statistics(photo: NDArray[Any], mask: Mask | None = None) -> Tensor:
    """(1, 6): mean and population standard deviation of L*, a*, b* over the pixels where `mask` is 0.

    photo: (H, W, 3) float32 in [0, 1], or integers as shares of their maximum. mask: (H, W), above 0 for
    pixels to leave out; without a mask, or when it covers all, every pixel counts. The result is cached by
    the identity of the arrays, so do not ask again after changing their values.
    """
    for known_photo, masked, found in tuple(_cached):
        if known_photo() is photo and (
            masked is None if mask is None else masked is not None and masked() is mask
        ):
            return found
    step = math.ceil(math.sqrt(photo.shape[0] * photo.shape[1] / MAX_PIXELS))
    known = None if mask is None else mask[::step, ::step] <= 0
    found = _count(photo[::step, ::step], known if known is not None and known.any() else None)
    _cached.append((weakref.ref(photo), None if mask is None else weakref.ref(mask), found))
    return found


def _count(photo: NDArray[Any], known: NDArray[np.bool_] | None) -> Tensor:
    total, first, second = 0.0, torch.zeros(3, dtype=torch.float64), torch.zeros(3, dtype=torch.float64)
    for top in range(0, photo.shape[0], _BAND):
        band = torch.from_numpy(as_float(photo[top : top + _BAND]))
        lab = rgb_to_lab(band.permute(2, 0, 1)[None])[0].double().flatten(1)
        if known is not None:
            lab = lab[:, torch.from_numpy(known[top : top + _BAND].reshape(-1))]
        total += lab.shape[1]
        first += lab.sum(1)
        second += lab.square().sum(1)
    mean = first / total
    std = (second / total - mean.square()).clamp_min(0).sqrt()
    return torch.cat([mean, std])[None].float()
