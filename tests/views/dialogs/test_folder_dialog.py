"""The dialog that edits a folder: by real clicks, with an engine that has no model."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import presets_folder
from fxdiffuse_gui.batch.job import JobError
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.document.presets import Preset, PresetFolder
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog
from fxdiffuse_gui.views.dialogs.folder_form import FolderForm
from fxdiffuse_gui.views.dialogs.folder_progress import FolderProgress, summary_text
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.widgets.mime_input import MimeInput
from tests.command_engine import CommandEngine
from tests.photo.photo_files import load, random_samples, save

LEFT = Qt.MouseButton.LeftButton


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


def type_folder(qtbot: QtBot, dialog: FolderDialog, folder: Path) -> None:
    dialog.form.folder.selectAll()
    qtbot.keyClicks(dialog.form.folder, str(folder))
    dialog.form.folder.editingFinished.emit()


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def finished(qtbot: QtBot, dialog: FolderDialog, button: QPushButton | None = None) -> Summary:
    with qtbot.waitSignal(dialog.run.finished, timeout=5000) as blocker:
        click(qtbot, button or dialog.start)
    return blocker.args[0]


def test_a_folder_is_edited_with_the_current_settings(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, commands: CommandEngine
) -> None:
    assert dialog.form.edit_summary.text() == "Film grain 0.050 px · seed 0"
    assert not dialog.show_folder.isVisible() and not dialog.progress.isVisible()
    qtbot.mouseClick(dialog.form.recursive, LEFT, pos=dialog.form.recursive.rect().center() / 4)
    dialog.form.recursive.setChecked(True)
    qtbot.waitUntil(lambda: dialog.form.count.text() == "3 photos")
    assert finished(qtbot, dialog) == Summary(3, 3)
    out = photos.parent / "photos edited"
    assert (out / "trip/c.png").exists() and read_receipt(out / "a.jpg").condition["grain"] == 0.05
    np.testing.assert_array_equal(load(out / "b.png"), np.rint(load(photos / "b.png") / 2))
    assert dialog.progress.text.text() == "Done: 3 written." and dialog.progress.bar.value() == 1000
    assert finished(qtbot, dialog) == Summary(3, 0, 3)
    assert dialog.progress.text.text() == "Done: 0 written, 3 done before."
    assert len(commands.conditions) == 3


def test_a_dropped_folder_is_offered_to_be_edited(qtbot: QtBot, window: MainWindow, photos: Path) -> None:
    before = window.session.photo
    assert window.documents.open_incoming(MimeInput([photos], None))
    dialog = window.documents.folder_dialog
    assert dialog is not None and dialog.isVisible()
    assert dialog.form.folders == (photos, photos.with_name("photos edited"))
    qtbot.waitUntil(lambda: dialog.form.count.text() == "2 photos")
    assert window.session.photo is before


def test_a_folder_dropped_while_another_is_edited_changes_nothing(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, commands: CommandEngine, window: MainWindow
) -> None:
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    dialog.close()
    window.documents.open_incoming(MimeInput([photos / "trip"], None))
    assert dialog.isVisible() and dialog.form.folders[0] == photos
    commands.held = False


def test_cancel_and_go_on(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, commands: CommandEngine, window: MainWindow
) -> None:
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    qtbot.waitUntil(lambda: dialog.progress.text.text() == "1 of 2 · a.jpg")
    assert dialog.stop.isVisible() and not dialog.start.isVisible() and not dialog.form.isEnabled()
    # The window can be used meanwhile.
    window.session.settings.set_value(Task.SHARPEN, 2.0)
    window.session.settings.set_enabled(Task.SHARPEN, True)
    qtbot.waitUntil(lambda: window.session.preview.status.kind == "final", timeout=3000)
    # What is told is the edit that is being made, and the folder can be looked into.
    assert (
        dialog.form.edit_summary.text() == "Film grain 0.050 px · seed 0" and dialog.show_folder.isVisible()
    )
    assert finished(qtbot, dialog, dialog.stop) == Summary(2, stopped=True)
    assert dialog.progress.text.text() == "Stopped: 0 written, 2 left. Start goes on from here."
    assert (
        dialog.start.isVisible()
        and dialog.form.isEnabled()
        and not list((photos.parent / "photos edited").iterdir())
    )
    commands.held = False
    assert dialog.form.edit_summary.text() == "Sharpen 2.00 λ · Film grain 0.050 px · seed 0"
    window.session.settings.reroll_grain()
    grain = window.session.state.grain_seed
    assert dialog.form.edit_summary.text().endswith(f" · Film grain 0.050 px · seed 0 · grain seed {grain}")
    window.session.history.undo_stack.undo()
    assert finished(qtbot, dialog) == Summary(2, 2)


def test_failures_are_listed_and_can_be_copied(
    qtbot: QtBot, dialog: FolderDialog, photos: Path, window: MainWindow
) -> None:
    (photos / "broken.jpg").write_bytes(b"no photo")
    (photos.parent / "photos edited").mkdir()
    (photos.parent / "photos edited/b.png").write_text("mine")
    assert len(finished(qtbot, dialog).failures) == 2
    assert dialog.progress.text.text() == "Done: 1 written, 2 failed."
    assert dialog.progress.failures_title.text() == "2 photos failed"
    lines = dialog.progress.failures.toPlainText().splitlines()
    assert lines[0].startswith("b.png: b.png is there already") and "--" not in lines[0]
    assert lines[1].startswith("broken.jpg: broken.jpg is not a picture")
    click(qtbot, dialog.progress.copy)
    assert QGuiApplication.clipboard().text().splitlines() == lines
    (photos / "broken.jpg").unlink()
    click(qtbot, dialog.form.existing.button(1))  # type: ignore[arg-type]
    assert finished(qtbot, dialog) == Summary(2, 1, 1)
    assert not dialog.progress.failures.isVisible() and not dialog.progress.copy.isVisible()


def test_presets_formats_and_folders(
    qtbot: QtBot,
    dialog: FolderDialog,
    photos: Path,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "results"))
    PresetFolder(presets_folder()).save(Preset.of(window.session.state, "My own"))
    dialog.hide()
    window.actions_by_name["folder"].trigger()
    names = [dialog.form.edit.itemText(number) for number in range(dialog.form.edit.count())]
    assert names[:2] == ["Current settings", "Fine film"] and names[-1] == "My own"
    dialog.form.edit.setFocus()
    qtbot.keyClick(dialog.form.edit, Qt.Key.Key_Down)
    assert dialog.form.edit_summary.text() == "Sharpen 0.40 λ · Film grain 0.025 px · seed 0"
    choose = dialog.form.output.parentWidget().findChild(QPushButton)
    click(qtbot, choose)
    assert dialog.form.output.text() == str(tmp_path / "results")
    assert dialog.form.choices.quality.isVisible()
    tiff = dialog.form.choices.formats.button(2)
    click(qtbot, tiff)  # type: ignore[arg-type]
    assert not dialog.form.choices.quality.isVisible()
    click(qtbot, dialog.form.choices.depths.button(16))  # type: ignore[arg-type]
    assert finished(qtbot, dialog) == Summary(2, 2)
    assert load(tmp_path / "results/a.tif").dtype == np.uint16
    assert read_receipt(tmp_path / "results/a.tif").condition == {"seed": 0, "sharpen": 0.4, "grain": 0.025}
    click(qtbot, dialog.show_folder)
    assert shown == [str(tmp_path / "results")]
    again = FolderDialog(window.session)
    qtbot.addWidget(again)
    assert again.form.folders == (photos, tmp_path / "results")
    assert again.form.choices.file_format == "tiff" and again.form.choices.options.bit_depth == 16


@pytest.mark.parametrize(
    ("folder", "output", "reason"),
    [
        ("", "", "Choose the folder of the photos first."),
        ("gone", "", "The folder of the photos is not there"),
        ("photos", "photos", "The results would replace the photos"),
        ("photos", "photos/a.jpg", "should go to is a file"),
    ],
)
def test_what_cannot_be_is_told_in_place(
    qtbot: QtBot, dialog: FolderDialog, tmp_path: Path, folder: str, output: str, reason: str
) -> None:
    dialog.form.folder.setText(str(tmp_path / folder) if folder else "")
    dialog.form.output.setText(str(tmp_path / output) if output else "")
    dialog.form.folder.editingFinished.emit()
    click(qtbot, dialog.start)
    assert dialog.error.isVisible() and reason in dialog.error.text() and not dialog.run.is_running


def test_colors_without_a_picture_are_not_left_out_silently(
    qtbot: QtBot, dialog: FolderDialog, window: MainWindow
) -> None:
    state = window.session.state
    settings = replace(Preset.of(state, "Colors").settings, enabled=frozenset({Task.COLOR}))
    PresetFolder(presets_folder()).save(Preset("Colors", settings, None))
    dialog.form.fill_presets()
    dialog.form.edit.setCurrentText("Colors")
    click(qtbot, dialog.start)
    assert dialog.error.text() == dialog.form.edit_summary.text()
    assert dialog.error.text().startswith("“Colors” takes the colors of a picture")


def test_hidden_it_goes_on_and_tells_the_end(
    qtbot: QtBot, dialog: FolderDialog, window: MainWindow, commands: CommandEngine
) -> None:
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and dialog.run.is_running
    told: list[str] = []
    dialog.message.connect(told.append)
    with qtbot.waitSignal(dialog.run.finished):
        commands.held = False
    assert told == ["Done: 2 written."]
    window.actions_by_name["folder"].trigger()
    assert dialog.isVisible() and dialog.progress.text.text() == told[0]


@pytest.mark.parametrize("agrees", [True, False])
def test_quitting_asks_and_stops(
    qtbot: QtBot,
    dialog: FolderDialog,
    window: MainWindow,
    commands: CommandEngine,
    monkeypatch: pytest.MonkeyPatch,
    agrees: bool,
) -> None:
    asked: list[str] = []

    def answer(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Yes if agrees else QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", answer)
    commands.held = True
    click(qtbot, dialog.start)
    qtbot.waitUntil(commands.begun.is_set)
    assert window.close() == agrees
    assert len(asked) == 1 and "still being edited" in asked[0]
    assert dialog.run._thread.is_running != agrees
    if not agrees:
        commands.held = False
        with qtbot.waitSignal(dialog.run.finished):
            pass


def test_the_time_left_is_told_when_it_is_long(qtbot: QtBot) -> None:
    progress = FolderProgress()
    qtbot.addWidget(progress)
    progress.show_photo(3, 12, "dog.jpg")
    progress.show_progress(0.25, 75.0)
    assert (progress.bar.value(), progress.text.text()) == (250, "3 of 12 · dog.jpg")
    assert progress.left.text() == "1 min 15 s left"
    progress.show_waiting(True)
    assert progress.left.text() == "waits for the picture in the window"
    progress.show_progress(0.99, 1.0)
    assert progress.left.text() == ""


def test_results_go_beside_the_photos(qtbot: QtBot, session: Session) -> None:
    dialog = FolderDialog(session)
    qtbot.addWidget(dialog)
    for folder, output in (("/x/y", "/x/y edited"), ("/", "/edited")):
        dialog.form.folder.setText(folder)
        assert dialog.form.folders == (Path(folder), Path(output))


def test_summaries() -> None:
    assert summary_text(Summary(5, 2, 1, (("a", JobError("b")),), stopped=True)) == (
        "Stopped: 2 written, 1 done before, 1 failed, 1 left. Start goes on from here."
    )
    assert summary_text(Summary(problem=Message("No."))) == "No."


def test_broken_settings_are_ignored(qtbot: QtBot, session: Session) -> None:
    for key in ("format", "depth", "quality", "recursive", "replace"):
        QSettings().setValue(f"folder/{key}", "rubbish")
    dialog = FolderDialog(session)
    qtbot.addWidget(dialog)
    assert dialog.form.choices.file_format == "" and not dialog.form.recursive.isChecked()
    assert dialog.form.existing.checkedId() == 0 and dialog.form.choices.options.keep_metadata


def test_the_color_space_is_chosen_and_remembered(
    qtbot: QtBot, dialog: FolderDialog, window: MainWindow, photos: Path
) -> None:
    colors = dialog.form.colors
    # Among the photos may be JPEGs, which are compressed anew.
    assert colors.space is ColorSpace.KEEP and colors.note.text() == "Every photo keeps its profile."
    formats = dialog.form.choices.formats
    qtbot.mouseClick(formats.button(1), LEFT)
    assert "stay bit for bit" in colors.note.text()
    qtbot.mouseClick(formats.button(0), LEFT)
    assert "bit for bit" not in colors.note.text()
    dialog.form.choices.choose("")
    qtbot.mouseClick(colors.buttons[ColorSpace.P3], LEFT)
    assert "Display P3" in colors.note.text()
    assert finished(qtbot, dialog) == Summary(2, 2)
    out = photos.parent / "photos edited"
    assert read_receipt(out / "b.png").color_space == "p3"
    assert FolderForm(window.session, QSettings()).colors.space is ColorSpace.P3
    # The same in another space is another result.
    qtbot.mouseClick(colors.buttons[ColorSpace.SRGB], LEFT)
    assert len(finished(qtbot, dialog).failures) == 2


def test_no_folder_is_begun_before_the_model_is_known(
    dialog: FolderDialog, window: MainWindow, photos: Path
) -> None:
    """The bundled model would make it, whatever the artist has chosen."""
    window.session.models.is_loading = True
    dialog.begin()
    assert "still being loaded" in dialog.error.text() and not dialog.run.is_running
    window.session.models.is_loading = False
    dialog.begin()
    assert dialog.run.is_running


def test_the_count_is_that_of_the_job(qtbot: QtBot, dialog: FolderDialog) -> None:
    dialog.form.show_count(7, None)
    assert finished(qtbot, dialog).count == 2
    assert dialog.form.count.text() == "2 photos"
