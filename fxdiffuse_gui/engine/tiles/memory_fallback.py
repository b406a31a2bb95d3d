"""When memory runs out: smaller pieces, then the processor, for the same picture."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import torch

from fxdiffuse_gui.core.i18n import tr_noop
from fxdiffuse_gui.engine.checkpoint import Model

SMALLEST = 128
"""Side of the smallest pieces tried, px."""

CARD_BATCH = 8
"""Tiles that a graphics card computes at once; a processor gains nothing by more than one."""

T = TypeVar("T")


@dataclass(frozen=True)
class FallbackPlan:
    """One way to compute tiles. batch: how many at once. side: the largest piece, px. note: a sentence for
    the user, empty for the first."""

    model: Model
    batch: int
    side: int
    note: str = ""


class MemoryFallback:
    """Does work in the first way that memory suffices for, and stays with it."""

    def __init__(self, model: Model, side: int, on_note: Callable[[str], None] | None = None) -> None:
        self._ladder = ladder(model, side)
        self._on_note = on_note
        self.rung = next(self._ladder)

    def run(self, work: Callable[[FallbackPlan], T]) -> T:
        """The result of `work`. Raises its error when that is of another kind, or when nothing helps."""
        while True:
            try:
                return work(self.rung)
            except (MemoryError, RuntimeError) as error:
                following = next(self._ladder, None) if is_out_of_memory(error) else None
                if following is None:
                    raise
            # Not before the error is gone: it holds on to what there was no memory for.
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            self.rung = following
            if self._on_note is not None:
                self._on_note(following.note)


def ladder(model: Model, side: int) -> Iterator[FallbackPlan]:
    """Ways to compute a tile of `side` px, each with less memory than the one before."""
    on_card = model.device.type != "cpu"
    yield FallbackPlan(model, CARD_BATCH if on_card else 1, side)
    if on_card:
        yield FallbackPlan(model, 1, side, tr_noop("Memory is short; the edit goes on more slowly."))
    yield from _smaller(model, side)
    if on_card:
        processor = torch.device("cpu")
        slow = replace(model, denoiser=copy.deepcopy(model.denoiser).to(processor), device=processor)
        slow.denoiser.mixed_precision = False
        yield FallbackPlan(
            slow, 1, side, tr_noop("The graphics card's memory is full; the edit goes on without it.")
        )
        yield from _smaller(slow, side)


def _smaller(model: Model, side: int) -> Iterator[FallbackPlan]:
    while (side := side // 2) >= SMALLEST:
        yield FallbackPlan(model, 1, side, tr_noop("Memory is short; the edit goes on in smaller pieces."))


def is_out_of_memory(error: Exception) -> bool:
    """Whether `error` says that memory has run out, on whatever device."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and ("out of memory" in text or "can't allocate memory" in text)
