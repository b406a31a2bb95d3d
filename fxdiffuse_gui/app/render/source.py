"""What an edit starts from: the photo, and smaller copies of it for zoomed-out views."""

import math
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.engine.tiles.picture import Box, Picture

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.image import Photo

_STOPS = 8
"""Sizes per halving: so that zooming back and forth uses the same copies, and what was computed for them."""
_KEPT = 4

T = TypeVar("T")


class Source:
    """The photo as the engine reads it, at full size and smaller. Thread-safe."""

    def __init__(self, photo: "Photo") -> None:
        self.photo = photo
        self.picture = Picture(photo.original)
        self._lock = threading.Lock()
        self._copies: OrderedDict[tuple[int, int], Picture] = OrderedDict()
        self._masks: OrderedDict[tuple[int, int], tuple[MaskImage, MaskImage]] = OrderedDict()

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the photo."""
        return self.photo.height, self.photo.width

    def size(self, zoom: float) -> tuple[int, int]:
        """Width and height of the copy at `zoom` (≤ 1)."""
        return max(1, round(self.photo.width * zoom)), max(1, round(self.photo.height * zoom))

    def at(self, zoom: float) -> Picture:
        """The photo scaled by `zoom` with area averaging; itself from 1 up. Cached."""
        if zoom >= 1.0:
            return self.picture
        size = self.size(zoom)
        with self._lock:
            if size not in self._copies:
                small = _shrunk(self.photo.original, size)
                self._copies[size] = Picture(small, (self.picture.key, size), self.picture)
            return _newest(self._copies, size)

    def mask_at(self, mask: MaskImage, zoom: float) -> MaskImage:
        """A mask of the photo at the size of `at(zoom)`; above 0 wherever a photo pixel it covers is
        painted."""
        if zoom >= 1.0:
            return mask
        size = self.size(zoom)
        with self._lock:
            if size not in self._masks or self._masks[size][0] is not mask:
                # Averaging may round the rim of a stroke to 0, but it is painted.
                touched = _shrunk((mask > 0).astype(np.float32), size) > 0
                self._masks[size] = mask, np.maximum(_shrunk(mask, size), touched)
            return _newest(self._masks, size)[1]

    def box(self, region: Region, zoom: float) -> Box:
        """The pixels of `at(zoom)` that `region` of the photo reaches into."""
        width, height = self.size(zoom) if zoom < 1.0 else (self.photo.width, self.photo.height)
        x, y = width / self.photo.width, height / self.photo.height
        x0, y0 = math.floor(region.x * x), math.floor(region.y * y)
        x1, y1 = math.ceil(region.right * x), math.ceil(region.bottom * y)
        return max(0, x0), max(0, y0), min(max(x1, x0 + 1), width), min(max(y1, y0 + 1), height)


def stop_above(zoom: float) -> float:
    """The nearest size of a copy that is not smaller than `zoom`; at most 1."""
    return min(1.0, 2.0 ** (math.ceil(_STOPS * math.log2(zoom) - 1e-6) / _STOPS))


def stop_below(zoom: float) -> float:
    """The nearest size of a copy that is not larger than `zoom`; at most 1."""
    return min(1.0, 2.0 ** (math.floor(_STOPS * math.log2(zoom) + 1e-6) / _STOPS))


def _shrunk(samples: Any, size: tuple[int, int]) -> Any:
    import cv2

    return cv2.resize(samples, size, interpolation=cv2.INTER_AREA)


def _newest(known: OrderedDict[tuple[int, int], T], size: tuple[int, int]) -> T:
    """The value of `size`; those used longest ago are dropped."""
    known.move_to_end(size)
    while len(known) > _KEPT:
        known.popitem(last=False)
    return known[size]
