"""Batches as pure functions of pack, recipe and step."""

from dataclasses import fields, replace

import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from trainer.data.conditions import draw_condition
from trainer.data.dataset import Batch, draw_batch, phase_at, step_generator
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.recipes import RECIPES, Phase, TrainConfig, with_labels, with_steps

CPU = torch.device("cpu")


def tensors(batch: Batch) -> list[Tensor]:
    photo, target, condition = batch
    return [photo, target, *(getattr(condition, f.name) for f in fields(condition))]


def same(a: Batch, b: Batch) -> bool:
    return all(torch.equal(x, y) for x, y in zip(tensors(a), tensors(b), strict=True))


@pytest.fixture(scope="module")
def tiles(pack: Pack) -> Tensor:
    return torch.from_numpy(pack.tiles)


def test_batches_are_pure(tiles: Tensor, config: TrainConfig) -> None:
    torch.manual_seed(1)
    first = draw_batch(tiles, config, 5, CPU)
    torch.manual_seed(2)  # the global state has no influence and stays unchanged
    state = torch.get_rng_state()
    draw_batch(tiles, config, 6, CPU)
    assert same(first, draw_batch(tiles, config, 5, CPU))
    assert torch.equal(torch.get_rng_state(), state)


def test_steps_shares_and_seeds_differ(tiles: Tensor, config: TrainConfig) -> None:
    base = draw_batch(tiles, config, 5, CPU)
    others = [
        draw_batch(tiles, config, 6, CPU), draw_batch(tiles, config, 5, CPU, range(1, 2)),
        draw_batch(tiles, replace(config, seed=1), 5, CPU),
    ]  # fmt: skip
    for i, a in enumerate([base, *others]):
        for b in others[i:]:
            assert a is b or not torch.equal(a[0], b[0])


def test_a_share_is_the_same_alone_and_among_others(tiles: Tensor, config: TrainConfig) -> None:
    config = replace(config, phases=(Phase(1.0, 32, 6),), shares=3)
    whole = tensors(draw_batch(tiles, config, 5, CPU))
    for share in range(3):
        alone = tensors(draw_batch(tiles, config, 5, CPU, range(share, share + 1)))
        assert all(
            torch.equal(part, all_[2 * share : 2 * share + 2])
            for part, all_ in zip(alone, whole, strict=True)
        )


def test_a_share_of_one_sample_learns_color_transfer(tiles: Tensor, config: TrainConfig) -> None:
    """Its reference must be another picture: with its own colors there would be nothing to learn."""
    weights = {task: float(task is Task.COLOR) for task in Task}
    changes: list[float] = []
    for shares in (1, 4):
        colors = replace(config, phases=(Phase(1.0, 32, 4),), shares=shares, task_weights=weights, single=1.0)
        batches = [draw_batch(tiles, colors, step, CPU) for step in range(30)]
        changes.append(float(torch.stack([(x - y).abs().mean() for x, y, _ in batches]).mean()))
    assert changes[1] > 0.8 * changes[0]
    again = draw_batch(tiles, colors, 3, CPU, range(2, 3))
    assert all(torch.equal(a, b[2:3]) for a, b in zip(tensors(again), tensors(batches[3]), strict=True))


def test_batches_are_in_range(tiles: Tensor, config: TrainConfig) -> None:
    for step in range(12):
        photo, target, condition = draw_batch(tiles, config, step, CPU)
        assert photo.shape == target.shape == (2, 3, 32, 32)
        for image in (photo, target):
            assert 0 <= image.min() <= image.max() <= 1
        for row in range(2):
            if not condition.active[row].any() or condition.active[row].equal(only(Task.INPAINT)):
                assert torch.equal(photo[row], target[row])
            elif not condition.active[row].equal(only(Task.BLUR)):
                assert not torch.equal(photo[row], target[row])


def test_some_crops_lie_in_a_narrow_range_of_tones(tiles: Tensor, config: TrainConfig) -> None:
    """They teach grain on skies, walls and night, in every tone."""
    photos = torch.cat([draw_batch(tiles, config, step, CPU)[0] for step in range(150)])
    low, high = photos.amin((1, 2, 3)), photos.amax((1, 2, 3))
    narrow = high - low < 0.1
    assert 0.05 < float(narrow.float().mean()) < 0.25
    middle = (high + low)[narrow] / 2
    assert float(middle.min()) < 0.2 and float(middle.max()) > 0.8


def only(*tasks: Task) -> Tensor:
    return torch.tensor([task in tasks for task in Task])


