"""`edit` with a tiny model: exactness, seeds, sizes, cancelling, previews, parts of a photo."""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from fxdiffuse_gui.engine import pipeline
from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.condition import ConditionError, EditCondition, FloatImage
from fxdiffuse_gui.engine.pipeline import DEFAULT_STEPS, EditCancelled, Preview, edit
from tests.engine.tiny import textured

REFERENCE = textured(40, 30, 5) * np.float32(0.6)
EVERYTHING: dict[str, Any] = {
    "blur": 6.0, "blur_angle": 20.0, "grain": 0.05, "sharpen": 1.0, "color": 0.8,
    "reference": REFERENCE, "seed": 3,
}  # fmt: skip


def result(photo: FloatImage, condition: EditCondition, model: Model, **options: Any) -> FloatImage:
    return list(edit(photo, condition, model, **options))[-1].image


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
    previews = list(edit(photo, condition, model))
    assert len(previews) == 1
    assert previews[0].final
    assert previews[0].image.tobytes() == photo.tobytes()
    assert not np.shares_memory(previews[0].image, photo)
    assert evaluations == []


@pytest.mark.parametrize("size", [(64, 50), (33, 17), (600, 40)])
def test_inpainting_alone_leaves_the_rest_bit_for_bit(model: Model, size: tuple[int, int]) -> None:
    photo, mask = textured(*size), hole(*size)
    photo[0, 0] = (-0.0, 1.2, 0.5)
    for preview in edit(photo, EditCondition(mask=mask), model, steps=3):
        outside = mask == 0
        assert preview.image[outside].tobytes() == photo[outside].tobytes()
        assert not np.isclose(preview.image[~outside], photo[~outside], atol=1e-3).all()


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


def test_holes_far_from_a_tile_cost_nothing(model: Model, evaluations: list[Any]) -> None:
    photo, mask = textured(40, 1100), np.zeros((40, 1100), np.float32)
    mask[10:20, 1060:1080] = 1
    result(photo, EditCondition(mask=mask), model, steps=4)
    assert len(evaluations) == 1  # one tile of three


@pytest.mark.parametrize("values", [{"grain": 0.05}, EVERYTHING], ids=["grain", "everything"])
def test_seed_decides(model: Model, values: dict[str, Any]) -> None:
    photo = textured(50, 60)
    first, again, other = (
        result(photo, EditCondition(**{**values, "seed": seed}), model, steps=2) for seed in (3, 3, 4)
    )
    assert np.array_equal(first, again)
    assert not np.allclose(first, other, atol=1e-3)


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
    steps: list[float] = []
    previews = list(edit(photo, EditCondition(**EVERYTHING), model, steps=2, on_progress=steps.append))
    assert len(evaluations) == 4 * 2
    multiple = model.denoiser.config.network.multiple
    assert all(h % multiple == 0 and w % multiple == 0 for _, _, h, w in evaluations)
    check_contract(previews, 2)
    assert steps == pytest.approx([(i + 1) / 8 for i in range(8)])
    final = previews[-1].image
    assert not np.isclose(final, photo, atol=1e-4).all(2).any()  # every tile was edited
    assert final.dtype == np.float32


def check_contract(previews: list[Preview], steps: int) -> None:
    assert [p.final for p in previews] == [False] * (len(previews) - 1) + [True]
    assert previews[-1].step == previews[-1].of == steps
    assert previews[-1].progress == 1.0
    progress = [p.progress for p in previews]
    assert progress == sorted(progress)
    assert all(0 < p.progress <= 1 and 1 <= p.step <= p.of == steps for p in previews)
    for a in previews:
        assert all(a is b or not np.shares_memory(a.image, b.image) for b in previews)


@pytest.mark.parametrize("steps", [1, 2, 5, None])
def test_previews(model: Model, steps: int | None) -> None:
    count = steps or DEFAULT_STEPS
    previews = list(edit(textured(40, 50), EditCondition(grain=0.05, mask=hole(40, 50)), model, steps=steps))
    assert [p.step for p in previews] == list(range(1, count + 1))
    assert [p.progress for p in previews] == pytest.approx([(i + 1) / count for i in range(count)])
    check_contract(previews, count)


def test_decided_edits_take_one_step(model: Model) -> None:
    previews = list(edit(textured(40, 50), EditCondition(blur=5.0, sharpen=1.0), model, steps=6))
    assert [(p.step, p.of, p.final) for p in previews] == [(1, 1, True)]


def test_a_fill_leaves_nothing_to_chance(model: Model, evaluations: list[Any]) -> None:
    photo, mask = textured(40, 1100), np.zeros((40, 1100), np.float32)
    mask[10:20, 200:240] = 1
    result(photo, EditCondition(mask=mask, sharpen=1.0), model, steps=4)
    assert len(evaluations) == 3


