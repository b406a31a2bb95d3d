"""`TileJob`: one condition on one picture, computed tile by tile; what all tiles share is found out once."""

import hashlib
import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage, mask_weights
from fxdiffuse_gui.engine.conditions.statistics import photo_statistics
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import Preconditioning
from fxdiffuse_gui.engine.diffusion.noise import image_noise
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.inpainting.holes import Patch, fill_patches, lay_over
from fxdiffuse_gui.engine.tiles.cache import Cache
from fxdiffuse_gui.engine.tiles.grid import Tile
from fxdiffuse_gui.engine.tiles.picture import Box, Picture, reflected

HALO, FILL_HALO = 32, 96
"""px around a tile; the second where the network itself fills holes."""


class TileJob:
    """Computes tiles of one edit. steps: evaluations per tile. on_step: called between evaluations with the
    share of a tile's that is done; what it raises ends the edit."""

    def __init__(
        self,
        picture: Picture,
        condition: EditCondition,
        model: Model,
        steps: int,
        on_step: Callable[[float], None],
    ) -> None:
        self.picture, self.condition, self._model = picture, condition, model
        self._steps, self._on_step = steps, on_step
        fills = condition.is_active(Task.INPAINT)
        self._mask = condition.mask if fills else None
        self._fills_ahead = model.denoiser.config.preconditioning is Preconditioning.RESIDUAL
        self._fill_alone = condition.active_tasks == (Task.INPAINT,)
        self._patches: list[Patch] = []
        self.halo = FILL_HALO if fills and not self._fills_ahead else HALO
        self._statistics = torch.zeros(2, 1, 6)
        if condition.is_active(Task.COLOR) and condition.reference is not None:
            whole = picture.statistics_from if self._mask is None else picture
            known = photo_statistics(whole.samples, self._mask)
            self._statistics = torch.stack([known, photo_statistics(condition.reference)])
        self._settings = self._settings_key()

    def fill(self, model: Model, cache: Cache | None) -> None:
        """Fills the holes; to be done before tiles are computed. model: the job's own, or a copy."""
        if self._mask is None:
            return
        self._patches = []
        for patch in fill_patches(self.picture, self._mask, model, self.condition.seed, cache):
            self._patches.append(patch)
            self._on_step(0.0)

    def is_touched(self, tile: Tile) -> bool:
        """Whether the edit changes anything there: a fill alone changes holes alone."""
        if not self._fill_alone or self._mask is None:
            return bool(self.condition.active_tasks)
        x0, y0, x1, y1 = tile.core
        return bool((self._mask[y0:y1, x0:x1] > 0).any())

    def key(self, tile: Tile) -> Hashable:
        """Equal for tiles of whatever edit that come out the same."""
        x0, y0, x1, y1 = tile.padded
        near = [
            p for p in self._patches if x0 < p.box[2] and p.box[0] < x1 and y0 < p.box[3] and p.box[1] < y1
        ]
        painted = None
        if near and self._mask is not None:
            x0, y0 = max(x0, 0), max(y0, 0)
            painted = hashlib.sha256(np.ascontiguousarray(self._mask[y0:y1, x0:x1]).data).hexdigest()
        return self._settings, tile.core, tuple(patch.key for patch in near), painted

    def compute(self, tiles: Sequence[Tile], model: Model) -> list[FloatImage]:
        """The cores of `tiles`, whose padded sides are alike, (h, w, 3) float32 each.

        model: the job's own, or a copy on another device.
        """
        with torch.inference_mode():
            photos = [self._filled(tile.padded) for tile in tiles]
            if self._fill_alone and self._fills_ahead:
                self._on_step(1.0)
                results = torch.cat(photos)
            else:
                results = self._edited(tiles, torch.cat(photos), model).cpu()
            return [self._core(tile, result) for tile, result in zip(tiles, results, strict=True)]

    def _edited(self, tiles: Sequence[Tile], photos: Tensor, model: Model) -> Tensor:
        condition, device = self.condition, model.device
        photos = photos.to(device).contiguous(memory_format=torch.channels_last)
        holes = torch.zeros_like(photos[:, :1])
        if self._fills_ahead:
            condition = replace(condition, mask=None)
        elif self._mask is not None:
            holes = torch.cat([self._holes(tile.padded) for tile in tiles]).to(device)
        statistics = self._statistics.to(device)
        batch = ConditionBatch.cat(
            [
                # To a network that fills holes itself, a tile without one is of an edit without fills.
                ConditionBatch.of(
                    condition if bool(hole.any()) else replace(condition, mask=None), hole[None], *statistics
                )
                for hole in holes
            ]
        )
        noise = _noise(condition.noise_seed, tiles, device)
        if not self._fills_ahead and condition.noise_seed != condition.seed:
            # A network that fills holes itself draws fills from the same noise.
            noise = torch.where(holes > 0, _noise(condition.seed, tiles, device), noise)
        left = condition.grain_gain, condition.grain_lens
        estimate = photos
        for step in sample(model.denoiser, photos, batch, noise, self._steps, grain_left=left):
            self._on_step(step.step / step.of)
            estimate = step.estimate
        return estimate

    def _core(self, tile: Tile, result: Tensor) -> FloatImage:
        rows, columns = tile.inner()
        new = result[:, rows, columns].permute(1, 2, 0).contiguous().numpy()
        if not self._fill_alone or self._fills_ahead or self._mask is None:
            return new
        x0, y0, x1, y1 = tile.core
        weight, old = mask_weights(self._mask[y0:y1, x0:x1])[..., None], self.picture.read(tile.core)
        return np.where(weight > 0, old + weight * (new - old), old)

    def _filled(self, padded: Box) -> Tensor:
        """(1, 3, h, w): the photo with its holes filled, reflected beyond its borders."""
        rows = reflected(padded[1], padded[3], self.picture.height)
        columns = reflected(padded[0], padded[2], self.picture.width)
        x0, y0 = int(columns.min()), int(rows.min())
        inside = (x0, y0, int(columns.max()) + 1, int(rows.max()) + 1)
        part = torch.from_numpy(self.picture.read(inside)).permute(2, 0, 1)[None]
        if self._mask is not None:
            part = lay_over(part, inside, self._patches, self._mask)
        return part[..., torch.from_numpy(rows - y0), :][..., torch.from_numpy(columns - x0)]

    def _holes(self, padded: Box) -> Tensor:
        assert self._mask is not None
        rows = reflected(padded[1], padded[3], self.picture.height)
        columns = reflected(padded[0], padded[2], self.picture.width)
        return torch.from_numpy(self._mask[np.ix_(rows, columns)] > 0)[None, None].float()

    def _settings_key(self) -> Hashable:
        """Equal for edits of the same picture that differ in their fills at most."""
        condition = self.condition
        grain = condition.is_active(Task.GRAIN)
        drawn = grain or not self._fills_ahead
        values: dict[str, object] = {
            task.value: condition.intensity(task)
            for task in condition.active_tasks
            if task is not Task.INPAINT
        }
        values["angle"] = condition.angle if condition.is_active(Task.BLUR) else None
        values["seed"], values["steps"] = (condition.noise_seed, self._steps) if drawn else (None, 1)
        values["fill seed"] = None if self._fills_ahead else condition.seed
        values["grain left"] = [condition.grain_gain, condition.grain_lens] if grain else None
        values["colors"] = self._statistics.flatten().tolist()
        return self._model.digest, self.picture.key, json.dumps(values, sort_keys=True)


def _noise(seed: int, tiles: Sequence[Tile], device: torch.device) -> Tensor:
    """(N, 3, h, w) of the places where the tiles lie."""
    return torch.cat([image_noise(seed, tile.padded, device=device) for tile in tiles])
