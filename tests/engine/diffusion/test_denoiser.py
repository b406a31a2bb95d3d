"""Operator heads, preconditionings, the loss, and one tile sampled."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser, ModelConfig, Preconditioning
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.diffusion.sampler import SamplerName
from fxdiffuse_gui.engine.diffusion.schedule import linear_beta_sigmas
from fxdiffuse_gui.engine.effects import compose
from fxdiffuse_gui.engine.network.labels import LabelConfig, LabelEncoder
from fxdiffuse_gui.engine.network.unet import UNetConfig
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 40))
REFERENCE = as_batch(textured(20, 20, 5)) * 0.5
HEAD_TASKS = (Task.COLOR, Task.BLUR, Task.SHARPEN, Task.GRAIN)


class Counted(nn.Module):
    """Wraps a network and counts its evaluations."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.calls = 0

    def trunk(self, *arguments: Tensor) -> Tensor:
        return self.network.trunk(*arguments)  # type: ignore[operator]

    def forward(self, *arguments: Tensor) -> Tensor:
        self.calls += 1
        return self.network(*arguments)


class Fixed(nn.Module):
    """A network that answers the same always."""

    def __init__(self, answer: Tensor) -> None:
        super().__init__()
        self.answer = answer

    def trunk(self, *_: Tensor) -> Tensor:
        return self.answer

    def forward(self, *_: Tensor) -> Tensor:
        return self.answer


@pytest.fixture(scope="module")
def denoiser() -> Denoiser:
    return random_denoiser(tiny_config())


def heads(denoiser: Denoiser, photo: Tensor, condition: ConditionBatch) -> Tensor:
    assert denoiser.heads is not None
    with torch.inference_mode():
        return denoiser.heads(photo, condition, denoiser.labels(condition))


def test_without_an_active_task_heads_are_the_identity(denoiser: Denoiser) -> None:
    assert torch.equal(heads(denoiser, PHOTO, conditions([()], PHOTO)), PHOTO)
    assert torch.equal(heads(denoiser, PHOTO, conditions([(Task.INPAINT,)], PHOTO)), PHOTO)


@pytest.mark.parametrize("task", HEAD_TASKS)
def test_one_head_acts_on_the_rows_alone_that_ask_for_it(denoiser: Denoiser, task: Task) -> None:
    photos = PHOTO.expand(3, -1, -1, -1).contiguous()
    condition = conditions([(), (task,), (Task.INPAINT,)], PHOTO, REFERENCE)
    result = heads(denoiser, photos, condition)
    assert torch.equal(result[0], PHOTO[0])
    assert torch.equal(result[2], PHOTO[0])
    assert not torch.allclose(result[1], PHOTO[0], atol=1e-4)
    assert 0 <= result.min() <= result.max() <= 1


@pytest.mark.parametrize("task", HEAD_TASKS)
def test_an_inactive_head_has_no_say(denoiser: Denoiser, task: Task) -> None:
    """Whatever its weights are: those of the task are drawn anew, and nothing changes bit for bit."""
    others = tuple(t for t in HEAD_TASKS if t is not task)
    condition = conditions([others], PHOTO, REFERENCE)
    before = heads(denoiser, PHOTO, condition)
    other = random_denoiser(tiny_config())
    with torch.no_grad():
        for parameter in getattr(other.heads, task.value).parameters():
            parameter.normal_(0, 1)
    assert torch.equal(heads(other, PHOTO, condition), before)


@pytest.mark.parametrize("task", [Task.SHARPEN, Task.GRAIN, Task.BLUR])
def test_filters_leave_flat_areas_as_they_are(denoiser: Denoiser, task: Task) -> None:
    flat = torch.full((1, 3, 32, 32), 0.37)
    assert torch.allclose(heads(denoiser, flat, conditions([(task,)], flat)), flat, atol=1e-4)


def test_blur_kernels_sum_to_one(denoiser: Denoiser) -> None:
    assert denoiser.heads is not None
    extent, angle = torch.tensor([0.5, 8.0, 32.0]), torch.tensor([0.0, 45.0, 120.0])
    condition = conditions([(Task.BLUR,)] * 3, PHOTO)
    token = denoiser.labels(condition).own[:, TASK_INDEX[Task.BLUR]]
    kernel = denoiser.heads.blur.kernel(extent, angle, token)
    assert torch.allclose(kernel.sum((1, 2)), torch.ones(3), atol=1e-5)
    assert kernel.min() >= 0
    # y down: a direction of 45° lies in the upper right and lower left corners.
    middle = kernel.shape[-1] // 2
    assert kernel[1, middle - 2, middle + 2] > 0
    assert kernel[1, middle + 2, middle + 2] == 0


def test_color_head_starts_at_the_identity() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(0)
        fresh = Denoiser(tiny_config())
    with torch.no_grad():
        fresh.heads.color.coefficients[-1].weight.zero_()  # type: ignore[union-attr]
        fresh.heads.color.coefficients[-1].bias.zero_()  # type: ignore[union-attr]
    result = heads(fresh, PHOTO, conditions([(Task.COLOR,)], PHOTO, REFERENCE))
    assert torch.allclose(result, PHOTO, atol=2e-3)


@pytest.mark.parametrize("tasks", [(Task.BLUR,), (Task.SHARPEN,), (Task.COLOR, Task.BLUR, Task.SHARPEN)])
def test_decided_edits_take_one_evaluation_and_no_noise(tasks: tuple[Task, ...]) -> None:
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
        steps = sample(denoiser, PHOTO, condition, noise, 3, sampler=sampler, generator=generator)
        return [step.estimate for step in steps]

    estimates = run()
    assert len(estimates) == 3
    assert all(0 <= e.min() <= e.max() <= 1 for e in estimates)
    assert all(torch.equal(a, b) for a, b in zip(estimates, run(), strict=True))


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
    assert float(context.low) == float(table[0])
    assert float(context.high) == float(table[-1])
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