def test_large_photos_yield_the_result_alone(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_PREVIEW_PIXELS", 100)
    progress: list[float] = []
    condition = EditCondition(grain=0.05)
    previews = list(edit(textured(20, 20), condition, model, steps=3, on_progress=progress.append))
    assert len(previews) == 1
    check_contract(previews, 3)
    assert progress == pytest.approx([1 / 3, 2 / 3, 1])


def test_cancelled_before_the_start(model: Model, evaluations: list[Any]) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(EditCancelled):
        list(edit(textured(20, 20), EditCondition(grain=0.05), model, cancel=cancel))
    assert evaluations == []


@pytest.mark.parametrize("after", [1, 3, 8])
def test_cancel_within_one_evaluation_of_one_tile(model: Model, evaluations: list[Any], after: int) -> None:
    cancel, seen = threading.Event(), []

    def on_progress(share: float) -> None:
        seen.append(share)
        if len(seen) == after:
            cancel.set()

    previews: list[Preview] = []
    with pytest.raises(EditCancelled):
        previews.extend(
            edit(
                textured(530, 700),
                EditCondition(grain=0.05),
                model,
                steps=2,
                cancel=cancel,
                on_progress=on_progress,
            )
        )
    assert len(evaluations) == after
    assert not any(p.final for p in previews)


def test_cancel_between_previews(model: Model, evaluations: list[Any]) -> None:
    cancel = threading.Event()
    walk = edit(textured(40, 40), EditCondition(grain=0.05), model, steps=5, cancel=cancel)
    next(walk)
    cancel.set()
    with pytest.raises(EditCancelled):
        next(walk)
    assert len(evaluations) == 1


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
        next(edit(photo, condition, model, steps=steps))


def test_input_is_left_alone(model: Model) -> None:
    photo, mask = textured(40, 50), hole(40, 50)
    reference = REFERENCE.copy()
    before = photo.tobytes(), mask.tobytes(), reference.tobytes()
    condition = EditCondition(mask=mask, **{**EVERYTHING, "reference": reference})
    for preview in edit(photo, condition, model, steps=3):
        preview.image[:] = 7  # the receiver owns it
        assert (photo.tobytes(), mask.tobytes(), reference.tobytes()) == before


def test_what_a_receiver_does_to_previews_does_not_matter(model: Model) -> None:
    photo, condition = textured(40, 50), EditCondition(grain=0.05, mask=hole(40, 50))
    expected = result(photo, condition, model, steps=3)
    last: FloatImage | None = None
    for preview in edit(photo, condition, model, steps=3):
        last = preview.image.copy()
        preview.image[:] = 0
    assert last is not None
    assert np.array_equal(last, expected)


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


@pytest.mark.parametrize("origin", [(0, 0), (200, 100), (332, 271)])
def test_parts_agree_with_the_whole(model: Model, origin: tuple[int, int]) -> None:
    """A part knows nothing of what lies around it; farther inside than the network looks, it is the same.

    Grain comes from the photo's coordinates, color from its statistics.
    """
    whole = textured(440, 510)
    condition = EditCondition(grain=0.05, color=1.0, reference=REFERENCE, seed=8)
    expected = result(whole, condition, model, steps=2)
    x, y = origin
    part = np.ascontiguousarray(whole[y : y + 160, x : x + 170])
    edited = result(part, condition, model, steps=2, statistics_from=whole, origin=origin)
    inside = np.s_[64:-64, 64:-64]
    difference = np.abs(edited - expected[y : y + 160, x : x + 170])[inside]
    assert difference.max() < 2e-5
    # Without the place or the whole's colors it is another picture.
    for options in ({"statistics_from": whole, "origin": (x + 1, y)}, {"origin": origin}):
        moved = result(part, condition, model, steps=2, **options)
        assert np.abs(moved - expected[y : y + 160, x : x + 170])[inside].max() > 0.003


def test_tiles_have_no_seams(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tile sizes give the same picture when the halo is as wide as the network's view."""
    monkeypatch.setattr(pipeline, "HALO", 64)
    photo = textured(150, 200)
    condition = EditCondition(grain=0.05, sharpen=1.0, seed=2)
    expected = result(photo, condition, model, steps=2)
    monkeypatch.setattr(pipeline, "TILE", 64)
    assert np.abs(result(photo, condition, model, steps=2) - expected).max() < 2e-4


def test_gradients_are_not_kept(model: Model) -> None:
    next(edit(textured(20, 20), EditCondition(grain=0.05), model))
    assert torch.is_grad_enabled()
    assert all(p.grad is None for p in model.denoiser.parameters())
