"""The denoisers of both preconditionings: scalings and losses."""

import pytest
import torch
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.model_config import Preconditioning
from fxdiffuse_gui.engine.diffusion.schedule import linear_beta_sigmas
from fxdiffuse_gui.engine.effects import compose
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 40))
REFERENCE = as_batch(textured(20, 20, 5)) * 0.5


class Fixed(nn.Module):
    """A network that answers the same always."""

    def __init__(self, answer: Tensor) -> None:
        super().__init__()
        self.answer = answer

    def trunk_features(self, *_: Tensor) -> Tensor:
        return self.answer

    def forward(self, *_: Tensor) -> Tensor:
        return self.answer


def test_loss_of_epsilon_is_equation_one() -> None:
    """mean (F − ε)², whatever σ was drawn: predicting ε of y_t = √ᾱ·y + √(1−ᾱ)·ε."""
    denoiser = random_denoiser(tiny_config(Preconditioning.EPSILON, heads=False))
    generator = torch.Generator().manual_seed(4)
    photos = torch.cat([as_batch(textured(32, 32, s)) for s in range(4)])
    answer = torch.randn(photos.shape, generator=generator)
    denoiser.network = Fixed(answer)  # type: ignore[assignment]
    noise = torch.randn(photos.shape, generator=torch.Generator().manual_seed(9))
    condition = conditions([(Task.BLUR,)] * 4, photos[:1])
    loss = denoiser.loss(photos, photos.flip(3), condition, torch.Generator().manual_seed(9))
    assert torch.allclose(loss, (answer - noise).square().mean((1, 2, 3)), rtol=2e-3)


def test_network_of_epsilon_sees_the_scaled_state() -> None:
    seen: list[Tensor] = []

    class Watch(nn.Module):
        def forward(self, scaled: Tensor, *_: Tensor) -> Tensor:
            seen.append(scaled)
            return torch.zeros_like(scaled)

    denoiser = random_denoiser(tiny_config(Preconditioning.EPSILON, heads=False))
    denoiser.network = Watch()  # type: ignore[assignment]
    context = denoiser.prepare(PHOTO, conditions([(Task.BLUR,)], PHOTO))
    table = linear_beta_sigmas()
    assert float(context.sigma_min) == float(table[0])
    assert float(context.sigma_max) == float(table[-1])
    sigma = table[[1200]]
    alpha = 1 / (1 + sigma.square())
    noise = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(0))
    estimate = denoiser.denoise(PHOTO + sigma * noise, sigma, context)
    assert torch.allclose(seen[0], alpha.sqrt() * PHOTO + (1 - alpha).sqrt() * noise, atol=1e-5)
    assert torch.allclose(estimate, PHOTO + sigma * noise)  # F = 0: nothing is taken for noise


def test_loss_of_residual_vanishes_for_a_perfect_model() -> None:
    """A network that answers what is left, in the preconditioning's units, has the heads' loss alone."""
    denoiser = random_denoiser(tiny_config())
    denoiser.heads = None
    zero = Fixed(torch.zeros_like(PHOTO))
    denoiser.network = zero  # type: ignore[assignment]
    condition = conditions([(Task.SHARPEN,)], PHOTO)
    generator = torch.Generator().manual_seed(0)
    assert float(denoiser.loss(PHOTO, PHOTO, condition, generator)) == pytest.approx(0, abs=1e-6)
    assert float(denoiser.loss(PHOTO, PHOTO * 0.9, condition, generator)) > 0.1


def test_loss_is_per_sample() -> None:
    denoiser = random_denoiser(tiny_config())
    condition = conditions([(Task.SHARPEN,), (Task.INPAINT, Task.BLUR)], PHOTO)
    losses = denoiser.loss(PHOTO.expand(2, -1, -1, -1), PHOTO, condition, torch.Generator())
    assert losses.shape == (2,)
    assert torch.isfinite(losses).all()


@pytest.mark.parametrize("preconditioning", list(Preconditioning))
def test_training_reaches_every_part(preconditioning: Preconditioning) -> None:
    residual = preconditioning is Preconditioning.RESIDUAL
    denoiser = random_denoiser(tiny_config(preconditioning, heads=residual)).requires_grad_(True)
    condition = conditions([tuple(Task), (Task.GRAIN,)], PHOTO, REFERENCE)
    photos = PHOTO.expand(2, -1, -1, -1).contiguous()
    target = compose(photos, condition, generator=torch.Generator().manual_seed(0))
    denoiser.loss(photos, target, condition, torch.Generator().manual_seed(0)).mean().backward()
    silent = [name for name, p in denoiser.named_parameters() if p.grad is None or not p.grad.any()]
    assert silent == []
