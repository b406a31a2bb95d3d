"""Every preconditioning has a class, and another one needs nothing of those that are there."""

from pathlib import Path

import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.build import DENOISERS, build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import FULL_GRAIN, Denoiser, DenoiserContext
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig, Preconditioning
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.model_card import ModelCard
from fxdiffuse_gui.engine.pipeline import edit
from tests.engine.tiny import as_batch, conditions, textured, tiny_config

PHOTO = as_batch(textured(32, 40))


class CleanDenoiser(Denoiser):
    """The network predicts the clean state itself: c_skip = 0, c_out = 1, c_in = 1/√(1 + σ²)."""

    inpaints_first = True

    def prepare(
        self, photo: Tensor, condition: ConditionBatch, grain_shares: tuple[float, float] = FULL_GRAIN
    ) -> DenoiserContext:
        condition = condition.without(Task.INPAINT)
        ones = condition.angle.new_ones(len(condition))
        tokens = self.labels(condition).tokens
        return DenoiserContext(
            photo, ones[:, None, None, None], condition.mask, tokens, 0.1 * ones, 10 * ones
        )

    def _diffusion_loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        context = self.prepare(photo, condition)
        estimate = self.denoise(target + torch.randn_like(target), context.sigma_max / 10, context)
        return (estimate - target).square().mean((1, 2, 3))

    def _network_input(self, state: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return state / (1 + sigma**2).sqrt()

    def _estimate(self, state: Tensor, output: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return output


@pytest.mark.parametrize("preconditioning", list(Preconditioning))
def test_the_config_chooses_the_class(preconditioning: Preconditioning) -> None:
    denoiser = build_denoiser(tiny_config(preconditioning))
    assert type(denoiser) is DENOISERS[preconditioning]
    assert denoiser.config.preconditioning is preconditioning


def test_all_classes_have_the_same_weights() -> None:
    names = [build_denoiser(tiny_config(one)).state_dict().keys() for one in Preconditioning]
    assert all(keys == names[0] for keys in names)


def test_a_config_survives_its_file_format() -> None:
    config = tiny_config(Preconditioning.EPSILON, heads=False)
    values = config.to_json()
    assert values["reuse"] == config.trunk_reuse and "trunk_reuse" not in values
    assert ModelConfig.from_json(values) == config


def test_another_preconditioning_trains_samples_and_edits() -> None:
    denoiser = CleanDenoiser(tiny_config())
    condition = conditions([(Task.GRAIN,)], PHOTO)
    assert denoiser.loss(PHOTO, PHOTO, condition, torch.Generator()).shape == (1,)
    denoiser = denoiser.eval().requires_grad_(False)
    noise = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(0))
    steps = list(sample(denoiser, PHOTO, condition, noise, 3))
    assert [step.step for step in steps] == [1, 2, 3]
    model = Model(denoiser, torch.device("cpu"), ModelCard("clean"), Path("clean"), "digest")
    assert edit(textured(40, 50), EditCondition(grain=0.05), model, steps=2).shape == (40, 50, 3)
