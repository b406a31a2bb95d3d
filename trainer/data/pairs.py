"""Real blur in training: which pair of a tile a sample uses, and the extent and angle it then has."""

import math
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from trainer.data.pack import Pairs


@dataclass(frozen=True)
class CropBox:
    """A square of a tile. tile: its index. top, left, side: px, before it is reduced to the crop's size."""

    tile: int
    top: int
    left: int
    side: int


@dataclass(frozen=True)
class DrawnPair:
    """index: of the pair. extent: px in the crop. angle: degrees counter-clockwise from +x, in the tile."""

    index: int
    extent: float
    angle: float


def draw_pairs(
    pairs: Pairs, boxes: list[CropBox], side: int, condition: ConditionBatch, generator: torch.Generator
) -> list[DrawnPair | None]:
    """For each box a random pair of its tile, or None where the sample has no blur or no pair is usable.

    A pair is usable when its extent, in a crop of `side` px, lies in the range of the blur control. With
    color transfer, which comes before the blur and does not commute with it, the blur stays synthetic.
    """
    spec = SPECS[Task.BLUR]
    takes_pair = (condition.is_active(Task.BLUR) & ~condition.is_active(Task.COLOR)).tolist()
    chances = torch.rand(len(boxes), generator=generator).tolist()
    drawn: list[DrawnPair | None] = []
    for box, takes, chance in zip(boxes, takes_pair, chances, strict=True):
        zoom = side / box.side
        first, last = (int(np.searchsorted(pairs.tile, box.tile, s)) for s in ("left", "right"))
        usable = [i for i in range(first, last) if spec.minimum <= pairs.extent[i] * zoom <= spec.maximum]
        if not (takes and usable):
            drawn.append(None)
            continue
        index = usable[min(math.floor(chance * len(usable)), len(usable) - 1)]
        drawn.append(DrawnPair(index, float(pairs.extent[index]) * zoom, float(pairs.angle[index])))
    return drawn


def with_pairs(
    condition: ConditionBatch, drawn: list[DrawnPair | None], turns: int, flip: Tensor
) -> ConditionBatch:
    """The condition with the measured extents and angles of the drawn pairs.

    turns: quarter turns counter-clockwise of the crops. flip: (B,) bool, which crops are then mirrored left
    to right. Both change the angle.
    """
    values, angle = condition.values.clone(), condition.angle.clone()
    for row, pair in enumerate(drawn):
        if pair is None:
            continue
        turned = pair.angle + 90 * turns
        values[row, TASK_INDEX[Task.BLUR]] = pair.extent
        angle[row] = (180 - turned if flip[row] else turned) % 180
    return replace(condition, values=values, angle=angle)
