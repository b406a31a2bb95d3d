"""What is done to a mask as a whole: grow, shrink, feather. Arrays in, arrays out, none changed in place.

A mask is (H, W) uint8, 0..255; lengths are pixels. The edge of the photo is no edge of what is painted:
paint that runs up to it neither shrinks nor fades there.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage

LARGEST_AMOUNT = 500
"""Pixels; more than this is another mask."""

_SMALL_DISC = 6
"""Up to this radius a disc is applied as it is, which costs time in its area."""
_DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
_ROUNDING = 0.985
"""A polygon that lies around a circle reaches past it at the corners; so it lies as much inside."""


def grown(mask: MaskImage, amount: int) -> MaskImage:
    """The mask made larger by `amount` pixels on every side; soft edges keep their shape."""
    import cv2

    return _stepwise(mask, amount, cv2.dilate)


def shrunk(mask: MaskImage, amount: int) -> MaskImage:
    """The mask made smaller by `amount` pixels on every side; what is thinner goes."""
    import cv2

    return _stepwise(mask, amount, cv2.erode)


def feathered(mask: MaskImage, amount: int, *, inward: bool = True) -> MaskImage:
    """The mask with an edge that rises over `amount` pixels.

    Inward, nothing is painted that was not before, and nothing more strongly. Otherwise the soft edge lies
    half inside and half outside of the old one.
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
    # An even rise made one that begins and ends gently.
    result[region.slices] = np.rint(part * (share * share * (3 - 2 * share)))
    return result


def changed_region(before: MaskImage, after: MaskImage) -> Region | None:
    """The smallest region that holds every pixel in which the two masks differ; None for equal ones."""
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
    # The paint goes on past the edge of the photo: some of the steps in between lead through there.
    part = cv2.copyMakeBorder(mask[region.slices], amount, amount, amount, amount, cv2.BORDER_REPLICATE)
    for kernel in _disc_in_parts(amount):
        part = operation(part, kernel)
    result[region.slices] = part[amount:-amount, amount:-amount]
    return result


def _around_paint(mask: MaskImage, margin: int) -> Region | None:
    """Where anything is painted, `margin` pixels around it, inside the photo; None for an empty mask."""
    import cv2

    x, y, width, height = cv2.boundingRect(mask)
    if width == 0:
        return None
    return Region(x, y, width, height).grown(margin).clipped(mask.shape)


def _disc_in_parts(radius: int) -> list[MaskImage]:
    """Kernels which, one after the other, do what a disc of `radius` does.

    A large disc is made of lines in eight directions: together they draw a polygon of sixteen sides, which
    keeps within 3 % of the circle, at a cost that grows with the radius instead of its square. A small disc
    makes up for what the lines leave.
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
