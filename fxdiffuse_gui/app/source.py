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
DRAFT_SIDE = 512
"""Longer side of a draft: the engine takes it in one piece, so its first preview comes soonest."""


@dataclass(frozen=True, eq=False)
class Proxy:
    """The photo made smaller: `pixels` (h, w, 3), `zoom` ≤ 1 times as large."""

    pixels: FloatImage
    zoom: float

    def mask(self, mask: MaskImage) -> FloatMask:
        """A mask of the photo at this size; above 0 wherever any photo pixel below is painted."""
        import cv2

        height, width = self.pixels.shape[:2]
        if mask.shape == (height, width):
            return as_float_mask(mask)
        small = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA)
        return small.astype(np.float32) / np.float32(255)


@dataclass(frozen=True, eq=False)
class Source:
    """`photo`, its `proxy` of at most `PROXY_PIXELS` pixels, and a smaller `draft` to follow a drag with.

    When the photo is small enough the proxy is the photo itself, at zoom 1; the draft is the proxy itself
    when that is small enough.
    """

    photo: "Photo"
    proxy: Proxy
    draft: Proxy

    @classmethod
    def of(cls, photo: "Photo") -> "Source":
        """Makes both by area averaging. Takes a while for a large photo: not for the drawing thread."""
        height, width = photo.pixels.shape[:2]
        proxy = _shrunk(Proxy(photo.pixels, 1.0), math.sqrt(PROXY_PIXELS / (width * height)))
        draft = _shrunk(proxy, DRAFT_SIDE / max(proxy.pixels.shape[:2]))
        return cls(photo, proxy, draft)

    @property
    def has_draft(self) -> bool:
        """Whether the draft is smaller than the proxy."""
        return self.draft is not self.proxy


def shrunk_to(pixels: FloatImage, zoom: float) -> FloatImage:
    """(H, W, 3) pixels made `zoom` times as large by area averaging; the same array from zoom 1 up."""
    if zoom >= 1.0:
        return pixels
    import cv2

    height, width = pixels.shape[:2]
    size = (max(1, int(width * zoom)), max(1, int(height * zoom)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.clip(small, 0.0, 1.0).astype(np.float32, copy=False)


def _shrunk(proxy: Proxy, zoom: float) -> Proxy:
    return proxy if zoom >= 1.0 else Proxy(shrunk_to(proxy.pixels, zoom), proxy.zoom * zoom)


def as_float_mask(mask: MaskImage) -> FloatMask:
    """0..255 as 0..1."""
    return mask.astype(np.float32) / np.float32(255)
