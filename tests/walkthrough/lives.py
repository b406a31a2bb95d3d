"""The lives of one program: what is done in the window until it is killed, and after it has come back.

    python -m tests.walkthrough.lives LIFE OUT

is started by `tests.walkthrough`. It is the real app with the real model; what happens is told on standard
output, a line of JSON each.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views import application
from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog
from fxdiffuse_gui.views.effects.effect_slider import EffectSlider
from fxdiffuse_gui.views.main_window import MainWindow
from tests.walkthrough import hand
from tests.walkthrough.hand import Steps, Walk

JOURNAL_SECONDS = 5.0


def tell(event: str, **facts: object) -> None:
    """One line for whoever watches."""
    print(json.dumps({"event": event, "at": time.time(), **facts}), flush=True)


def peak_megabytes() -> float:
    """The most memory that this process has had at once."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6


def fingerprint(state: EditState) -> str:
    """Equal for two states with the same settings, pixel for pixel."""
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


class Life:
    """One process. `stations` name pictures of the screen; each is told with the time it took to come."""

    def __init__(self, window: MainWindow, name: str, out: Path) -> None:
        self.window, self.session, self.name, self.out = window, window.session, name, out
        self.walk = Walk(self._steps(), self._failed)
        self._since = time.monotonic()
        self._wants_states = False
        self.session.message.connect(lambda text: tell("message", text=text))
        self.session.history.state_changed.connect(self._on_state)

    def _steps(self) -> Steps:
        scripts: dict[str, Callable[[], Steps]] = {
            "first": self._first,
            "second": self._second,
            "third": self._third,
            "large": self._large,
        }
        yield from scripts[self.name]()

    def _failed(self, text: str) -> None:
        hand.shoot(self.out / f"failed-{self.name}.png")
        tell("failed", text=text)
        QTimer.singleShot(0, lambda: QApplication.exit(3))

    def _on_state(self, state: EditState) -> None:
        if self._wants_states:
            tell("state", state=fingerprint(state))

    def station(self, name: str) -> None:
        """Notes that `name` is reached."""
        seconds = time.monotonic() - self._since
        stall, self.walk.longest_stall = self.walk.longest_stall, 0.0
        hand.shoot(self.out / f"{self.name}-{name}.png")
        chip = self.window.chip.text
        tell("station", name=name, seconds=seconds, stall=stall, peak=peak_megabytes(), chip=chip)
        self._since = time.monotonic()

    # --- the lives ------------------------------------------------------------------------------------

    def _first(self) -> Steps:
        session = self.session
        yield from hand.held(lambda: session.photo is not None and session.preview.status.kind == "idle")
        yield from hand.pause(0.5)
        self.station("01-start")
        yield from self._open_photo()
        self.station("02-opened")
        yield from self._slide(Task.GRAIN, 0.3, "03-grain-dragged")
        yield from self._final()
        self.station("04-grain")
        yield from self._slide(Task.SHARPEN, 0.25)
        yield from self._final()
        self.station("05-sharpened")
        yield from self._choose_reference()
        yield from self._final()
        self.station("06-reference")
        yield from self._paint()
        self.station("07-painted")
        yield from self._final()
        self.station("08-filled")
        yield from self._compare()
        yield from hand.key("ctrl+shift+n")
        yield lambda: len(session.snapshots.items) == 1
        self.station("11-snapshot")
        yield from self._undo_and_redo()
        yield from hand.key("ctrl+s")
        yield lambda: QApplication.activeModalWidget() is not None
        yield from hand.pause(0.5)
        self.station("14-save-dialog")
        yield from hand.write(str(self.out / "photo.fxd"))
        yield from hand.key("Return")
        yield lambda: session.files.project_path is not None and not session.history.is_modified
        self.station("15-saved")
        yield from hand.key("ctrl+1")
        yield from self._final()
        self.station("16-one-to-one")
        self._wants_states = True
        tell("doomed")
        while True:
            for share in (0.15, 0.3):
                # Another seed, so that no state comes twice: each tells when it was made.
                yield from hand.key("ctrl+r")
                yield from self._slide(Task.SHARPEN, share)

    def _second(self) -> Steps:
        yield from self._recovered()
        self.station("02-recovered")
        yield from self._show_at_one_to_one("kill.png")
        tell("doomed", state=fingerprint(self.session.state))
        yield from hand.pause(3600)

    def _third(self) -> Steps:
        yield from self._recovered()
        self.station("02-recovered")
        yield from self._show_at_one_to_one("recovered.png")
        yield from self._export("TIFF", "16 bit", "03-export-tiff")
        self.station("05-tiff-written")
        yield from self._export("JPEG", None, "06-export-jpeg")
        self.station("08-jpeg-written")
        yield from hand.key("ctrl+q")
        yield from hand.pause(60)
        raise AssertionError("the window does not close")

    def _large(self) -> Steps:
        session = self.session
        yield from hand.held(lambda: session.photo is not None and session.preview.status.kind == "idle")
        self._since = time.monotonic()
        yield from self._open_photo()
        self.station("01-opened")
        yield from self._slide(Task.GRAIN, 0.3)
        yield from self._final()
        self.station("02-grain")
        yield from hand.key("ctrl+1")
        yield from self._final()
        self.station("03-one-to-one")
        yield from self._paint()
        self.station("04-painted")
        yield from self._final()
        self.station("05-filled")
        # The journal is written meanwhile.
        yield from hand.pause(15)
        self.station("06-settled")
        session.history.mark_saved()
        yield from hand.key("ctrl+q")
        yield from hand.pause(60)
        raise AssertionError("the window does not close")

    # --- what a hand does -----------------------------------------------------------------------------

    def _final(self) -> Steps:
        yield from hand.held(lambda: self.session.preview.status.kind == "final", 0.4)

    def _open_photo(self) -> Steps:
        photo = self.out / "photo.jpg"
        yield from hand.key("ctrl+o")
        yield lambda: QApplication.activeModalWidget() is not None
        yield from hand.pause(0.3)
        yield from hand.write(str(photo))
        yield from hand.key("Return")
        yield lambda: self.session.photo is not None and self.session.photo.path == photo
        yield from hand.held(lambda: self.session.preview.status.kind == "idle", 0.2)

    def _column(self) -> QScrollArea:
        return self.window.effects.findChildren(QScrollArea)[0]

    def _slide(self, task: Task, share: float, midway: str = "") -> Steps:
        """Drags the slider of `task` from where it is to `share` of its length."""
        slider = self.window.effects.cards[task].slider
        assert isinstance(slider, EffectSlider)
        yield from hand.bring_to_sight(slider, self._column())
        start, end = _handle(slider), slider.mapToGlobal(QPoint(round(slider.width() * share), 0))
        end.setY(start.y())
        moves = hand.drag(start, end)
        if not midway:
            yield from moves
            return
        for number, condition in enumerate(moves):
            yield condition
            # The hand rests there for a moment, as hands do.
            if number == 60:
                yield from hand.pause(1.0)
                self.station(midway)

    def _choose_reference(self) -> Steps:
        picker = self.window.effects.reference_picker
        tile = next(tile for tile in picker.tiles if tile.path.stem == "seeds")
        yield from hand.bring_to_sight(tile, self._column())
        yield from hand.click(tile)
        yield lambda: self.session.state.reference is not None

    def _paint(self) -> Steps:
        canvas = self.window.canvas
        center = hand.middle(canvas)
        yield from hand.go(center)
        yield from hand.key("b")
        yield from hand.drag(center, center + QPoint(50, 20), center + QPoint(90, -10))
        yield lambda: self.session.state.mask is not None

    def _compare(self) -> Steps:
        def look() -> Steps:
            yield from hand.pause(0.3)
            self.station("09-before")

        yield from hand.go(hand.middle(self.window.canvas))
        yield from hand.hold("backslash", look())
        yield from hand.key("b")
        yield from hand.key("y")
        center = hand.middle(self.window.canvas)
        yield from hand.drag(center, center + QPoint(80, 0))
        self.station("10-split")
        yield from hand.key("y")

    def _undo_and_redo(self) -> Steps:
        session = self.session
        stack, after = session.history.undo_stack, fingerprint(session.state)
        for _ in range(stack.count()):
            yield from hand.key("ctrl+z")
        yield lambda: stack.index() == 0
        assert not session.state.enabled and session.state.mask is None and session.state.reference is None
        yield from hand.held(lambda: session.preview.status.kind == "idle")
        self.station("12-undone")
        for _ in range(stack.count()):
            yield from hand.key("ctrl+shift+z")
        yield lambda: stack.index() == stack.count()
        yield from self._final()
        assert fingerprint(session.state) == after, "redo has not brought everything back"
        self.station("13-redone")

    def _recovered(self) -> Steps:
        yield lambda: QApplication.activeModalWidget() is not None
        yield from hand.pause(0.5)
        self.station("01-offered")
        box = QApplication.activeModalWidget()
        assert box is not None
        yield from hand.click(_button(box, "&Restore"))
        yield lambda: self.session.photo is not None
        tell("recovered", state=fingerprint(self.session.state), names=self._snapshot_names())
        yield from self._final()

    def _snapshot_names(self) -> list[str]:
        return [snapshot.name for snapshot in self.session.snapshots.items]

    def _show_at_one_to_one(self, picture: str) -> Steps:
        yield from hand.key("ctrl+1")
        yield from hand.go(QPoint(2, 2))
        yield from self._final()
        # Toasts go, and the journal comes.
        yield from hand.pause(JOURNAL_SECONDS + 3)
        self.window.canvas.grab().save(str(self.out / picture))

    def _export(self, kind: str, depth: str | None, name: str) -> Steps:
        written: list[Path] = []
        self.session.files.exported.connect(written.append)
        yield from hand.key("ctrl+e")
        yield lambda: isinstance(QApplication.activeModalWidget(), ExportDialog)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        yield from hand.pause(0.3)
        for label in (kind, depth):
            if label is not None:
                yield from hand.click(_button(dialog, label))
        yield from hand.pause(0.5)
        self.station(name)
        yield from hand.click(_button(dialog, "Export"))
        yield lambda: bool(written) or self.session.preview.status.progress > 0.3
        number = int(name[:2]) + 1
        self.station(f"{number:02}-exporting-{kind.lower()}")
        yield lambda: bool(written)
        self.session.files.exported.disconnect(written.append)
        tell("exported", path=str(written[0]))


def _handle(slider: EffectSlider) -> QPoint:
    """Where the handle is."""
    share = (slider.value() - slider.minimum()) / (slider.maximum() - slider.minimum())
    # Half a handle is kept free at both ends.
    reach = slider.width() - slider.height()
    return slider.mapToGlobal(QPoint(round(slider.height() / 2 + share * reach), slider.height() // 2))


def _button(dialog: QWidget, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.text() == text)


class _Window(MainWindow):
    life: tuple[str, Path]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._life: Life | None = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._life is None:
            self._life = Life(self, *self.life)
            self._life.walk.start()


def main(arguments: Iterator[str]) -> int:
    """Lives one life; the exit code is the app's."""
    _Window.life = next(arguments), Path(next(arguments))
    application.MainWindow = _Window
    return application.run_app(None)


if __name__ == "__main__":
    sys.exit(main(iter(sys.argv[1:])))
