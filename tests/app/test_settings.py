"""What outlasts the session."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from fxdiffuse_gui.app.settings import RECENT_LIMIT, WindowSettings, use_settings_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    use_settings_folder(tmp_path / "settings")
    return tmp_path


def files(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.png" for number in range(count)]
    for path in paths:
        path.touch()
    return paths


def test_settings_lie_in_the_folder_as_text(folder: Path) -> None:
    WindowSettings().set_layout("geometry", QByteArray(b"abc"))
    QSettings().sync()
    assert (folder / "settings" / "fxdiffuse" / "fxdiffuse.ini").is_file()
    assert WindowSettings().layout("geometry") == QByteArray(b"abc")
    assert WindowSettings().layout("docks") is None


def test_recent_photos_newest_first_each_once(folder: Path) -> None:
    first, second, third = files(folder, 3)
    for path in (first, second, third, second):
        WindowSettings().add_recent(path)
    assert WindowSettings().recent == [second, third, first]


def test_a_single_recent_photo_survives(folder: Path) -> None:
    (path,) = files(folder, 1)
    WindowSettings().add_recent(path)
    QSettings().sync()
    assert WindowSettings().recent == [path]


def test_recent_photos_are_few_and_exist(folder: Path) -> None:
    paths = files(folder, RECENT_LIMIT + 5)
    for path in paths:
        WindowSettings().add_recent(path)
    assert len(WindowSettings().recent) == RECENT_LIMIT
    paths[-1].unlink()
    assert paths[-1] not in WindowSettings().recent
    WindowSettings().clear_recent()
    assert WindowSettings().recent == []


@pytest.mark.parametrize("stored", [7, {"a": 1}, [1, 2]])
def test_what_somebody_else_wrote_counts_as_missing(folder: Path, stored: object) -> None:
    QSettings().setValue("recent", stored)
    QSettings().setValue("window/geometry", stored)
    assert WindowSettings().recent == [] and WindowSettings().layout("geometry") is None
