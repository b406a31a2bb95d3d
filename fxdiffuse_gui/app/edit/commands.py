"""Undo commands. Each knows how to set and to restore; the session alone owns the state they act on."""

from collections.abc import Callable, Mapping
from typing import Any
from zlib import compress, decompress

import numpy as np
from PySide6.QtGui import QUndoCommand

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import MaskImage

ApplyFields = Callable[[Mapping[str, Any]], None]
ApplyPatch = Callable[[Region, MaskImage, bool], None]


class ChangeSettings(QUndoCommand):
    """Sets some fields of the `EditState`.

    Commands with the same `merge_key` become one step of the history, as long as nothing else comes
    between them: that is how a drag of a slider is undone at once. A drag back to the start leaves none.
    """

    def __init__(
        self,
        text: str,
        apply: ApplyFields,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        merge_key: object = None,
    ) -> None:
        super().__init__(text)
        self._apply = apply
        self._before = before
        self._after = after
        self._merge_key = merge_key

    def id(self) -> int:
        """One id for all: whether two merge is for `mergeWith` to say."""
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 (Qt's name)
        """Takes over the newer values when both belong to the same drag."""
        if not isinstance(other, ChangeSettings) or self._merge_key is None:
            return False
        if other._merge_key != self._merge_key:
            return False
        # One of the two may set more than the other, as a reset after a click beside the handle does.
        self._before = {**other._before, **self._before}
        self._after = {**self._after, **other._after}
        self.setText(other.text())
        self.setObsolete(all(self._before[name] == value for name, value in self._after.items()))
        return True

    def redo(self) -> None:
        """Sets the new values; harmless when they are set already."""
        self._apply(self._after)

    def undo(self) -> None:
        """Sets the old values again."""
        self._apply(self._before)


class Stroke(QUndoCommand):
    """One change of a part of the mask, such as a stroke of the brush: the part before and after.

    The patches are kept compressed; masks are mostly even. A stroke switches inpainting on; `was_enabled`
    is what undoing it goes back to.
    """

    def __init__(
        self,
        text: str,
        apply: ApplyPatch,
        region: Region,
        before: MaskImage,
        after: MaskImage,
        was_enabled: bool,
    ) -> None:
        super().__init__(text)
        self._apply = apply
        self._was_enabled = was_enabled
        self._region = region
        self._before = _packed(before)
        self._after = _packed(after)

    def redo(self) -> None:
        """Puts the painted patch in place; harmless when it is there already."""
        self._apply(self._region, self._unpacked(self._after), True)

    def undo(self) -> None:
        """Puts the old patch back."""
        self._apply(self._region, self._unpacked(self._before), self._was_enabled)

    def _unpacked(self, packed: bytes) -> MaskImage:
        shape = (self._region.height, self._region.width)
        return np.frombuffer(decompress(packed), np.uint8).reshape(shape)


def _packed(patch: MaskImage) -> bytes:
    """The fastest level: it is the artist who waits for it, after every stroke."""
    return compress(patch.tobytes(), 1)
