"""`MeasuredCrop`: a piece of an exact result as the engine made it, to measure the effects on."""

from dataclasses import dataclass

import numpy as np

from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.tiles.picture import Box

SIDE, LEAST_SIDE = 256, 64
"""px of the photo a side, at most and at least."""

_REACH = 32  # px over which a blur can spread what was filled


@dataclass(frozen=True, eq=False)
class MeasuredCrop:
    """`image`, (h, w, 3) float32 in [0, 1], is filled by `put` until the pass is complete. `box` is its place
    in the photo."""

    box: Box
    image: FloatImage

    @classmethod
    def of(cls, render_pass: Pass, mask: MaskImage | None) -> "MeasuredCrop | None":
        """A crop for `render_pass`, as near to its middle as possible with no painted pixel in or near it.

        None where the pass is rough, not at full size or in the background, or has no such place: what is
        measured must be what is on screen and would be exported.
        """
        area = render_pass.region
        width, height = min(area.width, SIDE), min(area.height, SIDE)
        exact = render_pass.zoom == 1.0 and not render_pass.rough and not render_pass.background
        if not exact or min(width, height) < LEAST_SIDE:
            return None
        for x, y in _places(area, width, height):
            around = Region(x, y, width, height).grown(_REACH)
            near = None if mask is None else around.clipped(mask.shape)
            if mask is None or near is None or not mask[near.slices].any():
                return cls((x, y, x + width, y + height), np.zeros((height, width, 3), np.float32))
        return None

    def put(self, box: Box, image: FloatImage) -> None:
        """Copies what a finished part of the picture, `image` at `box`, has of this piece."""
        left, top = max(box[0], self.box[0]), max(box[1], self.box[1])
        right, bottom = min(box[2], self.box[2]), min(box[3], self.box[3])
        if right > left and bottom > top:
            x, y = self.box[:2]
            part = image[top - box[1] : bottom - box[1], left - box[0] : right - box[0]]
            self.image[top - y : bottom - y, left - x : right - x] = part


def _places(area: Region, width: int, height: int) -> list[tuple[int, int]]:
    """Corners where a piece can lie, a quarter of it apart, the middle of `area` first."""

    def along(start: int, length: int, side: int) -> list[int]:
        middle, apart = start + (length - side) // 2, side // 4
        steps = (length - side) // 2 // apart
        return [middle + step * apart for step in range(-steps, steps + 1)]

    x, y = area.x + (area.width - width) // 2, area.y + (area.height - height) // 2
    corners = [(a, b) for a in along(area.x, area.width, width) for b in along(area.y, area.height, height)]
    return sorted(corners, key=lambda corner: (corner[0] - x) ** 2 + (corner[1] - y) ** 2)
