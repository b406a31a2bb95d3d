"""The reference picker: dropping, choosing, remembering, the palette."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.reference.palette_strip import main_colors
from fxdiffuse_gui.views.reference.reference_library import (
    RecentReferences,
    read_thumbnail,
    sample_references,
)
from fxdiffuse_gui.views.reference.reference_picker import ReferencePicker

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The paths that the session is asked to read; its reading thread does not run here."""
    paths: list[Path] = []
    monkeypatch.setattr(session.files, "load_reference", paths.append)
    return paths


@pytest.fixture
def picker(qtbot: QtBot, session: Session, asked: list[Path]) -> ReferencePicker:
    picker = ReferencePicker(session)
    qtbot.addWidget(picker)
    picker.resize(300, picker.sizeHint().height())
    with qtbot.waitExposed(picker):
        picker.show()
    return picker


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "sunset.png"
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#d07030"))
    assert image.save(str(path))
    return path


def plain(color: str = "#d07030", path: Path | None = None) -> Reference:
    pixels = np.empty((6, 8, 3), np.float32)
    pixels[:] = QColor(color).getRgbF()[:3]
    return Reference(path.name if path else "picture", path, pixels, color)


def drop(picker: ReferencePicker, data: QMimeData) -> None:
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), action, data, LEFT, none)
    QApplication.sendEvent(picker.zone, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(picker.zone, QDropEvent(QPointF(20, 20), action, data, LEFT, none))


def test_empty_zone_says_what_to_do(picker: ReferencePicker) -> None:
    assert picker.zone.accessibleName() == "Drop a picture here, or choose one"
    assert not picker.zone.clear_button.isVisible()
    assert not picker.palette_strip.isVisible()


def test_dropped_file_is_asked_for(picker: ReferencePicker, asked: list[Path], picture: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    drop(picker, data)
    assert asked == [picture]


def test_dropped_picture_becomes_the_reference(picker: ReferencePicker, session: Session) -> None:
    image = QImage(5, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    data = QMimeData()
    data.setImageData(image)
    drop(picker, data)
    reference = session.state.reference
    assert reference is not None
    assert reference.pixels.shape == (4, 5, 3)
    assert reference.pixels[0, 0].tolist() == [1.0, 0.0, 0.0]
    assert Task.COLOR in session.state.enabled


def test_click_and_return_key_choose_a_file(
    qtbot: QtBot,
    picker: ReferencePicker,
    asked: list[Path],
    picture: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    qtbot.mouseClick(picker.zone, LEFT)
    picker.zone.setFocus()
    qtbot.keyClick(picker.zone, Qt.Key.Key_Return)
    assert asked == [picture, picture]


def test_reference_shows_with_palette_and_can_be_removed(
    qtbot: QtBot, picker: ReferencePicker, session: Session
) -> None:
    session.settings.set_reference(plain())
    assert picker.zone.clear_button.isVisible()
    assert picker.palette_strip.isVisible()
    assert "#d07030" in picker.palette_strip.accessibleDescription()
    qtbot.mouseClick(picker.zone.clear_button, LEFT)
    assert session.state.reference is None
    assert not picker.palette_strip.isVisible()


def test_reading_error_is_one_sentence_in_place(
    picker: ReferencePicker, session: Session, tmp_path: Path
) -> None:
    session.message.emit("Something else.")
    assert not picker.error.isVisible()
    picker.load(tmp_path / "gone.jpg")
    session.files.reference_failed.emit("gone.jpg does not exist.")
    assert picker.error.isVisible()
    assert picker.error.text() == "gone.jpg does not exist."
    session.settings.set_reference(plain())
    assert not picker.error.isVisible()
    session.files.reference_failed.emit("gone.jpg does not exist.")
    session.photo_changed.emit(None)
    assert not picker.error.isVisible()


def is_warm(image: QImage) -> bool:
    """Whether anything is drawn in the accent, which is an orange among grays."""
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(color.red() - color.blue() for color in colors) > 50


def test_an_effect_that_waits_for_a_picture_says_so(picker: ReferencePicker, session: Session) -> None:
    picker.zone.clearFocus()
    picker.zone.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    at_rest = picker.zone.grab().toImage()
    session.settings.set_enabled(Task.COLOR, True)
    wanted = picker.zone.grab().toImage()
    assert not is_warm(at_rest) and is_warm(wanted)
    session.settings.set_enabled(Task.COLOR, False)
    assert picker.zone.grab().toImage() == at_rest


def test_a_file_name_is_no_markup(picker: ReferencePicker, session: Session, tmp_path: Path) -> None:
    session.settings.set_reference(plain(path=tmp_path / "a <b>bold & co.png"))
    assert picker.zone.toolTip().startswith("a &lt;b&gt;bold &amp; co.png<br>")
    session.files.reference_failed.emit("a <b>bold & co.png does not exist.")
    assert picker.error.textFormat() is Qt.TextFormat.PlainText


def test_recent_references_outlast_the_program(
    qtbot: QtBot, picker: ReferencePicker, session: Session, picture: Path
) -> None:
    session.settings.set_reference(plain(path=picture))
    assert picker.tiles[0].path == picture
    again = ReferencePicker(Session(session))
    qtbot.addWidget(again)
    assert again.tiles[0].path == picture
    picture.unlink()
    assert RecentReferences().paths == []


def test_recent_references_are_few_and_without_doubles(tmp_path: Path) -> None:
    recent = RecentReferences()
    paths = [tmp_path / f"{number}.png" for number in range(20)]
    for path in [*paths, paths[15]]:
        path.touch()
        recent.add(path)
    assert len(recent.paths) == 12
    assert recent.paths[:3] == [paths[15], paths[19], paths[18]]
    recent.remove(paths[15])
    assert recent.paths[0] == paths[19]
    for sample in sample_references():
        recent.add(sample)
    assert recent.paths[0] == paths[19]


def test_samples_are_offered_and_a_click_uses_one(
    qtbot: QtBot, picker: ReferencePicker, asked: list[Path]
) -> None:
    assert [tile.path for tile in picker.tiles] == sample_references()
    qtbot.mouseClick(picker.tiles[1], LEFT)
    assert asked == [sample_references()[1]]
    qtbot.waitUntil(lambda: all(tile._picture is not None for tile in picker.tiles), timeout=5000)


def test_thumbnail_of_what_is_no_picture_is_empty(tmp_path: Path) -> None:
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    assert read_thumbnail(text, 40).isNull()
    assert read_thumbnail(tmp_path / "gone.jpg", 40).isNull()


def halves(left: str, right: str) -> FloatImage:
    pixels = np.empty((50, 100, 3), np.float32)
    pixels[:, :25] = QColor(left).getRgbF()[:3]
    pixels[:, 25:] = QColor(right).getRgbF()[:3]
    return pixels


def test_main_colors_of_two_colors() -> None:
    colors = main_colors(halves("#103070", "#e0d0a0"))
    assert [color.name() for color, _ in colors] == ["#103070", "#e0d0a0"]
    assert [share for _, share in colors] == pytest.approx([0.25, 0.75], abs=0.02)


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1)])
def test_main_colors_of_the_smallest_pictures(shape: tuple[int, int]) -> None:
    colors = main_colors(np.full((*shape, 3), 0.5, np.float32))
    assert len(colors) == 1
    assert colors[0][1] == pytest.approx(1.0)


def test_main_colors_are_the_same_every_time() -> None:
    pixels = np.random.default_rng(3).random((90, 120, 3)).astype(np.float32)
    assert main_colors(pixels) == main_colors(pixels)
