"""Label features, and the U-Net under any denoiser."""

from dataclasses import replace

import pytest
import torch

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig
from fxdiffuse_gui.engine.network.config import LabelConfig, UNetConfig
from fxdiffuse_gui.engine.network.labels import LabelEncoder
from tests.engine.tiny import as_batch, conditions, random_denoiser, textured, tiny_config

PHOTO = as_batch(textured(32, 40))


@pytest.fixture(scope="module")
def denoiser() -> Denoiser:
    return random_denoiser(tiny_config())


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
