"""What the tests of edits share."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.pipeline import edit
from tests.engine.tiny import textured

REFERENCE = textured(40, 30, 5) * np.float32(0.6)
EVERYTHING: dict[str, Any] = {
    "blur": 6.0, "blur_angle": 20.0, "grain": 0.05, "sharpen": 1.0, "color": 0.8,
    "reference": REFERENCE, "seed": 3,
}  # fmt: skip


def result(photo: FloatImage, condition: EditCondition, model: Model, **options: Any) -> FloatImage:
    return edit(photo, condition, model, **options)


def hole(height: int, width: int) -> NDArray[np.float32]:
    mask = np.zeros((height, width), np.float32)
    mask[height // 3 : height // 3 + max(height // 4, 1), width // 3 : width // 3 + max(width // 4, 1)] = 1
    return mask
