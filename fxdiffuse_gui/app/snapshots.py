"""`Snapshot`: settings kept under a name, to go back to."""

from collections.abc import Iterable
from dataclasses import dataclass

from fxdiffuse_gui.app.state import EditState

MAX_SNAPSHOTS = 50
MAX_NAME = 80
MAX_MASK_PIXELS = 2_000_000_000
"""Masks are kept as bytes: what all different masks of one edit may take, in pixels."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """`state` as it was when the snapshot was taken; `name` is 1 to 80 printable characters."""

    name: str
    state: EditState


def mask_pixels(states: Iterable[EditState]) -> int:
    """Pixels of all masks in `states`; one that several share counts once."""
    masks = {id(state.mask): state.mask.size for state in states if state.mask is not None}
    return sum(masks.values())
