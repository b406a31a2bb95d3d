"""The diffusion of y − x: its scalings, its loss, the whole way from file to edit; and v-prediction."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from fxdiffuse_gui.engine.checkpoint import load_model, save_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.centered import (
    CONTRAST,
    LEAST_ERROR,
    OPEN,
    SCALE,
    SIGMA_MAX,
    SIGMA_MIDDLE,
    SIGMA_MIN,
    training_sigma,
)
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import (
    ModelConfig,
    Preconditioning,
    SamplerName,
    SamplingChoice,
)
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.diffusion.schedule import linear_beta_sigmas
from fxdiffuse_gui.engine.effects import lab_statistics
from fxdiffuse_gui.engine.effects.fill import bridge_hole
from fxdiffuse_gui.engine.model_card import ModelCard
from fxdiffuse_gui.engine.network.config import LabelConfig
from fxdiffuse_gui.engine.network.labels import LabelEncoder, logarithmic_statistics
from fxdiffuse_gui.engine.pipeline import edit
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 40))


def paper_config(preconditioning: Preconditioning = Preconditioning.CENTERED) -> ModelConfig:
    """As small as `tiny_config`, with the choices of the paper's kind."""
    labels = LabelConfig(width=16, layers=0, heads=2, log_statistics=True)
    config = tiny_config(preconditioning, heads=False)
    return replace(config, labels=labels, fill=False, trunk_reuse=1.0, sampling=SamplingChoice(steps=20))


class Answering(nn.Module):
    """A network that answers the same always, and keeps what it was shown."""

    def __init__(self, answer: Tensor) -> None:
        super().__init__()
        self.answer, self.seen = answer, list[Tensor]()

    def forward(self, *shown: Tensor) -> Tensor:
        self.seen[:] = shown
        return self.answer


def answering(denoiser: Denoiser, answer: Tensor) -> Answering:
    network = Answering(answer)
    denoiser.network = network  # type: ignore[assignment]
    return network


@pytest.mark.parametrize("sigma", [0.003, 0.025, 0.3, 10.0])
def test_scalings_are_the_equations(sigma: float) -> None:
    denoiser = random_denoiser(paper_config())
    answer = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(1))
    network = answering(denoiser, answer)
    context = denoiser.prepare(PHOTO, conditions([(Task.BLUR,)], PHOTO))
    state = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(2))
    estimate = denoiser.denoise(state, torch.tensor([sigma]), context)
    skip = OPEN**2 / (OPEN**2 + sigma**2)
    out = (((1 - skip) * SCALE) ** 2 + (skip * sigma) ** 2) ** 0.5
    assert torch.allclose(estimate, skip * state + out * answer, atol=1e-6)
    assert torch.allclose(network.seen[0], skip * state / SCALE, atol=1e-6)
    assert torch.allclose(network.seen[1], CONTRAST * (PHOTO - 0.5))
    assert torch.equal(denoiser.to_image(0 * state, context), PHOTO)


def test_loss_is_the_logarithm_of_the_error_of_each_sample() -> None:
    """A network that answers 0 leaves (1 − c_skip)·r − c_skip·σ·ε of r."""
    denoiser = random_denoiser(paper_config())
    photos = torch.cat([as_batch(textured(32, 32, seed)) for seed in range(3)])
    answering(denoiser, torch.zeros_like(photos))
    condition = conditions([(Task.SHARPEN,), (Task.INPAINT,), ()], photos[:1])
    loss = denoiser.loss(photos, photos.flip(3), condition, torch.Generator().manual_seed(3))
    again = torch.Generator().manual_seed(3)
    sigma = training_sigma(torch.ones(3), again)[:, None, None, None]
    noise = torch.randn(photos.shape, generator=again)
    skip = OPEN**2 / (OPEN**2 + sigma.square())
    residual = photos.flip(3) - bridge_hole(photos, condition.mask)
    error = (1 - skip) * residual - skip * sigma * noise
    assert torch.allclose(loss, (error.square().mean((1, 2, 3)) + LEAST_ERROR**2).log(), atol=1e-4)


def test_half_of_the_noise_levels_hide_the_picture() -> None:
    sigma = training_sigma(torch.ones(20_000), torch.Generator().manual_seed(0))
    assert float((sigma > SIGMA_MIDDLE).float().mean()) == pytest.approx(0.5, abs=0.02)
    assert sigma.min() >= SIGMA_MIN / 2 * 0.999 and sigma.max() <= 2 * SIGMA_MAX * 1.001
    low = sigma[sigma < SIGMA_MIDDLE].log()
    assert float(low.mean()) == pytest.approx(float(np.log((SIGMA_MIN / 2 * SIGMA_MIDDLE) ** 0.5)), abs=0.05)


def test_a_sample_walks_between_the_noise_levels() -> None:
    denoiser = random_denoiser(paper_config())
    context = denoiser.prepare(PHOTO, conditions([(Task.COLOR,)], PHOTO, PHOTO * 0.5))
    levels, first = denoiser.sigmas(context, 20)
    assert (levels[0], first, len(levels)) == (SIGMA_MAX, SIGMA_MAX, 20)
    assert levels[-1] == pytest.approx(SIGMA_MIN)
    assert not context.is_deterministic


