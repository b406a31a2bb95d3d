"""Operator heads: they act on the rows that have their task, and on nothing else."""

import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 40))
REFERENCE = as_batch(textured(20, 20, 5)) * 0.5
HEAD_TASKS = (Task.COLOR, Task.BLUR, Task.SHARPEN, Task.GRAIN)


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
def test_an_inactive_head_has_no_effect(denoiser: Denoiser, task: Task) -> None:
    """The weights of its head are drawn again, and nothing changes bit for bit."""
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
        fresh = build_denoiser(tiny_config())
    with torch.no_grad():
        fresh.heads.color.coefficients[-1].weight.zero_()  # type: ignore[union-attr]
        fresh.heads.color.coefficients[-1].bias.zero_()  # type: ignore[union-attr]
    result = heads(fresh, PHOTO, conditions([(Task.COLOR,)], PHOTO, REFERENCE))
    assert torch.allclose(result, PHOTO, atol=2e-3)
