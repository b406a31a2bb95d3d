"""Holes of a photo of any size given the structure to be expected, before it is cut into tiles.

Every hole is looked at once, with its surroundings, so that tiles agree on it. A hole too large for the fill
head's view is shown to it smaller; structure is then enlarged, detail recalled at full size.
"""

import math

import cv2
import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.denoiser import Denoiser
from fxdiffuse_gui.engine.effects.fill import bridge_hole
from fxdiffuse_gui.engine.tiling import Box

_CONTEXT = 96  # px around a hole, at the scale at which it is filled
_VIEW = 768  # longest side that the head is given, px
_JOIN = 32  # holes nearer than this are looked at together, px
_MOST_HOLES = 64


def fill_holes(
    photo: Tensor, hole: Tensor, denoiser: Denoiser, device: torch.device, seed: int = 0
) -> Tensor:
    """photo: (1, 3, H, W) in [0, 1]; hole: (1, 1, H, W) of 0 and 1. Known pixels come back bit for bit."""
    if denoiser.fill is None:
        return bridge_hole(photo, hole)
    filled = photo.clone()
    for box in _hole_boxes(hole):
        x0, y0, x1, y1 = box
        inside = hole[..., y0:y1, x0:x1] > 0
        # From the photo every time: boxes of holes that reach around each other overlap.
        part = _fill(photo, hole, box, denoiser, device, seed)
        filled[..., y0:y1, x0:x1] = torch.where(inside, part.clamp(0, 1), photo[..., y0:y1, x0:x1])
    return filled


def _fill(
    photo: Tensor, hole: Tensor, box: Box, denoiser: Denoiser, device: torch.device, seed: int
) -> Tensor:
    """The photo within `box`, (1, 3, h, w), its holes filled."""
    factor = math.ceil(max(box[2] - box[0], box[3] - box[1]) / (_VIEW - 2 * _CONTEXT))
    margin = _CONTEXT * factor
    x0, y0 = max(box[0] - margin, 0), max(box[1] - margin, 0)
    x1, y1 = min(box[2] + margin, hole.shape[-1]), min(box[3] + margin, hole.shape[-2])
    picture, mask = photo[..., y0:y1, x0:x1].to(device), hole[..., y0:y1, x0:x1].to(device)
    filled = denoiser.complete(picture, mask, factor, seed)
    return filled[..., box[1] - y0 : box[3] - y0, box[0] - x0 : box[2] - x0].cpu()


def _hole_boxes(hole: Tensor) -> list[Box]:
    """Bounding boxes of the holes, near ones taken together."""
    plane = hole[0, 0].numpy().astype(np.uint8)
    near = cv2.dilate(plane, np.ones((_JOIN + 1, _JOIN + 1), np.uint8))
    count, labels, _, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    groups = [plane] if count - 1 > _MOST_HOLES else [plane * (labels == i) for i in range(1, count)]
    boxes: list[Box] = []
    for group in groups:
        x, y, width, height = cv2.boundingRect(group)
        if width and height:
            boxes.append((x, y, x + width, y + height))
    return boxes
