"""Inpaints the holes of a photo of any size, before it is cut into tiles.

Every hole is inpainted once, with its surroundings, so that tiles agree. A hole too large for the fill head's
view is shown to it smaller; its structure is then enlarged, and detail copied at full size.
"""

import hashlib
import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import Mask, mask_weights
from fxdiffuse_gui.engine.conditions.picture import Box, Picture
from fxdiffuse_gui.engine.tiles.cache import Cache

_CONTEXT = 96  # px around a hole, at the scale at which it is inpainted
_VIEW = 768  # longest side that the fill head sees, px
_JOIN = 32  # holes nearer than this are inpainted together, px
_MAX_HOLES = 64  # of more, all are inpainted together
_BLOCK = 8  # px; holes are separated on a plane this many times smaller


@dataclass(frozen=True, eq=False)
class InpaintedHole:
    """pixels: (1, 3, h, w) in [0, 1], the photo within `box`, inpainted. key: equal for equal results."""

    box: Box
    pixels: Tensor
    key: Hashable


def inpaint_holes(
    picture: Picture, mask: Mask, model: Model, seed: int, cache: Cache | None = None
) -> Iterator[InpaintedHole]:
    """Inpaints all holes, one by one; those in `cache` are not computed again.

    mask: (H, W), above 0 where to inpaint. A result depends on the surroundings and the holes there alone, so
    a stroke elsewhere does not change it.
    """
    for box in _hole_boxes(mask):
        context, factor = _surroundings(box, picture)
        x0, y0, x1, y1 = context
        hole = np.ascontiguousarray(mask[y0:y1, x0:x1] > 0)
        key = (model.digest, picture.key, "fill", box, seed, hashlib.sha256(hole.data).hexdigest())
        inpainted = None if cache is None else cache.get(key)
        if inpainted is None:
            inpainted = InpaintedHole(box, _inpaint(picture, hole, box, context, factor, model, seed), key)
            if cache is not None:
                cache.put(key, inpainted, inpainted.pixels.nbytes)
        yield inpainted


def composite(part: Tensor, box: Box, holes: Sequence[InpaintedHole], mask: Mask) -> Tensor:
    """The pixels of `box` mixed with the inpainted holes by the mask; where it is 0, bit for bit.

    part: (1, 3, h, w), the photo in `box`, which lies inside its borders. mask: (H, W) of the whole photo.
    """
    x0, y0, x1, y1 = box
    weight = torch.from_numpy(mask_weights(mask[y0:y1, x0:x1]))[None, None]
    result = part
    for hole in holes:
        left, top = max(x0, hole.box[0]), max(y0, hole.box[1])
        right, bottom = min(x1, hole.box[2]), min(y1, hole.box[3])
        if left >= right or top >= bottom:
            continue
        here = np.s_[..., top - y0 : bottom - y0, left - x0 : right - x0]
        dx, dy = hole.box[:2]
        pixels = hole.pixels[..., top - dy : bottom - dy, left - dx : right - dx]
        if result is part:
            result = part.clone()
        # Always from the photo: the boxes of holes that reach around each other overlap.
        mixed = torch.lerp(part[here], pixels, weight[here])
        result[here] = torch.where(weight[here] > 0, mixed, part[here])
    return result


def _surroundings(box: Box, picture: Picture) -> tuple[Box, int]:
    """The box around a hole that the fill head sees, and how many times smaller it sees it."""
    factor = math.ceil(max(box[2] - box[0], box[3] - box[1]) / (_VIEW - 2 * _CONTEXT))
    margin = _CONTEXT * factor
    x0, y0 = max(box[0] - margin, 0), max(box[1] - margin, 0)
    x1, y1 = min(box[2] + margin, picture.width), min(box[3] + margin, picture.height)
    return (x0, y0, x1, y1), factor


def _inpaint(
    picture: Picture, hole: NDArray[np.bool_], box: Box, context: Box, factor: int, model: Model, seed: int
) -> Tensor:
    """(1, 3, h, w): the photo within `box`, its holes inpainted with the surroundings `context`."""
    photo = torch.from_numpy(picture.read(context)).permute(2, 0, 1)[None].to(model.device)
    mask = torch.from_numpy(hole)[None, None].float().to(model.device)
    with torch.inference_mode():
        filled = model.denoiser.inpaint(photo, mask, factor, seed)
        x0, y0 = context[:2]
        inside = filled[..., box[1] - y0 : box[3] - y0, box[0] - x0 : box[2] - x0]
        return inside.clamp(0, 1).cpu().contiguous()


def _hole_boxes(mask: Mask) -> list[Box]:
    """Bounding boxes of the holes, neighboring ones joined. mask: (H, W), above 0 where to inpaint."""
    blocks = _blocks(mask)
    reach = _JOIN // _BLOCK // 2 * 2 + 1
    near = cv2.dilate(blocks, np.ones((reach, reach), np.uint8))
    count, labels, _, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    groups = [blocks] if count - 1 > _MAX_HOLES else [blocks * (labels == i) for i in range(1, count)]
    boxes: list[Box] = []
    for group in groups:
        column, row, width, height = (_BLOCK * n for n in cv2.boundingRect(group.astype(np.uint8)))
        plane = (mask[row : row + height, column : column + width] > 0).astype(np.uint8)
        x, y, width, height = cv2.boundingRect(plane)
        if width and height:
            boxes.append((column + x, row + y, column + x + width, row + y + height))
    return boxes


def _blocks(mask: Mask) -> NDArray[np.uint8]:
    """(H/8, W/8), rounded up: 1 for every block of `_BLOCK`² pixels that a hole reaches into."""
    height, width = mask.shape
    rows = [(mask[top : top + _BLOCK] > 0).any(0) for top in range(0, height, _BLOCK)]
    starts = np.arange(0, width, _BLOCK)
    return np.logical_or.reduceat(np.stack(rows), starts, axis=1).astype(np.uint8)
