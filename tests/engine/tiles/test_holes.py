"""The fill head, and holes of photos of any size."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.effects import bridge_hole
from fxdiffuse_gui.engine.model_card import ModelCard
from fxdiffuse_gui.engine.tiles import holes
from fxdiffuse_gui.engine.tiles.cache import Cache
from fxdiffuse_gui.engine.tiles.holes import composite, inpaint_holes
from tests.engine.tiny import random_denoiser, tiny_config

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def denoiser() -> Denoiser:
    return random_denoiser(tiny_config())


def inpainted(photo: torch.Tensor, hole: torch.Tensor, denoiser: Denoiser, _: torch.device) -> torch.Tensor:
    picture = Picture(photo[0].permute(1, 2, 0).contiguous().numpy())
    mask = hole[0, 0].numpy()
    model = Model(denoiser, CPU, ModelCard("tiny"), Path("tiny"), "digest")
    return composite(photo, picture.box, list(inpaint_holes(picture, mask, model, 0)), mask)


def photo_and_hole(height: int, width: int) -> tuple[torch.Tensor, torch.Tensor]:
    photo = torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))
    hole = torch.zeros(1, 1, height, width)
    hole[..., height // 4 : height // 2 + 1, width // 3 : width // 2 + 1] = 1
    return photo, hole


@pytest.mark.parametrize("size", [(1, 1), (5, 70), (64, 64), (129, 97)])
def test_only_the_hole_changes(denoiser: Denoiser, size: tuple[int, int]) -> None:
    photo, hole = photo_and_hole(*size)
    filled = inpainted(photo, hole, denoiser, CPU)
    outside = (hole == 0).expand_as(photo)
    assert torch.equal(filled[outside], photo[outside])
    assert filled.min() >= 0 and filled.max() <= 1


def test_pixels_under_the_mask_do_not_matter(denoiser: Denoiser) -> None:
    photo, hole = photo_and_hole(80, 90)
    painted = torch.where(hole > 0, 0.0, photo)
    first, second = (inpainted(image, hole, denoiser, CPU) for image in (photo, painted))
    assert torch.equal(first, second)


def test_the_head_adds_to_the_bridge(denoiser: Denoiser) -> None:
    photo, hole = photo_and_hole(80, 90)
    filled = inpainted(photo, hole, denoiser, CPU)
    assert not torch.equal(filled, bridge_hole(photo, hole))
    without = random_denoiser(replace(tiny_config(), fill=False))
    assert torch.equal(inpainted(photo, hole, without, CPU), bridge_hole(photo, hole))


def test_a_hole_larger_than_the_view_is_filled_at_a_smaller_scale(denoiser: Denoiser) -> None:
    photo, hole = torch.full((1, 3, 900, 1000), 0.4), torch.zeros(1, 1, 900, 1000)
    hole[..., 50:850, 60:940] = 1
    sizes: list[torch.Size] = []
    head = denoiser.fill
    assert head is not None
    handle = head.register_forward_pre_hook(lambda _, inputs: sizes.append(inputs[0].shape))
    filled = inpainted(photo, hole, denoiser, CPU)
    handle.remove()
    assert len(sizes) == 1
    assert max(sizes[0][-2:]) <= 768
    assert torch.equal(filled[..., :50, :], photo[..., :50, :])


def test_distant_holes_are_inpainted_one_by_one(denoiser: Denoiser) -> None:
    photo, hole = torch.rand(1, 3, 300, 700), torch.zeros(1, 1, 300, 700)
    hole[..., 20:40, 20:40] = hole[..., 250:270, 650:680] = 1
    filled = inpainted(photo, hole, denoiser, CPU)
    first_alone = hole.clone()
    first_alone[..., 200:, :] = 0
    alone = inpainted(photo, first_alone, denoiser, CPU)
    near = filled[..., 20:40, 20:40]
    assert torch.allclose(near, alone[..., 20:40, 20:40], atol=2e-2)


def test_a_trained_fill_lowers_the_fill_loss() -> None:
    """The loss is one that a head can follow: a few steps on one picture bring it down."""
    denoiser = random_denoiser(tiny_config())
    head = denoiser.fill
    assert head is not None
    head.requires_grad_(True)
    photo, hole = photo_and_hole(64, 64)
    optimizer = torch.optim.Adam(head.parameters(), lr=1e-3)
    losses: list[float] = []
    for _ in range(8):
        loss = head.loss(photo, hole).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.9 * losses[0]


def test_holes_that_reach_around_each_other_are_changed_once(
    denoiser: Denoiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their boxes overlap, and the hole in both must not be filled twice."""
    photo, hole = torch.full((1, 3, 300, 300), 0.5), torch.zeros(1, 1, 300, 300)
    hole[..., 20:280, 20:40] = hole[..., 260:280, 20:280] = 1  # an L around
    hole[..., 100:160, 140:200] = 1  # a square within its box
    monkeypatch.setattr(
        holes,
        "_inpaint",
        lambda picture, _, box, *__: torch.from_numpy(picture.read(box)).permute(2, 0, 1)[None] + 0.1,
    )
    filled = inpainted(photo, hole, denoiser, CPU)
    assert torch.allclose(filled, photo + 0.1 * hole, atol=1e-5)


def test_a_stroke_elsewhere_does_not_inpaint_again(denoiser: Denoiser) -> None:
    photo = torch.rand(300, 900, 3, generator=torch.Generator().manual_seed(0)).numpy()
    picture, model = Picture(photo), Model(denoiser, CPU, ModelCard("tiny"), Path("tiny"), "digest")
    mask = np.zeros((300, 900), np.uint8)
    mask[20:40, 20:40] = 255
    cache, calls = Cache(), []
    assert denoiser.fill is not None
    handle = denoiser.fill.register_forward_pre_hook(lambda *_: calls.append(1))
    (first,) = inpaint_holes(picture, mask, model, 0, cache)
    more = mask.copy()
    more[250:270, 800:840] = 128
    again, other = inpaint_holes(picture, more, model, 0, cache)
    handle.remove()
    assert again is first and other.key != first.key and len(calls) == 2
    assert next(inpaint_holes(picture, mask, model, 1, cache)).key != first.key


@pytest.mark.parametrize("count", [3, 90])
def test_boxes_hold_every_hole(count: int) -> None:
    draw = np.random.default_rng(count)
    mask = np.zeros((333, 517), np.uint8)
    for _ in range(count):
        y, x = draw.integers(0, 330), draw.integers(0, 514)
        mask[y : y + 3, x : x + 3] = 255
    covered = np.zeros_like(mask)
    boxes = holes._hole_boxes(mask)
    for x0, y0, x1, y1 in boxes:
        covered[y0:y1, x0:x1] = 255
        assert mask[y0:y1, x0].any() and mask[y0, x0:x1].any()  # no wider than needed
    assert (covered[mask > 0] == 255).all()
