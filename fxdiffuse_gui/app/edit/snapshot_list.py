"""`SnapshotList`: the snapshots of one photo, in the order in which they were taken."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.snapshots import (
    MAX_MASK_PIXELS,
    MAX_NAME,
    MAX_REFERENCE_PIXELS,
    MAX_SNAPSHOTS,
    Snapshot,
    mask_pixels,
    reference_pixels,
)


class SnapshotList(QObject):
    """Keeps states under names; who goes back to one does so through the history."""

    changed = Signal()
    """Another list: the change has not been saved yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Snapshot, ...] = ()

    def problem(self, state: EditState) -> str:
        """Why `state` cannot be added, as a sentence; empty when it can."""
        states = [state, *(one.state for one in self.items)]
        too_large = mask_pixels(states) > MAX_MASK_PIXELS or reference_pixels(states) > MAX_REFERENCE_PIXELS
        if len(self.items) >= MAX_SNAPSHOTS or too_large:
            return tr("There are too many snapshots of this photo; delete one that is not needed.")
        return ""

    def add(self, state: EditState, name: str = "") -> Snapshot:
        """Keeps `state`; without a name it is called 'Snapshot 1', 'Snapshot 2' …"""
        snapshot = Snapshot(_clean(name) or self._free_name(), state)
        self._set((*self.items, snapshot))
        return snapshot

    def rename(self, snapshot: Snapshot, name: str) -> None:
        """Gives `snapshot` another name; an empty one changes nothing."""
        cleaned = _clean(name)
        if cleaned and cleaned != snapshot.name:
            renamed = replace(snapshot, name=cleaned)
            self._set(tuple(renamed if one is snapshot else one for one in self.items))

    def delete(self, snapshot: Snapshot) -> None:
        """Forgets `snapshot`."""
        self._set(tuple(one for one in self.items if one is not snapshot))

    def _free_name(self) -> str:
        names = {one.name for one in self.items}
        return next(
            name
            for n in range(1, len(names) + 2)
            if (name := tr("Snapshot {number}").format(number=n)) not in names
        )

    def _set(self, items: tuple[Snapshot, ...]) -> None:
        self.items = items
        self.changed.emit()


def _clean(name: str) -> str:
    """`name` on one line, without what cannot be printed."""
    return "".join(char for char in " ".join(name.split()) if char.isprintable())[:MAX_NAME]
