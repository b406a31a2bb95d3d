"""The screenshots, taken one after the other in one session of the app."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog
from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog
from fxdiffuse_gui.views.reference.match_dialog import MatchDialog
from fxdiffuse_gui.views.scopes.scope_plots import HISTOGRAM, PARADE, WAVEFORM
from pictures.layout import in_a_row, in_rows, scaled
from pictures.stage import CTRL, SHIFT, Stage

Keep = Callable[[str, QPixmap | QImage], object]
Key = Qt.Key

STONE = (0.785, 0.915)
"""The stone at the lower right of the mountains, as fractions of the photo's size."""


def take_stills(stage: Stage, photos: Path, keep: Keep) -> None:
    """Passes every screenshot to `keep`, with its name. photos: a folder with copies of the samples."""
    stage.open(photos / "mountains.jpg")
    _window(stage, keep)
    _scopes(stage, keep)
    _color(stage, keep)
    _variants(stage, keep)
    _match(stage, photos, keep)
    _export(stage, keep)
    _folder(stage, photos, keep)
    stage.open(photos / "mountains.jpg")
    _grain(stage, keep)
    stage.open(photos / "red-bowl.jpg")
    _blur(stage, keep)


def paint_stone(stage: Stage) -> list[QPoint]:
    """The points of a brush stroke over the stone."""
    center, reach = stage.place(*STONE), stage.place(STONE[0] + 0.03, STONE[1]).x() - stage.place(*STONE).x()
    zigzag = [(-0.9, 0.7), (-0.5, -0.6), (-0.2, 0.6), (0.15, -0.7), (0.5, 0.6), (0.9, -0.1), (0.2, 0.1)]
    corners = [center + QPoint(round(x * reach), round(y * reach)) for x, y in zigzag]
    steps = 5
    return [
        start + (end - start) * step / steps for start, end in pairwise(corners) for step in range(steps)
    ] + [corners[-1]]


def choose_tile(stage: Stage, stem: str) -> None:
    """Clicks the sample `stem` in the library of references, and waits for it."""
    tile = next(one for one in stage.window.effects.reference_picker.tiles if one.path.stem == stem)
    stage.click(tile, QPoint(8, tile.height() - 8))
    stage.wait_for(lambda: stage.session.state.reference is not None, "the reference")


def _window(stage: Stage, keep: Keep) -> None:
    """Also takes the picture of the mask."""
    stage.session.settings.set_seed(7)
    stage.key(Key.Key_B)
    inpaint = stage.window.effects.cards[Task.INPAINT]
    with stage.dragging(stage.canvas, *paint_stone(stage)):
        stage.wait(100)
        corner = QRect(stage.place(0.4, 0.5), stage.place(1, 1))
        keep("mask.jpg", in_a_row(stage.canvas.grab(corner), stage.grab(inpaint)))
    stage.settle()
    stage.slide(Task.GRAIN, 0.025)
    choose_tile(stage, "seeds")
    stage.slide(Task.COLOR, 0.8)
    stage.key(Key.Key_V)
    stage.settle()
    keep("screenshot.jpg", scaled(stage.grab(), 1200))


def _scopes(stage: Stage, keep: Keep) -> None:
    scopes = stage.window.scopes
    shots: list[QPixmap] = []
    for kind in (HISTOGRAM, WAVEFORM, PARADE):
        stage.click(scopes.switch.buttons[kind])
        stage.wait(500)
        shots.append(scopes.grab())
    stage.click(scopes.switch.buttons[HISTOGRAM])
    keep("scopes.jpg", in_a_row(*shots))


def _color(stage: Stage, keep: Keep) -> None:
    card = stage.window.effects.cards[Task.COLOR]
    stage.show(card)
    stage.key(Key.Key_Y)
    stage.settle()
    keep("color.jpg", in_a_row(_photo(stage, 420), stage.grab(card)))
    stage.key(Key.Key_Y)