def test_v_is_what_it_is_called() -> None:
    """A network that answers v of the state finds y, and has no loss."""
    denoiser = random_denoiser(paper_config(Preconditioning.V))
    sigma = linear_beta_sigmas()[[900]]
    noise = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(0))
    alpha = 1 / (1 + sigma.square())
    clean = 2 * PHOTO - 1
    network = answering(denoiser, alpha.sqrt() * noise - (1 - alpha).sqrt() * clean)
    context = denoiser.prepare(PHOTO, conditions([(Task.BLUR,)], PHOTO))
    estimate = denoiser.denoise(clean + sigma * noise, sigma, context)
    assert torch.allclose(estimate, clean, atol=1e-4)
    assert torch.allclose(network.seen[0], alpha.sqrt() * clean + (1 - alpha).sqrt() * noise, atol=1e-5)
    assert torch.allclose(denoiser.to_image(estimate, context), PHOTO, atol=1e-4)


def test_loss_of_v_is_its_squared_error() -> None:
    denoiser = random_denoiser(paper_config(Preconditioning.V))
    photos = torch.cat([as_batch(textured(32, 32, seed)) for seed in range(4)])
    answering(denoiser, torch.zeros_like(photos))
    condition = conditions([(Task.BLUR,)] * 4, photos[:1])
    loss = denoiser.loss(photos, photos, condition, torch.Generator().manual_seed(9))
    again = torch.Generator().manual_seed(9)
    noise = torch.randn(photos.shape, generator=again)
    table = linear_beta_sigmas()
    sigma = table[(torch.rand(4, generator=again) * len(table)).long()][:, None, None, None]
    v = (noise - sigma * (2 * photos - 1)) / (1 + sigma.square()).sqrt()
    assert torch.allclose(loss, v.square().mean((1, 2, 3)), rtol=2e-3)


@pytest.mark.parametrize("log_statistics", [False, True])
def test_tokens_that_are_not_mixed_see_their_own_task_alone(log_statistics: bool) -> None:
    torch.manual_seed(0)
    encoder = LabelEncoder(LabelConfig(width=16, layers=0, heads=2, log_statistics=log_statistics))
    one, both = (
        encoder(conditions([tasks], PHOTO, PHOTO * 0.5)).tokens
        for tasks in ((Task.COLOR,), (Task.COLOR, Task.BLUR))
    )
    assert not any(name.startswith("mix") for name in encoder.state_dict())
    changed = (one != both).any(-1)[0]
    assert changed.tolist() == [task is Task.BLUR for task in Task]


def test_logarithms_tell_the_ratio_of_two_deviations() -> None:
    statistics = lab_statistics(PHOTO)
    wider = torch.cat([statistics[:, :3], 2 * statistics[:, 3:]], 1)
    difference = logarithmic_statistics(wider) - logarithmic_statistics(statistics)
    assert torch.allclose(difference, torch.tensor([[0.0] * 3 + [math.log(2)] * 3]), atol=1e-5)


@pytest.mark.parametrize("preconditioning", [Preconditioning.CENTERED, Preconditioning.V])
def test_files_keep_the_choices(tmp_path: Path, preconditioning: Preconditioning) -> None:
    config = replace(
        paper_config(preconditioning), sampling=SamplingChoice(SamplerName.DDIM, 30), trunk_reuse=1.0
    )
    save_model(tmp_path / "m.safetensors", random_denoiser(config), ModelCard("paper"))
    model = load_model(tmp_path / "m.safetensors", "cpu")
    assert model.denoiser.config == config
    assert model.sampling == SamplingChoice(SamplerName.DDIM, 30)


def test_files_of_other_models_say_nothing_of_them() -> None:
    values = tiny_config().to_json()
    assert "sampling" not in values and "log_statistics" not in values["labels"]
    assert ModelConfig.from_json(values).sampling == SamplingChoice()


@pytest.mark.parametrize("sampling", [{"steps": 0}, {"steps": 2.5}, {"steps": True}, {"sampler": "euler"}, 3])
def test_impossible_sampling_is_refused(sampling: Any) -> None:
    values = {**paper_config().to_json(), "sampling": sampling}
    with pytest.raises((ValueError, AttributeError)):
        ModelConfig.from_json(values)


def test_the_pipeline_edits_with_it(tmp_path: Path) -> None:
    """The same seed gives the same picture, another seed another one; holes alone leave the rest."""
    save_model(tmp_path / "m.safetensors", random_denoiser(paper_config()), ModelCard("paper"))
    model = load_model(tmp_path / "m.safetensors", "cpu")
    photo = textured(40, 50)
    one, same, other = (edit(photo, EditCondition(blur=9.0, seed=s), model, steps=3) for s in (1, 1, 2))
    assert one.tobytes() == same.tobytes() and not np.allclose(one, other, atol=1e-4)
    mask = np.zeros((40, 50), np.float32)
    mask[10:20, 10:20] = 1
    filled = edit(photo, EditCondition(mask=mask), model, steps=3)
    assert filled[mask == 0].tobytes() == photo[mask == 0].tobytes()
    assert not np.allclose(filled[mask > 0], photo[mask > 0], atol=1e-3)


def test_every_evaluation_of_a_sample_gives_an_image() -> None:
    denoiser = random_denoiser(paper_config())
    condition = conditions([(Task.BLUR,)], PHOTO)
    noise = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(0))
    steps = list(sample(denoiser, PHOTO, condition, noise, 4))
    assert [step.step for step in steps] == [1, 2, 3, 4]
    assert all(0 <= step.estimate.min() <= step.estimate.max() <= 1 for step in steps)
