"""`TileJob`: one condition on one photo, computed tile by tile; what all tiles share is computed once."""

import hashlib
import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.core.samples import reflect_indices
from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage, mask_weights
from fxdiffuse_gui.engine.conditions.noise import image_noise
from fxdiffuse_gui.engine.conditions.picture import Box, Picture
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.model_config import SamplingChoice
from fxdiffuse_gui.engine.diffusion.sample import sample
from fxdiffuse_gui.engine.effects.statistics import photo_statistics
from fxdiffuse_gui.engine.tiles.cache import Cache
from fxdiffuse_gui.engine.tiles.grid import Tile, overlaps
from fxdiffuse_gui.engine.tiles.holes import InpaintedHole, composite, inpaint_holes

HALO, INPAINT_HALO = 32, 96
"""Least width of the halo around a tile, px; the second where the U-Net itself inpaints."""


class TileJob:
    """Computes the tiles of one edit.

    sampling: sampler and evaluations per tile. on_step: called after every evaluation with the share of the
    tile's evaluations that are done; what it raises ends the edit. on_estimate: called with a tile and its
    edited core as it stands after each evaluation but the last.
    """

    def __init__(
        self,
        picture: Picture,
        condition: EditCondition,
        model: Model,
        sampling: SamplingChoice,
        on_step: Callable[[float], None],
        on_estimate: Callable[[Tile, FloatImage], None] | None = None,
    ) -> None:
        self.picture, self.condition, self._model = picture, condition, model
        self._sampling, self._on_step, self._on_estimate = sampling, on_step, on_estimate
        inpaints = condition.is_active(Task.INPAINT)
        self._mask = condition.mask if inpaints else None
        self._inpaints_first = model.denoiser.inpaints_first
        self._only_inpaints = condition.active_tasks == (Task.INPAINT,)
        self._holes: list[InpaintedHole] = []
        self.halo = INPAINT_HALO if inpaints and not self._inpaints_first else HALO
        self._statistics = torch.zeros(2, 1, 6)
        if condition.is_active(Task.COLOR) and condition.reference is not None:
            whole = picture.statistics_from if self._mask is None else picture
            known = photo_statistics(whole.samples, self._mask)
            self._statistics = torch.stack([known, photo_statistics(condition.reference)])
        self._settings = self._settings_key()

    def inpaint(self, model: Model, cache: Cache | None) -> None:
        """Inpaints the holes, before any tile is computed. model: the job's, or a copy of it."""
        if self._mask is None:
            return
        self._holes = []
        for hole in inpaint_holes(self.picture, self._mask, model, self.condition.seed, cache):
            self._holes.append(hole)
            self._on_step(0.0)

    def is_touched(self, tile: Tile) -> bool:
        """Whether the edit changes the tile's core: inpainting alone changes holes alone."""
        if not self._only_inpaints or self._mask is None:
            return bool(self.condition.active_tasks)
        x0, y0, x1, y1 = tile.core
        return bool((self._mask[y0:y1, x0:x1] > 0).any())

    def key(self, tile: Tile) -> Hashable:
        """A key of the cache: equal for tiles of any edit with the same result."""
        x0, y0, x1, y1 = tile.padded
        near = [hole for hole in self._holes if overlaps(hole.box, tile.padded)]
        painted = None
        if near and self._mask is not None:
            x0, y0 = max(x0, 0), max(y0, 0)
            painted = hashlib.sha256(np.ascontiguousarray(self._mask[y0:y1, x0:x1]).data).hexdigest()
        return self._settings, tile.core, tuple(hole.key for hole in near), painted

    def compute(self, tiles: Sequence[Tile], model: Model) -> list[FloatImage]:
        """The edited cores of `tiles`, whose padded shapes are equal: (h, w, 3) float32 in [0, 1] each.

        model: the job's own, or a copy on another device.
        """
        with torch.inference_mode():
            photos = [self._inpainted(tile.padded) for tile in tiles]
            if self._only_inpaints and self._inpaints_first:
                self._on_step(1.0)
                results = torch.cat(photos)
            else:
                results = self._edited(tiles, torch.cat(photos), model).cpu()
            return [self._core(tile, result) for tile, result in zip(tiles, results, strict=True)]

    def _edited(self, tiles: Sequence[Tile], photos: Tensor, model: Model) -> Tensor:
        condition, device = self.condition, model.device
        photos = photos.to(device).contiguous(memory_format=torch.channels_last)
        masks = torch.zeros_like(photos[:, :1])
        if self._inpaints_first:
            condition = replace(condition, mask=None)
        elif self._mask is not None:
            masks = torch.cat([self._hole_mask(tile.padded) for tile in tiles]).to(device)
        statistics = self._statistics.to(device)
        batch = ConditionBatch.cat(
            [
                # For a U-Net that inpaints itself, a tile without holes belongs to an edit without
                # inpainting.
                ConditionBatch.of(
                    condition if bool(mask.any()) else replace(condition, mask=None), mask[None], *statistics
                )
                for mask in masks
            ]
        )
        noise = _noise(condition.noise_seed, tiles, device)
        if not self._inpaints_first and condition.noise_seed != condition.seed:
            # A U-Net that inpaints itself does so from this noise too, so in holes it is that of the seed.
            noise = torch.where(masks > 0, _noise(condition.seed, tiles, device), noise)
        estimate = photos
        for step in sample(
            model.denoiser,
            photos,
            batch,
            noise,
            self._sampling.steps,
            sampler=self._sampling.sampler,
            fresh_noise=lambda number: _noise(condition.noise_seed, tiles, device, number),
            grain_shares=(condition.grain_gain, condition.grain_lens),
        ):
            self._on_step(step.step / step.of)
            estimate = step.estimate
            if self._on_estimate is not None and step.step < step.of:
                for tile, result in zip(tiles, estimate.cpu(), strict=True):
                    self._on_estimate(tile, self._core(tile, result))
        return estimate

    def _core(self, tile: Tile, result: Tensor) -> FloatImage:
        """The tile's core of `result`, (3, h, w); inpainting alone is mixed with the photo by the mask."""
        rows, columns = tile.inner()
        new = result[:, rows, columns].permute(1, 2, 0).contiguous().numpy()
        if not self._only_inpaints or self._inpaints_first or self._mask is None:
            return new
        x0, y0, x1, y1 = tile.core
        weight, old = mask_weights(self._mask[y0:y1, x0:x1])[..., None], self.picture.read(tile.core)
        return np.where(weight > 0, old + weight * (new - old), old)

    def _inpainted(self, padded: Box) -> Tensor:
        """(1, 3, h, w): the photo with its holes inpainted, reflected beyond its borders."""
        rows = reflect_indices(padded[1], padded[3], self.picture.height)
        columns = reflect_indices(padded[0], padded[2], self.picture.width)
        x0, y0 = int(columns.min()), int(rows.min())
        inside = (x0, y0, int(columns.max()) + 1, int(rows.max()) + 1)
        part = torch.from_numpy(self.picture.read(inside)).permute(2, 0, 1)[None]
        if self._mask is not None:
            part = composite(part, inside, self._holes, self._mask)
        return part[..., torch.from_numpy(rows - y0), :][..., torch.from_numpy(columns - x0)]

    def _hole_mask(self, padded: Box) -> Tensor:
        """(1, 1, h, w) of 0 and 1, 1 where to inpaint, reflected beyond the photo's borders."""
        assert self._mask is not None
        rows = reflect_indices(padded[1], padded[3], self.picture.height)
        columns = reflect_indices(padded[0], padded[2], self.picture.width)
        return torch.from_numpy(self._mask[np.ix_(rows, columns)] > 0)[None, None].float()

    def _settings_key(self) -> Hashable:
        """Equal for edits of the same photo that differ at most in their holes."""
        condition = self.condition
        grain = condition.is_active(Task.GRAIN)
        uses_noise = grain or self._model.denoiser.samples_every_edit
        values: dict[str, object] = {
            task.value: condition.intensity(task)
            for task in condition.active_tasks
            if task is not Task.INPAINT
        }
        values["angle"] = condition.angle if condition.is_active(Task.BLUR) else None
        values["seed"] = condition.noise_seed if uses_noise else None
        values["sampling"] = [self._sampling.sampler, self._sampling.steps] if uses_noise else None
        values["fill seed"] = None if self._inpaints_first else condition.seed
        values["grain left"] = [condition.grain_gain, condition.grain_lens] if grain else None
        values["colors"] = self._statistics.flatten().tolist()
        return self._model.digest, self.picture.key, json.dumps(values, sort_keys=True)


def _noise(seed: int, tiles: Sequence[Tile], device: torch.device, stream: int = 0) -> Tensor:
    """(N, 3, h, w): the noise of `seed` where the tiles lie; `stream` as of `image_noise`."""
    return torch.cat([image_noise(seed, tile.padded, stream=stream, device=device) for tile in tiles])
