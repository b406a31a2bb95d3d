"""`EditCondition.scaled`: the condition for a smaller copy of the photo."""

from typing import Any

import cv2
import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.grain_model import zoomed_grain
from fxdiffuse_gui.engine.effects import film_grain
from tests.engine.tiny import textured

REFERENCE = textured(6, 5)
MASK = np.zeros((4, 7), np.float32)
MASK[1, 2] = 0.5
FULL: dict[str, Any] = {
    "blur": 8.0, "blur_angle": 30.0, "grain": 0.05, "sharpen": 1.5, "color": 0.7, "reference": REFERENCE,
    "mask": MASK, "seed": 9, "grain_seed": 12,
}  # fmt: skip


def test_scaled_shrinks_lengths() -> None:
    condition = EditCondition(**FULL)
    half = condition.scaled(0.5)
    assert half.blur == 4.0
    assert (half.color, half.seed, half.grain_lens) == (0.7, 9, 0.25)
    assert half.grain is not None and 0.03 < half.grain < 0.05 and 0.5 < half.grain_gain < 1
    assert half.sharpen == pytest.approx(1.5 * 0.334, abs=1e-3)
    assert half.blur_angle == 30.0
    assert condition.scaled(1.0) is condition
    tiny = condition.scaled(0.01)
    assert tiny.blur is None and tiny.sharpen is None  # too little to see
    assert EditCondition(grain=0.05).scaled(0.1).grain is not None  # however weak: it has no end


def test_scaled_keeps_the_automatic_direction() -> None:
    condition = EditCondition(blur=8.0, seed=5)
    assert condition.scaled(0.5).angle == condition.angle


@pytest.mark.parametrize("radius", [0.01, 0.05, 0.1])
@pytest.mark.parametrize("zoom", [0.84, 0.5, 0.35, 0.25])
def test_scaled_grain_is_that_of_a_picture_made_smaller(radius: float, zoom: float) -> None:
    """Against the operator: grain at full size averaged, and grain named for the small picture."""
    side = 512
    small = round(side * zoom)
    flat = torch.full((1, 3, side, side), 0.5)
    grainy = film_grain(flat, radius, generator=torch.Generator().manual_seed(1))[0].permute(1, 2, 0).numpy()
    averaged = cv2.resize(grainy, (small, small), interpolation=cv2.INTER_AREA)
    named, gain = zoomed_grain(radius, small / side)
    ours = film_grain(flat[..., :small, :small], named, generator=torch.Generator().manual_seed(2))
    std = float(ours.std()) * gain
    assert std == pytest.approx(float(averaged.std()), rel=0.06)


def test_at_full_size_grain_stays_as_it_is() -> None:
    radius, gain = zoomed_grain(0.07, 1.0)
    assert radius == pytest.approx(0.07, rel=1e-6) and gain == pytest.approx(1.0, rel=1e-6)
