"""The pictures in the menu of presets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.preset_thumbnails import SIDE
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import presets_folder
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.presets import Preset, PresetFolder, bundled_presets
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.preset_menu import PresetMenu
from fxdiffuse_gui.views.style import theme


@pytest.fixture
def menu(qtbot: QtBot, live_session: Session, engine: Any, photo_file: Callable[..., Path]) -> PresetMenu:
    engine.shows_proxy = True
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(300, 200))
    grainy = EditState(enabled=frozenset({Task.GRAIN}))
    PresetFolder(presets_folder()).save(Preset.of(grainy, "Mine"))
    menu = PresetMenu(live_session)
    qtbot.addWidget(menu)
    return menu


def pictured(menu: PresetMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.icon().isNull()]


def is_plate(action: QAction) -> bool:
    image = action.icon().pixmap(SIDE, SIDE).toImage()
    return (
        image.pixelColor(0, 0).name() == theme.FIELD and image.pixelColor(SIDE - 1, 0).name() == theme.FIELD
    )


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_preset_gets_its_picture(qtbot: QtBot, menu: PresetMenu, live_session: Session) -> None:
    menu.popup(menu.pos())
    names = [action.text() for action in pictured(menu)]
    assert names == [*(one.name for one in bundled_presets()), "Mine"]
    qtbot.waitUntil(lambda: not any(is_plate(action) for action in pictured(menu)))
    first = menu.actions()[0]
    assert "without the model" in first.text() and not first.isEnabled()
    # No picture is larger than it was meant to be, and the rows are not either.
    assert menu.actionGeometry(pictured(menu)[0]).height() < SIDE + 20
    menu.close()
    menu.popup(menu.pos())
    assert not any(is_plate(action) for action in pictured(menu))
    pictured(menu)[-1].trigger()
    assert live_session.state.enabled == {Task.GRAIN}
    menu.close()


def test_without_a_photo_there_are_none(qtbot: QtBot, session: Session) -> None:
    menu = PresetMenu(session)
    qtbot.addWidget(menu)
    menu.aboutToShow.emit()
    assert pictured(menu) == [] and menu.actions()[0].text() == bundled_presets()[0].name
