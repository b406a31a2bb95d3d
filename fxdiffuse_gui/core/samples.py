"""Samples of pictures as floats."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def as_float(samples: NDArray[Any]) -> NDArray[np.float32]:
    """A float32 copy in row order: integers over their type's maximum, floats as they are."""
    if samples.dtype == np.float32:
        return np.array(samples, order="C")
    return samples.astype(np.float32, order="C") / np.float32(np.iinfo(samples.dtype).max)
