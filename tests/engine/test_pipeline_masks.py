"""`edit` with a mask: what lies outside it, and how often the network is evaluated."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import Model, load_model, save_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.diffusion.model_config import Preconditioning
from fxdiffuse_gui.engine.model_card import ModelCard
from fxdiffuse_gui.engine.pipeline import edit
from fxdiffuse_gui.engine.tiles import tile_edit
from tests.engine.edits import EVERYTHING, hole, result
from tests.engine.tiny import random_denoiser, textured, tiny_config


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


def test_inpainting_alone_needs_no_evaluation(model: Model, evaluations: list[Any]) -> None:
    """The fill head inpaints before diffusion, and nothing is left to do."""
    photo, mask = textured(40, 1100), np.zeros((40, 1100), np.float32)
    mask[10:20, 1060:1080] = 1
    result(photo, EditCondition(mask=mask), model, steps=4)
    assert evaluations == []


def test_a_network_that_inpaints_gets_the_tiles_with_holes_alone(tmp_path: Path) -> None:
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


def test_a_network_that_inpaints_draws_its_noise_from_the_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "epsilon.safetensors"
    save_model(path, random_denoiser(tiny_config(Preconditioning.EPSILON, heads=False)), ModelCard("epsilon"))
    model, drawn = load_model(path, "cpu"), list[Tensor]()

    def noted(denoiser: Any, photo: Tensor, batch: Any, noise: Tensor, *rest: Any, **options: Any) -> Any:
        drawn.append(noise)
        return sample(denoiser, photo, batch, noise, *rest, **options)

    sample = tile_edit.sample
    monkeypatch.setattr(tile_edit, "sample", noted)
    photo, mask = textured(40, 40), hole(40, 40)
    kept = EditCondition(grain=0.05, mask=mask, seed=3)
    for condition in (kept, replace(kept, grain_seed=4), replace(kept, grain=None, grain_seed=4)):
        result(photo, condition, model, steps=1)
    seed, own, without = drawn
    inside = slice(tile_edit.INPAINT_HALO, tile_edit.INPAINT_HALO + 40)
    same = (seed == own).all(dim=1)[0, inside, inside]
    assert torch.equal(seed, without)
    assert np.array_equal(same.numpy(), mask > 0)


def test_masks_of_bytes_are_those_of_floats(model: Model) -> None:
    photo, mask = textured(60, 50), hole(60, 50)
    mask[:10, :10] = 51 / 255
    painted = np.rint(mask * 255).astype(np.uint8)
    for others in ({}, {"sharpen": 1.0}):
        one, other = (result(photo, EditCondition(mask=m, **others), model) for m in (mask, painted))
        assert np.allclose(one, other, atol=1e-6)


def test_inpainting_leaves_nothing_to_chance(model: Model, evaluations: list[Any]) -> None:
    photo, mask = textured(40, 1100), np.zeros((40, 1100), np.float32)
    mask[10:20, 200:240] = 1
    result(photo, EditCondition(mask=mask, sharpen=1.0), model, steps=4)
    assert len(evaluations) == 3
