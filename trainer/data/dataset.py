"""Batches as a pure function of (pack, recipe, step): crops, augmentation, conditions, and the effects.

Crops are cut on the CPU, everything else runs on the training device. All randomness comes from
generators seeded with (run seed, step, share of the batch), so a resumed run sees what an unbroken one
would, and several processes together see what one would.
"""

import hashlib
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import TASKS, Task
from fxdiffuse_gui.engine.effects import artist_mask, compose, free_form_mask, lab_statistics
from fxdiffuse_gui.engine.effects.basics import to_encoded, to_linear
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from trainer.data.packfile import Pairs
from trainer.data.pairs import Cut, draw_pairs, with_pairs
from trainer.training.recipes import Phase, TrainConfig

Batch = tuple[Tensor, Tensor, ConditionBatch]
"""x, y: (B, 3, S, S) in [0, 1], and the conditions that lead from one to the other."""


def phase_at(config: TrainConfig, step: int) -> Phase:
    """The phase that `step` belongs to."""
    return next((p for p in config.phases if step < p.until * config.steps), config.phases[-1])


def step_generator(
    seed: int, step: int, share: int, purpose: str, device: torch.device | str = "cpu"
) -> torch.Generator:
    """A generator whose state depends on its arguments alone."""
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
    """tiles: (N, T, T, 3) uint8. shares: which of the `config.shares` shares of the batch to draw,
    all unless said. pairs:
    their really blurred versions, if any; where a sample blurs such a tile, its target comes from one of
    them. Returns those shares of the batch of one step on `device`."""
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
    effects = step_generator(config.seed, step, share, "effects", device)
    cuts = _draw_cuts(tiles, phase, phase.batch // config.shares, generator)
    crops, views = _cut_crops(tiles, cuts, phase.crop, device), _cut_views(tiles, cuts, device)
    change = _Change.draw(len(crops), generator, device)
    crops, context = change.of_crops(crops), change.tone(views)
    condition = draw_condition(config, phase, crops, context, generator)
    if pairs is None:
        return crops, compose(crops, condition, generator=effects), condition
    chooser = step_generator(config.seed, step, share, "pairs")
    drawn = draw_pairs(pairs, cuts, phase.crop, condition, chooser)
    rows = torch.tensor([pair is not None for pair in drawn])
    if not rows.any():
        return crops, compose(crops, condition, generator=effects), condition
    blurry = torch.from_numpy(pairs.blurry)
    real = [
        Cut(cut.tile if pair is None else pair.index, cut.top, cut.left, cut.side)
        for cut, pair in zip(cuts, drawn, strict=True)
    ]
    sources = (tiles if pair is None else blurry for pair in drawn)
    started = torch.cat(
        [_cut_crops(s, [cut], phase.crop, device) for s, cut in zip(sources, real, strict=True)]
    )
    condition = with_pairs(condition, drawn, change.turns, change.flip)
    blurred_already = rows[:, None] & (torch.arange(len(Task)) == TASK_INDEX[Task.BLUR])
    rest = replace(condition, active=condition.active & ~blurred_already.to(device))
    return crops, compose(change.of_crops(started), rest, generator=effects), condition


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


def _draw_cuts(tiles: Tensor, phase: Phase, count: int, generator: torch.Generator) -> list[Cut]:
    """`count` squares of random tiles, places and scales, at least as large as the phase's crops."""
    side, full = phase.crop, tiles.shape[1]
    cuts: list[Cut] = []
    for _ in range(count):
        tile = int(torch.randint(len(tiles), (), generator=generator))
        # Scale 1 half of the time; else shrink a larger cut, which also sharpens soft originals.
        shrink = 1.0 if float(torch.rand((), generator=generator)) < 0.5 else float(
            1 + (full / side - 1) * torch.rand((), generator=generator)
        )  # fmt: skip
        cut = min(round(side * shrink), full)
        top, left = (int(torch.randint(full - cut + 1, (), generator=generator)) for _ in range(2))
        cuts.append(Cut(tile, top, left, cut))
    return cuts


def _cut_crops(tiles: Tensor, cuts: list[Cut], side: int, device: torch.device) -> Tensor:
    """The cuts as (B, 3, S, S) crops, reduced where they are larger."""
    crops: list[Tensor] = []
    for cut in cuts:
        square = tiles[cut.tile, cut.top : cut.top + cut.side, cut.left : cut.left + cut.side]
        piece = square.to(device).permute(2, 0, 1)[None].float() / 255
        if cut.side != side:
            piece = torch.nn.functional.interpolate(piece, size=(side, side), mode="area")
        crops.append(piece)
    return torch.cat(crops)


def _cut_views(tiles: Tensor, cuts: list[Cut], device: torch.device) -> Tensor:
    """Coarse views (B, 3, 32, 32) of the tiles that the cuts were made from."""
    step = tiles.shape[1] // 32
    coarse = torch.stack([tiles[cut.tile, ::step, ::step][:32, :32] for cut in cuts])
    return coarse.to(device).permute(0, 3, 1, 2).float() / 255


@dataclass(frozen=True)
class _Change:
    """An augmentation: quarter turns of the batch, and per sample flips, exposure, white balance,
    saturation, and the range of tones.

    The tones are in linear light, so that they mean the same before and after a blur. darkest, brightest:
    linear. Photos are mostly middle tones with detail; grain must have its strength in skies, walls and
    night, too.
    """

    turns: int
    flip: Tensor
    gain: Tensor
    saturation: Tensor
    darkest: Tensor
    brightest: Tensor

    @classmethod
    def draw(cls, count: int, generator: torch.Generator, device: torch.device) -> "_Change":
        """A random one for `count` samples."""

        def normal(*shape: int) -> Tensor:
            return torch.randn(shape, generator=generator).to(device)

        turns = int(torch.randint(4, (), generator=generator))
        flip = torch.rand(count, generator=generator) < 0.5
        keep = (torch.rand(count, 1, 1, 1, generator=generator) < 0.4).to(device)
        gain = torch.exp2(0.4 * normal(count, 1, 1, 1) + 0.15 * normal(count, 3, 1, 1))
        saturation = (1 + 0.25 * normal(count, 1, 1, 1)).clamp(0, 2)
        low, share, narrow = torch.rand(3, count, 1, 1, 1, generator=generator).to(device)
        extent = torch.where(narrow < 0.3, 10 ** (-1.5 * share), 1.0)
        darkest = low * (1 - extent)
        return cls(
            turns,
            flip,
            gain.masked_fill(keep, 1.0),
            saturation.masked_fill(keep, 1.0),
            to_linear(darkest),
            to_linear(darkest + extent),
        )

    def of_crops(self, crops: Tensor) -> Tensor:
        """Turned, flipped and toned."""
        crops = torch.rot90(crops, self.turns, (2, 3))
        return self.tone(torch.where(self.flip.to(crops.device)[:, None, None, None], crops.flip(3), crops))

    def tone(self, image: Tensor) -> Tensor:
        """The same tones for crop and view."""
        linear = to_linear(image) * self.gain
        weights = linear.new_tensor([0.2126, 0.7152, 0.0722])[:, None, None]
        luminance = (linear * weights).sum(1, keepdim=True)
        linear = torch.lerp(luminance, linear, self.saturation)
        linear = torch.lerp(self.darkest, self.brightest, linear.clamp(0, 1))
        return to_encoded(linear).clamp(0, 1)
