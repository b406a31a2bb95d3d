"""The reference library: favorites, files that are gone, other photos."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.photo.image import Photo
from fxdiffuse_gui.views.reference.reference_library import (
    FAVORITE_LIMIT,
    RecentReferences,
    sample_references,
)
from fxdiffuse_gui.views.reference.reference_picker import ReferencePicker
from fxdiffuse_gui.views.reference.reference_tile import SIDE, ReferenceTile

LEFT = Qt.MouseButton.LeftButton
STAR, MIDDLE = QPoint(SIDE - 9, 9), QPoint(SIDE // 2, SIDE // 2)


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The paths that the session is asked to read; its reading thread does not run here."""
    paths: list[Path] = []
    monkeypatch.setattr(session.files, "load_reference", paths.append)
    return paths


@pytest.fixture
def used(tmp_path: Path) -> list[Path]:
    """Three pictures that were used, the newest first."""
    paths: list[Path] = []
    for number in range(3):
        path = tmp_path / f"{number}.png"
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(QColor(60 * number, 120, 40))
        assert image.save(str(path))
        RecentReferences().add(path)
        paths.insert(0, path)
    return paths


@pytest.fixture
def picker(qtbot: QtBot, session: Session, asked: list[Path], used: list[Path]) -> ReferencePicker:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session) -> ReferencePicker:
    picker = ReferencePicker(session)
    qtbot.addWidget(picker)
    picker.resize(300, picker.sizeHint().height())
    with qtbot.waitExposed(picker):
        picker.show()
    return picker


def paths(picker: ReferencePicker) -> list[Path]:
    return [tile.path for tile in picker.tiles]


def tile(picker: ReferencePicker, path: Path) -> ReferenceTile:
    return next(tile for tile in picker.tiles if tile.path == path)


def chosen(owner: ReferenceTile, text: str) -> None:
    """Takes an entry of the tile's menu."""
    menu = owner.context_menu()
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_star_keeps_a_picture_first_over_restarts(
    qtbot: QtBot, picker: ReferencePicker, session: Session, used: list[Path], asked: list[Path]
) -> None:
    samples = sample_references()
    assert paths(picker) == [*used, *samples]
    qtbot.mouseClick(tile(picker, used[2]), LEFT, pos=STAR)
    assert asked == []
    assert paths(picker) == [used[2], used[0], used[1], *samples]
    qtbot.keyClick(tile(picker, samples[1]), Qt.Key.Key_Asterisk)
    first = [used[2], samples[1]]
    assert paths(picker)[:2] == first and len(picker.tiles) == 3 + len(samples)
    RecentReferences().add(used[1])
    again = shown(qtbot, Session(session))
    assert paths(again)[:3] == [*first, used[1]]
    assert [one.entry.favorite for one in again.tiles[:3]] == [True, True, False]
    chosen(tile(again, used[2]), "No favorite any more")
    assert paths(again)[:2] == [samples[1], used[2]]


def test_a_star_is_drawn(qtbot: QtBot, picker: ReferencePicker, used: list[Path]) -> None:
    def corner() -> QColor:
        return tile(picker, used[0]).grab().toImage().pixelColor(STAR + QPoint(0, 1))

    qtbot.waitUntil(lambda: tile(picker, used[0])._picture is not None, timeout=5000)
    before = corner()
    chosen(tile(picker, used[0]), "Keep as a favorite")
    assert corner() != before


