"""Color statistics of whole photos, in bands, so that size costs no memory, and computed once."""

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

MOST_PIXELS = 4_000_000
"""Of a larger photo a lattice with fewer pixels than this is counted: they say as much as all of them."""

_BAND = 256
_REMEMBERED = 8

_known: deque[tuple["weakref.ref[Any]", "weakref.ref[Any] | None", Tensor]] = deque(maxlen=_REMEMBERED)


def photo_statistics(photo: NDArray[Any], mask: Mask | None = None) -> Tensor:
    """(1, 6): mean and population deviation of L*, a*, b* over the pixels where `mask` is 0 (all by default).

    photo: (H, W, 3) float32 in [0, 1], or integers as shares of their maximum. mask: (H, W). With no known
    pixel all are counted. Arrays are known by identity: whoever changes one must not ask again.
    """
    for seen, masked, found in tuple(_known):
        if seen() is photo and (masked is None if mask is None else masked is not None and masked() is mask):
            return found
    step = math.ceil(math.sqrt(photo.shape[0] * photo.shape[1] / MOST_PIXELS))
    known = None if mask is None else mask[::step, ::step] <= 0
    found = _count(photo[::step, ::step], known if known is not None and known.any() else None)
    _known.append((weakref.ref(photo), None if mask is None else weakref.ref(mask), found))
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