def _variants(stage: Stage, keep: Keep) -> None:
    """One effect weaker and stronger; without the empty rows of the canvas."""
    stage.slide(Task.COLOR, 0.5)
    stage.settle()
    stage.key(Key.Key_V, SHIFT)
    view = stage.window.variants.view
    assert view is not None
    choice = view.bar.choice
    while not choice.currentText().startswith("Color"):
        QTest.keyClick(choice, Key.Key_Down)
        stage.wait(50)
    stage.wait_for(
        lambda: all(one.has_picture and not one.accessibleDescription() for one in view.cells), "the variants"
    )
    stage.wait(300)
    cell = view.cells[0].geometry()
    middle, half = cell.center().y(), round(cell.width() * 0.4)
    pictures = stage.canvas.grab(QRect(0, middle - half, stage.canvas.width(), 2 * half))
    captions = stage.canvas.grab(QRect(0, cell.bottom() - 36, stage.canvas.width(), 36))
    keep("variants.jpg", in_rows(view.bar.grab(), pictures, captions))
    stage.key(Key.Key_Escape)
    stage.settle()


def _match(stage: Stage, photos: Path, keep: Keep) -> None:
    """Matches a lossless photo to which grain was added."""
    film, written = photos / "film.png", list[Path]()
    stage.session.files.exported.connect(written.append)
    stage.session.files.export(film, ExportOptions())
    stage.wait_for(lambda: bool(written), "the export")
    stage.session.files.exported.disconnect(written.append)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MatchDialog)
        stage.drop(dialog.zone, film)
        stage.wait_for(dialog.apply_button.isEnabled, "the look")
        stage.wait(300)
        keep("match.jpg", dialog.grab())

    stage.in_dialog(MatchDialog, lambda: stage.key(Key.Key_M, CTRL | SHIFT), look)


def _export(stage: Stage, keep: Keep) -> None:
    stage.in_dialog(
        ExportDialog, lambda: stage.key(Key.Key_E, CTRL), lambda dialog: keep("export.jpg", dialog.grab())
    )


def _folder(stage: Stage, photos: Path, keep: Keep) -> None:
    def look(dialog: QDialog) -> None:
        stage.wait(600)
        keep("folder.jpg", dialog.grab())

    stage.in_dialog(FolderDialog, lambda: stage.key(Key.Key_E, CTRL | SHIFT), look)


def _grain(stage: Stage, keep: Keep) -> None:
    """Grain at 200 %, its card with the measured strength, and the loupe."""
    stage.slide(Task.GRAIN, 0.075)
    stage.settle()
    place = stage.place(0.42, 0.36)
    stage.move(stage.canvas, place)
    QTest.keyPress(stage.canvas, Key.Key_Z)
    stage.settle()
    around = QRect(place - QPoint(250, 170), QSize(560, 360))
    keep("loupe.jpg", stage.canvas.grab(around & QRect(stage.place(0, 0), stage.place(1, 1))))
    QTest.keyRelease(stage.canvas, Key.Key_Z)
    stage.key(Key.Key_2, CTRL)
    stage.drag(stage.canvas, QPoint(400, 200), QPoint(320, 400), QPoint(240, 600))
    stage.key(Key.Key_Y)
    stage.settle()
    card = stage.window.effects.cards[Task.GRAIN]
    measured = card.measured
    assert measured is not None
    stage.wait_for(measured.isVisible, "the measured grain")
    middle = stage.canvas.rect().center()
    keep("grain.jpg", stage.canvas.grab(QRect(middle - QPoint(320, 180), QSize(640, 360))))
    stage.show(card)
    keep("card.jpg", stage.grab(card))
    stage.key(Key.Key_Y)
    stage.key(Key.Key_F)


def _blur(stage: Stage, keep: Keep) -> None:
    stage.key(Key.Key_Y)
    stage.slide(Task.BLUR, 24)
    dial = stage.window.effects.blur_direction.dial
    stage.show(stage.window.effects.cards[Task.BLUR])
    middle = dial.rect().center()
    stage.drag(dial, middle + QPoint(20, 0), middle + QPoint(19, -6), middle + QPoint(17, -10))
    stage.settle()
    keep(
        "blur.jpg",
        in_a_row(_photo(stage, 420), stage.grab(stage.window.effects.cards[Task.BLUR])),
    )
    stage.key(Key.Key_Y)


def _photo(stage: Stage, width: int) -> QPixmap:
    """The photo as fitted into the canvas, without the area around it."""
    return scaled(stage.canvas.grab(QRect(stage.place(0, 0), stage.place(1, 1))), width)
