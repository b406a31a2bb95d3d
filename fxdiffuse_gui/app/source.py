"""What an edit starts from: the photo, and a small proxy of it for previews while zoomed out."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fxdiffuse_gui.app.state import MaskImage
from fxdiffuse_gui.engine.condition import FloatImage, FloatMask

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.image import Photo

PROXY_PIXELS = 600_000


@dataclass(frozen=True, eq=False)
class Source:
    """`photo` and its `proxy`: (h, w, 3), at most `PROXY_PIXELS` pixels, `zoom` ≤ 1 times as large.

    When the photo is small enough the proxy is the photo itself and `zoom` is 1.
    """

    photo: "Photo"
    proxy: FloatImage
    zoom: float

    @classmethod
    def of(cls, photo: "Photo") -> "Source":
        """Makes the proxy by area averaging. Takes a while for a large photo: not for the drawing thread."""
        height, width = photo.pixels.shape[:2]
        zoom = min(1.0, math.sqrt(PROXY_PIXELS / (width * height)))
        if zoom == 1.0:
            return cls(photo, photo.pixels, 1.0)
        import cv2

        size = (max(1, int(width * zoom)), max(1, int(height * zoom)))
        proxy = cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA)
        return cls(photo, np.clip(proxy, 0.0, 1.0).astype(np.float32, copy=False), zoom)

    def proxy_mask(self, mask: MaskImage) -> FloatMask:
        """The mask at the size of the proxy; above 0 wherever any photo pixel below is painted."""
        import cv2

        height, width = self.proxy.shape[:2]
        if mask.shape == (height, width):
            return as_float_mask(mask)
        small = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA)
        return small.astype(np.float32) / np.float32(255)


def as_float_mask(mask: MaskImage) -> FloatMask:
    """0..255 as 0..1."""
    return mask.astype(np.float32) / np.float32(255)
