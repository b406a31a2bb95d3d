"""All effects of an edit, one after another."""

import torch

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import compose
from tests.engine.tiny import as_batch, conditions, textured

PHOTO = as_batch(textured(32, 40))
REFERENCE = as_batch(textured(20, 20, 5)) * 0.5


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
