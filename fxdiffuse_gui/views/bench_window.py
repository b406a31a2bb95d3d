"""How soon the window is on screen and whether it responds while the model works; run as a process.

`python -m fxdiffuse_gui.views.bench_window [SLIDES]` prints one JSON object; offscreen without a display.
"""

import json
import os
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

BEGUN = time.perf_counter()

SLIDES = 600
"""Slider events, 100 per second, unless a number is given; the budget is for 10,000 in a row."""


def main() -> None:
    """Opens the window with a sample photo, waits for it, and drags a slider under measurement."""
    if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from fxdiffuse_gui.app.gui_gc import Collector
    from fxdiffuse_gui.app.session import Session
    from fxdiffuse_gui.app.settings import use_settings_folder
    from fxdiffuse_gui.engine.conditions.tasks import Task
    from fxdiffuse_gui.views.application import first_sample
    from fxdiffuse_gui.views.main_window import MainWindow
    from fxdiffuse_gui.views.style.theme import apply_theme

    use_settings_folder(Path(tempfile.mkdtemp(prefix="fxdiffuse-bench-")))
    app = QApplication([])
    apply_theme(app)
    session = Session()
    window = MainWindow(session)
    Collector(window)
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    figures = {"window": time.perf_counter() - BEGUN, "torch_imported": float("torch" in sys.modules)}

    sample = first_sample()
    assert sample is not None
    session.start()
    session.files.open_photo(sample)
    while session.photo is None:
        _run(5)
    app.processEvents()
    figures["photo"] = time.perf_counter() - BEGUN
    session.settings.set_value(Task.GRAIN, 0.05)
    while session.preview.status.kind != "final":
        _run(20)

    beats: list[float] = []
    beat = QTimer()
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    beat.start(1)
    slides = int(sys.argv[1]) if len(sys.argv) > 1 else SLIDES
    for number in range(slides):
        session.settings.set_value(Task.SHARPEN, 0.1 + 4.8 * number / slides, dragging=True)
        _run(10)
    session.history.end_drag()
    beat.stop()
    gaps = sorted(after - before for before, after in pairwise(beats))
    figures["gap_p99"], figures["gap_max"] = gaps[int(0.99 * len(gaps))], gaps[-1]
    session.history.undo_stack.setClean()
    session.close()
    print(json.dumps(figures))


def _run(milliseconds: int) -> None:
    """Handles events for this long."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
