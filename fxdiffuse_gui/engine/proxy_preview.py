"""Proxy previews: the reference operators in place of the model, shown while a slider is dragged."""

from dataclasses import replace
from typing import Any

import torch
from numpy.typing import NDArray

from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects.compose import compose
from fxdiffuse_gui.engine.effects.grain import film_grain, grain_mean
from fxdiffuse_gui.engine.effects.statistics import photo_statistics


def proxy_preview(picture: FloatImage, condition: EditCondition, statistics_from: NDArray[Any]) -> FloatImage:
    """A rough edit of `picture` without the model; never to be exported.

    picture: (H, W, 3) sRGB in [0, 1], a part of the photo at any size. condition: scaled to that size, see
    `EditCondition.scaled`; holes stay unchanged, since there is no operator for them. statistics_from: the
    samples of the whole photo, whose colors color transfer starts from. Returns a new (H, W, 3) picture in
    [0, 1]; the same `noise_seed` gives the same grain at the same size.
    """
    condition = replace(condition, mask=None)
    statistics = references = torch.zeros(1, 6)
    with torch.inference_mode():
        image = torch.from_numpy(as_float(picture)).permute(2, 0, 1)[None]
        if condition.is_active(Task.COLOR) and condition.reference is not None:
            statistics = photo_statistics(statistics_from)
            references = photo_statistics(condition.reference)
        batch = ConditionBatch.of(condition, torch.zeros_like(image[:, :1]), statistics, references)
        edited = compose(image, batch.without(Task.GRAIN), generator=torch.Generator())
        if condition.grain:
            generator = torch.Generator().manual_seed(condition.noise_seed)
            grainy, mean = film_grain(edited, condition.grain, generator=generator), grain_mean(edited)
            edited = torch.lerp(edited, mean, condition.grain_lens) + condition.grain_gain * (grainy - mean)
        return edited[0].clamp(0, 1).permute(1, 2, 0).contiguous().clone().numpy()