@pytest.mark.parametrize("others", [(), (Task.BLUR, Task.SHARPEN, Task.GRAIN)])
def test_a_filled_photo_is_edited_like_any_other(denoiser: Denoiser, others: tuple[Task, ...]) -> None:
    """Once the hole is filled nothing tells it from the photo, so grain on a fill is grain like elsewhere."""
    filled, plain = (
        denoiser.prepare(PHOTO, conditions([tasks], PHOTO)) for tasks in ((*others, Task.INPAINT), others)
    )
    for name in ("base", "open_std", "mask", "tokens", "low", "high"):
        assert torch.equal(getattr(filled, name), getattr(plain, name))


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


def test_inactive_tasks_speak_through_their_off_embedding_alone() -> None:
    encoder = LabelEncoder(LabelConfig(width=16, layers=1, heads=2))
    condition = conditions([(Task.SHARPEN,)], PHOTO)
    values, angle = condition.values.clone(), condition.angle + 50
    values[:, TASK_INDEX[Task.GRAIN]] = 0.07
    other = replace(condition, values=values, angle=angle, image_statistics=condition.image_statistics + 9)
    assert torch.equal(encoder(condition).tokens, encoder(other).tokens)
    values[:, TASK_INDEX[Task.SHARPEN]] += 0.5
    changed = encoder(replace(condition, values=values))
    own = changed.own - encoder(condition).own
    assert own[:, TASK_INDEX[Task.SHARPEN]].abs().max() > 0
    assert not own[:, TASK_INDEX[Task.GRAIN]].any()  # before mixing each token knows its task alone
    assert not torch.equal(changed.tokens, encoder(condition).tokens)


def test_activation_labels_can_be_switched_off() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(0)
        encoder = LabelEncoder(LabelConfig(width=16, layers=1, heads=2, activation_labels=False))
    condition = conditions([(Task.SHARPEN,)], PHOTO)
    before = encoder(condition).tokens
    with torch.no_grad():
        encoder.activation.normal_()
    assert torch.equal(encoder(condition).tokens, before)


@pytest.mark.parametrize("sides", [(16, 16), (64, 24)])
@pytest.mark.parametrize("cross", [True, False])
def test_network_keeps_the_shape(sides: tuple[int, int], cross: bool) -> None:
    network = UNetConfig(
        unshuffle=2, widths=(8, 12), attention=(0, 1), branch=4, filters=0, embedding=8, cross_attention=cross
    )
    denoiser = random_denoiser(ModelConfig(network, LabelConfig(width=8, layers=1, heads=1)))
    assert denoiser.config.network.multiple == 4
    photo = as_batch(textured(*sides))
    context = denoiser.prepare(photo, conditions([(Task.GRAIN,)], photo))
    assert denoiser.denoise(torch.zeros_like(photo), torch.ones(1), context).shape == photo.shape


def test_rows_of_a_batch_do_not_see_each_other(denoiser: Denoiser) -> None:
    photos = torch.cat([PHOTO, as_batch(textured(32, 40, 8))])
    together = conditions([(Task.GRAIN, Task.BLUR), (Task.INPAINT,)], PHOTO)
    state = torch.randn(photos.shape, generator=torch.Generator().manual_seed(0))
    sigma = torch.tensor([0.05, 1.0])
    both = denoiser.denoise(state, sigma, denoiser.prepare(photos, together))
    for i in range(2):
        fields = {name: getattr(together, name)[i : i + 1] for name in together.__dataclass_fields__}
        context = denoiser.prepare(photos[i : i + 1], ConditionBatch(**fields))
        alone = denoiser.denoise(state[i : i + 1], sigma[i : i + 1], context)
        assert torch.allclose(both[i : i + 1], alone, atol=1e-4)


def test_compose_is_the_operators_one_after_another() -> None:
    from fxdiffuse_gui.engine.effects import color_transfer, film_grain, motion_blur, unsharp_mask

    condition = conditions([tuple(Task), (), (Task.BLUR,), (Task.GRAIN,)], PHOTO, REFERENCE)
    photos = PHOTO.expand(4, -1, -1, -1).contiguous()
    result = compose(photos, condition, generator=torch.Generator().manual_seed(0))
    assert torch.equal(result[1], PHOTO[0])
    assert torch.allclose(result[2:3], motion_blur(PHOTO, 12.0, 30.0), atol=1e-5)
    everything = unsharp_mask(motion_blur(color_transfer(PHOTO, REFERENCE), 12.0, 30.0), 1.5)
    grained = film_grain(
        torch.cat([everything, PHOTO]), 0.05, generator=torch.Generator().manual_seed(0)
    )  # both rows with grain draw from one generator
    assert torch.allclose(result[[0, 3]], grained, atol=0.004)


def test_of_grain_as_much_is_shown_as_a_smaller_picture_leaves(denoiser: Denoiser) -> None:
    condition = conditions([(Task.SHARPEN, Task.GRAIN)], PHOTO)
    whole, part = (denoiser.prepare(PHOTO, condition, left) for left in ((1.0, 1.0), (0.25, 0.5)))
    clean = 0.01 * torch.randn_like(PHOTO)
    sharp = denoiser.prepare(PHOTO, conditions([(Task.SHARPEN,)], PHOTO))
    expected = sharp.base + 0.5 * (whole.base - sharp.base) + 0.25 * clean
    assert torch.allclose(denoiser.to_image(clean, part), expected.clamp(0, 1), atol=1e-6)
    assert not torch.allclose(denoiser.to_image(clean, whole), expected, atol=1e-3)
