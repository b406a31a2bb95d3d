"""`EditHistory`: the settings of the photo, and the undo stack that every change of them goes through."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from zlib import compress, decompress

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import EditState, MaskImage
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo

ApplyFields = Callable[[Mapping[str, Any]], None]
ApplyPatch = Callable[[Region, MaskImage, bool], None]


class EditHistory(QObject):
    """Owns the photo that is edited and its `EditState`, and changes the state by commands alone, so that
    everything can be undone."""

    state_changed = Signal(object)
    """EditState, after every change of a setting."""
    render_requested = Signal(object, bool)
    """EditState whose picture is to be computed, and whether a handle is being dragged."""
    modified_changed = Signal()
    """`is_modified` may have changed."""

    def __init__(self, state: EditState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.photo: Photo | None = None
        self._state = state
        self._drag = 0
        self._is_dragging = False
        self._snapshots_changed = False
        self.undo_stack.cleanChanged.connect(self.modified_changed)

    @property
    def state(self) -> EditState:
        """The current settings."""
        return self._state

    def start(self, photo: Photo, state: EditState) -> None:
        """Another photo with the settings `state` and an empty history. Emits nothing: `announce` does, once
        everything else knows the photo."""
        self.undo_stack.clear()
        self.photo, self._state = photo, state
        self._is_dragging = self._snapshots_changed = False

    def announce(self) -> None:
        """Tells everyone the settings, and has their picture computed."""
        self.state_changed.emit(self._state)
        self.request_render()

    def request_render(self) -> None:
        """Asks for the picture of the current settings."""
        self.render_requested.emit(self._state, self._is_dragging)

    # --- changes ----------------------------------------------------------------------------------

    def change(
        self, text: str, fields: Mapping[str, Any], *, dragging: bool = False, merge_key: object = None
    ) -> None:
        """Sets some fields of the state as a step called `text`, if that changes anything.

        While `dragging`, changes of the same `merge_key` become one step.
        """
        before = {name: getattr(self._state, name) for name in fields}
        if all(before[name] is value or _is_same(before[name], value) for name, value in fields.items()):
            return
        if not dragging:
            self._drag += 1
        self._is_dragging = dragging
        merge_key = (merge_key, self._drag) if dragging else None
        self.undo_stack.push(ChangeSettings(text, self.apply, before, fields, merge_key))

    def change_in_last_drag(self, text: str, fields: Mapping[str, Any], merge_key: object) -> None:
        """Sets some fields in one step with the drag of the same `merge_key` that has just ended."""
        self._drag -= 1
        self.change(text, fields, dragging=True, merge_key=merge_key)
        self.end_drag()

    def end_drag(self) -> None:
        """Ends a drag: the next change starts a step of its own, and the final result is computed."""
        self._drag += 1
        if self._is_dragging:
            self._is_dragging = False
            self.request_render()

    def paint(self, text: str, region: Region, before: MaskImage, after: MaskImage) -> None:
        """Replaces the mask inside `region`, both (region.height, region.width), as a step called `text`, and
        switches inpainting on."""
        was_enabled = Task.INPAINT in self._state.enabled
        self.undo_stack.push(Stroke(text, self._apply_patch, region, before, after, was_enabled))

    def apply(self, fields: Mapping[str, Any]) -> None:
        """Sets some fields of the state without a step of the history."""
        self._state = replace(self._state, **fields)
        self.state_changed.emit(self._state)
        if set(fields) != {"seed_locked"}:
            self.request_render()

    @property
    def mask_or_empty(self) -> MaskImage:
        """The mask, all 0 where nothing is painted. Raises RuntimeError without a photo."""
        if self._state.mask is not None:
            return self._state.mask
        if self.photo is None:
            raise RuntimeError("A mask needs a photo.")
        return np.zeros((self.photo.height, self.photo.width), np.uint8)

    def _apply_patch(self, region: Region, patch: MaskImage, enable: bool) -> None:
        mask = self.mask_or_empty.copy()
        mask[region.slices] = patch
        enabled = self._state.enabled | {Task.INPAINT} if enable else self._state.enabled - {Task.INPAINT}
        self.apply({"mask": mask if mask.any() else None, "enabled": enabled})

    # --- saved or not -----------------------------------------------------------------------------

    @property
    def is_modified(self) -> bool:
        """Whether there are edits that have neither been saved nor exported."""
        return self.photo is not None and (self._snapshots_changed or not self.undo_stack.isClean())

    def mark_saved(self, *, state: bool = True, snapshots: bool = True) -> None:
        """Counts the settings, the snapshots or both as saved."""
        if snapshots:
            self._snapshots_changed = False
        if state:
            self.undo_stack.setClean()
        self.modified_changed.emit()

    def mark_snapshots_changed(self) -> None:
        """The list of snapshots is another one than was saved."""
        self._snapshots_changed = True
        self.modified_changed.emit()


class ChangeSettings(QUndoCommand):
    """Sets some fields of the `EditState`.

    Commands with the same `merge_key` become one step of the history, as long as nothing else comes
    between them: so a drag of a slider is undone at once. A drag back to the start leaves no step.
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
        """One id for all: `mergeWith` decides whether two merge."""
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 (Qt's name)
        """Takes over the newer values when both belong to the same drag."""
        if not isinstance(other, ChangeSettings) or self._merge_key is None:
            return False
        if other._merge_key != self._merge_key:
            return False
        # One of the two may set more than the other, as a reset after a click next to the handle does.
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

    The patches are kept compressed; masks are mostly even. A stroke switches inpainting on; undoing it sets
    the switch back to `was_enabled`.
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
    """At the fastest level: the artist waits for it after every stroke."""
    return compress(patch.tobytes(), 1)


def _is_same(a: object, b: object) -> bool:
    """Equality that never compares pictures element by element: those are the same only when identical."""
    return not isinstance(a, np.ndarray) and not isinstance(b, np.ndarray) and a == b
