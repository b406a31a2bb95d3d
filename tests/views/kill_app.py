"""Kills the running app at random moments and looks at what its journal holds.

    python -m tests.views.kill_app COUNT [SECONDS]

Every process is the real app but for the model: a window without a screen, in which an edit is made every
20 ms. `SECONDS` is how long an app is edited at most before it is killed. A journal begins two seconds
after the first edit, so some have none yet.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from fxdiffuse_gui.app.files.journal import left_behind
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.document.project_file import read_project
from fxdiffuse_gui.engine.conditions.tasks import Task

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 300, 200
AT_ONCE = 3

SCRIPT = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from fxdiffuse_gui.app import session as session_module
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views import application
from fxdiffuse_gui.views.main_window import MainWindow
from tests.conftest import FakeEngine
from tests.views.kill_app import HEIGHT, WIDTH, painted

session_module.TorchEngine = FakeEngine
shown = MainWindow.showEvent

def show_event(self, event):
    shown(self, event)
    session, number = self.session, 0
    def edit():
        nonlocal number
        number += 1
        session.mask.paint(Region(0, 0, WIDTH, HEIGHT), painted(number))
        session.settings.set_value(Task.GRAIN, 0.02 + number * 1e-5)
        session.settings.set_seed(number)
        print(number, time.time(), flush=True)

    timer = QTimer(self)
    timer.timeout.connect(edit)
    session.photo_changed.connect(lambda: timer.start(20))

MainWindow.showEvent = show_event
application.run_app(Path(sys.argv[1]))
"""


def painted(number: int) -> MaskImage:
    """The mask of edit `number`."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[: number % HEIGHT + 1, number % WIDTH :] = 255
    return mask


def kill_many(folder: Path, count: int, seconds: float) -> tuple[int, int, int, float]:
    """Readable and unreadable journals, wrong edits, and how many seconds of edits were lost at most."""
    import cv2

    photo = folder / "photo.png"
    noise = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    assert cv2.imwrite(str(photo), noise)
    rng = random.Random(11)
    readable = unreadable = wrong = 0
    oldest = 0.0
    for start in range(0, count, AT_ONCE):
        lives = [rng.uniform(0, seconds) for _ in range(min(AT_ONCE, count - start))]
        for told, killed_at, home in _killed(folder, photo, lives):
            found, aside = left_behind(home / "state" / "fxdiffuse" / "journals")
            unreadable += len(aside)
            if found:
                readable += 1
                journal = found[0].journal
                state = read_project(journal.path, parts=journal.folder).project.state
                number = state.seed
                right = state.mask is not None and np.array_equal(state.mask, painted(number))
                wrong += not (right and state.values[Task.GRAIN] == 0.02 + number * 1e-5)
                # Everything up to this edit is there; the next one is the oldest that is lost.
                lost = [when for one, when in told if one > number]
                journal.remove()
            else:
                lost = [when for _, when in told]
            oldest = max(oldest, killed_at - min(lost, default=killed_at))
    return readable, unreadable, wrong, oldest


def _killed(
    folder: Path, photo: Path, lives: list[float]
) -> list[tuple[list[tuple[int, float]], float, Path]]:
    """Starts an app for each of `lives`, in seconds after its first edit, and kills it then."""
    apps: list[tuple[subprocess.Popen[str], float, Path, Path]] = []
    for number, life in enumerate(lives):
        home = folder / f"home-{time.monotonic_ns()}-{number}"
        home.mkdir()
        output = home / "told"
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "OMP_NUM_THREADS": "1",
            "XDG_CONFIG_HOME": str(home),
            "XDG_STATE_HOME": str(home / "state"),
        }
        with output.open("w") as file:
            arguments = [sys.executable, "-c", SCRIPT, str(photo)]
            process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=file, text=True)
        apps.append((process, life, home, output))
    results: dict[Path, float] = {}
    begun: dict[Path, float] = {}
    try:
        while len(results) < len(apps):
            time.sleep(0.01)
            for process, life, home, output in apps:
                if home not in begun and output.stat().st_size > 0:
                    begun[home] = time.time()
                if home not in results and home in begun and time.time() >= begun[home] + life:
                    process.kill()
                    results[home] = time.time()
                    process.wait()
                assert home in results or process.poll() is None
    finally:
        for process, *_ in apps:
            process.kill()
            process.wait()
    return [(_told(output), results[home], home) for _, _, home, output in apps]


def _told(output: Path) -> list[tuple[int, float]]:
    lines = [line.split() for line in output.read_text().splitlines()]
    return [(int(line[0]), float(line[1])) for line in lines if len(line) == 2]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        total = int(sys.argv[1])
        longest = float(sys.argv[2]) if len(sys.argv) > 2 else 8.0
        good, bad, other, age = kill_many(Path(place), total, longest)
        print(
            f"{total} kills: {good} journals read, {bad} unreadable, {other} wrong, {age:.1f} s lost at most"
        )
