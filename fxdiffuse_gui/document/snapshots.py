"""`Snapshot`: a state of the edit under a name, to return to."""

from collections.abc import Iterable
from dataclasses import dataclass

from fxdiffuse_gui.document.edit_state import EditState

MAX_SNAPSHOTS = 50
MAX_NAME = 80
MAX_MASK_PIXELS = 1_000_000_000
MAX_REFERENCE_PIXELS = 400_000_000
"""Limits for all different masks and references when a snapshot is taken. The edit may add one of each later,
so a project may hold twice as much."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """`state` as it was when the snapshot was taken; `name` is 1 to 80 printable characters."""

    name: str
    state: EditState


def mask_pixels(states: Iterable[EditState]) -> int:
    """Pixels of all masks in `states`; a shared one counts once."""
    masks = {id(state.mask): state.mask.size for state in states if state.mask is not None}
    return sum(masks.values())


def reference_pixels(states: Iterable[EditState]) -> int:
    """Pixels of all references in `states`; a shared one counts once."""
    references = {id(state.reference): state.reference for state in states if state.reference is not None}
    return sum(one.pixels.shape[0] * one.pixels.shape[1] for one in references.values())
