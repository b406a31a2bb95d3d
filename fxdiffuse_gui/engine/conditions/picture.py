"""`Picture`: a photo of any size, read region by region, so that its size costs no memory. No torch."""

import weakref
from collections import deque
from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.samples import as_float, reflect_indices
from fxdiffuse_gui.engine.conditions.condition import ConditionError, FloatImage

Box = tuple[int, int, int, int]
"""(x0, y0, x1, y1) in px, the ends excluded."""

_BAND = 256  # rows checked at a time
_REMEMBERED = 8

# Every pass of an edit asks, and checking a large reference takes longer than a pass may wait.
_finite: deque["weakref.ref[NDArray[Any]]"] = deque(maxlen=_REMEMBERED)


class Picture:
    """The samples of a photo, never changed, and their identity.

    samples: (H, W, 3), uint8 or uint16 (read as shares of their maximum) or float32 in [0, 1]; sRGB-encoded.
    key: equal for pictures with the same samples; results computed from a picture are cached under it.
    statistics_from: the photo that this is a smaller copy of, whose colors count as those of the whole.

    Raises ConditionError when the samples have another shape or type.
    """

    def __init__(
        self, samples: NDArray[Any], key: Hashable = None, statistics_from: "Picture | None" = None
    ) -> None:
        if samples.ndim != 3 or samples.shape[2] != 3 or 0 in samples.shape:
            raise ConditionError(
                "The photo must have the shape (height, width, 3), not {shape}.", shape=samples.shape
            )
        if samples.dtype.name not in ("uint8", "uint16", "float32"):
            raise ConditionError(
                "The photo must be of 8 or 16 bits or float32, not {type}.", type=samples.dtype
            )
        self.samples = samples
        self.key: Hashable = object() if key is None else key
        self.statistics_from = self if statistics_from is None else statistics_from

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.samples.shape[0]

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.samples.shape[1]

    @property
    def box(self) -> Box:
        """The box of the whole picture."""
        return (0, 0, self.width, self.height)

    def read(self, box: Box) -> FloatImage:
        """The pixels of `box`, (h, w, 3) float32 in [0, 1], a copy; reflected beyond the borders."""
        x0, y0, x1, y1 = box
        if x0 >= 0 and y0 >= 0 and x1 <= self.width and y1 <= self.height:
            return as_float(self.samples[y0:y1, x0:x1])
        rows, columns = reflect_indices(y0, y1, self.height), reflect_indices(x0, x1, self.width)
        top, left = rows.min(), columns.min()
        near = self.samples[top : rows.max() + 1, left : columns.max() + 1]
        return as_float(near[np.ix_(rows - top, columns - left)])


def is_finite(samples: NDArray[Any]) -> bool:
    """Whether every sample of (H, W, 3) is a number; integers always are.

    The answer is cached by the identity of the array, so do not ask again after changing its samples.
    """
    if samples.dtype.kind != "f":
        return True
    if any(known() is samples for known in tuple(_finite)):
        return True
    bands = range(0, samples.shape[0], _BAND)
    if not all(bool(np.isfinite(samples[top : top + _BAND]).all()) for top in bands):
        return False
    _finite.append(weakref.ref(samples))
    return True