def test_favorites_are_never_crowded_out(tmp_path: Path) -> None:
    library = RecentReferences()
    many = [tmp_path / f"{number}.png" for number in range(FAVORITE_LIMIT + 2)]
    library.set_favorite(many[0], True)
    for path in many[1:]:
        library.add(path)
    assert library.entries(11)[0].path == many[0] and len(library.entries(11)) == 11
    for path in many:
        library.set_favorite(path, True)
    assert [entry.path for entry in library.entries(11)] == many[2:]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_picture_is_taken_off_the_list(
    qtbot: QtBot, picker: ReferencePicker, used: list[Path], by_key: bool
) -> None:
    chosen(tile(picker, used[1]), "Keep as a favorite")
    if by_key:
        qtbot.keyClick(tile(picker, used[1]), Qt.Key.Key_Delete)
        qtbot.keyClick(tile(picker, sample_references()[0]), Qt.Key.Key_Delete)
    else:
        chosen(tile(picker, used[1]), "Remove from this list")
    assert paths(picker) == [used[0], used[2], *sample_references()]
    sample = tile(picker, sample_references()[0]).context_menu()
    assert [action.text() for action in sample.actions()] == ["Keep as a favorite"]


def test_a_file_that_is_gone_says_so_and_can_be_looked_for(
    qtbot: QtBot,
    session: Session,
    asked: list[Path],
    used: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    RecentReferences().set_favorite(used[1], True)
    moved = tmp_path / "elsewhere.png"
    used[1].rename(moved)
    picker = shown(qtbot, session)
    missing = picker.tiles[0]
    assert missing.path == used[1] and missing.accessibleName() == "1.png is missing"
    assert "no longer in" in missing.toolTip()
    qtbot.mouseClick(missing, LEFT, pos=MIDDLE)
    assert asked == [] and picker.error.isVisible()
    assert picker.error.text().startswith(f"1.png is no longer in {tmp_path};")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    chosen(missing, "Look for it…")
    assert asked == [moved] and paths(picker)[0] == moved and picker.tiles[0].entry.favorite
    assert not picker.error.isVisible()
    # One that vanishes while it is on offer is noticed when it is wanted.
    used[0].unlink()
    qtbot.mouseClick(tile(picker, used[0]), LEFT, pos=MIDDLE)
    assert asked == [moved] and tile(picker, used[0]).entry.missing


def reference(name: str, value: float) -> Reference:
    return Reference(name, None, np.full((90, 120, 3), value, np.float32), f"digest {value}")


def labels(picker: ReferencePicker) -> list[str]:
    picker.menu.fill()
    return [action.text() for action in picker.menu.actions() if not action.isSeparator()]


def test_other_photos_are_offered_with_thumbnails(
    qtbot: QtBot,
    picker: ReferencePicker,
    session: Session,
    used: list[Path],
    asked: list[Path],
    tmp_path: Path,
) -> None:
    assert labels(picker) == ["No other photo was opened yet"]
    assert not picker.menu.actions()[0].isEnabled()
    named = used[1].rename(tmp_path / "salt & pepper.png")
    project = tmp_path / "mine.fxd"
    project.touch()
    for path in (used[0], named, project, used[2]):
        WindowSettings().add_recent(path)
    session.history.photo = Photo(np.zeros((4, 4, 3), np.uint8), None, 8, path=used[2])
    assert labels(picker) == ["Photos opened last", "salt && pepper.png", used[0].name]
    action = picker.menu.actions()[1]

    def middle() -> QColor:
        return action.icon().pixmap(32, 32).toImage().pixelColor(16, 16)

    qtbot.waitUntil(lambda: middle().alpha() == 255, timeout=5000)
    assert middle() == QColor(60, 120, 40)
    action.trigger()
    assert asked == [named]


def test_references_of_the_project_are_offered(picker: ReferencePicker, session: Session) -> None:
    for one in (reference("dusk", 0.2), reference("dawn", 0.6), reference("dusk", 0.2)):
        session.settings.set_reference(one)
        session.snapshots.take()
    session.settings.set_reference(reference("dawn", 0.6))
    assert labels(picker) == ["In this project", "dusk"]
    action = picker.menu.actions()[1]
    assert action.icon().pixmap(32, 32).toImage().pixelColor(16, 16) == QColor(51, 51, 51)
    action.trigger()
    assert session.state.reference is not None and session.state.reference.name == "dusk"
    assert labels(picker) == ["In this project", "dawn"]
