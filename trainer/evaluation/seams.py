"""Seams: how an edit in tiles differs from the same edit in one piece, near the borders between tiles."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.noise import image_noise
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.effects.basics import crop_reflected
from fxdiffuse_gui.engine.effects.grain import flat_std
from fxdiffuse_gui.engine.pipeline import TILE
from fxdiffuse_gui.engine.tiles.grid import grid
from fxdiffuse_gui.engine.tiles.tile_edit import HALO
from trainer.evaluation.cases import Case
from trainer.evaluation.operators import as_batch, as_tensor, operator_output

_BAND = 8  # px to either side of a border between tiles


def seam_metrics(model: Model, case: Case, tiled: FloatImage, steps: int) -> dict[str, Any]:
    """Metrics of one edit. tiled: (H, W, 3), the edit in tiles.

    max: largest difference between the tiled edit and the edit in one piece, in levels of 255. border,
    interior: mean difference near borders and elsewhere. grain_border: the grain's standard deviation near
    borders over that elsewhere, both relative to theory for their tones. grain_whole, grain_operator: the
    same ratio for the edit in one piece and for the operator, which have no borders; they differ from 1 only
    by the tones that lie there.
    """
    result = as_tensor(tiled)
    whole = _in_one_piece(model, case, steps)
    difference = 255 * (result - whole).abs().mean((0, 1))
    near = _near_borders(*tiled.shape[:2])
    found: dict[str, Any] = {
        "max": 255 * float((result - whole).abs().max()),
        "border": float(difference[near].mean()),
        "interior": float(difference[~near].mean()),
    }
    radius = case.condition.intensity(Task.GRAIN)
    if radius:
        target, expected = operator_output(case.photo, case.condition)
        found["grain_border"] = _relative_grain(result, expected, near, radius)
        found["grain_whole"] = _relative_grain(whole, expected, near, radius)
        found["grain_operator"] = _relative_grain(target, expected, near, radius)
    return found


def _in_one_piece(model: Model, case: Case, steps: int) -> Tensor:
    """The edit (1, 3, H, W) without tiles."""
    height, width = case.photo.shape[:2]
    tile = next(
        grid(
            width, height, core=max(width, height), halo=HALO, multiple=model.denoiser.config.network.multiple
        )
    )
    known = as_batch(case.photo, case.condition)
    photo = crop_reflected(as_tensor(case.photo), tile.padded).to(model.device)
    batch = ConditionBatch.of(
        case.condition, torch.zeros_like(photo[:, :1]),
        known.image_statistics.to(model.device), known.reference_statistics.to(model.device),
    )  # fmt: skip
    noise = image_noise(case.condition.seed, tile.padded, device=model.device)
    with torch.inference_mode():
        *_, last = sample(model.denoiser, photo, batch, noise, steps)
    rows, columns = tile.inner()
    return last.estimate[..., rows, columns].cpu()


def _near_borders(height: int, width: int) -> Tensor:
    """(H, W) bool: the pixels near a border between tiles."""

    def near(length: int) -> Tensor:
        offset = (torch.arange(length) + TILE // 2) % TILE - TILE // 2  # from the nearest multiple of TILE
        return (offset.abs() < _BAND) & (torch.arange(length) >= TILE - _BAND)

    return near(height)[:, None] | near(width)


def _relative_grain(picture: Tensor, expected: Tensor, near: Tensor, radius: float) -> float:
    """The grain's standard deviation near borders over that elsewhere, relative to theory for each tone."""
    levels = np.linspace(0.02, 0.98, 33)
    theory = np.array([float(flat_std(radius, float(level))) for level in levels])
    scale = np.interp(expected.numpy(), levels, theory)
    grain = ((picture - expected).numpy() / scale)[0]
    inside = near.numpy()
    return float(grain[:, inside].std() / grain[:, ~inside].std())
