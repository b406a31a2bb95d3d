"""Real blur in batches; packs without it give the same batches as before it was supported."""

import hashlib
from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import compose, motion_blur
from trainer.data.dataset import Batch, draw_batch, step_generator
from trainer.data.pack import Pairs
from trainer.recipes import TrainConfig, default, tiny

CPU = torch.device("cpu")

# From the code before packs could hold pairs: step → digest of activations, values, angles and masks, and the
# mean of the first crops.
PINNED = {
    0: ("7903cbfb35bc9f08", [0.5579, 0.4954, 0.5692]),
    4000: ("5b6e4b27ccb4b2bb", [0.4837, 0.6051, 0.56]),
    8999: ("3609262b5ad3af5d", [0.501, 0.4599, 0.4444]),
}


def random_tiles(count: int, side: int) -> Tensor:
    coarse = np.random.default_rng(5).integers(0, 256, (count, 9, 9, 3), dtype=np.uint8)
    large = [cv2.resize(c, (side, side), interpolation=cv2.INTER_CUBIC) for c in coarse]
    return torch.from_numpy(np.stack(large))


@pytest.mark.parametrize("step", PINNED)
def test_batches_without_pairs_are_those_of_before(step: int) -> None:
    config = replace(default(), shares=1)
    x, y, condition = draw_batch(random_tiles(12, 256), config, step, CPU)
    digest = hashlib.sha256()
    for tensor in (condition.active, condition.values, condition.angle, condition.mask):
        digest.update(tensor.contiguous().numpy().tobytes())
    drawn, means = PINNED[step]
    assert digest.hexdigest()[:16] == drawn
    assert x.mean((1, 2, 3))[:3].tolist() == pytest.approx(means, abs=1e-3)
    effects = step_generator(config.seed, step, 0, "effects", CPU)
    assert torch.equal(y, compose(x, condition, generator=effects))


def blurred_pairs(tiles: Tensor, exposures: list[tuple[int, float, float]]) -> Pairs:
    """Pairs blurred by the operator, so that targets are known. exposures: tile, extent, angle."""
    blurry = [
        motion_blur(tiles[t].permute(2, 0, 1)[None] / 255.0, extent, angle) for t, extent, angle in exposures
    ]
    stacked = (torch.cat(blurry).permute(0, 2, 3, 1) * 255).round().to(torch.uint8).numpy()
    owners, extents, angles = zip(*exposures, strict=True)
    return Pairs(stacked, np.array(owners), np.array(extents, np.float32), np.array(angles, np.float32))


def smooth_tiles(count: int) -> Tensor:
    return random_tiles(count, 96)


def tasks_only(config: TrainConfig, **weights: float) -> TrainConfig:
    """The recipe with only the given task weights."""
    return replace(config, task_weights={task: weights.get(task.value, 0.0) for task in Task})


def inner(image: Tensor) -> Tensor:
    """The image without its border, where crops of blurred tiles differ from blurred crops."""
    return image[..., 9:-9, 9:-9]


def test_targets_come_from_pairs() -> None:
    """With any turn, flip, scale and tone the target is the crop blurred by the labeled extent and angle."""
    tiles = smooth_tiles(3)
    pairs = blurred_pairs(tiles, [(0, 5.0, 40.0), (1, 6.0, 130.0), (1, 9.0, 130.0), (2, 8.0, 55.0)])
    config = tasks_only(tiny(), blur=1.0)
    extents: set[float] = set()
    errors = [0.0, 0.0, 0.0]
    for step in range(6):
        x, y, condition = draw_batch(tiles, config, step, CPU, pairs=pairs)
        plain = draw_batch(tiles, config, step, CPU)
        assert torch.equal(x, plain[0])
        assert torch.equal(condition.active, plain[2].active)
        expected = motion_blur(x, condition.value(Task.BLUR), condition.angle)
        mirrored = motion_blur(x, condition.value(Task.BLUR), 180 - condition.angle)
        turned = motion_blur(x, condition.value(Task.BLUR), condition.angle + 90)
        for number, other in enumerate((expected, mirrored, turned)):
            errors[number] += float((inner(y) - inner(other)).abs().mean())
        extents.update(round(v, 2) for v in condition.value(Task.BLUR).tolist())
    assert len(extents) > 4
    assert errors[0] / 6 < 0.008
    assert errors[0] < 0.6 * min(errors[1:])


def test_sharpening_and_grain_come_after_the_pair() -> None:
    tiles = smooth_tiles(1)
    pairs = blurred_pairs(tiles, [(0, 6.0, 30.0)])
    config = replace(tasks_only(tiny(), blur=1.0, sharpen=1.0), single=0.0)
    x, y, condition = draw_batch(tiles, config, 1, CPU, pairs=pairs)
    assert condition.is_active(Task.BLUR).all()
    assert condition.is_active(Task.SHARPEN).all()
    expected = compose(x, condition, generator=torch.Generator())
    assert (inner(y) - inner(expected)).abs().mean() < 0.02
    assert not torch.equal(y, expected)


def same(first: Batch, second: Batch) -> bool:
    return all(
        torch.equal(a, b)
        for a, b in (*zip(first[:2], second[:2], strict=True), (first[2].values, second[2].values))
    )


def test_pairs_that_cannot_be_used() -> None:
    """With color transfer, without blur, out of range, or of another tile, the blur stays synthetic."""
    tiles = smooth_tiles(2)
    usable = blurred_pairs(tiles, [(0, 6.0, 30.0), (1, 6.0, 30.0)])
    huge = Pairs(usable.blurry, usable.tile, usable.extent * 100, usable.angle)
    others = Pairs(usable.blurry, usable.tile + 7, usable.extent, usable.angle)
    blur, sharpen = tasks_only(tiny(), blur=1.0), tasks_only(tiny(), sharpen=1.0)
    colored = replace(tasks_only(tiny(), blur=1.0, color=1.0), single=0.0)
    for config, pairs in ((blur, huge), (blur, others), (sharpen, usable), (colored, usable)):
        assert same(draw_batch(tiles, config, 3, CPU, pairs=pairs), draw_batch(tiles, config, 3, CPU))


def test_the_same_step_gives_the_same_batch() -> None:
    tiles = smooth_tiles(2)
    pairs = blurred_pairs(tiles, [(0, 6.0, 30.0), (0, 9.0, 30.0), (1, 6.0, 30.0)])
    config = tasks_only(tiny(), blur=1.0)
    assert same(
        draw_batch(tiles, config, 5, CPU, pairs=pairs), draw_batch(tiles, config, 5, CPU, pairs=pairs)
    )
