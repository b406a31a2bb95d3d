"""A canvas with a photo, and a hand to draw on it with."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import MaskImage
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.mask_tools.brush import Brush

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
SIZE = (400, 300)


class Studio:
    """A canvas with a photo of 200 × 150 pixels at 1:1, its corner at `corner`."""

    def __init__(self, qtbot: QtBot, session: Session, path: Path) -> None:
        self.qtbot = qtbot
        self.session = session
        self.brush = Brush()
        self.canvas = Canvas(session, self.brush)
        qtbot.addWidget(self.canvas)
        self.canvas.resize(*SIZE)
        self.canvas.show()
        with qtbot.waitSignal(session.photo_changed):
            session.files.open_photo(path)
        self.brush.set_size(10)

    @property
    def corner(self) -> QPoint:
        return QPoint(int(self.canvas.view.x), int(self.canvas.view.y))

    def at(self, x: int, y: int) -> QPoint:
        """The canvas position of a photo pixel."""
        left, top = self.canvas.view.to_view(x + 0.5, y + 0.5)
        return QPoint(int(left), int(top))

    @property
    def mask(self) -> MaskImage:
        """The mask that there must be."""
        assert self.session.state.mask is not None
        return self.session.state.mask

    def drag(
        self,
        *points: QPoint,
        button: Qt.MouseButton = LEFT,
        modifier: Qt.KeyboardModifier = NONE,
        release: bool = True,
    ) -> None:
        self.qtbot.mousePress(self.canvas, button, modifier, points[0])
        for point in points[1:]:
            self.move(point, button)
        if release:
            self.qtbot.mouseRelease(self.canvas, button, NONE, points[-1])

    def move(self, point: QPoint, button: Qt.MouseButton) -> None:
        place = QPointF(point)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            self.canvas.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            button,
            NONE,
        )
        QApplication.sendEvent(self.canvas, event)

    def wheel(self, point: QPoint, turns: int) -> None:
        place = QPointF(point)
        event = QWheelEvent(
            place,
            self.canvas.mapToGlobal(place),
            QPoint(),
            QPoint(0, 120 * turns),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.canvas, event)

    def grab(self) -> QImage:
        return self.canvas.grab().toImage()

    def color(self, point: QPoint) -> tuple[int, int, int]:
        color = self.grab().pixelColor(point)
        return color.red(), color.green(), color.blue()

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """The photo's own color."""
        assert self.session.photo is not None
        red, green, blue = self.session.photo.original[y, x]
        return int(red), int(green), int(blue)
