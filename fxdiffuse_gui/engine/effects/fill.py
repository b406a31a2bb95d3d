"""Holes filled without learning: the surroundings continued smoothly, or from the nearest known pixel."""

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor


def bridge_hole(image: Tensor, mask: Tensor) -> Tensor:
    """Continues the surroundings smoothly into the hole by the pull-push pyramid of Gortler et al.,
    "The Lumigraph" (1996).

    image: (B, C, H, W) in [0, 1]. mask: (B, 1, H, W), above 0 where the image is unknown. Known pixels are
    returned bit for bit; when no pixel is known the hole becomes mid-gray.
    """
    known = (mask <= 0).to(image.dtype)
    return torch.where(mask > 0, _pull_push(image * known, known), image)


def _pull_push(weighted: Tensor, weight: Tensor) -> Tensor:
    height, width = weight.shape[-2:]
    if height <= 1 and width <= 1:
        return torch.where(weight > 0, weighted / weight.clamp_min(1e-8), torch.full_like(weighted, 0.5))
    # The tent filter [1 3 3 1]/8 avoids the blocks that a plain 2×2 mean leaves.
    coarse = _pull_push(_halve(weighted), _halve(weight))
    filled = F.interpolate(coarse, size=(height, width), mode="bilinear", align_corners=False)
    mean = weighted / weight.clamp_min(1e-8)
    return torch.lerp(filled, mean, weight.clamp(0, 1).expand_as(mean))


def _halve(image: Tensor) -> Tensor:
    height, width = image.shape[-2:]
    padded = F.pad(image, (1, 1 + width % 2, 1, 1 + height % 2))
    tent = image.new_tensor([1.0, 3.0, 3.0, 1.0]) / 8
    channels = image.shape[1]
    kernel = (tent[:, None] * tent).expand(channels, 1, 4, 4)
    return F.conv2d(padded, kernel, stride=2, groups=channels)


def nearest_known(image: Tensor, mask: Tensor) -> Tensor:
    """Gives every unknown pixel the value of the nearest known one (by distance transform).

    image: (B, C, H, W). mask: (B, 1, H, W), above 0 where the image is unknown. When no pixel is known the
    image is returned unchanged.
    """
    filled = image.clone()
    for row, plane in enumerate((mask[:, 0] > 0).cpu().numpy()):
        if not plane.any() or plane.all():
            continue
        _, labels = cv2.distanceTransformWithLabels(
            plane.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
        )
        known = np.flatnonzero(~plane)
        source = np.zeros(int(labels.max()) + 1, np.int64)
        source[labels.ravel()[known]] = known
        index = torch.from_numpy(source[labels.ravel()]).to(image.device)
        filled[row] = image[row].flatten(1)[:, index].view_as(image[row])
    return filled
