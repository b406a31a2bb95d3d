"""Batches as a pure function of (pack, recipe, step): crops, augmentation, conditions and effects.

Crops are cut on the CPU; everything else runs on the training device. All randomness comes from generators
seeded with (run seed, step, share of the batch). So a resumed run gets the batches of an uninterrupted one,
and several processes together get the batches of a single one.
"""

import hashlib
from dataclasses import replace

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import compose
from trainer.data.augmentation import Augmentation
from trainer.data.conditions import draw_condition
from trainer.data.pack import Pairs
from trainer.data.pairs import CropBox, draw_pairs, with_pairs
from trainer.recipes import Phase, TrainConfig

Batch = tuple[Tensor, Tensor, ConditionBatch]
"""x, y: (B, 3, S, S) in [0, 1], and the conditions that lead from one to the other."""

_VIEW_SIDE = 32


def phase_at(config: TrainConfig, step: int) -> Phase:
    """The phase that `step` belongs to."""
    return next((p for p in config.phases if step < p.until * config.steps), config.phases[-1])


def step_generator(
    seed: int, step: int, share: int, purpose: str, device: torch.device | str = "cpu"
) -> torch.Generator:
    """A generator on `device` whose state depends on the other arguments alone."""
    digest = hashlib.sha256(f"{purpose}:{seed}:{step}:{share}".encode()).digest()
    return torch.Generator(device).manual_seed(int.from_bytes(digest[:8], "big") % 2**63)


def draw_batch(
    tiles: Tensor,
    config: TrainConfig,
    step: int,
    device: torch.device,
    shares: range | None = None,
    pairs: Pairs | None = None,
) -> Batch:
    """The batch of one step, on `device`.

    tiles: (N, T, T, 3) uint8. shares: which of the `config.shares` shares of the batch to draw, by default
    all. pairs: really blurred versions of the tiles; where a sample blurs a tile that has one, its target is
    made from it.
    """
    drawn = [
        _draw_share(tiles, config, step, device, share, pairs) for share in shares or range(config.shares)
    ]
    crops, targets, conditions = zip(*drawn, strict=True)
    return torch.cat(crops), torch.cat(targets), ConditionBatch.cat(conditions)


def _draw_share(
    tiles: Tensor, config: TrainConfig, step: int, device: torch.device, share: int, pairs: Pairs | None
) -> Batch:
    phase = phase_at(config, step)
    generator = step_generator(config.seed, step, share, "data")
    boxes = _draw_boxes(tiles, phase, phase.batch // config.shares, generator)
    crops, views = _cut_crops(tiles, boxes, phase.crop, device), _cut_views(tiles, boxes, device)
    augmentation = Augmentation.draw(len(crops), generator, device)
    crops, context = augmentation.of_crops(crops), augmentation.tone(views)
    # The color reference of a sample is another sample's view, so a single sample needs one from elsewhere.
    references = _draw_reference(tiles, config, step, share, boxes[0], device) if len(boxes) == 1 else None
    condition = draw_condition(config, phase, crops, context, generator, references)
    sources, still_to_apply = crops, condition
    if pairs is not None:
        chooser = step_generator(config.seed, step, share, "pairs")
        drawn = draw_pairs(pairs, boxes, phase.crop, condition, chooser)
        has_pair = torch.tensor([pair is not None for pair in drawn])
        if has_pair.any():
            blurry = torch.from_numpy(pairs.blurry)
            pieces = [
                _cut_crops(tiles, [box], phase.crop, device)
                if pair is None
                else _cut_crops(blurry, [replace(box, tile=pair.index)], phase.crop, device)
                for box, pair in zip(boxes, drawn, strict=True)
            ]
            sources = augmentation.of_crops(torch.cat(pieces))
            condition = with_pairs(condition, drawn, augmentation.turns, augmentation.flip)
            is_blurred = has_pair[:, None] & (torch.arange(len(Task)) == TASK_INDEX[Task.BLUR])
            still_to_apply = replace(condition, active=condition.active & ~is_blurred.to(device))
    effects = step_generator(config.seed, step, share, "effects", device)
    return crops, compose(sources, still_to_apply, generator=effects), condition


def _draw_reference(
    tiles: Tensor, config: TrainConfig, step: int, share: int, box: CropBox, device: torch.device
) -> Tensor:
    """The view (1, 3, 32, 32) of another tile than the box's, toned by itself, as color reference."""
    generator = step_generator(config.seed, step, share, "reference")
    offset = int(torch.randint(1, max(len(tiles), 2), (), generator=generator))
    other = replace(box, tile=(box.tile + offset) % len(tiles))
    return Augmentation.draw(1, generator, device).tone(_cut_views(tiles, [other], device))


def _draw_boxes(tiles: Tensor, phase: Phase, count: int, generator: torch.Generator) -> list[CropBox]:
    """`count` squares of random tiles, positions and sizes, at least as large as the phase's crops."""
    side, full = phase.crop, tiles.shape[1]
    boxes: list[CropBox] = []
    for _ in range(count):
        tile = int(torch.randint(len(tiles), (), generator=generator))
        # Half of the crops keep the tile's scale. The others shrink a larger square, which also sharpens
        # soft originals.
        shrink = 1.0 if float(torch.rand((), generator=generator)) < 0.5 else float(
            1 + (full / side - 1) * torch.rand((), generator=generator)
        )  # fmt: skip
        box_side = min(round(side * shrink), full)
        top, left = (int(torch.randint(full - box_side + 1, (), generator=generator)) for _ in range(2))
        boxes.append(CropBox(tile, top, left, box_side))
    return boxes


def _cut_crops(tiles: Tensor, boxes: list[CropBox], side: int, device: torch.device) -> Tensor:
    """The boxes as (B, 3, S, S) crops in [0, 1], reduced where they are larger than `side`."""
    crops: list[Tensor] = []
    for box in boxes:
        square = tiles[box.tile, box.top : box.top + box.side, box.left : box.left + box.side]
        crop = square.to(device).permute(2, 0, 1)[None].float() / 255
        if box.side != side:
            crop = torch.nn.functional.interpolate(crop, size=(side, side), mode="area")
        crops.append(crop)
    return torch.cat(crops)


def _cut_views(tiles: Tensor, boxes: list[CropBox], device: torch.device) -> Tensor:
    """Coarse views (B, 3, 32, 32) in [0, 1] of the tiles that the boxes lie in."""
    step = tiles.shape[1] // _VIEW_SIDE
    coarse = torch.stack([tiles[box.tile, ::step, ::step][:_VIEW_SIDE, :_VIEW_SIDE] for box in boxes])
    return coarse.to(device).permute(0, 3, 1, 2).float() / 255
