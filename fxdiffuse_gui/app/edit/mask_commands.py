"""`MaskCommands`: the ways to change what is painted over."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.document.mask_ops import changed_region, feathered, grown, shrunk
from fxdiffuse_gui.engine.conditions.tasks import Task


class MaskCommands(QObject):
    """Every change is a step of the history."""

    message = Signal(str)
    """One sentence for the artist."""

    def __init__(self, history: EditHistory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history

    def paint(self, region: Region, painted: MaskImage, text: str | None = None) -> None:
        """Makes one finished stroke a step of the history and switches inpainting on.

        `painted` is the mask inside `region` as it is now, (region.height, region.width).
        """
        before = self._history.mask_or_empty[region.slices]
        if not np.array_equal(before, painted):
            self._history.paint(text or tr("Paint mask"), region, before, painted)

    def clear(self) -> None:
        """Removes everything that is painted."""
        self._history.change(tr("Clear mask"), {"mask": None})

    def fill(self) -> None:
        """Paints over the whole photo."""
        self.replace(np.full_like(self._history.mask_or_empty, 255), tr("Fill mask"))

    def invert(self) -> None:
        """Paints what is not painted and the other way round."""
        self.replace(255 - self._history.mask_or_empty, tr("Invert mask"))

    def grow(self, amount: int) -> None:
        """Makes what is painted `amount` photo pixels larger on every side."""
        self._rework(tr("Grow mask {amount} px").format(amount=amount), lambda mask: grown(mask, amount))

    def shrink(self, amount: int) -> None:
        """Makes what is painted `amount` photo pixels smaller on every side."""
        self._rework(tr("Shrink mask {amount} px").format(amount=amount), lambda mask: shrunk(mask, amount))

    def feather(self, amount: int, *, inward: bool = True) -> None:
        """Gives the mask an edge that rises over `amount` photo pixels, as in `document.mask_ops`."""
        text = tr("Feather mask {amount} px").format(amount=amount)
        self._rework(text, lambda mask: feathered(mask, amount, inward=inward))

    def replace(self, mask: MaskImage, text: str | None = None) -> None:
        """Replaces the mask and switches inpainting on. `mask` has the photo's shape, 0..255."""
        text = text or tr("Load mask")
        region = changed_region(self._history.mask_or_empty, mask)
        if region is None:
            self._history.change(text, {"enabled": self._history.state.enabled | {Task.INPAINT}})
        else:
            # As a stroke it is kept compressed: whole masks would fill the memory in time.
            self.paint(region, mask[region.slices], text)

    def _rework(self, text: str, rework: Callable[[MaskImage], MaskImage]) -> None:
        """Changes the mask that there is; in the history only the part that changes is kept."""
        mask = self._history.state.mask
        if mask is None:
            self.message.emit(tr("Nothing is painted yet; paint over what should go first."))
            return
        after = rework(mask)
        region = changed_region(mask, after)
        if region is not None:
            self.paint(region, after[region.slices], text)
