"""`edit` with a tiny model: exactness, seeds, sizes, cancelling, previews, parts of a photo."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from fxdiffuse_gui.engine import pipeline
from fxdiffuse_gui.engine.checkpoint import Model, ModelCard, load_model, save_model
from fxdiffuse_gui.engine.conditions.condition import ConditionError, EditCondition, FloatImage
from fxdiffuse_gui.engine.diffusion.denoiser import Preconditioning
from fxdiffuse_gui.engine.pipeline import DEFAULT_STEPS, EditCancelled, edit, edit_tiles
from fxdiffuse_gui.engine.tiles import tile_edit as tile_job
from fxdiffuse_gui.engine.tiles.picture import Picture
from tests.engine.tiny import random_denoiser, textured, tiny_config

REFERENCE = textured(40, 30, 5) * np.float32(0.6)
EVERYTHING: dict[str, Any] = {
    "blur": 6.0, "blur_angle": 20.0, "grain": 0.05, "sharpen": 1.0, "color": 0.8,
    "reference": REFERENCE, "seed": 3,
}  # fmt: skip


def result(photo: FloatImage, condition: EditCondition, model: Model, **options: Any) -> FloatImage:
    return edit(photo, condition, model, **options)


def hole(height: int, width: int) -> NDArray[np.float32]:
    mask = np.zeros((height, width), np.float32)
    mask[height // 3 : height // 3 + max(height // 4, 1), width // 3 : width // 3 + max(width // 4, 1)] = 1
    return mask


@pytest.fixture
def evaluations(model: Model) -> Iterator[list[tuple[int, ...]]]:
    """The shapes of all states that the network sees."""
    seen: list[tuple[int, ...]] = []

    def note(_module: nn.Module, arguments: tuple[Tensor, ...]) -> None:
        seen.append(tuple(arguments[0].shape))

    handle = model.denoiser.network.register_forward_pre_hook(note)
    yield seen
    handle.remove()


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


@pytest.mark.parametrize("size", [(64, 50), (33, 17), (600, 40)])
def test_inpainting_alone_leaves_the_rest_bit_for_bit(model: Model, size: tuple[int, int]) -> None:
    photo, mask = textured(*size), hole(*size)
    photo[0, 0] = (-0.0, 1.2, 0.5)
    edited = edit(photo, EditCondition(mask=mask), model, steps=3)
    outside = mask == 0
    assert edited[outside].tobytes() == photo[outside].tobytes()
    assert not np.isclose(edited[~outside], photo[~outside], atol=1e-3).all()


def test_many_masks_leave_the_rest_bit_for_bit(model: Model) -> None:
    draw = np.random.default_rng(0)
    photo = draw.random((48, 40, 3)).astype(np.float32)
    for _ in range(25):
        mask = ((draw.random((48, 40)) < draw.random() ** 2) * draw.random((48, 40))).astype(np.float32)
        edited = result(photo, EditCondition(mask=mask), model, steps=1)
        assert np.array_equal(edited[mask == 0], photo[mask == 0])


def test_what_lies_under_the_mask_does_not_matter(model: Model) -> None:
    photo, mask = textured(60, 50), hole(60, 50)
    other = np.where(mask[..., None] > 0, np.float32(1), photo)
    condition = EditCondition(mask=mask, **EVERYTHING)
    assert np.array_equal(result(photo, condition, model, steps=2), result(other, condition, model, steps=2))


def test_soft_masks_blend(model: Model) -> None:
    photo, hard = textured(40, 40), hole(40, 40)
    soft = hard * np.float32(0.25)
    filled = result(photo, EditCondition(mask=hard), model, steps=2)
    blended = result(photo, EditCondition(mask=soft), model, steps=2)
    assert np.allclose(blended, photo + 0.25 * (filled - photo), atol=1e-6)


def test_a_fill_alone_needs_no_evaluation(model: Model, evaluations: list[Any]) -> None:
    """The fill head fills before the walk, and nothing else is to be done."""
    photo, mask = textured(40, 1100), np.zeros((40, 1100), np.float32)
    mask[10:20, 1060:1080] = 1
    result(photo, EditCondition(mask=mask), model, steps=4)
    assert evaluations == []


def test_a_network_that_fills_sees_the_tiles_with_holes_alone(tmp_path: Path) -> None:
    path = tmp_path / "epsilon.safetensors"
    config = tiny_config(Preconditioning.EPSILON, heads=False)
    save_model(path, random_denoiser(config), ModelCard("epsilon"))
    model = load_model(path, "cpu")
    seen: list[int] = []
    model.denoiser.network.register_forward_pre_hook(lambda *_: seen.append(1))
    photo, mask = textured(40, 1100), np.zeros((40, 1100), np.float32)
    mask[10:20, 1060:1080] = 0.5
    edited = result(photo, EditCondition(mask=mask), model, steps=3)
    assert len(seen) == 3  # one tile of three
    assert edited[mask == 0].tobytes() == photo[mask == 0].tobytes()
    assert not np.allclose(edited[mask > 0], photo[mask > 0], atol=1e-3)


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


def test_a_network_that_fills_draws_its_fills_from_the_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "epsilon.safetensors"
    save_model(path, random_denoiser(tiny_config(Preconditioning.EPSILON, heads=False)), ModelCard("epsilon"))
    model, drawn = load_model(path, "cpu"), list[Tensor]()

    def noted(denoiser: Any, photo: Tensor, batch: Any, noise: Tensor, *rest: Any, **options: Any) -> Any:
        drawn.append(noise)
        return sample(denoiser, photo, batch, noise, *rest, **options)

    sample = tile_job.sample
    monkeypatch.setattr(tile_job, "sample", noted)
    photo, mask = textured(40, 40), hole(40, 40)
    kept = EditCondition(grain=0.05, mask=mask, seed=3)
    for condition in (kept, replace(kept, grain_seed=4), replace(kept, grain=None, grain_seed=4)):
        result(photo, condition, model, steps=1)
    seed, own, without = drawn
    inside = slice(tile_job.FILL_HALO, tile_job.FILL_HALO + 40)
    same = (seed == own).all(dim=1)[0, inside, inside]
    assert torch.equal(seed, without)
    assert np.array_equal(same.numpy(), mask > 0)


def test_seed_does_not_matter_where_nothing_is_left_to_chance(model: Model) -> None:
    photo = textured(40, 40)
    results = [result(photo, EditCondition(sharpen=2.0, seed=seed), model) for seed in (1, 2)]
    assert np.array_equal(*results)


@pytest.mark.parametrize("size", [(1, 1), (1, 70), (70, 1), (33, 17), (2, 3)])
def test_any_size(model: Model, size: tuple[int, int]) -> None:
    photo = textured(*size)
    mask = np.zeros(size, np.float32)
    mask[-1, -1] = 1
    final = result(photo, EditCondition(mask=mask, **EVERYTHING), model, steps=2)
    assert final.shape == photo.shape
    assert final.dtype == np.float32
    assert np.isfinite(final).all()
    assert 0 <= final.min() <= final.max() <= 1


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
    walk = edit_tiles(picture, condition, model, steps=1, region=(500, 20, 1100, 600), focus=(1090.0, 590.0))
    parts = list(walk)
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


def test_integer_samples_are_read_as_shares_of_their_maximum(model: Model) -> None:
    samples = (textured(40, 30) * 255).astype(np.uint8)
    condition = EditCondition(sharpen=1.0, grain=0.05)
    floats = samples.astype(np.float32) / np.float32(255)
    assert np.array_equal(edit(Picture(samples), condition, model), edit(floats, condition, model))
    deep = samples.astype(np.uint16) * np.uint16(257)
    assert np.allclose(edit(Picture(deep), condition, model), edit(floats, condition, model), atol=1e-5)


def test_masks_of_bytes_are_those_of_floats(model: Model) -> None:
    photo, mask = textured(60, 50), hole(60, 50)
    mask[:10, :10] = 51 / 255
    painted = np.rint(mask * 255).astype(np.uint8)
    for others in ({}, {"sharpen": 1.0}):
        one, other = (result(photo, EditCondition(mask=m, **others), model) for m in (mask, painted))
        assert np.allclose(one, other, atol=1e-6)


def test_decided_edits_take_one_step(model: Model, evaluations: list[Any]) -> None:
    edit(textured(40, 50), EditCondition(blur=5.0, sharpen=1.0), model, steps=6)
    assert len(evaluations) == 1


@pytest.mark.parametrize("steps", [1, 2, None, 9])
def test_grain_takes_the_steps_that_are_asked_for(
    model: Model, evaluations: list[Any], steps: int | None
) -> None:
    edit(textured(40, 50), EditCondition(grain=0.05), model, steps=steps)
    assert len(evaluations) == (steps or DEFAULT_STEPS)


def test_a_fill_leaves_nothing_to_chance(model: Model, evaluations: list[Any]) -> None:
    photo, mask = textured(40, 1100), np.zeros((40, 1100), np.float32)
    mask[10:20, 200:240] = 1
    result(photo, EditCondition(mask=mask, sharpen=1.0), model, steps=4)
    assert len(evaluations) == 3


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
    walk = edit_tiles(Picture(textured(40, 600)), EditCondition(grain=0.05), model, steps=2, cancel=cancel)
    next(walk)
    cancel.set()
    with pytest.raises(EditCancelled):
        next(walk)
    assert len(evaluations) == 2


BAD_PHOTO = textured(20, 30)
BAD_PHOTO[5, 5, 1] = np.nan
BAD_REFERENCE = REFERENCE.copy()
BAD_REFERENCE[0, 0, 0] = np.inf


@pytest.mark.parametrize(
    ("photo", "condition", "steps", "words"),
    [
        (textured(20, 30), EditCondition(mask=np.ones((30, 20), np.float32)), None, "mask"),
        (textured(20, 30), EditCondition(mask=np.ones((20, 31), np.float32), sharpen=1.0), None, "31 × 20"),
        (BAD_PHOTO, EditCondition(sharpen=1.0), None, "photo"),
        (BAD_PHOTO, EditCondition(), None, "photo"),
        (textured(20, 30), EditCondition(color=1.0, reference=BAD_REFERENCE), None, "reference"),
        (textured(20, 30), EditCondition(grain=0.05), 0, "steps"),
        (textured(20, 30), EditCondition(grain=0.05), -1, "steps"),
        (textured(20, 30)[..., :2], EditCondition(grain=0.05), None, "shape"),
        (textured(20, 30)[..., 0], EditCondition(grain=0.05), None, "shape"),
        (textured(20, 30)[:0], EditCondition(grain=0.05), None, "shape"),
    ],
)  # fmt: skip
def test_bad_input(
    model: Model, photo: FloatImage, condition: EditCondition, steps: int | None, words: str
) -> None:
    with pytest.raises(ConditionError, match=words):
        edit(photo, condition, model, steps=steps)


def test_input_is_left_alone(model: Model) -> None:
    photo, mask = textured(40, 50), hole(40, 50)
    reference = REFERENCE.copy()
    before = photo.tobytes(), mask.tobytes(), reference.tobytes()
    condition = EditCondition(mask=mask, **{**EVERYTHING, "reference": reference})
    for part in edit_tiles(Picture(photo), condition, model, steps=3):
        part.image[:] = 7  # the receiver owns it
        assert (photo.tobytes(), mask.tobytes(), reference.tobytes()) == before


def test_read_only_and_strided_arrays(model: Model) -> None:
    """Warnings are errors in tests: torch warns of arrays that it could write to by mistake."""
    photo, mask, reference = textured(40, 50), hole(40, 50), REFERENCE.copy()
    values = {**EVERYTHING, "reference": reference}
    expected = result(photo, EditCondition(mask=mask, **values), model, steps=2)
    for array in (photo, mask, reference):
        array.flags.writeable = False
    condition = EditCondition(mask=mask, **values)
    assert np.array_equal(result(photo, condition, model, steps=2), expected)
    final = result(photo, EditCondition(), model)
    assert final.flags.writeable
    views = {"reference": np.asfortranarray(reference), "mask": np.asfortranarray(mask)}
    mirrored = np.ascontiguousarray(photo[::-1, ::-1])[::-1, ::-1]
    condition = EditCondition(**{**values, **views})
    assert np.allclose(result(mirrored, condition, model, steps=2), expected, atol=1e-5)


def test_tiles_have_no_seams(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tile sizes give the same picture when the halo is as wide as the network's view."""
    monkeypatch.setattr(tile_job, "HALO", 64)
    photo = textured(150, 200)
    condition = EditCondition(grain=0.05, sharpen=1.0, seed=2)
    expected = result(photo, condition, model, steps=2)
    monkeypatch.setattr(pipeline, "TILE", 64)
    assert np.abs(result(photo, condition, model, steps=2) - expected).max() < 2e-4


def test_gradients_are_not_kept(model: Model) -> None:
    edit(textured(20, 20), EditCondition(grain=0.05), model)
    assert torch.is_grad_enabled()
    assert all(p.grad is None for p in model.denoiser.parameters())
