"""Starts the app: the window first, then the threads, so that torch never delays what is on screen."""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

import resources
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import use_settings_folder
from fxdiffuse_gui.views.icons import app_icon
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.theme import apply_theme

logger = logging.getLogger(__name__)


def run_app(photo: Path | None) -> int:
    """Opens the app with `photo`, or with the first sample, and returns its exit code when it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("fxdiffuse")
    app.setDesktopFileName("fxdiffuse")
    use_settings_folder(platformdirs.user_config_path())
    apply_theme(app)
    app.setWindowIcon(app_icon())
    window = MainWindow(Session())
    _report_crashes_to(window)
    after_first_paint(window.canvas, lambda: start(window, photo or first_sample()))
    window.show()
    code = app.exec()
    # Not every way out closes the window first.
    window.session.close()
    return code


def after_first_paint(widget: QWidget, action: Callable[[], object]) -> None:
    """Does `action` as soon as `widget` has been painted for the first time."""
    widget.installEventFilter(_FirstPaint(widget, action))


class _FirstPaint(QObject):
    def __init__(self, widget: QWidget, action: Callable[[], object]) -> None:
        super().__init__(widget)
        self._action = action

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._action)
        return False


def start(window: MainWindow, photo: Path | None) -> None:
    """Starts the threads and opens `photo`."""
    window.session.start()
    if photo is not None:
        window.session.open_photo(photo)


def first_sample() -> Path | None:
    """The first of the bundled photos, or None when there is none."""
    folder = Path(resources.__file__).parent / "samples"
    return next(iter(sorted(folder.glob("*.jpg"))), None)


def _report_crashes_to(window: MainWindow) -> None:
    """An error that nothing caught becomes a sentence, and its traceback a line of the log; work goes on."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        logger.debug("".join(traceback.format_exception(kind, error, trace)))
        window.toast.show_message(f"Something went wrong ({kind.__name__}). Your edits are still here.")

    sys.excepthook = report
