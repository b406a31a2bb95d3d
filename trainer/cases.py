"""What is measured: every effect over its range on every crop, and all five together."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from fxdiffuse_gui.engine.condition import EditCondition, FloatImage, FloatMask
from fxdiffuse_gui.engine.effects import free_form_mask
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII

BLUR_EXTENTS = (4.0, 8.0, 12.0, 20.0, 28.0)
SHARPEN_AMOUNTS = (0.5, 1.0, 2.0, 3.0, 4.0)
_ANGLES = (0.0, 30.0, 75.0, 110.0, 150.0)


@dataclass(frozen=True)
class Case:
    """One edit to measure: which group of the report it belongs to, and what was asked for."""

    group: str
    asked: float
    crop: int
    condition: EditCondition


def make_cases(crops: list[FloatImage]) -> Iterator[Case]:
    """Every effect over its range on every crop, and all five together."""
    generator = torch.Generator().manual_seed(0)
    size = crops[0].shape[0]
    for index in range(len(crops)):
        angle = _ANGLES[index % len(_ANGLES)]
        reference = crops[(index + 1) % len(crops)]
        mask: FloatMask = free_form_mask(size, size, generator=generator)[0].numpy()
        for extent in BLUR_EXTENTS:
            yield Case("blur", extent, index, EditCondition(blur=extent, blur_angle=angle))
        for amount in SHARPEN_AMOUNTS:
            yield Case("sharpen", amount, index, EditCondition(sharpen=amount))
        for radius in GRAIN_RADII:
            yield Case("grain", radius, index, EditCondition(grain=radius, seed=index))
        yield Case("color", 1.0, index, EditCondition(color=1.0, reference=reference))
        yield Case("inpaint", 1.0, index, EditCondition(mask=mask, seed=index))
        together = EditCondition(
            blur=8.0, blur_angle=angle, sharpen=1.5, grain=0.05, color=1.0, reference=reference, mask=mask,
            seed=index,
        )  # fmt: skip
        yield Case("all five", 1.0, index, together)
