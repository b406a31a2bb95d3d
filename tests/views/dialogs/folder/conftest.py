"""The dialog that edits a folder, with an engine that has no model."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog
from fxdiffuse_gui.views.main_window import MainWindow
from tests.command_engine import CommandEngine
from tests.photo.photo_files import random_samples, save
from tests.views.dialogs.folder.folder_input import type_folder


@pytest.fixture(autouse=True)
def commands(monkeypatch: pytest.MonkeyPatch) -> CommandEngine:
    return CommandEngine.installed(monkeypatch)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Three photos, one of them in a folder inside."""
    folder = tmp_path / "photos"
    (folder / "trip").mkdir(parents=True)
    save(folder / "a.jpg", random_samples(16, 24))
    save(folder / "b.png", random_samples(10, 12, np.uint16))
    save(folder / "trip/c.png", random_samples(8, 8))
    return folder


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> MainWindow:
    """The window with a photo and film grain."""
    window = MainWindow(live_session)

    def quiet(_: object) -> None:
        """Nothing is asked when the test is over."""
        live_session.history.mark_saved()
        if window.documents.folder_dialog is not None:
            window.documents.folder_dialog.run.close()

    qtbot.addWidget(window, before_close_func=quiet)
    window.resize(1100, 700)
    window.show()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05)
    live_session.settings.set_enabled(Task.GRAIN, True)
    live_session.settings.set_seed(0)
    live_session.history.undo_stack.setClean()
    return window


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, photos: Path) -> FolderDialog:
    """Opened from the menu, with the folder of the photos typed in."""
    window.actions_by_name["folder"].trigger()
    dialog = window.documents.folder_dialog
    assert dialog is not None
    with qtbot.waitExposed(dialog):
        dialog.show()
    type_folder(qtbot, dialog, photos)
    qtbot.waitUntil(lambda: dialog.form.count.text() == "2 photos")
    return dialog
