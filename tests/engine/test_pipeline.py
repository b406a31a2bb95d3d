"""`edit` with a tiny model: exactness, seeds, steps, tiles, cancelling."""

import threading
from typing import Any

import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine import pipeline
from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.diffusion.model_config import DEFAULT_STEPS
from fxdiffuse_gui.engine.pipeline import EditCancelled, edit, edit_tiles
from fxdiffuse_gui.engine.tiles import tile_edit
from tests.engine.edits import EVERYTHING, REFERENCE, result
from tests.engine.tiny import textured


@pytest.mark.parametrize(
    "condition",
    [
        EditCondition(seed=5), EditCondition(color=1.0), EditCondition(blur_angle=3.0, reference=REFERENCE),
        EditCondition(mask=np.zeros((33, 17), np.float32)), EditCondition(blur=0.0, grain=0.0, sharpen=0.0),
    ],
)  # fmt: skip
def test_without_an_active_task_the_photo_comes_back(
    model: Model, condition: EditCondition, evaluations: list[Any]
) -> None:
    photo = textured(33, 17)
    photo[3, 4] = (-0.0, 1e-42, 1.5)  # whatever the values are
    edited = edit(photo, condition, model)
    assert edited.tobytes() == photo.tobytes()
    assert not np.shares_memory(edited, photo)
    assert evaluations == []


@pytest.mark.parametrize("values", [{"grain": 0.05}, EVERYTHING], ids=["grain", "everything"])
def test_seed_decides(model: Model, values: dict[str, Any]) -> None:
    photo = textured(50, 60)
    first, again, other = (
        result(photo, EditCondition(**{**values, "seed": seed}), model, steps=2) for seed in (3, 3, 4)
    )
    assert np.array_equal(first, again)
    assert not np.allclose(first, other, atol=1e-3)


def test_grain_seed_decides_the_grain_alone(model: Model) -> None:
    photo = textured(50, 60)
    plain, same, other, again, all_other = (
        result(photo, EditCondition(grain=0.05, blur=6.0, seed=seed, grain_seed=own), model, steps=2)
        for seed, own in ((3, None), (3, 3), (3, 4), (3, 4), (4, None))
    )
    assert np.array_equal(plain, same) and np.array_equal(other, again)
    assert not np.allclose(plain, other, atol=1e-3)
    assert not np.array_equal(other, all_other)  # the automatic direction is still that of the seed


def test_seed_does_not_matter_where_nothing_is_left_to_chance(model: Model) -> None:
    photo = textured(40, 40)
    results = [result(photo, EditCondition(sharpen=2.0, seed=seed), model) for seed in (1, 2)]
    assert np.array_equal(*results)


def test_photo_of_several_tiles(model: Model, evaluations: list[tuple[int, ...]]) -> None:
    photo = textured(530, 700)
    shares: list[float] = []
    picture = Picture(photo)
    parts = list(edit_tiles(picture, EditCondition(**EVERYTHING), model, steps=2, on_progress=shares.append))
    assert len(evaluations) == 4 * 2
    multiple = model.denoiser.config.network.multiple
    assert all(h % multiple == 0 and w % multiple == 0 for _, _, h, w in evaluations)
    assert shares == pytest.approx([(i + 1) / 8 for i in range(8)])
    assert [(p.number, p.of, p.progress) for p in parts] == [(i + 1, 4, (i + 1) / 4) for i in range(4)]
    covered = np.zeros((530, 700), int)
    for part in parts:
        x0, y0, x1, y1 = part.box
        covered[y0:y1, x0:x1] += 1
        assert part.image.shape == (y1 - y0, x1 - x0, 3) and part.image.dtype == np.float32
        assert not np.isclose(part.image, photo[y0:y1, x0:x1], atol=1e-4).all(2).any()
    assert (covered == 1).all()


def test_a_region_is_computed_from_the_focus_outward_and_as_in_the_whole(model: Model) -> None:
    picture, condition = Picture(textured(1100, 1200)), EditCondition(**EVERYTHING)
    whole = edit(picture, condition, model, steps=1)
    tiles = edit_tiles(picture, condition, model, steps=1, region=(500, 20, 1100, 600), focus=(1090.0, 590.0))
    parts = list(tiles)
    assert parts[0].box == (1024, 512, 1200, 1024)
    assert {part.box[:2] for part in parts} == {
        (0, 0),
        (512, 0),
        (1024, 0),
        (0, 512),
        (512, 512),
        (1024, 512),
    }
    for part in parts:
        x0, y0, x1, y1 = part.box
        assert np.array_equal(part.image, whole[y0:y1, x0:x1])


def test_decided_edits_take_one_step(model: Model, evaluations: list[Any]) -> None:
    edit(textured(40, 50), EditCondition(blur=5.0, sharpen=1.0), model, steps=6)
    assert len(evaluations) == 1


@pytest.mark.parametrize("steps", [1, 2, None, 9])
def test_grain_takes_the_steps_that_are_asked_for(
    model: Model, evaluations: list[Any], steps: int | None
) -> None:
    edit(textured(40, 50), EditCondition(grain=0.05), model, steps=steps)
    assert len(evaluations) == (steps or DEFAULT_STEPS)


def test_cancelled_before_the_start(model: Model, evaluations: list[Any]) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(EditCancelled):
        edit(textured(20, 20), EditCondition(grain=0.05), model, cancel=cancel)
    assert evaluations == []


@pytest.mark.parametrize("after", [1, 3, 8])
def test_cancel_within_one_evaluation_of_one_tile(model: Model, evaluations: list[Any], after: int) -> None:
    cancel, seen = threading.Event(), []

    def on_progress(share: float) -> None:
        seen.append(share)
        if len(seen) == after:
            cancel.set()

    with pytest.raises(EditCancelled):
        edit(
            textured(530, 700),
            EditCondition(grain=0.05),
            model,
            steps=2,
            cancel=cancel,
            on_progress=on_progress,
        )
    assert len(evaluations) == after


def test_cancel_between_tiles(model: Model, evaluations: list[Any]) -> None:
    cancel = threading.Event()
    tiles = edit_tiles(Picture(textured(40, 600)), EditCondition(grain=0.05), model, steps=2, cancel=cancel)
    next(tiles)
    cancel.set()
    with pytest.raises(EditCancelled):
        next(tiles)
    assert len(evaluations) == 2


def test_tiles_have_no_seams(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tile sizes give the same picture when the halo is as wide as the network's view."""
    monkeypatch.setattr(tile_edit, "HALO", 64)
    photo = textured(150, 200)
    condition = EditCondition(grain=0.05, sharpen=1.0, seed=2)
    expected = result(photo, condition, model, steps=2)
    monkeypatch.setattr(pipeline, "TILE", 64)
    assert np.abs(result(photo, condition, model, steps=2) - expected).max() < 2e-4


def test_gradients_are_not_kept(model: Model) -> None:
    edit(textured(20, 20), EditCondition(grain=0.05), model)
    assert torch.is_grad_enabled()
    assert all(p.grad is None for p in model.denoiser.parameters())
