"""The theme's tokens and the icons."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import resources
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import app_icon, icon, pixmap
from fxdiffuse_gui.views.style.style_sheet import style_sheet

FOLDER = Path(resources.__file__).parent / "icons"
NAMES = sorted(
    path.stem for path in FOLDER.glob("*.svg") if not path.stem.startswith(("glyph", "light-glyph", "app"))
)


def test_theme_is_applied(qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.WINDOW)
    assert "$" not in qapp.styleSheet()


def test_a_color_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no MAUVE"):
        theme.MAUVE  # noqa: B018
    with pytest.raises(AttributeError):
        theme.IS_DARK  # noqa: B018


def test_missing_token_is_an_error() -> None:
    with pytest.raises(KeyError):
        style_sheet({})


def test_files_named_in_the_style_sheet_exist(qapp: QApplication) -> None:
    named = re.findall(r"url\(([^)]+)\)", qapp.styleSheet())
    assert named
    assert all(Path(path).is_file() for path in named)


def test_role_restyles_at_once(qtbot: QtBot) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.ensurePolished()
    theme.set_role(label, "error")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.BAD)
    theme.set_role(label, "caption")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.MUTED)


@pytest.mark.parametrize("name", NAMES)
def test_icons_are_lines_on_the_grid_and_draw_something(qapp: QApplication, name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text()
    assert 'viewBox="0 0 20 20"' in text
    assert "currentColor" in text
    assert not re.search(r"#[0-9a-f]{3}", text)
    image = pixmap(name, "#ff0000", 20, 2.0).toImage()
    assert image.size() == QSize(40, 40)
    inked = [
        image.pixelColor(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 250
    ]
    assert len(inked) > 20
    assert all(color.name() == "#ff0000" for color in inked)
    edge = [image.pixelColor(at, side).alpha() for at in range(40) for side in (0, 39)]
    assert max(edge) == 0


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_icons_are_drawn_at_the_size_of_the_screen(qapp: QApplication, ratio: float) -> None:
    drawn = icon("open").pixmap(QSize(20, 20), ratio)
    assert drawn.width() == round(20 * ratio)
    assert drawn.devicePixelRatio() == pytest.approx(ratio)


def test_icon_colors_follow_the_state(qapp: QApplication) -> None:
    def color_of(mode: QIcon.Mode, state: QIcon.State) -> str:
        image = icon("invert").pixmap(QSize(20, 20), mode, state).toImage()
        return image.pixelColor(13, 10).name()

    assert color_of(QIcon.Mode.Normal, QIcon.State.Off) == theme.TEXT
    assert color_of(QIcon.Mode.Disabled, QIcon.State.Off) == theme.DISABLED
    assert color_of(QIcon.Mode.Normal, QIcon.State.On) == theme.ACCENT_TEXT


def test_icons_outlive_their_maker(qapp: QApplication) -> None:
    import gc

    copies = [QIcon(icon(name)) for name in NAMES for _ in range(5)]
    gc.collect()
    assert all(not copy.pixmap(16, 16).isNull() for copy in copies)


def test_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError, match="no icon named 'nothing'"):
        icon("nothing")


def test_app_icon_has_every_usual_size(qapp: QApplication) -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 48, 128, 256}