def many_conditions(tiles: Tensor, config: TrainConfig) -> list[Tensor]:
    """Fields of 600 conditions: active, values, angle, statistics of image and reference, mask."""
    crops = tiles[:1].permute(0, 3, 1, 2).float().expand(600, -1, -1, -1)[..., :16, :16] / 255
    views = torch.rand(600, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    phase = Phase(1.0, 16, 600)
    condition = draw_condition(config, phase, crops, views, torch.Generator().manual_seed(3))
    return [getattr(condition, f.name) for f in fields(condition)]


def test_conditions_cover_tasks_and_ranges(tiles: Tensor, config: TrainConfig) -> None:
    active, values, angle, own, reference, mask = many_conditions(tiles, config)
    counts = active.sum(1)
    assert set(counts.tolist()) == {1, 2, 3, 4, 5}
    assert float((counts == 1).float().mean()) == pytest.approx(config.single, abs=0.08)
    for spec in TASKS:
        column = values[:, TASK_INDEX[spec.task]]
        on = active[:, TASK_INDEX[spec.task]]
        assert 0.2 < float(on.float().mean()) < 0.9
        assert not column[~on].any()
        if spec.has_intensity:
            assert (
                spec.minimum - 1e-6 <= column[on].min() < spec.minimum + 0.2 * (spec.maximum - spec.minimum)
            )
            assert (
                spec.maximum + 1e-6 >= column[on].max() > spec.maximum - 0.2 * (spec.maximum - spec.minimum)
            )
    grain = values[:, TASK_INDEX[Task.GRAIN]]
    grain = grain[grain > 0]
    at_radius = torch.isin(grain, torch.tensor(GRAIN_RADII)).float().mean()
    assert 0.35 < float(at_radius) < 0.65
    assert 0 <= angle.min() < 20
    assert 160 < angle.max() <= 180
    color, inpaint = active[:, TASK_INDEX[Task.COLOR]], active[:, TASK_INDEX[Task.INPAINT]]
    assert not own[~color].any()
    assert not reference[~color].any()
    assert (reference[color] != own[color]).any(1).all()
    assert mask.flatten(1).any(1).equal(inpaint)
    assert set(mask.unique().tolist()) == {0.0, 1.0}


@pytest.mark.parametrize(("none", "single"), [(0.25, 0.75), (0.2, 0.3), (1.0, 0.0), (0.0, 1.0)])
def test_shares_of_samples(tiles: Tensor, config: TrainConfig, none: float, single: float) -> None:
    """No edit, one effect (one-hot labels), several: the paper trains on the first two."""
    active, values, _, own, reference, mask = many_conditions(
        tiles, with_labels(config, none=none, single=single)
    )
    counts = active.sum(1)
    assert float((counts == 0).float().mean()) == pytest.approx(none, abs=0.06)
    assert float((counts == 1).float().mean()) == pytest.approx(single, abs=0.06)
    assert float((counts > 1).float().mean()) == pytest.approx(1 - none - single, abs=0.06)
    without = counts == 0
    for part in (values, own, reference, mask):
        assert not part[without].any()


def test_samples_without_an_edit_have_the_photo_as_target(tiles: Tensor, config: TrainConfig) -> None:
    photo, target, condition = draw_batch(tiles, with_labels(config, none=1.0, single=0.0), 3, CPU)
    assert torch.equal(photo, target)
    assert not condition.active.any()


def test_shares_must_add_up(config: TrainConfig) -> None:
    for none, single in ((0.6, 0.5), (-0.1, 0.5), (0.0, -1.0), (0.0, 1.1)):
        with pytest.raises(TrainerError, match="together at most 1, not"):
            with_labels(config, none=none, single=single)


def test_labels_can_be_switched_off(config: TrainConfig) -> None:
    assert with_labels(config) == config
    changed = with_labels(config, activation_labels=False)
    assert not changed.model.labels.activation_labels
    assert with_labels(changed, activation_labels=True) == config


def test_task_weights(tiles: Tensor, config: TrainConfig) -> None:
    weights = {task: float(task in (Task.BLUR, Task.SHARPEN)) for task in Task}
    active, *_ = many_conditions(tiles, replace(config, task_weights=weights, single=0.0))
    expected = only(Task.BLUR, Task.SHARPEN)
    assert (active == expected).all()


def test_step_generators_depend_on_every_argument() -> None:
    arguments = [(0, 0, 0, "a"), (1, 0, 0, "a"), (0, 1, 0, "a"), (0, 0, 1, "a"), (0, 0, 0, "b")]
    drawn = [float(torch.rand((), generator=step_generator(*a))) for a in arguments]
    assert len(set(drawn)) == len(drawn)
    assert drawn[0] == float(torch.rand((), generator=step_generator(0, 0, 0, "a")))


def test_phases_follow_the_steps(config: TrainConfig) -> None:
    phases = (Phase(0.4, 32, 4), Phase(0.8, 48, 3), Phase(1.0, 64, 2))
    config = replace(config, phases=phases, steps=100)
    crops = [phase_at(config, step).crop for step in (0, 39, 40, 79, 80, 99, 100)]
    assert crops == [32, 32, 48, 48, 64, 64, 64]


def test_batches_have_the_size_of_their_phase(tiles: Tensor, config: TrainConfig) -> None:
    config = replace(config, phases=(Phase(0.5, 32, 3), Phase(1.0, 64, 1)), steps=10)
    assert draw_batch(tiles, config, 4, CPU)[0].shape == (3, 3, 32, 32)
    assert draw_batch(tiles, config, 5, CPU)[1].shape == (1, 3, 64, 64)


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_recipes_are_sane(name: str) -> None:
    config = RECIPES[name]()
    assert config.name == name
    assert config.phases[-1].until == 1.0
    assert all(phase.crop % config.model.network.multiple == 0 for phase in config.phases)
    assert config.model.labels.width % config.model.labels.heads == 0
    assert set(config.task_weights) == set(Task) == set(SPECS)
    short = with_steps(config, 10)
    assert short.steps == 10
    assert short.warmup <= 10
