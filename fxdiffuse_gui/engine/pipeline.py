"""`edit`: a photo of any size and a condition in, previews and the result out."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.batch import ConditionBatch
from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.condition import ConditionError, EditCondition, FloatImage
from fxdiffuse_gui.engine.filling import fill_holes
from fxdiffuse_gui.engine.noise import image_noise
from fxdiffuse_gui.engine.sample import sample
from fxdiffuse_gui.engine.sampler import SamplerName, Step
from fxdiffuse_gui.engine.statistics import photo_statistics, tensor_of
from fxdiffuse_gui.engine.tasks import Task
from fxdiffuse_gui.engine.tiling import Tile, cut, grid

DEFAULT_STEPS = 6
TILE = 512
HALO, FILL_HALO = 32, 96
_LOCKSTEP = 8  # tiles that advance together, so that a preview shows all of them
_PREVIEW_PIXELS = 4_000_000


class EditCancelled(Exception):  # noqa: N818 (a decision of the user, not an error)
    """The edit was cancelled; nothing was produced."""


@dataclass(frozen=True)
class Preview:
    """image: (H, W, 3) float32 in [0, 1], owned by the receiver. step, of: evaluations done and planned for
    the tiles being worked on. final: true for the last one alone. progress: 0..1 of the whole edit."""

    image: FloatImage
    step: int
    of: int
    final: bool
    progress: float


def edit(
    photo: FloatImage,
    condition: EditCondition,
    model: Model,
    *,
    steps: int | None = None,
    cancel: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
    statistics_from: FloatImage | None = None,
    origin: tuple[int, int] = (0, 0),
) -> Iterator[Preview]:
    """Applies every active task of `condition` in one pass of the model.

    photo: (H, W, 3) float32 sRGB in [0, 1], from 1×1 up. steps: evaluations per tile (default
    `DEFAULT_STEPS`; tiles in which nothing is left to chance need one). When `photo` is a part of a larger
    picture, statistics_from is that picture (for color transfer) and origin the part's (x, y) in it (for
    grain). Without an active task the result is the input, bit for bit; with inpainting alone it is outside
    the mask. Large photos yield the final result alone; progress comes through `on_progress`.

    Raises ConditionError for a photo or mask of the wrong shape, EditCancelled once `cancel` is set, at most
    one evaluation of one tile later.
    """
    _check(photo, condition, steps)
    if not condition.active_tasks:
        yield Preview(photo.copy(), 1, 1, True, 1.0)
        return
    job = _Job(photo, condition, model, steps or DEFAULT_STEPS, cancel, statistics_from, origin)
    result = photo.copy()
    show = photo.shape[0] * photo.shape[1] <= _PREVIEW_PIXELS
    done, step, of = 0.0, 1, 1
    for start in range(0, len(job.tiles), _LOCKSTEP):
        group = job.tiles[start : start + _LOCKSTEP]
        walks = [job.walk(tile) for tile in group]
        while walks:
            remaining: list[Iterator[tuple[Tile, Step]]] = []
            for walk in walks:
                job.check_cancelled()
                with torch.inference_mode():
                    tile, current = next(walk)
                job.place(result, tile, current.estimate)
                done += 1 / current.of
                step, of = current.step, current.of
                if on_progress is not None:
                    on_progress(done / len(job.tiles))
                if current.step < current.of:
                    remaining.append(walk)
            walks = remaining
            if show and (walks or start + _LOCKSTEP < len(job.tiles)):
                yield Preview(result.copy(), step, of, False, done / len(job.tiles))
    job.check_cancelled()
    yield Preview(result, of, of, True, 1.0)


class _Job:
    """One edit: the photo on its device, what all tiles share, and how a result is put in its place."""

    def __init__(
        self,
        photo: FloatImage,
        condition: EditCondition,
        model: Model,
        steps: int,
        cancel: threading.Event | None,
        statistics_from: FloatImage | None,
        origin: tuple[int, int],
    ) -> None:
        self.condition, self.model, self.steps, self.cancel = condition, model, steps, cancel
        self.photo, self.origin = photo, origin
        self.fill_alone = condition.active_tasks == (Task.INPAINT,)
        fills = condition.is_active(Task.INPAINT)
        self.image = tensor_of(photo).permute(2, 0, 1)[None]
        self.hole: Tensor | None = None
        if fills and condition.mask is not None:
            self.hole = torch.from_numpy(np.ascontiguousarray(condition.mask > 0))[None, None].float()
            with torch.inference_mode():
                self.image = fill_holes(self.image, self.hole, model.denoiser, model.device, condition.seed)
        self.image_statistics = self.reference_statistics = torch.zeros(1, 6)
        if condition.is_active(Task.COLOR) and condition.reference is not None:
            whole = photo if statistics_from is None else statistics_from
            known = None
            if fills and condition.mask is not None and statistics_from is None:
                known = condition.mask <= 0
            self.image_statistics = photo_statistics(whole, known)
            self.reference_statistics = photo_statistics(condition.reference)
        height, width = photo.shape[:2]
        tiles = grid(
            width, height, core=TILE, halo=FILL_HALO if fills else HALO,
            multiple=model.denoiser.config.network.multiple, origin=origin,
        )  # fmt: skip
        self.tiles = [tile for tile in tiles if self._touches(tile)]

    def walk(self, tile: Tile) -> Iterator[tuple[Tile, Step]]:
        """The sampler's steps on one tile."""
        device = self.model.device
        photo = cut(self.image, tile.padded).to(device)
        hole = torch.zeros_like(photo[:, :1]) if self.hole is None else cut(self.hole, tile.padded).to(device)
        condition = self.condition
        if self.hole is not None and not bool(hole.any()):
            condition = replace(condition, mask=None)
        batch = ConditionBatch.of(
            condition, hole, self.image_statistics.to(device), self.reference_statistics.to(device)
        )
        x, y = self.origin
        x0, y0, x1, y1 = tile.padded
        noise = image_noise(condition.seed, (x0 + x, y0 + y, x1 + x, y1 + y), device=device)
        photo = photo.contiguous(memory_format=torch.channels_last)
        for step in sample(
            self.model.denoiser, photo, batch, noise, self.steps, sampler=SamplerName.DPM_SOLVER
        ):
            yield tile, step

    def place(self, result: FloatImage, tile: Tile, estimate: Tensor) -> None:
        """Writes the core of a tile into the result; inpainting alone leaves the rest of the photo alone."""
        x0, y0, x1, y1 = tile.core
        rows, columns = tile.inner()
        new = estimate[0, :, rows, columns].permute(1, 2, 0).cpu().numpy()
        if self.fill_alone and self.condition.mask is not None:
            weight = self.condition.mask[y0:y1, x0:x1, None].clip(0, 1)
            old = self.photo[y0:y1, x0:x1]
            new = np.where(weight > 0, old + weight * (new - old), old)
        result[y0:y1, x0:x1] = new

    def check_cancelled(self) -> None:
        """Raises EditCancelled once the edit's event is set."""
        if self.cancel is not None and self.cancel.is_set():
            raise EditCancelled

    def _touches(self, tile: Tile) -> bool:
        """Whether there is anything to do in a tile; inpainting alone skips those without a hole."""
        if not self.fill_alone or self.hole is None:
            return True
        x0, y0, x1, y1 = tile.core
        return bool(self.hole[..., y0:y1, x0:x1].any())


def _check(photo: FloatImage, condition: EditCondition, steps: int | None) -> None:
    if photo.ndim != 3 or photo.shape[2] != 3 or 0 in photo.shape:
        raise ConditionError(f"The photo must have the shape (height, width, 3), not {photo.shape}.")
    for name, image in (("photo", photo), ("reference", condition.reference)):
        if image is not None and not np.isfinite(image).all():
            raise ConditionError(f"The {name} holds values that are not numbers; save it anew and try again.")
    if condition.mask is not None and condition.mask.shape != photo.shape[:2]:
        raise ConditionError(
            f"The mask is {condition.mask.shape[1]} × {condition.mask.shape[0]} px, the photo"
            f" {photo.shape[1]} × {photo.shape[0]}; they must have the same size."
        )
    if steps is not None and steps < 1:
        raise ConditionError(f"The number of steps must be at least 1, not {steps}.")
