"""What the form of the folder dialog can do, refuses and stores."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton
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
from tests.photo.photo_files import load
from tests.views.dialogs.folder.folder_input import LEFT, click, finished


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
