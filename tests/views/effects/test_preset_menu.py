"""The presets menu and the clipboard, as they are used."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import presets_folder
from fxdiffuse_gui.document.presets import bundled_presets, read_preset
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.effects.preset_menu import MIME_TYPE, PresetMenu
from fxdiffuse_gui.views.main_window import MainWindow

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def menu(qtbot: QtBot, session: Session) -> PresetMenu:
    menu = PresetMenu(session)
    qtbot.addWidget(menu)
    return menu


@pytest.fixture
def told(menu: PresetMenu) -> list[str]:
    texts: list[str] = []
    menu.message.connect(texts.append)
    return texts


def entry(menu: QMenu, *texts: str) -> QAction:
    """The entry below `texts`, after the menu has been opened."""
    menu.aboutToShow.emit()
    found = next(one for one in menu.actions() if one.text().replace("&", "") == texts[0].replace("&", ""))
    if len(texts) == 1:
        return found
    submenu = found.menu()
    assert isinstance(submenu, QMenu)
    return next(one for one in submenu.actions() if one.text() == texts[1])


def save_as(menu: PresetMenu, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (name, True))
    entry(menu, "Save settings as preset…").trigger()


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    asked: list[str] = []

    def question(*arguments: Any) -> QMessageBox.StandardButton:
        asked.append(arguments[2])
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def test_a_bundled_preset_is_applied(menu: PresetMenu, session: Session) -> None:
    preset = bundled_presets()[1]
    entry(menu, preset.name).trigger()
    assert session.state.enabled == preset.settings.enabled
    assert dict(session.state.values) == dict(preset.settings.values)


def test_settings_are_saved_applied_and_deleted(
    menu: PresetMenu, session: Session, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session.settings.set_value(Task.GRAIN, 0.033)
    save_as(menu, monkeypatch, "Salt && pepper")
    assert "Salt && pepper" in told[0]
    session.settings.reset_all()
    entry(menu, "Salt &&&& pepper").trigger()
    assert session.state.values[Task.GRAIN] == 0.033 and Task.GRAIN in session.state.enabled
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    entry(menu, "Delete", "Salt &&&& pepper").trigger()
    assert "Salt" in asked[0] and len(list(presets_folder().iterdir())) == 1
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    entry(menu, "Delete", "Salt &&&& pepper").trigger()
    assert list(presets_folder().iterdir()) == []
    assert not entry(menu, "Delete").isEnabled()


def test_a_preset_is_not_replaced_unasked(
    menu: PresetMenu, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(menu, monkeypatch, "Mine")
    session.settings.set_value(Task.GRAIN, 0.09)
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    save_as(menu, monkeypatch, "Mine")
    (file,) = presets_folder().iterdir()
    assert len(asked) == 1 and read_preset(file).settings.values[Task.GRAIN] != 0.09
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    save_as(menu, monkeypatch, "Mine")
    assert read_preset(file).settings.values[Task.GRAIN] == 0.09


def test_without_a_name_nothing_is_saved(
    menu: PresetMenu, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(menu, monkeypatch, "  ")
    assert told == ["A preset needs a name."] and not presets_folder().exists()


def test_presets_are_exchanged(
    menu: PresetMenu, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(menu, monkeypatch, "Mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    entry(menu, "Export", "Mine").trigger()
    assert read_preset(tmp_path / "out.json").name == "Mine"
    # The file dialog has not seen that there is one of this name: it was typed without its end.
    (tmp_path / "out.json").write_text("other")
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    entry(menu, "Export", "Mine").trigger()
    assert asked == ["out.json exists already. Replace it?"]
    assert (tmp_path / "out.json").read_text() == "other"
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    entry(menu, "Export", "Mine").trigger()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "out.json"), ""))
    entry(menu, "Import…").trigger()
    assert "Mine 2" in told[-1] and len(list(presets_folder().iterdir())) == 2
    (tmp_path / "out.json").write_text("{")
    entry(menu, "Import…").trigger()
    assert "out.json is no fxdiffuse preset" in told[-1] and len(list(presets_folder().iterdir())) == 2


def test_settings_go_from_one_photo_to_another_by_the_keys(window: MainWindow, session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.041)
    session.settings.set_blur_angle(70)
    look = (dict(session.state.values), session.state.enabled, session.state.blur_angle)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_C, CTRL_SHIFT)
    assert "copied" in window.toast.text
    session.settings.reset_all()
    seed = session.state.seed
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_V, CTRL_SHIFT)
    assert (dict(session.state.values), session.state.enabled, session.state.blur_angle) == look
    assert session.state.seed == seed and session.history.undo_stack.undoText() == "Paste settings"


@pytest.mark.parametrize("kind", ["nothing", "text", "hostile", "huge"])
def test_anything_else_on_the_clipboard_changes_nothing(
    window: MainWindow, session: Session, kind: str
) -> None:
    mime = QMimeData()
    match kind:
        case "text":
            mime.setText("hello")
        case "hostile":
            mime.setData(MIME_TYPE, b'{"format": "fxdiffuse preset", "version": 1, "values": {"grain": NaN}}')
        case "huge":
            mime.setData(MIME_TYPE, b"[" * 1_000_000)
        case _:
            pass
    QGuiApplication.clipboard().setMimeData(mime)
    steps, state = session.history.undo_stack.count(), session.state
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_V, CTRL_SHIFT)
    assert "no settings on the clipboard" in window.toast.text
    assert session.state is state and session.history.undo_stack.count() == steps


def test_settings_can_be_pasted_as_text(window: MainWindow, session: Session) -> None:
    session.settings.set_value(Task.GRAIN, 0.041)
    window.presets.copy_settings()
    text = QGuiApplication.clipboard().text()
    session.settings.reset_all()
    mime = QMimeData()
    mime.setText(text)
    QGuiApplication.clipboard().setMimeData(mime)
    window.presets.paste_settings()
    assert session.state.values[Task.GRAIN] == 0.041
