"""Color transfer on 8-bit levels, as the public program computes it, to reproduce the benchmark.

For photos use `color_transfer`, which keeps the values between levels.
"""

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from fxdiffuse_gui.engine.effects.color import Ratio


def color_transfer_levels(image: Tensor, reference: Tensor, ratio: Ratio = "published") -> Tensor:
    """Gives `image` the L*a*b* means and deviations of `reference` in 8 bits (L×255/100, a and b + 128).

    image: (B, 3, H, W) in [0, 1], rounded to 8-bit levels. reference: the same with any height and width,
    B or 1 of them. Statistics are taken in float32; results are clipped to 0..255 and truncated. A channel
    that is constant in either keeps its contrast. Returns 8-bit levels in [0, 1], computed on the CPU.

    Raises ValueError when the batches do not match or `ratio` is neither "published" nor "inverted".
    """
    if ratio not in ("published", "inverted"):
        raise ValueError(f'ratio must be "published" or "inverted", not {ratio!r}.')
    if reference.shape[0] not in (1, image.shape[0]):
        raise ValueError(f"Color transfer needs 1 or {image.shape[0]} references, not {reference.shape[0]}.")
    results = [
        _transfer(_levels(photo), _levels(reference[index % reference.shape[0]]), ratio)
        for index, photo in enumerate(image)
    ]
    return torch.from_numpy(np.stack(results)).permute(0, 3, 1, 2).to(image) / 255


def _levels(image: Tensor) -> NDArray[np.uint8]:
    return (image.permute(1, 2, 0).cpu().numpy() * 255).round().clip(0, 255).astype(np.uint8)


def _transfer(photo: NDArray[np.uint8], reference: NDArray[np.uint8], ratio: Ratio) -> NDArray[np.uint8]:
    lab, reference_lab = (
        cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2LAB).astype(np.float32)
        for picture in (photo, reference)
    )
    for channel in range(3):
        plane, target = lab[..., channel], reference_lab[..., channel]
        std, target_std = plane.std(), target.std()
        scale = np.float32(1)
        if min(std, target_std) > 0:
            scale = std / target_std if ratio == "inverted" else target_std / std
        lab[..., channel] = (plane - plane.mean()) * scale + target.mean()
    return cv2.cvtColor(lab.clip(0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB).astype(np.uint8)
