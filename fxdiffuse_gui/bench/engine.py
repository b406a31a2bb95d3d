"""How fast the engine is, on a picture of soft shapes, fine texture and a flat sky."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from fxdiffuse_gui.bench.figure import Figure
from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.effects.grain import Method, film_grain
from fxdiffuse_gui.engine.pipeline import TILE, EditCancelled, edit, edit_tiles
from fxdiffuse_gui.engine.proxy_preview import proxy_preview
from fxdiffuse_gui.engine.tiles.cache import Cache
from fxdiffuse_gui.engine.tiles.tile_edit import HALO

SIDE = 1024
"""Side of the megapixel that is edited, px."""

_REFERENCE_SECONDS = 9.0
"""Time of the C++ program of Newson et al. (2017) for one channel of 256² pixels on one core, at best."""


def measure(model: Model) -> Iterator[Figure]:
    """Yields the figures of the engine; takes about a minute on two cores."""
    yield from _network(model)
    yield from _viewport(model)
    yield _cancel(model)
    yield _per_megapixel(model)
    yield from _grain()


def everything(side: int) -> EditCondition:
    """All five effects on a picture of side² pixels; every megapixel has a hole of an eighth of its side."""
    mask = np.zeros((side, side), np.uint8)
    step, hole = min(SIDE, side), min(SIDE, side) // 8
    for y in range(step // 2, side, step):
        for x in range(step // 2, side, step):
            mask[y : y + hole, x : x + hole] = 255
    reference = picture(64).read((0, 0, 64, 64))
    return EditCondition(
        blur=8.0, blur_angle=30.0, grain=0.05, sharpen=1.0, color=0.8, reference=reference, mask=mask
    )


def picture(side: int) -> Picture:
    """A picture of side² pixels."""
    return Picture(_photo(side))


def _photo(side: int) -> NDArray[np.uint8]:
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32) / side
    texture = np.random.default_rng(1).normal(0, 12, (side, side)) * (rows > 0.4)
    bands = [120 + 90 * np.sin(7 * columns + c) * rows + texture for c in range(3)]
    return np.clip(np.stack(bands, -1), 0, 255).astype(np.uint8)


def _fastest(work: Callable[[], Any], least: int = 3, seconds: float = 1.0) -> float:
    """Seconds of the fastest of several runs, which is closest to an idle machine."""
    work()
    runs: list[float] = []
    begin = time.perf_counter()
    while len(runs) < least or time.perf_counter() - begin < seconds:
        started = time.perf_counter()
        work()
        runs.append(time.perf_counter() - started)
    return min(runs)


def _network(model: Model) -> Iterator[Figure]:
    side = TILE + 2 * HALO
    device, condition, denoiser = model.device, EditCondition(grain=0.05, seed=1), model.denoiser
    trunk = branch = 0.0
    with torch.inference_mode():
        for size in (256, side):
            photo = torch.rand(1, 3, size, size, device=device).contiguous(memory_format=torch.channels_last)
            nothing = torch.zeros(1, 6, device=device)
            batch = ConditionBatch.of(condition, torch.zeros_like(photo[:, :1]), nothing, nothing)
            context = denoiser.prepare(photo, batch)
            state = photo, photo.new_tensor([0.05]), context
            cached = denoiser.trunk_features(*state)
            trunk = _fastest(partial(denoiser.trunk_features, *state))
            branch = _fastest(partial(denoiser.denoise, *state, cached))
            if size == 256:
                yield Figure("evaluation of the network, 256²", 1000 * (trunk + branch), "ms", most=60)
    bare = _trunk_evaluations(condition, model) * trunk + model.sampling.steps * branch
    whole = _fastest(lambda: edit(picture(TILE), condition, model))
    yield Figure("an edit over its evaluations, one tile", whole / bare, "×", most=1.1)


def _trunk_evaluations(condition: EditCondition, model: Model) -> int:
    """The number of evaluations of the network's trunk in an edit of one tile."""
    found: list[object] = []

    def note(*arguments: object) -> None:
        found.append(arguments)

    counter = model.denoiser.network.stem.register_forward_pre_hook(note)
    edit(picture(TILE), condition, model)
    counter.remove()
    return len(found)


