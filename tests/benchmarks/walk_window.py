"""For `value_walk`: the window without a screen, and what a user does in it. Works before and after the
move."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import walk_recorder


@dataclass(frozen=True)
class Part:
    """What the engine yields."""

    box: tuple[int, int, int, int]
    image: Any
    number: int = 1
    of: int = 1
    progress: float = 1.0


class Engine:
    """Inverts the photo, at once."""

    sampling = edit_cost = made_with = None
    """The last is the name of the first in version 0.1.0."""

    def load(self, model: Path | None = None) -> None:
        """There is none."""

    def forget(self) -> None:
        """Nothing is kept."""

    def edit(self, picture: Any, condition: Any, *, region: Any = None, **_: Any) -> Iterator[Part]:
        """All of `region` in one part."""
        walk_recorder.door("engine/", condition)
        box = region or picture.box
        yield Part(box, (1 - picture.read(box)).astype(np.float32))

    def proxy_preview(self, picture: Any, condition: Any, _: Any) -> Any:
        """The photo, a little darker."""
        walk_recorder.door("engine/", condition)
        return picture * np.float32(0.9)

    stand_in = proxy_preview  # its name before the move

    def measure(self, *_: Any) -> dict[Any, float]:
        """Nothing is measured."""
        return {}


class Window:
    """The window with a photo, and what a user does in it."""

    def __init__(self, folder: Path) -> None:
        import cv2
        from PySide6.QtTest import QTest

        from fxdiffuse_gui.app.session import Session
        from fxdiffuse_gui.app.settings import use_settings_folder
        from fxdiffuse_gui.views.main_window import MainWindow

        use_settings_folder(folder)
        self.test = QTest
        rng = np.random.default_rng(1)
        self.reference = folder / "reference.png"
        photo = folder / "photo.png"
        cv2.imwrite(str(photo), rng.integers(0, 256, (150, 200, 3), np.uint8))
        cv2.imwrite(str(self.reference), rng.integers(0, 256, (37, 41, 3), np.uint8))
        session: Any = Session(Engine())  # type: ignore[arg-type]  # as much of it as is used
        self.session = session
        self.window: Any = MainWindow(session)
        self.window.show()
        session.start()
        # Before the move the session had all these itself.
        self.preview, self.history = (getattr(session, name, session) for name in ("preview", "history"))
        getattr(session, "files", session).open_photo(photo)
        self.wait(lambda: session.photo is not None)
        self.settings()["switch"].click()
        self.settle()

    def wait(self, done: Callable[[], bool]) -> None:
        """Until `done`, for ten seconds at most."""
        for _ in range(1000):
            self.test.qWait(10)
            if done():
                return
        raise TimeoutError(self.preview.status)

    def settle(self) -> None:
        """Until the final result is on the canvas, and nothing follows."""
        self.test.qWait(600)
        self.wait(lambda: self.preview.status.kind == "final")
        self.window.canvas.repaint()
        self.test.qWait(300)

    def settings(self) -> dict[str, Any]:
        """The widgets of the grain's card."""
        cards = self.window.effects.cards
        card = next(card for task, card in cards.items() if task.value == "grain")
        return {"slider": card.slider, "switch": card.switch}

    def drag_grain(self) -> None:
        """Drags the slider by its handle."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        slider = self.settings()["slider"]
        start = QPointF(slider._handle().center())
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        steps = (
            (QEvent.Type.MouseButtonPress, start, left, left),
            (QEvent.Type.MouseMove, start + QPointF(37, 0), none, left),
            (QEvent.Type.MouseButtonRelease, start + QPointF(37, 0), left, none),
        )
        for kind, place, button, held in steps:
            modifier = Qt.KeyboardModifier.NoModifier
            event = QMouseEvent(kind, place, slider.mapToGlobal(place), button, held, modifier)
            QApplication.sendEvent(slider, event)
            self.test.qWait(200)

    def type_seed(self) -> None:
        """Types another seed."""
        from PySide6.QtCore import Qt

        field = self.window.seed_bar.field
        field.setFocus()
        field.selectAll()
        self.test.keyClicks(field, "424242")
        self.test.keyClick(field, Qt.Key.Key_Return)

    def paint_mask(self) -> None:
        """Paints a stroke."""
        from PySide6.QtCore import QPoint, Qt

        canvas, brush = self.window.canvas, self.window.brush
        brush.set_tool(type(brush.tool)("brush"))
        left = Qt.MouseButton.LeftButton
        middle = canvas.rect().center()
        self.test.mousePress(canvas, left, Qt.KeyboardModifier.NoModifier, middle)
        self.test.mouseMove(canvas, middle + QPoint(30, 0))
        self.test.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, middle + QPoint(30, 0))

    def drop_reference(self) -> None:
        """Drops a file on the place for references."""
        from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
        from PySide6.QtGui import QDragEnterEvent, QDropEvent
        from PySide6.QtWidgets import QApplication

        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.reference))])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        zone, copy = self.window.effects.reference_picker.zone, Qt.DropAction.CopyAction
        QApplication.sendEvent(zone, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
        QApplication.sendEvent(zone, QDropEvent(QPointF(5, 5), copy, data, left, none))
        self.wait(lambda: self.session.state.reference is not None)
