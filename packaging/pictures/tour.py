"""The animation of the README: grain, inpainting, the colors of another picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.engine.conditions.tasks import Task
from pictures.files import Frame
from pictures.scenes import choose_tile, paint_stone
from pictures.stage import Stage

WIDTH = 800
_FRAME_MS = 90
_WAITING_FRAMES = 6
"""Frames that are kept of a wait, however long it is."""
_ARROW = ((0, 0), (0, 17), (4, 13.5), (6.6, 19.5), (9.4, 18.3), (6.9, 12.4), (12, 12))


class Film:
    """Frames of the window, with the pointer drawn into them."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._pointer = QPoint(stage.window.width() // 2, stage.window.height() // 2)
        self.frames: list[Frame] = []
        self._every, self._seen = 1, 0
        self.shows_pointer = True

    def follow(self, widget: QWidget, place: QPoint) -> None:
        """Moves the pointer; takes a frame at every n-th position, see `every`."""
        self._pointer = widget.mapTo(self._stage.window, place)
        self._seen += 1
        if self._seen % self._every == 0:
            self.take()

    def every(self, places: int) -> None:
        """From now on, `follow` takes one frame per `places` positions."""
        self._every, self._seen = places, 0

    def travel(self, widget: QWidget, place: QPoint, steps: int = 6) -> None:
        """Moves the pointer there, slower at both ends."""
        start, end = self._pointer, widget.mapTo(self._stage.window, place)
        for step in range(1, steps + 1):
            share = step / steps
            eased = share * share * (3 - 2 * share)
            self._pointer = start + (end - start) * eased
            self.take()

    def take(self, milliseconds: int = _FRAME_MS) -> None:
        """Takes one frame of the window."""
        self.frames.append(Frame(self._picture(), milliseconds))

    def wait_for_result(self) -> None:
        """Takes a few frames while the picture is computed."""
        seen = [self._picture()]
        self._stage.wait(250)
        while not self._stage.is_settled:
            seen.append(self._picture())
            self._stage.wait(100)
        self._stage.settle()
        kept = min(_WAITING_FRAMES, len(seen))
        self.frames += [Frame(seen[number * len(seen) // kept], 110) for number in range(kept)]

    def _picture(self) -> QImage:
        image = self._stage.window.grab().toImage()
        if self.shows_pointer:
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor("black"), 1.5))
            painter.setBrush(QColor("white"))
            size = 1.4
            painter.drawPolygon(
                QPolygonF([QPointF(self._pointer) + QPointF(x * size, y * size) for x, y in _ARROW])
            )
            painter.end()
        return image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)


def take_tour(stage: Stage) -> list[Frame]:
    """Drives the app, in which a photo has just been opened, and returns the frames."""
    # More room for the photo.
    for name in ("scopes", "history"):
        stage.window.docks[name].toggleViewAction().trigger()
    stage.settle()
    film = Film(stage)
    film.take(500)
    slider = stage.window.effects.cards[Task.GRAIN].slider
    assert slider is not None
    stage.show(slider)
    film.travel(slider, QPoint(round(7 + (slider.width() - 14) * 0.44), slider.height() // 2))
    stage.on_move = film.follow
    film.every(2)
    stage.slide(Task.GRAIN, 0.085)
    film.wait_for_result()
    film.take(600)

    stage.on_move = lambda _widget, _place: None
    stage.key(Qt.Key.Key_B)
    path = paint_stone(stage)
    film.travel(stage.canvas, path[0])
    # The outline of the brush replaces the pointer.
    film.shows_pointer = False
    stage.on_move = film.follow
    film.every(4)
    stage.drag(stage.canvas, *path)
    film.wait_for_result()
    film.take(600)

    stage.on_move = lambda _widget, _place: None
    film.shows_pointer = True
    stage.key(Qt.Key.Key_V)
    tile = next(one for one in stage.window.effects.reference_picker.tiles if one.path.stem == "seeds")
    stage.show(tile)
    film.travel(tile, QPoint(10, tile.height() - 10))
    film.take(250)
    choose_tile(stage, "seeds")
    film.wait_for_result()
    film.take(1300)
    return film.frames
