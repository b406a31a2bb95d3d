"""`MaskModel`: what is painted over, and the ways to change it."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from fxdiffuse_gui.app.edit.commands import Stroke
from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState, MaskImage
from fxdiffuse_gui.document.mask_ops import changed_region, feathered, grown, shrunk
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo


class MaskModel(EditHistory):
    """Every change is a step of the history. `EditModel` adds the other settings."""

    def __init__(self, state: EditState, parent: QObject | None = None) -> None:
        super().__init__(state, parent)
        self.photo: Photo | None = None

    def commit_stroke(self, region: Region, painted: MaskImage, text: str | None = None) -> None:
        """Makes one finished stroke a step of the history and switches inpainting on.

        `painted` is the mask inside `region` as it is now, (region.height, region.width).
        """
        before = self._mask_or_empty()[region.slices]
        if np.array_equal(before, painted):
            return
        enabled = Task.INPAINT in self._state.enabled
        self.undo_stack.push(
            Stroke(text or tr("Paint mask"), self._apply_patch, region, before, painted, enabled)
        )

    def clear_mask(self) -> None:
        """Removes everything that is painted."""
        self._change(tr("Clear mask"), {"mask": None})

    def fill_mask(self) -> None:
        """Paints over the whole photo."""
        self.set_mask(np.full_like(self._mask_or_empty(), 255), tr("Fill mask"))

    def invert_mask(self) -> None:
        """Paints what is not painted and the other way round."""
        self.set_mask(255 - self._mask_or_empty(), tr("Invert mask"))

    def grow_mask(self, amount: int) -> None:
        """Makes what is painted `amount` photo pixels larger on every side."""
        self._rework_mask(tr("Grow mask {amount} px").format(amount=amount), lambda mask: grown(mask, amount))

    def shrink_mask(self, amount: int) -> None:
        """Makes what is painted `amount` photo pixels smaller on every side."""
        self._rework_mask(
            tr("Shrink mask {amount} px").format(amount=amount), lambda mask: shrunk(mask, amount)
        )

    def feather_mask(self, amount: int, *, inward: bool = True) -> None:
        """Gives the mask an edge that rises over `amount` photo pixels, as in `document.mask_ops`."""
        text = tr("Feather mask {amount} px").format(amount=amount)
        self._rework_mask(text, lambda mask: feathered(mask, amount, inward=inward))

    def set_mask(self, mask: MaskImage, text: str | None = None) -> None:
        """Replaces the mask and switches inpainting on. `mask` has the photo's shape, 0..255."""
        text = text or tr("Load mask")
        region = changed_region(self._mask_or_empty(), mask)
        if region is None:
            self._change(text, {"enabled": self._state.enabled | {Task.INPAINT}})
        else:
            # As a stroke it is kept compressed: whole masks would fill the memory by and by.
            self.commit_stroke(region, mask[region.slices], text)

    def _rework_mask(self, text: str, rework: Callable[[MaskImage], MaskImage]) -> None:
        """Changes the mask that there is; in the history only the part that changes is kept."""
        mask = self._state.mask
        if mask is None:
            self.message.emit(tr("Nothing is painted yet; paint over what should go first."))
            return
        after = rework(mask)
        region = changed_region(mask, after)
        if region is not None:
            self.commit_stroke(region, after[region.slices], text)

    def _mask_or_empty(self) -> MaskImage:
        if self._state.mask is not None:
            return self._state.mask
        if self.photo is None:
            raise RuntimeError("A mask needs a photo.")
        return np.zeros((self.photo.height, self.photo.width), np.uint8)

    def _apply_patch(self, region: Region, patch: MaskImage, enable: bool) -> None:
        mask = self._mask_or_empty().copy()
        mask[region.slices] = patch
        enabled = self._state.enabled | {Task.INPAINT} if enable else self._state.enabled - {Task.INPAINT}
        self._apply_fields({"mask": mask if mask.any() else None, "enabled": enabled})
