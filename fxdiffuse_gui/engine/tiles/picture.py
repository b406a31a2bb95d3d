"""`Picture`: a photo of any size that is read part by part, so that its size costs no memory. No torch."""

import weakref
from collections import deque
from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.engine.conditions.condition import ConditionError, FloatImage

Box = tuple[int, int, int, int]
"""(x0, y0, x1, y1), the ends excluded."""

_BAND = 256
_REMEMBERED = 8

# Edits ask for every pass, and a large reference takes longer to look through than a pass can wait.
_finite: deque["weakref.ref[NDArray[Any]]"] = deque(maxlen=_REMEMBERED)


class Picture:
    """Samples of a photo, never changed, and who they are.

    samples: (H, W, 3), uint8 or uint16 (read as shares of their maximum) or float32 in [0, 1]; sRGB-encoded.
    key: equal for pictures with the same samples; what is computed from a picture is remembered by it.
    statistics_from: the photo that this is a smaller copy of, whose colors count as those of the whole.

    Raises ConditionError when the samples have another shape or type.
    """

    def __init__(
        self, samples: NDArray[Any], key: Hashable = None, statistics_from: "Picture | None" = None
    ) -> None:
        if samples.ndim != 3 or samples.shape[2] != 3 or 0 in samples.shape:
            raise ConditionError(f"The photo must have the shape (height, width, 3), not {samples.shape}.")
        if samples.dtype.name not in ("uint8", "uint16", "float32"):
            raise ConditionError(f"The photo must be of 8 or 16 bits or float32, not {samples.dtype}.")
        self.samples = samples
        self.key: Hashable = object() if key is None else key
        self.statistics_from = self if statistics_from is None else statistics_from

    @property
    def height(self) -> int:
        """Rows."""
        return self.samples.shape[0]

    @property
    def width(self) -> int:
        """Columns."""
        return self.samples.shape[1]

    @property
    def box(self) -> Box:
        """All of it."""
        return (0, 0, self.width, self.height)

    def read(self, box: Box) -> FloatImage:
        """The pixels of `box`, (h, w, 3) float32 in [0, 1], a copy; reflected beyond the borders."""
        x0, y0, x1, y1 = box
        if x0 >= 0 and y0 >= 0 and x1 <= self.width and y1 <= self.height:
            return as_float(self.samples[y0:y1, x0:x1])
        rows, columns = reflected(y0, y1, self.height), reflected(x0, x1, self.width)
        top, left = rows.min(), columns.min()
        near = self.samples[top : rows.max() + 1, left : columns.max() + 1]
        return as_float(near[np.ix_(rows - top, columns - left)])


def is_finite(samples: NDArray[Any]) -> bool:
    """Whether every sample of (H, W, 3) is a number; integers always are.

    Arrays are known by identity: whoever changes one must not ask again.
    """
    if samples.dtype.kind != "f":
        return True
    if any(seen() is samples for seen in tuple(_finite)):
        return True
    bands = range(0, samples.shape[0], _BAND)
    if not all(bool(np.isfinite(samples[top : top + _BAND]).all()) for top in bands):
        return False
    _finite.append(weakref.ref(samples))
    return True


def reflected(start: int, stop: int, size: int) -> NDArray[np.intp]:
    """Indices start..stop−1 folded into [0, size) by reflection without repeating the edge (reflect-101)."""
    period = max(2 * (size - 1), 1)
    folded = np.arange(start, stop) % period
    return np.minimum(np.minimum(folded, np.abs(period - folded)), size - 1)
