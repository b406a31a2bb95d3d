"""Batches as a pure function of (pack, recipe, step): crops, augmentation, conditions, and the effects.

Crops are cut on the CPU, everything else runs on the training device. All randomness comes from
generators seeded with (run seed, step, process), so a resumed run sees what an unbroken one would.
"""

import hashlib

import torch
from torch import Tensor

from fxdiffuse_gui.engine.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.effects import artist_mask, compose, free_form_mask, lab_statistics
from fxdiffuse_gui.engine.effects.basics import to_encoded, to_linear
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from fxdiffuse_gui.engine.tasks import TASKS, Task
from trainer.recipes import Phase, TrainConfig

Batch = tuple[Tensor, Tensor, ConditionBatch]
"""x, y: (B, 3, S, S) in [0, 1], and the conditions that lead from one to the other."""


def phase_at(config: TrainConfig, step: int) -> Phase:
    """The phase that `step` belongs to."""
    return next((p for p in config.phases if step < p.until * config.steps), config.phases[-1])


def step_generator(
    seed: int, step: int, process: int, purpose: str, device: torch.device | str = "cpu"
) -> torch.Generator:
    """A generator whose state depends on its arguments alone."""
    digest = hashlib.sha256(f"{purpose}:{seed}:{step}:{process}".encode()).digest()
    return torch.Generator(device).manual_seed(int.from_bytes(digest[:8], "big") % 2**63)


def draw_batch(
    tiles: Tensor, config: TrainConfig, step: int, device: torch.device, process: int = 0
) -> Batch:
    """tiles: (N, T, T, 3) uint8. Returns the batch of one step on `device`."""
    phase = phase_at(config, step)
    generator = step_generator(config.seed, step, process, "data")
    effects = step_generator(config.seed, step, process, "effects", device)
    crops, context = _augment(*_cut(tiles, phase, generator, device), generator)
    condition = draw_condition(config, phase, crops, context, generator)
    return crops, compose(crops, condition, generator=effects), condition


def draw_condition(
    config: TrainConfig, phase: Phase, crops: Tensor, context: Tensor, generator: torch.Generator
) -> ConditionBatch:
    """Random activations, intensities, directions, references and masks for a batch of crops.

    context: (B, 3, t, t), a coarse view of the larger picture that each crop was cut from; color
    statistics are those of the crop or, as often, of that view. References are other samples' views.
    """
    count, device = len(crops), crops.device

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, generator=generator)

    active = torch.stack([_draw_tasks(config, generator) for _ in range(count)])
    values = torch.stack([uniform(spec.minimum, spec.maximum) for spec in TASKS], 1)
    radii = torch.tensor(GRAIN_RADII)[torch.randint(len(GRAIN_RADII), (count,), generator=generator)]
    grain, color = TASK_INDEX[Task.GRAIN], TASK_INDEX[Task.COLOR]
    values[:, grain] = torch.where(uniform(0, 1) < 0.5, radii, values[:, grain])
    values[:, color] = torch.where(uniform(0, 1) < 0.6, torch.ones(count), values[:, color])
    values[:, TASK_INDEX[Task.INPAINT]] = 1.0
    angle = uniform(0, 180)
    masks = torch.stack([_draw_mask(phase.crop, generator) for _ in range(count)])
    own_view = (uniform(0, 1) < 0.5)[:, None].to(device)
    of_view = lab_statistics(context)
    image_statistics = torch.where(own_view, lab_statistics(crops), of_view)
    shift = int(torch.randint(1, max(count, 2), (), generator=generator))
    has_color = active[:, color, None].to(device)
    inpaint = active[:, TASK_INDEX[Task.INPAINT], None, None, None]
    return ConditionBatch(
        active.to(device),
        (values * active).to(device),
        angle.to(device),
        image_statistics * has_color,
        of_view.roll(shift, 0) * has_color,
        (masks * inpaint).to(device),
    )


def _draw_tasks(config: TrainConfig, generator: torch.Generator) -> Tensor:
    """(5,) bool: one task, or two to five, without replacement by weight."""
    weights = torch.tensor([config.task_weights[task] for task in Task])
    alone = float(torch.rand((), generator=generator)) < config.single
    count = 1 if alone else int(torch.randint(2, len(Task) + 1, (), generator=generator))
    count = min(count, int((weights > 0).sum()))
    chosen = torch.multinomial(weights, count, generator=generator)
    return torch.zeros(len(Task), dtype=torch.bool).index_fill(0, chosen, True)


def _draw_mask(side: int, generator: torch.Generator) -> Tensor:
    """(1, S, S): the benchmark's masks and artists', about half each."""
    if float(torch.rand((), generator=generator)) < 0.4:
        return free_form_mask(side, side, generator=generator)
    return artist_mask(side, side, generator=generator)


def _cut(
    tiles: Tensor, phase: Phase, generator: torch.Generator, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Crops (B, 3, S, S) at random places and scales, and coarse views (B, 3, 32, 32) of their tiles."""
    side, full = phase.crop, tiles.shape[1]
    crops, views = [], []
    for _ in range(phase.batch):
        tile = tiles[int(torch.randint(len(tiles), (), generator=generator))]
        # Scale 1 half of the time; else shrink a larger cut, which also sharpens soft originals.
        shrink = 1.0 if float(torch.rand((), generator=generator)) < 0.5 else float(
            1 + (full / side - 1) * torch.rand((), generator=generator)
        )  # fmt: skip
        cut = min(round(side * shrink), full)
        top, left = (int(torch.randint(full - cut + 1, (), generator=generator)) for _ in range(2))
        piece = tile[top : top + cut, left : left + cut].to(device).permute(2, 0, 1)[None].float() / 255
        if cut != side:
            piece = torch.nn.functional.interpolate(piece, size=(side, side), mode="area")
        crops.append(piece)
        coarse = tile[:: full // 32, :: full // 32][:32, :32].to(device)
        views.append(coarse.permute(2, 0, 1)[None].float() / 255)
    return torch.cat(crops), torch.cat(views)


def _augment(crops: Tensor, views: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Flips, quarter turns, and the same exposure, white balance and saturation for crop and view."""
    turns = int(torch.randint(4, (), generator=generator))
    crops = torch.rot90(crops, turns, (2, 3))
    flip = torch.rand(len(crops), generator=generator) < 0.5
    crops = torch.where(flip.to(crops.device)[:, None, None, None], crops.flip(3), crops)

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator).to(crops.device)

    count = len(crops)
    keep = (torch.rand(count, 1, 1, 1, generator=generator) < 0.4).to(crops.device)
    gain = torch.exp2(0.4 * normal(count, 1, 1, 1) + 0.15 * normal(count, 3, 1, 1)).masked_fill(keep, 1.0)
    saturation = (1 + 0.25 * normal(count, 1, 1, 1)).clamp(0, 2).masked_fill(keep, 1.0)

    def tone(image: Tensor) -> Tensor:
        linear = to_linear(image) * gain
        luminance = (linear * linear.new_tensor([0.2126, 0.7152, 0.0722])[:, None, None]).sum(1, keepdim=True)
        return to_encoded(torch.lerp(luminance, linear, saturation).clamp(0, 1)).clamp(0, 1)

    return tone(crops), tone(views)
