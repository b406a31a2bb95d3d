"""The models dialog, by mouse and keys, with files as they come."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.models.known_models import KnownModels
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.checkpoint import save_model
from fxdiffuse_gui.engine.model_card import ModelCard, bundled_model
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.views.dialogs.models_dialog import ModelsDialog
from fxdiffuse_gui.views.main_window import MainWindow
from tests.engine.tiny import random_denoiser, tiny_config

LEFT = Qt.MouseButton.LeftButton


def rows(dialog: ModelsDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def states(dialog: ModelsDialog) -> list[str]:
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    return [dialog.list.item(row).data(role) for row in range(dialog.list.count())]


def choose_file(monkeypatch: pytest.MonkeyPatch, dialog: ModelsDialog, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(dialog.open_button, LEFT)


def click_row(dialog: ModelsDialog, row: int) -> None:
    place = dialog.list.visualItemRect(dialog.list.item(row)).center()
    QTest.mouseClick(dialog.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def test_the_bundled_model_shows_its_card(dialog: ModelsDialog) -> None:
    assert rows(dialog) == ["Bundled model"]
    assert dialog.page.bytes.text() == "23.6 MB" and dialog.page.parameters.text() == "5,886,473"
    text = dialog.page.card.toPlainText()
    assert text.startswith("The default model") and "160 photographs" in text and "Known weaknesses" in text
    assert not dialog.use_button.isEnabled() and not dialog.remove_button.isEnabled()


def test_the_hash_is_copied(dialog: ModelsDialog) -> None:
    QTest.mouseClick(dialog.page.copy, LEFT)
    text = QGuiApplication.clipboard().text()
    assert len(text) == 64 and text == dialog.page.digest.text()
    assert "clipboard" in dialog.page.note.text()


def test_another_model_is_added_and_used(
    qtbot: QtBot, dialog: ModelsDialog, engine: Any, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, dialog, sound)
    assert rows(dialog) == ["Bundled model", "portraits.safetensors"]
    qtbot.waitUntil(dialog.use_button.isEnabled)
    assert [one.path for one in KnownModels().all] == [sound]
    text = dialog.page.card.toPlainText()
    assert "finish" in text and "412 × CC0 <b>bold</b> <img src='http://example.org/a.png'>" in text
    QTest.mouseClick(dialog.use_button, LEFT)
    qtbot.waitUntil(lambda: states(dialog) == ["", "In use"])
    assert engine.loads[-1] == sound and KnownModels().chosen == sound
    assert not dialog.remove_button.isEnabled()
    click_row(dialog, 0)
    qtbot.waitUntil(dialog.use_button.isEnabled)
    QTest.mouseClick(dialog.use_button, LEFT)
    qtbot.waitUntil(lambda: states(dialog) == ["In use", ""])
    assert engine.loads[-1] is None and KnownModels().chosen is None


def test_a_model_tells_how_well_it_does_if_it_was_exported_with_that(
    qtbot: QtBot, dialog: ModelsDialog, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = tmp_path / "measured.safetensors"
    quality = {"crops": 19, "psnr": {"blur": 61.52}, "grain": 1.004}
    save_model(measured, random_denoiser(tiny_config()), ModelCard("finish", data={"quality": quality}))
    for path, told in ((measured, True), (sound, False)):
        choose_file(monkeypatch, dialog, path)
        qtbot.waitUntil(
            lambda path=path: dialog.page.name.text() == path.name and dialog.page.bytes.isVisible()
        )
        text = dialog.page.card.toPlainText()
        assert ("61.5 dB" in text and "1.004 ×" in text and "person who exported the model" in text) == told
        assert ("does not say how well" in text) != told


@pytest.mark.parametrize("content", [b"", b"\x80\x04pickled", b"\xff" * 100])
def test_what_is_no_model_is_refused_and_not_remembered(
    qtbot: QtBot, dialog: ModelsDialog, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(content)
    choose_file(monkeypatch, dialog, bad)
    qtbot.waitUntil(dialog.page.problem.isVisible)
    assert dialog.page.problem.text() == "bad.safetensors is not a safetensors model file."
    assert not dialog.use_button.isEnabled() and KnownModels().all == ()
    QTest.mouseClick(dialog.remove_button, LEFT)
    assert rows(dialog) == ["Bundled model"]


def test_a_missing_file_is_said_and_can_be_removed(
    qtbot: QtBot, window: MainWindow, sound: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.safetensors"
    shutil.copy(sound, gone)
    KnownModels().add(gone, "d" * 64)
    dialog = window.models.show_dialog()
    gone.unlink()
    click_row(dialog, 1)
    assert (
        dialog.page.problem.text() == f"The file {gone} is missing; put it back or remove it from the list."
    )
    assert not dialog.use_button.isEnabled()
    QTest.mouseClick(dialog.remove_button, LEFT)
    assert rows(dialog) == ["Bundled model"] and KnownModels().all == ()


def test_the_bundled_file_is_no_second_entry(dialog: ModelsDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_file(monkeypatch, dialog, bundled_model())
    assert rows(dialog) == ["Bundled model"]


def test_an_engine_that_refuses_says_why_in_the_dialog(
    qtbot: QtBot, dialog: ModelsDialog, engine: Any, sound: Path
) -> None:
    del engine.models[sound]
    dialog.add_file(sound)
    qtbot.waitUntil(dialog.use_button.isEnabled)
    QTest.mouseClick(dialog.use_button, LEFT)
    qtbot.waitUntil(lambda: dialog.page.note.text() == f"{sound} is not a model.")
    assert states(dialog) == ["In use", ""]
    qtbot.waitUntil(dialog.use_button.isEnabled)


def test_models_wait_for_an_export(
    qtbot: QtBot,
    dialog: ModelsDialog,
    live_session: Session,
    engine: Any,
    sound: Path,
    photo_file: Any,
    tmp_path: Path,
) -> None:
    from fxdiffuse_gui.engine.conditions.tasks import Task

    dialog.add_file(sound)
    qtbot.waitUntil(dialog.use_button.isEnabled)
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file())
    live_session.settings.set_value(Task.GRAIN, 0.05)
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "final")
    engine.held = True
    live_session.files.export(tmp_path / "out.png", ExportOptions())
    enabled = dialog.use_button.isEnabled()
    # Before anything is asserted: a window with an export would ask whether it may close.
    engine.held = False
    with qtbot.waitSignal(live_session.files.exported):
        engine.step(100)
    assert not enabled
    qtbot.waitUntil(dialog.use_button.isEnabled)


def test_opened_again_it_looks_anew(
    qtbot: QtBot, dialog: ModelsDialog, window: MainWindow, sound: Path
) -> None:
    dialog.add_file(sound)
    qtbot.waitUntil(dialog.use_button.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    again = window.models.show_dialog()
    assert again is dialog and rows(again) == ["Bundled model", "portraits.safetensors"]
    qtbot.waitUntil(lambda: again.page.card.toPlainText().startswith("The default model"))


def answer(window: MainWindow, name: str) -> list[str]:
    """Clicks the button `name` of the question that comes; what it asked."""
    asked: list[str] = []

    def click() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, click)
            return
        asked.append(box.text())
        (button,) = [one for one in box.findChildren(QPushButton) if one.text().replace("&", "") == name]
        QTest.mouseClick(button, LEFT)

    QTimer.singleShot(20, click)
    return asked


def test_the_model_of_a_project_is_offered(
    qtbot: QtBot, window: MainWindow, engine: Any, sound: Path
) -> None:
    qtbot.waitUntil(lambda: window.session.models.digest is not None)
    asked = answer(window, "Keep the model in use")
    window.session.models.offered.emit(sound)
    assert asked == ["This project was made with portraits.safetensors, another model than is in use."]
    assert engine.loads == [None]
    answer(window, "Use that model")
    window.session.models.offered.emit(sound)
    qtbot.waitUntil(lambda: window.session.models.path == sound)


def test_the_dialog_can_be_used_by_the_keys(dialog: ModelsDialog) -> None:
    dialog.activateWindow()
    widgets: list[QWidget] = [dialog.list, dialog.open_button, dialog.page.copy]
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in widgets)
    assert dialog.list.accessibleName() and dialog.page.copy.accessibleName()
