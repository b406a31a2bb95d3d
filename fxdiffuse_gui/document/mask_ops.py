"""Operations on a whole mask: grow, shrink, feather. They return new arrays.

A mask is (H, W) uint8, 0..255; lengths are pixels. The border of the photo is no edge of the paint:
paint that reaches it neither shrinks nor fades there.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage

LARGEST_AMOUNT = 500
"""Largest amount of an operation, in pixels."""

_SMALL_DISC = 6
"""Up to this radius a disc is applied as one kernel, whose cost grows with its area."""
_DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
_ROUNDING = 0.985
"""Scale of the polygon that stands for a circle: as much of it is inside the circle as outside."""


def grown(mask: MaskImage, amount: int) -> MaskImage:
    """The mask made larger by `amount` pixels on every side; soft edges keep their shape."""
    import cv2

    return _stepwise(mask, amount, cv2.dilate)


def shrunk(mask: MaskImage, amount: int) -> MaskImage:
    """The mask made smaller by `amount` pixels on every side; thinner parts vanish."""
    import cv2

    return _stepwise(mask, amount, cv2.erode)


def feathered(mask: MaskImage, amount: int, *, inward: bool = True) -> MaskImage:
    """The mask with an edge that rises over `amount` pixels.

    Inward, no pixel gets more than it had. Otherwise the soft edge is half inside, half outside the old one.
    """
    import cv2

    if not inward:
        return feathered(grown(mask, amount // 2), amount)
    result = mask.copy()
    region = _around_paint(mask, 1)
    if region is None:
        return result
    part = mask[region.slices]
    painted = (part > 0).astype(np.uint8)
    if painted.all():
        return result
    depth = cv2.distanceTransform(painted, cv2.DIST_L2, cv2.DIST_MASK_5)
    share = np.minimum(depth / np.float32(amount + 1), np.float32(1))
    # A linear ramp turned into one that begins and ends gently (smoothstep).
    result[region.slices] = np.rint(part * (share * share * (3 - 2 * share)))
    return result


def changed_region(before: MaskImage, after: MaskImage) -> Region | None:
    """The smallest region with every pixel where the two masks differ; None for equal ones."""
    import cv2

    x, y, width, height = cv2.boundingRect(cv2.compare(before, after, cv2.CMP_NE))
    return Region(x, y, width, height) if width > 0 else None


def _stepwise(mask: MaskImage, amount: int, operation: Callable[..., Any]) -> MaskImage:
    """Dilates or erodes by a disc."""
    import cv2

    result = mask.copy()
    region = _around_paint(mask, amount)
    if region is None or amount <= 0:
        return result
    # The paint is continued past the border of the photo, where some of the steps in between need it.
    part = cv2.copyMakeBorder(mask[region.slices], amount, amount, amount, amount, cv2.BORDER_REPLICATE)
    for kernel in _disc_in_parts(amount):
        part = operation(part, kernel)
    result[region.slices] = part[amount:-amount, amount:-amount]
    return result


def _around_paint(mask: MaskImage, margin: int) -> Region | None:
    """The region of the paint with a `margin`, clipped to the photo; None for an empty mask."""
    import cv2

    x, y, width, height = cv2.boundingRect(mask)
    if width == 0:
        return None
    return Region(x, y, width, height).grown(margin).clipped(mask.shape)


def _disc_in_parts(radius: int) -> list[MaskImage]:
    """Kernels that, one after the other, have the effect of a disc of `radius`.

    A large disc is made of lines in eight directions: together they give a polygon of sixteen sides, within
    3 % of the circle, at a cost that grows with the radius instead of its square. A small disc adds what the
    lines leave out.
    """
    if radius <= _SMALL_DISC:
        return [_disc(radius)]
    half = (radius - 2) * math.tan(math.pi / 16) * _ROUNDING
    lines = [(dx, dy, int(half / math.hypot(dx, dy))) for dx, dy in _DIRECTIONS]
    width = sum(abs(dx) * count for dx, _, count in lines)
    return [_line(dx, dy, count) for dx, dy, count in lines if count > 0] + [_disc(radius - width)]


def _disc(radius: int) -> MaskImage:
    rows, columns = np.ogrid[-radius : radius + 1, -radius : radius + 1]
    within: NDArray[np.bool_] = rows * rows + columns * columns <= (radius + 0.5) ** 2
    return within.astype(np.uint8)


def _line(dx: int, dy: int, count: int) -> MaskImage:
    """Points at every multiple of (`dx`, `dy`) from -`count` to `count`."""
    kernel = np.zeros((2 * abs(dy) * count + 1, 2 * abs(dx) * count + 1), np.uint8)
    steps = np.arange(-count, count + 1)
    kernel[abs(dy) * count + dy * steps, abs(dx) * count + dx * steps] = 1
    return kernel
