"""One tile sampled: evaluations, noise, samplers, and the shares of grain."""

import pytest
import torch
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName
from fxdiffuse_gui.engine.diffusion.sample import sample
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 40))
REFERENCE = as_batch(textured(20, 20, 5)) * 0.5


class Counted(nn.Module):
    """Wraps a network and counts its evaluations."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.calls = 0

    def trunk_features(self, *arguments: Tensor) -> Tensor:
        return self.network.trunk_features(*arguments)  # type: ignore[operator]

    def forward(self, *arguments: Tensor) -> Tensor:
        self.calls += 1
        return self.network(*arguments)


@pytest.fixture(scope="module")
def denoiser() -> Denoiser:
    return random_denoiser(tiny_config())


@pytest.mark.parametrize("tasks", [(Task.BLUR,), (Task.SHARPEN,), (Task.COLOR, Task.BLUR, Task.SHARPEN)])
def test_deterministic_edits_take_one_evaluation_and_no_noise(tasks: tuple[Task, ...]) -> None:
    denoiser = random_denoiser(tiny_config())
    counted = Counted(denoiser.network)
    denoiser.network = counted  # type: ignore[assignment]
    condition = conditions([tasks], PHOTO, REFERENCE)
    generator = torch.Generator().manual_seed(0)
    results = []
    for _ in range(2):
        noise = torch.randn(PHOTO.shape, generator=generator)
        steps = list(sample(denoiser, PHOTO, condition, noise, 6))
        assert [(s.step, s.of) for s in steps] == [(1, 1)]
        results.append(steps[0].estimate)
    assert counted.calls == 2
    assert torch.equal(results[0], results[1])


def test_grain_takes_every_step_and_follows_the_noise(denoiser: Denoiser) -> None:
    condition = conditions([(Task.GRAIN, Task.SHARPEN)], PHOTO)
    generator = torch.Generator().manual_seed(0)
    finals = []
    for _ in range(2):
        noise = torch.randn(PHOTO.shape, generator=generator)
        steps = list(sample(denoiser, PHOTO, condition, noise, 4))
        assert [(s.step, s.of) for s in steps] == [(i, 4) for i in range(1, 5)]
        finals.append(steps[-1].estimate)
    assert not torch.equal(finals[0], finals[1])


@pytest.mark.parametrize("sampler", list(SamplerName))
def test_every_sampler_ends_in_an_image(denoiser: Denoiser, sampler: SamplerName) -> None:
    condition = conditions([tuple(Task)], PHOTO, REFERENCE)
    noise = torch.randn(PHOTO.shape, generator=torch.Generator().manual_seed(0))

    def run() -> list[Tensor]:
        generator = torch.Generator().manual_seed(1)

        def fresh(_: int) -> Tensor:
            return torch.randn(PHOTO.shape, generator=generator)

        steps = sample(denoiser, PHOTO, condition, noise, 3, sampler=sampler, fresh_noise=fresh)
        return [step.estimate for step in steps]

    estimates = run()
    assert len(estimates) == 3
    assert all(0 <= e.min() <= e.max() <= 1 for e in estimates)
    assert all(torch.equal(a, b) for a, b in zip(estimates, run(), strict=True))


@pytest.mark.parametrize("others", [(), (Task.BLUR, Task.SHARPEN, Task.GRAIN)])
def test_an_inpainted_photo_is_edited_like_any_other(denoiser: Denoiser, others: tuple[Task, ...]) -> None:
    """After inpainting a hole is like the rest of the photo, so it gets the same grain."""
    inpainted, plain = (
        denoiser.prepare(PHOTO, conditions([tasks], PHOTO)) for tasks in ((*others, Task.INPAINT), others)
    )
    for name in ("image", "sigma_data", "mask", "tokens", "sigma_min", "sigma_max"):
        assert torch.equal(getattr(inpainted, name), getattr(plain, name))


def test_of_grain_as_much_is_shown_as_a_smaller_picture_leaves(denoiser: Denoiser) -> None:
    condition = conditions([(Task.SHARPEN, Task.GRAIN)], PHOTO)
    whole, part = (denoiser.prepare(PHOTO, condition, left) for left in ((1.0, 1.0), (0.25, 0.5)))
    clean = 0.01 * torch.randn_like(PHOTO)
    sharp = denoiser.prepare(PHOTO, conditions([(Task.SHARPEN,)], PHOTO))
    expected = sharp.image + 0.5 * (whole.image - sharp.image) + 0.25 * clean
    assert torch.allclose(denoiser.to_image(clean, part), expected.clamp(0, 1), atol=1e-6)
    assert not torch.allclose(denoiser.to_image(clean, whole), expected, atol=1e-3)
