"""`SnapshotList`: the snapshots of one photo, in the order in which they were taken."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.core.i18n import tr
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
    """Keeps settings under names. Going back to one of them is a step of the history."""

    changed = Signal()
    """Another list: the change has not been saved yet."""
    message = Signal(str)
    """One sentence for the artist."""

    def __init__(self, history: EditHistory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.items: tuple[Snapshot, ...] = ()
        self.changed.connect(history.mark_snapshots_changed)

    def take(self, name: str = "") -> None:
        """Keeps the settings under `name`; without one, as 'Snapshot 1', 'Snapshot 2' …"""
        state = self._history.state
        states = [state, *(one.state for one in self.items)]
        too_large = mask_pixels(states) > MAX_MASK_PIXELS or reference_pixels(states) > MAX_REFERENCE_PIXELS
        if len(self.items) >= MAX_SNAPSHOTS or too_large:
            self.message.emit(
                tr("There are too many snapshots of this photo; delete one that is not needed.")
            )
        else:
            self._set((*self.items, Snapshot(_clean(name) or self._free_name(), state)))

    def go_to(self, snapshot: Snapshot) -> None:
        """Sets everything as it was when `snapshot` was taken, as one step of the history."""
        names = ("values", "enabled", "blur_angle", "reference", "mask", "seed", "grain_seed")
        self._history.change(
            tr("To “{snapshot}”").format(snapshot=snapshot.name),
            {name: getattr(snapshot.state, name) for name in names},
        )

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
