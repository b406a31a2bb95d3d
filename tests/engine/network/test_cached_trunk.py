"""Cached features of the U-Net's trunk serve lower noise levels, as far as the model was trained for it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.checkpoint import Model, load_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import Preconditioning, SamplerName
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.model_card import bundled_model
from fxdiffuse_gui.engine.pipeline import edit
from fxdiffuse_gui.photo.reader import read_pixels
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 40))
SAMPLES = Path(__file__).parents[3] / "resources" / "samples"


def trunk_evaluations(
    denoiser: Denoiser, steps: int, sampler: SamplerName = SamplerName.DPM_SOLVER
) -> list[int]:
    """The numbers, from 0, of the evaluations that computed the trunk's features."""
    evaluation, found = [0], list[int]()
    handles = [
        denoiser.network.stem.register_forward_hook(lambda *_: found.append(evaluation[0])),
        denoiser.network.branch.register_forward_hook(
            lambda *_: evaluation.__setitem__(0, evaluation[0] + 1)
        ),
    ]
    noise = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(0))
    condition = conditions([(Task.GRAIN,)], PHOTO)
    assert (
        len(list(sample(denoiser, PHOTO, condition, noise, steps, sampler=sampler))) == steps == evaluation[0]
    )
    for handle in handles:
        handle.remove()
    return found


@pytest.mark.parametrize(
    ("trunk_reuse", "steps", "expected"),
    [(8.0, 4, [0, 2]), (1.0, 4, [0, 1, 2, 3]), (8.0, 1, [0]), (1000.0, 6, [0])],
)
def test_the_trunk_is_computed_again_once_the_noise_has_fallen_far(
    trunk_reuse: float, steps: int, expected: list[int]
) -> None:
    assert (
        trunk_evaluations(random_denoiser(replace(tiny_config(), trunk_reuse=trunk_reuse)), steps) == expected
    )


def test_a_model_that_is_not_trained_for_it_computes_the_trunk_at_every_level() -> None:
    assert trunk_evaluations(random_denoiser(tiny_config(Preconditioning.EPSILON, heads=False)), 3) == [
        0,
        1,
        2,
    ]


def test_where_every_step_adds_noise_the_trunk_is_computed_at_every_level() -> None:
    assert trunk_evaluations(random_denoiser(tiny_config()), 3, SamplerName.DDPM) == [0, 1, 2]
    assert trunk_evaluations(random_denoiser(tiny_config()), 3, SamplerName.DDIM) == [0]


def test_training_caches_the_trunk_at_the_levels_it_will_be_used_from() -> None:
    denoiser = random_denoiser(tiny_config())
    count = 400
    photos = PHOTO[..., :16, :16].expand(count, -1, -1, -1)
    context = denoiser.prepare(photos, conditions([(Task.GRAIN,)] * count, PHOTO[..., :16, :16]))
    sigma = context.sigma_min * 1.5
    ratio = denoiser.cached_sigma(sigma, context, torch.Generator().manual_seed(0)) / sigma
    assert 0.4 < (ratio == 1).float().mean() < 0.6
    # Evenly in between, and no higher than the first level of an edit.
    assert 0.1 < ((ratio > 1) & (ratio < 20)).float().mean() < 0.4
    assert float(ratio.max()) == pytest.approx(float(context.sigma_max[0] / sigma[0]))
    assert torch.equal(
        denoiser.cached_sigma(context.sigma_max, context, torch.Generator()), context.sigma_max
    )


@pytest.mark.parametrize("radius", [0.02, 0.1])
def test_the_bundled_model_gives_the_same_grain_with_cached_features(radius: float) -> None:
    photo = read_pixels(SAMPLES / "window.jpg")[200:392, 300:492]
    condition = EditCondition(grain=radius, seed=4)
    model = load_model(bundled_model(), "cpu")
    shared = edit(photo, condition, model)
    every = edit(photo, condition, _without_cache(model))
    apart, grain = np.abs(shared - every).mean(), (every - photo).std()
    assert 0 < apart < 0.03 * grain
    assert (shared - photo).std() == pytest.approx(float(grain), rel=0.02)


def _without_cache(model: Model) -> Model:
    denoiser = build_denoiser(replace(model.denoiser.config, trunk_reuse=1.0)).eval().requires_grad_(False)
    denoiser.load_state_dict(model.denoiser.state_dict())
    return replace(model, denoiser=denoiser)