def _viewport(model: Model) -> Iterator[Figure]:
    on_gpu = model.device.type == "cuda"
    condition, small = EditCondition(grain=0.05, sharpen=1.0), picture(SIDE // 2)
    draft = _fastest(lambda: edit(small, condition.scaled(0.5), model, steps=1), least=2)
    yield Figure("quick picture of ¼ MP while dragging", draft, "s", most=0.1 if on_gpu else 0.5)
    photo = picture(SIDE)
    edits = {
        "grain, sharpening": (condition, 0.5 if on_gpu else 6.0),
        "all five": (everything(SIDE), None),
        "blur, sharpening": (EditCondition(sharpen=1.0, blur=8.0), None),
    }
    for name, (edited, most) in edits.items():
        seconds = _fastest(lambda: edit(photo, edited, model), least=1, seconds=0)  # noqa: B023
        yield Figure(f"final picture of 1 MP: {name}", seconds, "s", most=most)
    cache = Cache()
    cached = _fastest(lambda: list(edit_tiles(photo, condition, model, cache=cache)))
    yield Figure("the first of these again, from the cache", 1000 * cached, "ms")
    part, small_condition = picture(384).read((0, 0, 384, 344)), condition.scaled(0.5)
    proxy = _fastest(lambda: proxy_preview(part, small_condition, photo.samples))
    yield Figure("proxy preview of 384 × 344", 1000 * proxy, "ms", most=100)
    if not on_gpu:
        yield Figure("all of these on a graphics card", None, "s", note="there is no CUDA device here")


def _cancel(model: Model) -> Figure:
    """Seconds from a cancel to the end of the pass, the longest of several."""
    photo, condition = picture(TILE), EditCondition(grain=0.05)
    worst = 0.0
    for delay in (0.1, 0.25, 0.5):
        cancel, canceled_at = threading.Event(), [0.0]

        def set_cancel(cancel: threading.Event = cancel, canceled_at: list[float] = canceled_at) -> None:
            canceled_at[0] = time.perf_counter()
            cancel.set()

        timer = threading.Timer(delay, set_cancel)
        timer.start()
        try:
            edit(photo, condition, model, cancel=cancel)
        except EditCancelled:
            worst = max(worst, time.perf_counter() - canceled_at[0])
        timer.cancel()
    return Figure("stopping, at most one evaluation of one tile", 1000 * worst, "ms")


def _per_megapixel(model: Model) -> Figure:
    """Whether the cost per pixel is constant: four megapixels against one, all five effects, whole tiles."""
    costs: list[float] = []
    for side in (SIDE, 2 * SIDE):
        condition, photo = everything(side), picture(side)
        seconds = _fastest(lambda: edit(photo, condition, model, steps=1), 1, 0)  # noqa: B023
        costs.append(seconds / side**2)
    return Figure("cost of a pixel at 4 MP over that at 1 MP", costs[1] / costs[0], "×", most=1.1)


def _grain() -> Iterator[Figure]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    photo = torch.linspace(0.2, 0.8, 256).expand(1, 1, 256, 256)
    generator = torch.Generator().manual_seed(0)
    try:
        budgets: tuple[tuple[Method, float], ...] = (("fast", 500), ("monte_carlo", 10))
        for method, least in budgets:
            render = partial(film_grain, photo, 0.05, generator=generator, method=method)
            seconds = _fastest(render)
            faster = _REFERENCE_SECONDS / seconds
            yield Figure(f"film grain, {method}: faster than the reference", faster, "×", least=least)
    finally:
        torch.set_num_threads(before)
