"""Starts the app: the window first, then the threads, so that importing torch does not delay the window."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

import resources
from fxdiffuse_gui.app.files.autosave import Autosave
from fxdiffuse_gui.app.gui_gc import Collector
from fxdiffuse_gui.app.language import chosen_language, install_language
from fxdiffuse_gui.app.log import start_log
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import use_settings_folder
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.photo.codecs.silence_stderr import silence_stderr_at_exit
from fxdiffuse_gui.views.dialogs.recovery import Recovery
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.style.icons import app_icon
from fxdiffuse_gui.views.style.theme import apply_theme
from fxdiffuse_gui.views.widgets.form import keep_on_screen

logger = logging.getLogger(__name__)


def run_app(photo: Path | None) -> int:
    """Opens the app with `photo` (or a project), or with the first sample, until it is closed.

    Returns the exit code of the process.
    """
    silence_stderr_at_exit()
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("fxdiffuse")
    app.setDesktopFileName("fxdiffuse")
    use_settings_folder(platformdirs.user_config_path())
    install_language(app, chosen_language())
    apply_theme(app)
    app.setWindowIcon(app_icon())
    window = MainWindow(Session())
    Collector(window)
    keep_on_screen(window)
    log = start_log(platformdirs.user_log_path("fxdiffuse", appauthor=False))
    sys.excepthook = CrashReporter(window, log).report
    journals = platformdirs.user_state_path("fxdiffuse", appauthor=False) / "journals"
    autosave = Autosave(window.session, journals)
    recovery = Recovery(window.session, autosave, journals, window)
    after_first_paint(window.canvas, lambda: start(window, recovery, photo))
    window.show()
    code = app.exec()
    # The program can end without closing the window first.
    window.session.close()
    autosave.close()
    recovery.close()
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


def start(window: MainWindow, recovery: Recovery, photo: Path | None) -> None:
    """Starts the threads and opens the edit that a crash has left, if the artist wants it; else `photo` or a
    sample."""
    window.session.start()
    path = photo or first_sample()
    if not recovery.offer() and path is not None:
        if photo is None:
            window.hints.begin_first()
        window.session.files.open_photo(path)


def first_sample() -> Path | None:
    """The first of the bundled photos, or None when there is none."""
    folder = Path(resources.__file__).parent / "samples"
    return next(iter(sorted(folder.glob("*.jpg"))), None)


class CrashReporter(QObject):
    """Shows a sentence for an error that nothing caught and writes its traceback to the log; work goes on."""

    _crashed = Signal(str)

    def __init__(self, window: MainWindow, log: Path | None) -> None:
        super().__init__(window)
        self._where = "" if log is None else " " + tr("Details are in {log}.", log=log)
        # Through a signal: the error may come from another thread, which must not touch a widget.
        self._crashed.connect(window.toast.show_message)

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Takes the place of `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        logger.error("Uncaught error", exc_info=(kind, error, trace))
        self._crashed.emit(
            tr("Something went wrong ({kind}). Your edits are still here.", kind=kind.__name__) + self._where
        )
