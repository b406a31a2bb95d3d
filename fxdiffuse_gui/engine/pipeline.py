"""The edit of a photo of any size by a condition: tile by tile (`edit_tiles`) or whole (`edit`)."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import ConditionError, EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Box, Picture, is_finite
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName
from fxdiffuse_gui.engine.tiles.cache import Cache
from fxdiffuse_gui.engine.tiles.grid import Tile, from_focus, grid, overlaps, split
from fxdiffuse_gui.engine.tiles.memory_fallback import FallbackPlan, MemoryFallback
from fxdiffuse_gui.engine.tiles.tile_edit import TileJob

TILE = 512
"""Side of a tile's core, px."""


class EditCancelled(Exception):  # noqa: N818 (a decision of the user, not an error; nobody reads it)
    """The edit was cancelled."""


@dataclass(frozen=True)
class Part:
    """A finished tile.

    box: of the photo, px. image: (h, w, 3) float32 in [0, 1], owned by the receiver. number, of: which of how
    many, from 1. progress: the share of the whole edit that is done, 0..1.
    """

    box: Box
    image: FloatImage
    number: int
    of: int
    progress: float


def edit_tiles(
    picture: Picture,
    condition: EditCondition,
    model: Model,
    *,
    steps: int | None = None,
    sampler: SamplerName | None = None,
    region: Box | None = None,
    focus: tuple[float, float] | None = None,
    cache: Cache | None = None,
    cancel: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
    on_note: Callable[[str], None] | None = None,
    on_estimate: Callable[[Part], None] | None = None,
) -> Iterator[Part]:
    """Applies all active tasks of `condition` in one pass of the model; yields tiles as they are finished.

    The grid of tiles is fixed to the photo, so every region comes out as in the whole. Without an active task
    the tiles are the photo's bit for bit; with inpainting alone they are so outside the mask.

    steps, sampler: evaluations per tile, and how they are used; the model's own if None. Where photo and
    condition decide every pixel there is one evaluation, whatever is asked for. region: only tiles that
    overlap this box. focus: (x, y) in px, tiles nearest to it come first. cache: tiles found in it are not
    computed again. on_progress: gets the share of the edit that is done, 0..1.
    on_note: gets an English sentence when memory is short and a slower way is taken. on_estimate: gets each
    tile, or piece of it, as it stands after each evaluation but the last, to be shown meanwhile.

    Raises ConditionError for a photo, reference, mask or number of steps that cannot be used, EditCancelled
    at most one evaluation of one tile after `cancel` is set.
    """
    _check(picture, condition, steps)
    progress = _Progress(cancel, on_progress)
    fallback = MemoryFallback(model, TILE, on_note)

    def show(tile: Tile, image: FloatImage) -> None:
        assert on_estimate is not None
        number, of = progress.done + 1, progress.tiles
        on_estimate(Part(tile.core, image, number, of, progress.share))

    sampling = model.sampling.changed(sampler, steps)
    job = TileJob(picture, condition, model, sampling, progress.step, None if on_estimate is None else show)
    progress.check_cancelled()
    fallback.run(lambda plan: job.inpaint(plan.model, cache))
    waiting = _tiles(job, model, region, focus)
    progress.tiles = len(waiting)
    while waiting:
        for tile, image in _next_group(job, waiting, fallback, cache, progress):
            waiting.remove(tile)
            progress.done += 1
            share = progress.done / progress.tiles
            yield Part(tile.core, image, progress.done, progress.tiles, share)
            progress.check_cancelled()


