"""When memory runs out: the same edit in smaller pieces, then on the CPU."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import torch

from fxdiffuse_gui.core.i18n import tr_noop
from fxdiffuse_gui.engine.checkpoint import Model

SMALLEST_SIDE = 128
"""Side of the smallest pieces tried, px."""

GPU_BATCH = 8
"""Tiles that a GPU computes at once; a CPU gains nothing from more than one."""

T = TypeVar("T")


@dataclass(frozen=True)
class FallbackPlan:
    """One way to compute tiles.

    model: on the device to use. batch: tiles at once. side: of the largest piece, px. note: an English
    sentence for the user, translated where it is shown; empty for the first plan.
    """

    model: Model
    batch: int
    side: int
    note: str = ""


class MemoryFallback:
    """Does work by the first plan that memory suffices for, and keeps to it.

    side: of a tile, px. on_note: gets the note of every plan that is taken up later.
    """

    def __init__(self, model: Model, side: int, on_note: Callable[[str], None] | None = None) -> None:
        self._plans = fallback_plans(model, side)
        self._on_note = on_note
        self.plan = next(self._plans)

    def run(self, work: Callable[[FallbackPlan], T]) -> T:
        """The result of `work`. Raises its error when that is of another kind, or when no plan is left."""
        while True:
            try:
                return work(self.plan)
            except (MemoryError, RuntimeError) as error:
                following = next(self._plans, None) if is_out_of_memory(error) else None
                if following is None:
                    raise
            # Only after the error is gone: its traceback holds the tensors that filled the memory.
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            self.plan = following
            if self._on_note is not None:
                self._on_note(following.note)


def fallback_plans(model: Model, side: int) -> Iterator[FallbackPlan]:
    """Plans for tiles of `side` px, each needing less memory than the one before."""
    on_gpu = model.device.type != "cpu"
    yield FallbackPlan(model, GPU_BATCH if on_gpu else 1, side)
    if on_gpu:
        yield FallbackPlan(model, 1, side, tr_noop("Memory is short; the edit goes on more slowly."))
    yield from _smaller(model, side)
    if on_gpu:
        cpu = torch.device("cpu")
        slow = replace(model, denoiser=copy.deepcopy(model.denoiser).to(cpu), device=cpu)
        slow.denoiser.mixed_precision = False
        yield FallbackPlan(
            slow, 1, side, tr_noop("The graphics card's memory is full; the edit goes on without it.")
        )
        yield from _smaller(slow, side)


def _smaller(model: Model, side: int) -> Iterator[FallbackPlan]:
    while (side := side // 2) >= SMALLEST_SIDE:
        yield FallbackPlan(model, 1, side, tr_noop("Memory is short; the edit goes on in smaller pieces."))


def is_out_of_memory(error: Exception) -> bool:
    """Whether `error` says that memory has run out, on any device."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and ("out of memory" in text or "can't allocate memory" in text)
