"""The start of the app, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.document.project_file import write_project
from fxdiffuse_gui.views.widgets.form import keep_on_screen
from tests.document.projects import full_project

SCRIPT = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from fxdiffuse_gui.app import session as session_module
from fxdiffuse_gui.views import application
from fxdiffuse_gui.views.main_window import MainWindow

windows = []
shown = MainWindow.showEvent

def show_event(self, event):
    windows.append(self)
    shown(self, event)
    self.session.photo_changed.connect(lambda photo: told(photo))

def told(photo):
    print("photo", photo.path.name, "torch" in sys.modules)
    loaded.wait(10)
    QTimer.singleShot(0, windows[0].close)

loaded = threading.Event()

class Engine(session_module.TorchEngine):
    def load(self, model=None):
        in_main = threading.current_thread() is threading.main_thread()
        print("load", windows[0].isVisible(), in_main)
        loaded.set()

session_module.TorchEngine = Engine
MainWindow.showEvent = show_event
photo = Path(sys.argv[1]) if len(sys.argv) > 1 else None
print("exit", application.run_app(photo))
"""

LEAK = """
import ctypes, OpenImageIO
kept = OpenImageIO.TypeDesc("uint8")
ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))
print("last words", file=sys.stderr)
"""
"""What a window does to the objects of the library at the end, for certain."""


def run(folder: Path, *arguments: str) -> dict[str, list[str]]:
    """Runs the app until its photo is there; what it printed, by the first word of each line."""
    done = started(SCRIPT, folder, *arguments)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}


def started(script: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(folder),
            "XDG_STATE_HOME": str(folder),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_end_is_without_a_word(tmp_path: Path) -> None:
    done = started(SCRIPT + LEAK, tmp_path)
    assert done.returncode == 0 and done.stderr.endswith("last words\n")


def test_the_window_is_there_before_the_model_and_a_sample_is_opened(tmp_path: Path) -> None:
    told = run(tmp_path)
    assert told["load"] == ["True", "False"]
    assert told["photo"][0].endswith(".jpg") and told["photo"][1] == "False"
    assert told["exit"] == ["0"]
    assert (tmp_path / "fxdiffuse" / "fxdiffuse.ini").is_file()


def test_a_photo_can_be_named(tmp_path: Path, photo_file: Callable[..., Path]) -> None:
    path = photo_file(50, 40, "mine.png")
    assert run(tmp_path, str(path))["photo"] == ["mine.png", "False"]


def test_a_project_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.fxd"
    write_project(path, full_project(tmp_path))
    assert run(tmp_path, str(path))["photo"] == ["photo.png", "False"]


def test_a_clean_exit_leaves_no_journal(tmp_path: Path, photo_file: Callable[..., Path]) -> None:
    run(tmp_path, str(photo_file(50, 40, "mine.png")))
    assert not list(tmp_path.glob("fxdiffuse/journals/*"))


def test_the_window_is_not_larger_than_its_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    window.resize(room.width() + 200, room.height() - 50)
    keep_on_screen(window)
    assert (window.width(), window.height()) == (room.width(), room.height() - 50)