def edit(
    photo: FloatImage | Picture,
    condition: EditCondition,
    model: Model,
    *,
    steps: int | None = None,
    sampler: SamplerName | None = None,
    cancel: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> FloatImage:
    """The whole photo edited, (H, W, 3) float32 in [0, 1]; see `edit_tiles`."""
    picture = photo if isinstance(photo, Picture) else Picture(photo)
    result = np.empty((picture.height, picture.width, 3), np.float32)
    for part in edit_tiles(
        picture, condition, model, steps=steps, sampler=sampler, cancel=cancel, on_progress=on_progress
    ):
        x0, y0, x1, y1 = part.box
        result[y0:y1, x0:x1] = part.image
    return result


class _Progress:
    """How far an edit has come, and whether it is cancelled."""

    def __init__(self, cancel: threading.Event | None, report: Callable[[float], None] | None) -> None:
        self._cancel, self._report = cancel, report
        self.tiles, self.done, self.working = 1, 0, 1
        self.share = 0.0
        """Of the whole edit, 0..1, as last reported."""

    def step(self, share: float) -> None:
        """Reports that `share` of the work on the current tiles is done. Raises EditCancelled."""
        if share:
            self.share = (self.done + share * self.working) / self.tiles
            if self._report is not None:
                self._report(self.share)
        if share < 1:
            self.check_cancelled()

    def check_cancelled(self) -> None:
        if self._cancel is not None and self._cancel.is_set():
            raise EditCancelled


def _tiles(job: TileJob, model: Model, region: Box | None, focus: tuple[float, float] | None) -> list[Tile]:
    picture = job.picture
    multiple = model.denoiser.config.network.multiple
    tiles = grid(picture.width, picture.height, core=TILE, halo=job.halo, multiple=multiple)
    chosen = [tile for tile in tiles if region is None or overlaps(tile.core, region)]
    return chosen if focus is None else from_focus(chosen, focus)


def _next_group(
    job: TileJob, tiles: list[Tile], fallback: MemoryFallback, cache: Cache | None, progress: _Progress
) -> list[tuple[Tile, FloatImage]]:
    """The first of `tiles`, edited, and those that are computed together with it."""

    def known(tile: Tile) -> FloatImage | None:
        if not job.is_touched(tile):
            return job.picture.read(tile.core)
        return None if cache is None else cache.get(job.key(tile))

    first = known(tiles[0])
    if first is not None:
        return [(tiles[0], first.copy())]
    group = [tiles[0]]
    for tile in tiles[1:]:
        if len(group) == fallback.plan.batch:
            break
        if tile.shape == tiles[0].shape and known(tile) is None:
            group.append(tile)
    progress.working = len(group)
    images = fallback.run(lambda plan: _compute(job, group, plan))
    if cache is not None:
        for tile, image in zip(group, images, strict=True):
            cache.put(job.key(tile), image.copy(), image.nbytes)
    return list(zip(group, images, strict=True))


def _compute(job: TileJob, group: list[Tile], plan: FallbackPlan) -> list[FloatImage]:
    if plan.side >= TILE and plan.batch >= len(group):
        return job.compute(group, plan.model)
    return [_in_pieces(job, tile, plan) for tile in group]


def _in_pieces(job: TileJob, tile: Tile, plan: FallbackPlan) -> FloatImage:
    x0, y0, x1, y1 = tile.core
    result = np.empty((y1 - y0, x1 - x0, 3), np.float32)
    multiple = plan.model.denoiser.config.network.multiple
    for piece in split(tile, side=plan.side, halo=job.halo, multiple=multiple):
        left, top, right, bottom = piece.core
        (image,) = job.compute([piece], plan.model)
        result[top - y0 : bottom - y0, left - x0 : right - x0] = image
    return result


def _check(picture: Picture, condition: EditCondition, steps: int | None) -> None:
    if not is_finite(picture.samples):
        raise ConditionError("The photo holds values that are not numbers; save it again and retry.")
    if condition.reference is not None and not is_finite(condition.reference):
        raise ConditionError("The reference holds values that are not numbers; save it again and retry.")
    mask = condition.mask
    if mask is not None and mask.shape != (picture.height, picture.width):
        raise ConditionError(
            "The mask is {mask_width} × {mask_height} px, the photo {width} × {height};"
            " they must have the same size.",
            mask_width=mask.shape[1],
            mask_height=mask.shape[0],
            width=picture.width,
            height=picture.height,
        )
    if steps is not None and steps < 1:
        raise ConditionError("The number of steps must be at least 1, not {steps}.", steps=steps)
