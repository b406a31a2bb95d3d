"""`Stage`: the app as its user has it, hands that move in it, and patience until it has computed."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import use_settings_folder
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.style.theme import apply_theme

SIZE = (1280, 860)
PATIENCE_MS = 120_000
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Stage:
    """The window, with threads and the bundled model."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.session = window.session
        self.canvas = window.canvas
        self.on_move: Callable[[QWidget, QPoint], object] = lambda _widget, _place: None
        """Called for every place that the pointer comes to."""

    # --- patience ---------------------------------------------------------------------------------

    def wait(self, milliseconds: int) -> None:
        """Lets the program go on."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait_for(self, is_done: Callable[[], bool], what: str) -> None:
        """Waits until `is_done`. Raises TimeoutError, which names `what`."""
        for _ in range(PATIENCE_MS // 50):
            if is_done():
                return
            self.wait(50)
        raise TimeoutError(f"Waited in vain for {what}: {self.session.preview.status}")

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is computed."""
        return self.session.preview.status.kind in ("final", "idle")

    def settle(self) -> None:
        """Waits until all that is shown is computed, and what fades has faded."""
        self.wait(250)
        self.wait_for(lambda: self.is_settled, "the picture")
        self.wait(500)

    # --- hands --------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Opens a photo and waits for it; edits of the last one are given up."""
        self.session.history.mark_saved()
        self.session.files.open_photo(path)
        opened = path.absolute()
        self.wait_for(
            lambda: self.session.photo is not None and self.session.photo.path == opened, "the photo"
        )
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """Strikes a key in the window."""
        # A dialog that has just closed had the keys.
        self.window.activateWindow()
        self.wait_for(self.window.isActiveWindow, "the window to have the keys")
        QTest.keyClick(self.canvas, key, modifier)
        self.wait(50)

    def drag(self, widget: QWidget, *places: QPoint, key: Qt.KeyboardModifier = NO_KEY) -> None:
        """Presses at the first place, comes to the others and lets go."""
        with self.dragging(widget, *places, key=key):
            pass

    @contextmanager
    def dragging(
        self, widget: QWidget, *places: QPoint, key: Qt.KeyboardModifier = NO_KEY
    ) -> Generator[None]:
        """As `drag`, but lets go when the block is left."""
        self._come(widget, places[0])
        QTest.mousePress(widget, LEFT, key, places[0])
        for place in places[1:]:
            self._come(widget, place)
        yield
        QTest.mouseRelease(widget, LEFT, key, places[-1])

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Clicks a widget, in its middle unless told otherwise."""
        self.show(widget)
        place = widget.rect().center() if place is None else place
        self._come(widget, place)
        QTest.mouseClick(widget, LEFT, NO_KEY, place)
        self.wait(50)

    def move(self, widget: QWidget, place: QPoint) -> None:
        """Brings the pointer there."""
        self._come(widget, place)

    def _come(self, widget: QWidget, place: QPoint) -> None:
        QTest.mouseMove(widget, place)
        self.wait(15)
        self.on_move(widget, place)

    def drop(self, widget: QWidget, path: Path) -> None:
        """Drops a file there."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        place, copy = QPointF(widget.rect().center()), Qt.DropAction.CopyAction
        QApplication.sendEvent(widget, QDragEnterEvent(place.toPoint(), copy, data, LEFT, NO_KEY))
        QApplication.sendEvent(widget, QDropEvent(place, copy, data, LEFT, NO_KEY, QEvent.Type.Drop))

    def show(self, widget: QWidget) -> None:
        """Scrolls the panel until the widget can be seen."""
        for area in self.window.findChildren(QScrollArea):
            if area.isAncestorOf(widget):
                area.ensureWidgetVisible(widget, 0, 80)
                self.wait(50)

    def slide(self, task: Task, value: float) -> None:
        """Drags the slider of `task` from its handle to `value`."""
        slider = self.window.effects.cards[task].slider
        assert slider is not None
        self.show(slider)

        def at(wanted: float) -> QPoint:
            share = (wanted - slider.minimum()) / (slider.maximum() - slider.minimum())
            return QPoint(round(7 + share * (slider.width() - 14)), slider.height() // 2)

        start, end = at(slider.value()), at(value)
        steps = max(abs(end.x() - start.x()) // 6, 1)
        self.drag(slider, *(start + (end - start) * step / steps for step in range(steps + 1)))

    def place(self, across: float, down: float) -> QPoint:
        """Where on the canvas a place of the photo is, given in shares of its size."""
        photo = self.session.photo
        assert photo is not None
        x, y = self.canvas.view.to_view(across * photo.width, down * photo.height)
        return QPoint(round(x), round(y))

    # --- what is kept -------------------------------------------------------------------------------

    def grab(self, *widgets: QWidget, margin: int = 8, area: QRect | None = None) -> QPixmap:
        """The window, or what is around `widgets` in it, or `area` of the one widget."""
        if area is not None:
            (widget,) = widgets
            return widget.grab(area)
        picture = self.window.grab()
        if not widgets:
            return picture
        around = QRect()
        for widget in widgets:
            around = around.united(QRect(widget.mapTo(self.window, QPoint()), widget.size()))
        return picture.copy(around.adjusted(-margin, -margin, margin, margin) & self.window.rect())

    def in_dialog(
        self, kind: type[QDialog], begin: Callable[[], object], act: Callable[[QDialog], object]
    ) -> None:
        """Has `begin` open a dialog, does `act` in it while it is open, and leaves it by Esc."""
        left: list[QDialog] = []

        def look() -> None:
            found = _shown(kind)
            if found is None:
                QTimer.singleShot(50, look)
                return
            self.wait(600)
            act(found)
            QTest.keyClick(found, Qt.Key.Key_Escape)
            left.append(found)

        QTimer.singleShot(50, look)
        begin()
        self.wait_for(lambda: bool(left) and _shown(kind) is None, f"{kind.__name__} to come and go")


def _shown(kind: type[QDialog]) -> QDialog | None:
    tops = QApplication.topLevelWidgets()
    return next((one for one in tops if isinstance(one, kind) and one.isVisible()), None)


@contextmanager
def open_stage() -> Generator[Stage]:
    """The running app, its settings below XDG_CONFIG_HOME; it is closed when the block is left."""
    app = QApplication.instance() or QApplication(["fxdiffuse"])
    assert isinstance(app, QApplication)
    app.setApplicationDisplayName("fxdiffuse")
    use_settings_folder(Path(os.environ["XDG_CONFIG_HOME"]))
    apply_theme(app)
    window = MainWindow(Session())
    window.resize(*SIZE)
    window.show()
    window.session.start()
    try:
        yield Stage(window)
    finally:
        window.session.history.mark_saved()
        window.close()
