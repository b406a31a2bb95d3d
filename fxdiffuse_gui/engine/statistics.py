"""Color statistics of whole photos, in bands, so that size costs no memory."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from fxdiffuse_gui.engine.condition import FloatImage
from fxdiffuse_gui.engine.effects.color import rgb_to_lab

_BAND = 256


def photo_statistics(photo: FloatImage, known: NDArray[np.bool_] | None = None) -> Tensor:
    """(1, 6): mean and population deviation of L*, a*, b* over the pixels where `known` (all by default).

    photo: (H, W, 3) in [0, 1]. known: (H, W). With no known pixel all are counted.
    """
    if known is not None and not known.any():
        known = None
    total, first, second = 0.0, torch.zeros(3, dtype=torch.float64), torch.zeros(3, dtype=torch.float64)
    for top in range(0, photo.shape[0], _BAND):
        band = tensor_of(photo[top : top + _BAND])
        lab = rgb_to_lab(band.permute(2, 0, 1)[None])[0].double().flatten(1)
        if known is not None:
            lab = lab[:, torch.from_numpy(known[top : top + _BAND].reshape(-1))]
        total += lab.shape[1]
        first += lab.sum(1)
        second += lab.square().sum(1)
    mean = first / total
    std = (second / total - mean.square()).clamp_min(0).sqrt()
    return torch.cat([mean, std])[None].float()


def tensor_of(image: FloatImage) -> Tensor:
    """The image as a tensor to read from: shares its memory where torch can (not if it is read-only)."""
    usable = image.flags.writeable and image.flags.c_contiguous
    return torch.from_numpy(image if usable else np.array(image, order="C"))
