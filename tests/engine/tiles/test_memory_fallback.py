"""Memory runs out at any tile: smaller pieces, then the CPU, the same picture, one note."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine import pipeline
from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.pipeline import edit
from fxdiffuse_gui.engine.tiles import memory_fallback as fallback
from fxdiffuse_gui.engine.tiles import tile_edit
from fxdiffuse_gui.engine.tiles.memory_fallback import (
    GPU_BATCH,
    MemoryFallback,
    fallback_plans,
    is_out_of_memory,
)
from tests.engine.tiny import textured

PHOTO = textured(300, 340)
CONDITION = EditCondition(grain=0.05, sharpen=1.0, seed=3)


def failing(when: Callable[[Tensor], bool], error: Exception) -> Callable[..., Tensor]:
    whole = Denoiser.denoise

    def denoise(self: Denoiser, state: Tensor, *rest: Any) -> Tensor:
        if when(state):
            raise error
        return whole(self, state, *rest)

    return denoise


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"),
    ],
    ids=["python", "cuda", "cpu"],
)
def test_smaller_pieces_give_the_same_picture(
    model: Model, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    # As wide as the network of the tests sees, so that pieces agree to the last digits.
    monkeypatch.setattr(tile_edit, "HALO", 64)
    expected = edit(PHOTO, CONDITION, model)
    notes: list[str] = []
    monkeypatch.setattr(Denoiser, "denoise", failing(lambda state: state.shape[-1] > 300, error))
    parts = pipeline.edit_tiles(pipeline.Picture(PHOTO), CONDITION, model, on_note=notes.append)
    (part,) = parts
    assert np.abs(part.image - expected).max() < 2e-4
    assert (
        notes == ["Memory is short; the edit goes on in smaller pieces."] * len(notes)
        and 1 <= len(notes) <= 2
    )


def test_it_may_run_out_at_any_evaluation(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "TILE", 256)
    monkeypatch.setattr(tile_edit, "HALO", 64)
    expected = edit(PHOTO, CONDITION, model, steps=2)
    for moment in range(4 * 2):
        calls = iter(range(1000))
        once = failing(lambda _, moment=moment, calls=calls: next(calls) == moment, MemoryError())
        with monkeypatch.context() as patch:
            patch.setattr(Denoiser, "denoise", once)
            assert np.abs(edit(PHOTO, CONDITION, model, steps=2) - expected).max() < 2e-4


def test_where_nothing_helps_the_error_is_raised(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Denoiser, "denoise", failing(lambda _: True, MemoryError()))
    with pytest.raises(MemoryError):
        edit(PHOTO, CONDITION, model)


def test_other_errors_are_not_tried_again(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def broken(state: Tensor) -> bool:
        calls.append(state.shape[-1])
        return True

    monkeypatch.setattr(Denoiser, "denoise", failing(broken, RuntimeError("sizes do not match")))
    with pytest.raises(RuntimeError, match="sizes"):
        edit(PHOTO, CONDITION, model)
    assert len(calls) == 1
    assert not is_out_of_memory(ValueError("out of memory"))


def test_a_gpu_without_memory_falls_back_to_the_cpu(model: Model) -> None:
    on_gpu = Model(model.denoiser, torch.device("cuda"), model.card, model.path, model.digest)
    plans = list(fallback_plans(on_gpu, 512))
    sides = [(plan.model.device.type, plan.batch, plan.side) for plan in plans]
    assert sides[:2] == [("cuda", GPU_BATCH, 512), ("cuda", 1, 512)]
    assert ("cpu", 1, 512) in sides and sides[-1] == ("cpu", 1, fallback.SMALLEST_SIDE)
    areas = [plan.side for plan in plans if plan.model.device.type == "cuda"]
    assert areas == sorted(areas, reverse=True)
    assert plans[-1].model.denoiser is not model.denoiser  # the GPU's own is left alone
    assert not plans[-1].model.denoiser.mixed_precision


def test_the_plan_that_worked_is_kept(model: Model) -> None:
    notes: list[str] = []
    memory = MemoryFallback(model, 512, notes.append)

    def work(plan: fallback.FallbackPlan) -> int:
        if plan.side > 256:
            raise MemoryError
        return plan.side

    assert [memory.run(work), memory.run(work)] == [256, 256]
    assert len(notes) == 1


def test_tiles_computed_together_are_those_computed_one_by_one(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "TILE", 128)
    mask = np.zeros((300, 340), np.uint8)
    mask[100:130, 100:150] = 255
    condition = EditCondition(grain=0.05, color=0.7, reference=textured(9, 9, 3), mask=mask)
    one_by_one = edit(PHOTO, condition, model, steps=2)
    whole = fallback.fallback_plans
    batches: list[int] = []

    def together(given: Model, side: int) -> Any:
        first = next(whole(given, side))
        yield fallback.FallbackPlan(first.model, 4, side)

    monkeypatch.setattr(fallback, "fallback_plans", together)
    model.denoiser.network.register_forward_pre_hook(lambda _, inputs: batches.append(len(inputs[0])))
    assert np.allclose(edit(PHOTO, condition, model, steps=2), one_by_one, atol=1e-5)
    assert max(batches) > 1
