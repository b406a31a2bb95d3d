"""How long a segment of a brush stroke takes at 100 megapixels: `python -m tests.benchmarks.bench_brush`.

Sends mouse events to a canvas of 1000 × 700. Prints the median and longest time of a pointer move that paints
and of the repaint after it, and the time of the release, which adds the stroke to the history.
"""

import os
import statistics
import time

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.app.files.qimage import pyramid
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.mask_tools.brush import Brush, Tool

WIDTH, HEIGHT = 12_500, 8_000
SEGMENTS = 120
STEP = 7.0
"""Distance between two pointer events, canvas px."""
ZOOMS = {"fit": None, "1:1": 1.0}
TIPS = {
    "hard": (1.0, 1.0),
    "soft 50 %": (0.5, 1.0),
    "soft 90 %, opacity 60 %": (0.9, 0.6),
    "softest": (0.0, 1.0),
}


def main() -> None:
    """Prints one line per zoom, size and tip."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    session, brush = Session(), Brush()
    canvas = Canvas(session, brush)
    canvas.resize(1000, 700)
    canvas.show()
    _put_photo(session)
    brush.set_tool(Tool.BRUSH)
    app.processEvents()
    for zoom_name, zoom in ZOOMS.items():
        canvas.navigation.fit() if zoom is None else canvas.navigation.zoom_to(zoom)
        for size in (100, 480, 1000, 2000):
            for tip, (hardness, opacity) in TIPS.items():
                brush.set_size(size)
                brush.set_hardness(hardness)
                brush.set_opacity(opacity)
                line = _stroke(app, canvas)
                print(f"{zoom_name:4} {size:4} px {tip:24} {line}", flush=True)
    session.close()


def _put_photo(session: Session) -> None:
    original = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    session.history.photo = Photo(original, None, 8)
    session.levels = pyramid(original)
    session.photo_changed.emit(session.photo)


def _stroke(app: QApplication, canvas: Canvas) -> str:
    painting, showing = [], []
    place = QPointF(120.0, 350.0)
    _send(canvas, QEvent.Type.MouseButtonPress, place)
    app.processEvents()
    for number in range(SEGMENTS):
        place += QPointF(STEP * 0.8, STEP * 0.6 * (1 if number % 40 < 20 else -1))
        start = time.perf_counter()
        _send(canvas, QEvent.Type.MouseMove, place)
        middle = time.perf_counter()
        app.processEvents()
        painting.append((middle - start) * 1e3)
        showing.append((time.perf_counter() - middle) * 1e3)
    start = time.perf_counter()
    _send(canvas, QEvent.Type.MouseButtonRelease, place)
    app.processEvents()
    release = (time.perf_counter() - start) * 1e3
    return (
        f"paint {statistics.median(painting):5.2f} ms (longest {max(painting):5.1f}) · "
        f"show {statistics.median(showing):5.2f} ms (longest {max(showing):5.1f}) · release {release:4.0f} ms"
    )


def _send(canvas: Canvas, kind: QEvent.Type, place: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind is QEvent.Type.MouseMove else left
    held = none if kind is QEvent.Type.MouseButtonRelease else left
    event = QMouseEvent(kind, place, place, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


if __name__ == "__main__":
    main()
