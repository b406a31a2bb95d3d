"""Stand-in pictures: the classical operators in place of the model, for the moment in which a hand moves."""

from dataclasses import replace
from typing import Any

import torch
from numpy.typing import NDArray

from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.statistics import photo_statistics
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects.compose import compose
from fxdiffuse_gui.engine.effects.grain import film_grain, grain_mean


def proxy_preview(picture: FloatImage, condition: EditCondition, statistics_from: NDArray[Any]) -> FloatImage:
    """What `condition` roughly makes of `picture`, by no model: never to be exported.

    picture: (H, W, 3) sRGB in [0, 1], some part of the photo at some size, `condition` scaled to it
    (`EditCondition.scaled`). Holes have no classical operator and stay as they are. statistics_from: the
    photo's samples, whose colors a color transfer takes as those of the whole. Returns a new
    (H, W, 3) picture in [0, 1]; the same `noise_seed` gives the same grain at the same size.
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
            grainy, soft = film_grain(edited, condition.grain, generator=generator), grain_mean(edited)
            edited = torch.lerp(edited, soft, condition.grain_lens) + condition.grain_gain * (grainy - soft)
        return edited[0].clamp(0, 1).permute(1, 2, 0).contiguous().clone().numpy()
