"""All effects of an edit in the order of the task table: scene → camera → lab."""

from collections.abc import Callable

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects.blur import motion_blur
from fxdiffuse_gui.engine.effects.color import color_transfer
from fxdiffuse_gui.engine.effects.grain import film_grain
from fxdiffuse_gui.engine.effects.sharpen import unsharp_mask


def compose(image: Tensor, condition: ConditionBatch, *, generator: torch.Generator) -> Tensor:
    """The ground truth of an edit: color transfer, motion blur, sharpening and film grain, where active.

    image: (B, 3, H, W) in [0, 1], the scene without holes (the ground truth of inpainting is the photo
    itself). generator: of the grain. Returns (B, 3, H, W) in [0, 1]; rows without an active task are
    unchanged.
    """

    def color(x: Tensor, rows: Tensor) -> Tensor:
        return color_transfer(
            x,
            image_statistics=condition.image_statistics[rows],
            reference_statistics=condition.reference_statistics[rows],
            strength=condition.value(Task.COLOR)[rows],
        )

    def blur(x: Tensor, rows: Tensor) -> Tensor:
        return motion_blur(x, condition.value(Task.BLUR)[rows], condition.angle[rows])

    def sharpen(x: Tensor, rows: Tensor) -> Tensor:
        return unsharp_mask(x, condition.value(Task.SHARPEN)[rows])

    def grain(x: Tensor, rows: Tensor) -> Tensor:
        return film_grain(x, condition.value(Task.GRAIN)[rows], generator=generator, method="fast")

    steps: tuple[tuple[Task, Callable[[Tensor, Tensor], Tensor]], ...] = (
        (Task.COLOR, color),
        (Task.BLUR, blur),
        (Task.SHARPEN, sharpen),
        (Task.GRAIN, grain),
    )
    for task, effect in steps:
        rows = condition.is_active(task).nonzero().flatten()
        if rows.numel():
            image = image.index_copy(0, rows, effect(image[rows], rows))
    return image
