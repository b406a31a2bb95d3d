"""Shows a photo at 100 % on a screen of many pixels and checks the pixels: run as a process of its own.

`python -m tests.views.scaled_window PHOTO FOLDER` with QT_SCALE_FACTOR set prints one JSON object.
"""

import json
import math
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from fxdiffuse_gui.app.files.qimage import Samples, from_qimage
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import use_settings_folder
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.style.theme import apply_theme
from tests.conftest import FakeEngine

BUTTON, MODIFIER = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
REACH = 20


def main(photo: Path, folder: Path) -> None:
    """Opens the window and prints what was found."""
    use_settings_folder(folder)
    app = QApplication([])
    apply_theme(app)
    session = Session(FakeEngine())
    window = MainWindow(session)
    window.resize(1101, 803)
    window.show()
    session.start()
    session.files.open_photo(photo)
    while session.photo is None:
        run(10)
    window.canvas.navigation.zoom_to(1.0)
    own = session.photo.original
    found: dict[str, object] = {"ratio": window.devicePixelRatioF()}
    found["photo"] = [differing(window, own, way) for way in ((0, 0), (-7, -5), (13, 1))]
    session.settings.set_value(Task.GRAIN, 0.05)
    while session.preview.status.kind != "final":
        run(20)
    found["edit"] = [differing(window, 255 - own, way) for way in ((0, 0), (3, 3))]
    found["lens"] = in_lens(window, own)
    button = next(one for one in window.findChildren(QToolButton) if not one.icon().isNull())
    found["icon"] = button.icon().pixmap(button.iconSize(), window.devicePixelRatioF()).width()
    print(json.dumps(found))
    session.history.undo_stack.setClean()
    session.close()


def run(milliseconds: int) -> None:
    """Lets the program go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def shown(window: MainWindow) -> Samples:
    """The window as it is on the screen, in the screen's pixels."""
    return from_qimage(window.grab().toImage())[0]


def differing(window: MainWindow, expected: Samples, way: tuple[int, int]) -> float:
    """Share of the photo's pixels in view that are not on the screen as they are; moved by `way` before."""
    canvas, view = window.canvas, window.canvas.view
    view.pan(*way)
    canvas.navigation.zoom_to(1.0)
    run(200)
    while window.session.preview.status.kind not in ("idle", "final"):
        run(20)
    ratio, corner, visible = canvas.devicePixelRatioF(), canvas.mapTo(window, QPoint()), view.visible()
    assert visible is not None
    # Whole pixels, and none that the canvas shows in part or the chip lies over.
    x, y, width, height = visible.x + 2, visible.y + 2, visible.width - 4, visible.height - 100
    left, top = (corner.x() + view.x) * ratio + x, (corner.y() + view.y) * ratio + y
    picture = shown(window)
    return min(
        share_of_others(picture[row : row + height, column : column + width], expected[y:, x:])
        for row in nearest(top)
        for column in nearest(left)
    )


def nearest(place: float) -> set[int]:
    """The screen pixel at `place`; at half of one, either of the two."""
    return {math.floor(place + 0.49), math.floor(place + 0.51)}


def in_lens(window: MainWindow, expected: Samples) -> float:
    """As `differing`, around the pointer, where the loupe shows the original from far at 100 %."""
    canvas = window.canvas
    canvas.navigation.zoom_to(0.4)
    canvas.modes.set_loupe(True)
    canvas.modes.set_comparing(True)
    place = QPointF(canvas.width() // 2, canvas.height() // 2)
    moved = QMouseEvent(QEvent.Type.MouseMove, place, canvas.mapToGlobal(place), BUTTON, BUTTON, MODIFIER)
    QApplication.sendEvent(canvas, moved)
    ratio, corner = canvas.devicePixelRatioF(), canvas.mapTo(window, QPoint()).toPointF() + place
    column, row = int(corner.x() * ratio) - REACH, int(corner.y() * ratio) - REACH
    picture = shown(window)[row : row + 2 * REACH, column : column + 2 * REACH]
    x, y = (int(value) - REACH for value in canvas.view.to_photo(place.x(), place.y()))
    # Within a pixel: what lies exactly under the pointer is between pixels.
    ways = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return min(share_of_others(picture, expected[y + dy :, x + dx :]) for dx, dy in ways)


def share_of_others(picture: Samples, expected: Samples) -> float:
    """Share of the pixels of `picture` that are not those of the upper left part of `expected`."""
    height, width = picture.shape[:2]
    return float((picture != expected[:height, :width]).any(axis=-1).mean())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
