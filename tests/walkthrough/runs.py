"""The runs of the program: what is done in the window until the process ends or is killed.

    python -m tests.walkthrough.runs RUN OUT

is started by `tests.walkthrough`. It is the real app with the real model. Events are printed to stdout, one
line of JSON each.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views import application
from fxdiffuse_gui.views.main_window import MainWindow
from tests.walkthrough import events
from tests.walkthrough.events import Steps, Walk
from tests.walkthrough.user import User, fingerprint


def tell(event: str, **facts: object) -> None:
    """Prints an event for the process that started this one."""
    print(json.dumps({"event": event, "at": time.time(), **facts}), flush=True)


def peak_megabytes() -> float:
    """The peak memory of this process."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6


class Run:
    """One run, as steps. name: "first", "second", "third" or "large". out: folder for screenshots.

    Every checkpoint takes a screenshot and is reported with the time since the last one.
    """

    def __init__(self, window: MainWindow, name: str, out: Path) -> None:
        self.window, self.session, self.name, self.out = window, window.session, name, out
        self.user = User(window, out, self.checkpoint, tell)
        self.walk = Walk(self._steps(), self._failed)
        self._since = time.monotonic()
        self._reports_states = False
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
        events.take_screenshot(self.out / f"failed-{self.name}.png")
        tell("failed", text=text)
        QTimer.singleShot(0, lambda: QApplication.exit(3))

    def _on_state(self, state: EditState) -> None:
        if self._reports_states:
            tell("state", state=fingerprint(state))

    def checkpoint(self, name: str) -> None:
        """Reports that `name` is reached, and takes a screenshot."""
        seconds = time.monotonic() - self._since
        stall, self.walk.longest_stall = self.walk.longest_stall, 0.0
        events.take_screenshot(self.out / f"{self.name}-{name}.png")
        chip = self.window.chip.text
        tell("checkpoint", name=name, seconds=seconds, stall=stall, peak=peak_megabytes(), chip=chip)
        self._since = time.monotonic()

    def _first(self) -> Steps:
        session = self.session
        yield from events.held(lambda: session.photo is not None and session.preview.status.kind == "idle")
        yield from events.pause(0.5)
        self.checkpoint("01-start")
        yield from self.user.open_photo()
        self.checkpoint("02-opened")
        yield from self.user.slide(Task.GRAIN, 0.3, "03-grain-dragged")
        yield from self.user.final()
        self.checkpoint("04-grain")
        yield from self.user.slide(Task.SHARPEN, 0.25)
        yield from self.user.final()
        self.checkpoint("05-sharpened")
        yield from self.user.choose_reference()
        yield from self.user.final()
        self.checkpoint("06-reference")
        yield from self.user.paint()
        self.checkpoint("07-painted")
        yield from self.user.final()
        self.checkpoint("08-filled")
        yield from self.user.compare()
        yield from events.key("ctrl+shift+n")
        yield lambda: len(session.snapshots.items) == 1
        self.checkpoint("11-snapshot")
        yield from self.user.undo_and_redo()
        yield from events.key("ctrl+s")
        yield lambda: QApplication.activeModalWidget() is not None
        yield from events.pause(0.5)
        self.checkpoint("14-save-dialog")
        yield from events.write(str(self.out / "photo.fxd"))
        yield from events.key("Return")
        yield lambda: session.files.project_path is not None and not session.history.is_modified
        self.checkpoint("15-saved")
        yield from events.key("ctrl+1")
        yield from self.user.final()
        self.checkpoint("16-one-to-one")
        self._reports_states = True
        tell("kill")
        while True:
            for share in (0.15, 0.3):
                # Another seed, so that every state is different and its time is known.
                yield from events.key("ctrl+r")
                yield from self.user.slide(Task.SHARPEN, share)

    def _second(self) -> Steps:
        yield from self.user.restore()
        self.checkpoint("02-recovered")
        yield from self.user.show_at_one_to_one("kill.png")
        tell("kill", state=fingerprint(self.session.state))
        yield from events.pause(3600)

    def _third(self) -> Steps:
        yield from self.user.restore()
        self.checkpoint("02-recovered")
        yield from self.user.show_at_one_to_one("recovered.png")
        yield from self.user.export("TIFF", "16 bit", "03-export-tiff")
        self.checkpoint("05-tiff-written")
        yield from self.user.export("JPEG", None, "06-export-jpeg")
        self.checkpoint("08-jpeg-written")
        yield from events.key("ctrl+q")
        yield from events.pause(60)
        raise AssertionError("the window does not close")

    def _large(self) -> Steps:
        session = self.session
        yield from events.held(lambda: session.photo is not None and session.preview.status.kind == "idle")
        self._since = time.monotonic()
        yield from self.user.open_photo()
        self.checkpoint("01-opened")
        yield from self.user.slide(Task.GRAIN, 0.3)
        yield from self.user.final()
        self.checkpoint("02-grain")
        yield from events.key("ctrl+1")
        yield from self.user.final()
        self.checkpoint("03-one-to-one")
        yield from self.user.paint()
        self.checkpoint("04-painted")
        yield from self.user.final()
        self.checkpoint("05-filled")
        # Meanwhile the edit is saved for recovery.
        yield from events.pause(15)
        self.checkpoint("06-settled")
        session.history.mark_saved()
        yield from events.key("ctrl+q")
        yield from events.pause(60)
        raise AssertionError("the window does not close")


class _Window(MainWindow):
    run: tuple[str, Path]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._run: Run | None = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._run is None:
            self._run = Run(self, *self.run)
            self._run.walk.start()


def main(arguments: Iterator[str]) -> int:
    """Executes one run; returns the exit code of the app."""
    _Window.run = next(arguments), Path(next(arguments))
    application.MainWindow = _Window
    return application.run_app(None)


if __name__ == "__main__":
    sys.exit(main(iter(sys.argv[1:])))
