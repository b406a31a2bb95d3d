"""`User`: what a user does in the window, as steps of real events, and the fingerprint of an edit."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog
from fxdiffuse_gui.views.effects.effect_slider import EffectSlider
from fxdiffuse_gui.views.main_window import MainWindow
from tests.walkthrough import events
from tests.walkthrough.events import Steps

AUTOSAVE_SECONDS = 5.0


def fingerprint(state: EditState) -> str:
    """Equal for two states with the same settings and the same mask."""
    mask = b"" if state.mask is None else state.mask.tobytes()
    facts = (
        sorted((task.name, value) for task, value in state.values.items()),
        sorted(task.name for task in state.enabled),
        state.blur_angle,
        state.seed,
        None if state.reference is None else state.reference.digest,
        hashlib.sha256(mask).hexdigest(),
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()


class User:
    """Acts in `window`. out: folder of the photo and of screenshots. report: called with the name of each
    checkpoint. tell: reports an event with its facts."""

    def __init__(
        self,
        window: MainWindow,
        out: Path,
        report: Callable[[str], None],
        tell: Callable[..., None],
    ) -> None:
        self.window, self.session, self.out = window, window.session, out
        self.checkpoint, self._tell = report, tell

    def final(self) -> Steps:
        """Waits for the final picture."""
        yield from events.held(lambda: self.session.preview.status.kind == "final", 0.4)

    def open_photo(self) -> Steps:
        """Opens the photo in the file dialog."""
        photo = self.out / "photo.jpg"
        yield from events.key("ctrl+o")
        yield lambda: QApplication.activeModalWidget() is not None
        yield from events.pause(0.3)
        yield from events.write(str(photo))
        yield from events.key("Return")
        yield lambda: self.session.photo is not None and self.session.photo.path == photo
        yield from events.held(lambda: self.session.preview.status.kind == "idle", 0.2)

    def _column(self) -> QScrollArea:
        return self.window.effects.findChildren(QScrollArea)[0]

    def slide(self, task: Task, share: float, midway: str = "") -> Steps:
        """Drags the slider of `task` to `share` of its length. midway: name of a checkpoint during the
        drag."""
        slider = self.window.effects.cards[task].slider
        assert isinstance(slider, EffectSlider)
        yield from events.scroll_to(slider, self._column())
        start, end = _handle(slider), slider.mapToGlobal(QPoint(round(slider.width() * share), 0))
        end.setY(start.y())
        moves = events.drag(start, end)
        if not midway:
            yield from moves
            return
        for number, condition in enumerate(moves):
            yield condition
            # The pointer rests there for a moment.
            if number == 60:
                yield from events.pause(1.0)
                self.checkpoint(midway)

    def choose_reference(self) -> Steps:
        """Clicks a sample in the library of references."""
        picker = self.window.effects.reference_picker
        tile = next(tile for tile in picker.tiles if tile.path.stem == "seeds")
        yield from events.scroll_to(tile, self._column())
        yield from events.click(tile)
        yield lambda: self.session.state.reference is not None

    def paint(self) -> Steps:
        """Paints a stroke."""
        canvas = self.window.canvas
        center = events.middle(canvas)
        yield from events.go(center)
        yield from events.key("b")
        yield from events.drag(center, center + QPoint(50, 20), center + QPoint(90, -10))
        yield lambda: self.session.state.mask is not None

    def compare(self) -> Steps:
        """Shows the original by a key, then behind a line."""

        def while_held() -> Steps:
            yield from events.pause(0.3)
            self.checkpoint("09-before")

        yield from events.go(events.middle(self.window.canvas))
        yield from events.hold("backslash", while_held())
        yield from events.key("b")
        yield from events.key("y")
        center = events.middle(self.window.canvas)
        yield from events.drag(center, center + QPoint(80, 0))
        self.checkpoint("10-split")
        yield from events.key("y")

    def undo_and_redo(self) -> Steps:
        """Undoes everything, and redoes it."""
        session = self.session
        stack, after = session.history.undo_stack, fingerprint(session.state)
        for _ in range(stack.count()):
            yield from events.key("ctrl+z")
        yield lambda: stack.index() == 0
        assert not session.state.enabled and session.state.mask is None and session.state.reference is None
        yield from events.held(lambda: session.preview.status.kind == "idle")
        self.checkpoint("12-undone")
        for _ in range(stack.count()):
            yield from events.key("ctrl+shift+z")
        yield lambda: stack.index() == stack.count()
        yield from self.final()
        assert fingerprint(session.state) == after, "redo has not restored everything"
        self.checkpoint("13-redone")

    def restore(self) -> Steps:
        """Restores the edit that is offered at the start."""
        yield lambda: QApplication.activeModalWidget() is not None
        yield from events.pause(0.5)
        self.checkpoint("01-offered")
        box = QApplication.activeModalWidget()
        assert box is not None
        yield from events.click(_button(box, "&Restore"))
        yield lambda: self.session.photo is not None
        self._tell("recovered", state=fingerprint(self.session.state), names=self._snapshot_names())
        yield from self.final()

    def _snapshot_names(self) -> list[str]:
        return [snapshot.name for snapshot in self.session.snapshots.items]

    def show_at_one_to_one(self, picture: str) -> Steps:
        """Saves a picture of the canvas at 100 %."""
        yield from events.key("ctrl+1")
        yield from events.go(QPoint(2, 2))
        yield from self.final()
        # Toasts disappear, and the edit is saved for recovery.
        yield from events.pause(AUTOSAVE_SECONDS + 3)
        self.window.canvas.grab().save(str(self.out / picture))

    def export(self, kind: str, depth: str | None, name: str) -> Steps:
        """Exports in the dialog. kind, depth: labels of buttons; name: of the checkpoint."""
        written: list[Path] = []
        self.session.files.exported.connect(written.append)
        yield from events.key("ctrl+e")
        yield lambda: isinstance(QApplication.activeModalWidget(), ExportDialog)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        yield from events.pause(0.3)
        for label in (kind, depth):
            if label is not None:
                yield from events.click(_button(dialog, label))
        yield from events.pause(0.5)
        self.checkpoint(name)
        yield from events.click(_button(dialog, "Export"))
        yield lambda: bool(written) or self.session.preview.status.progress > 0.3
        number = int(name[:2]) + 1
        self.checkpoint(f"{number:02}-exporting-{kind.lower()}")
        yield lambda: bool(written)
        self.session.files.exported.disconnect(written.append)
        self._tell("exported", path=str(written[0]))


def _handle(slider: EffectSlider) -> QPoint:
    """The position of the handle on the screen."""
    share = (slider.value() - slider.minimum()) / (slider.maximum() - slider.minimum())
    # Half a handle is free at both ends.
    reach = slider.width() - slider.height()
    return slider.mapToGlobal(QPoint(round(slider.height() / 2 + share * reach), slider.height() // 2))


def _button(dialog: QWidget, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.text() == text)
