#!/usr/bin/env python3
"""Take the picture of the program that the README shows.

    .venv/bin/python packaging/screenshot.py [OUT.jpg]

Opens the real app with a sample photo and the bundled model, without a screen if there is none, sets a
telling edit, waits for its final result and writes the window to resources/manual/screenshot.jpg. To be
run again whenever the model or the look of the window has changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "resources" / "samples"
SIZE = (1440, 900)
LARGEST_BYTES = 400_000
TIMEOUT_MS = 600_000

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from PySide6.QtCore import QBuffer, QByteArray, QTimer  # noqa: E402
from PySide6.QtGui import QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from fxdiffuse_gui.app.geometry import Region  # noqa: E402
from fxdiffuse_gui.app.session import Session  # noqa: E402
from fxdiffuse_gui.app.settings import use_settings_folder  # noqa: E402
from fxdiffuse_gui.app.state import EditState, Status  # noqa: E402
from fxdiffuse_gui.engine.tasks import Task  # noqa: E402
from fxdiffuse_gui.photo.image import Photo  # noqa: E402
from fxdiffuse_gui.views.brush import Tool  # noqa: E402
from fxdiffuse_gui.views.main_window import MainWindow  # noqa: E402
from fxdiffuse_gui.views.theme import apply_theme  # noqa: E402

# The stone at the lower right of the photo, as shares of its width and height.
STONE, RADII = (0.785, 0.915), (0.040, 0.052)


def main(arguments: list[str]) -> int:
    """Take the picture; returns the process's exit code."""
    out = Path(arguments[0]) if arguments else ROOT / "resources" / "manual" / "screenshot.jpg"
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("fxdiffuse")
    with tempfile.TemporaryDirectory() as folder:
        use_settings_folder(Path(folder))
        apply_theme(app)
        window = MainWindow(Session())
        window.resize(*SIZE)
        session = window.session
        session.photo_changed.connect(partial(edit, window))
        session.message.connect(tell)
        session.status_changed.connect(partial(shoot_when_done, window, out))
        window.show()
        session.start()
        session.open_photo(SAMPLES / "mountains.jpg")
        QTimer.singleShot(TIMEOUT_MS, lambda: app.exit(1))
        code = app.exec()
        session.undo_stack.setClean()
        window.close()
    return code


def tell(text: str) -> None:
    """Say what the program says."""
    print(text, file=sys.stderr)


def edit(window: MainWindow, photo: Photo) -> None:
    """Light grain, the colors of another sample, and a stone that goes."""
    session = window.session
    center = np.array(STONE) * (photo.width, photo.height)
    reach = np.array(RADII) * (photo.width, photo.height)
    left, top = (int(value) for value in center - reach)
    region = Region(left, top, int(2 * reach[0]), int(2 * reach[1]))
    rows, columns = np.mgrid[0 : region.height, 0 : region.width]
    inside = ((columns - reach[0]) / reach[0]) ** 2 + ((rows - reach[1]) / reach[1]) ** 2 <= 1
    session.set_seed(7)
    session.commit_stroke(region, inside.astype(np.uint8) * np.uint8(255))
    session.set_value(Task.GRAIN, 0.025)
    session.set_value(Task.COLOR, 0.8)
    window.brush.set_tool(Tool.BRUSH)
    session.load_reference(SAMPLES / "seeds.jpg")


def shoot_when_done(window: MainWindow, out: Path, status: Status) -> None:
    """Write the picture once the whole edit is computed and drawn."""
    state: EditState = window.session.state
    if status.kind == "error":
        QApplication.exit(1)
    elif status.kind == "final" and state.reference is not None:
        QTimer.singleShot(1000, lambda: QApplication.exit(shoot(window, out)))


def shoot(window: MainWindow, out: Path) -> int:
    """Write the window as the best JPEG that is small enough; returns the exit code."""
    picture = window.grab()
    for quality in range(95, 50, -5):
        data = encoded(picture, quality)
        if len(data) <= LARGEST_BYTES:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(data)
            print(f"{out}: {len(data) / 1000:.0f} kB, quality {quality}")
            return 0
    print(f"The picture does not fit into {LARGEST_BYTES} bytes.", file=sys.stderr)
    return 1


def encoded(picture: QPixmap, quality: int) -> bytes:
    """`picture` as a JPEG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPG", quality)
    return bytes(data.data())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
