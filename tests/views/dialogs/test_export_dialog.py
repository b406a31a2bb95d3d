"""The export dialog: formats, remembered choices, replacing, errors."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.photo.color.color_space import ColorSpace, icc_profile_of
from fxdiffuse_gui.photo.image import Metadata, Photo
from fxdiffuse_gui.photo.writer import ExportOptions
from fxdiffuse_gui.views.dialogs import export_dialog
from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog

LEFT = Qt.MouseButton.LeftButton
JPEG, PNG, TIFF, WEBP, AVIF = range(5)
Exports = list[tuple[Path, ExportOptions]]


@pytest.fixture
def exports(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exports:
    """What the session is asked to write, with a photo in it."""
    original = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
    session.history.photo = Photo(original, None, 8, None, Metadata(), tmp_path / "dog.png")
    written: Exports = []
    monkeypatch.setattr(session.files, "export", lambda path, options: written.append((path, options)))
    return written


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, exports: Exports) -> ExportDialog:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session) -> ExportDialog:
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_starts_with_the_photo_s_format_folder_and_name(
    qtbot: QtBot, dialog: ExportDialog, exports: Exports, tmp_path: Path
) -> None:
    dialog.accept()
    assert exports == [(tmp_path / "dog edited.png", ExportOptions())]


def test_formats_show_what_they_have(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.formats.button(JPEG), LEFT)
    assert dialog.path.name == "dog edited.jpg"
    assert dialog.quality.isVisible()
    assert not dialog.depths.button(16).isVisible()
    assert dialog.options.bit_depth == 8 and dialog.metadata.text() == "Keep EXIF, IPTC and XMP"
    qtbot.mouseClick(dialog.formats.button(TIFF), LEFT)
    assert dialog.path.name == "dog edited.tif"
    assert not dialog.quality.isVisible()
    qtbot.mouseClick(dialog.depths.button(16), LEFT)
    assert dialog.options.bit_depth == 16


@pytest.mark.parametrize(("number", "suffix"), [(WEBP, ".webp"), (AVIF, ".avif")])
def test_web_formats_have_a_quality_and_no_depth(
    qtbot: QtBot, dialog: ExportDialog, exports: Exports, number: int, suffix: str
) -> None:
    qtbot.mouseClick(dialog.formats.button(number), LEFT)
    assert dialog.path.name == f"dog edited{suffix}" and dialog.file_format == suffix[1:]
    assert dialog.quality.isVisible() and not dialog.depths.button(16).isVisible()
    assert "at 100 nothing is lost" in dialog.quality.toolTip()
    assert dialog.metadata.text() == "Keep EXIF and XMP"
    dialog.quality.setValue(100)
    if number == WEBP or cv2.haveImageWriter(".avif"):
        dialog.accept()
        assert exports == [(dialog.path, ExportOptions(quality=100, bit_depth=8))]


def test_typed_suffix_chooses_the_format(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "portrait.JPEG")
    dialog.quality.setFocus()
    assert dialog.file_format == "jpeg"
    assert dialog.path.name == "portrait.JPEG"
    dialog.name.setText("landscape.tif.jpg")
    dialog.name.editingFinished.emit()
    assert dialog.path.name == "landscape.tif" and dialog.file_format == "tiff"
    dialog.name.setText("v1.2 final")
    assert dialog.path.name == "v1.2 final.tif"


def test_choices_are_remembered(
    qtbot: QtBot, dialog: ExportDialog, session: Session, exports: Exports
) -> None:
    qtbot.mouseClick(dialog.formats.button(JPEG), LEFT)
    dialog.quality.setValue(80)
    qtbot.mouseClick(dialog.metadata, LEFT, pos=dialog.metadata.rect().center() / 4)
    dialog.metadata.setChecked(False)
    dialog.accept()
    again = shown(qtbot, session)
    assert again.file_format == "jpeg"
    assert again.options == ExportOptions(quality=80, bit_depth=8, keep_metadata=False)


def test_broken_settings_are_ignored(qtbot: QtBot, session: Session, exports: Exports) -> None:
    for key in ("format", "depth", "quality", "metadata", "folder", "color_space"):
        QSettings().setValue(f"export/{key}", "rubbish")
    assert shown(qtbot, session).options == ExportOptions()


@pytest.mark.parametrize("answer", [True, False])
def test_replacing_a_file_asks(
    dialog: ExportDialog, exports: Exports, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    asked: list[str] = []

    def question(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Yes if answer else QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", question)
    dialog.path.touch()
    dialog.accept()
    assert asked == ["dog edited.png exists already. Replace it?"]
    assert len(exports) == answer
    assert dialog.isVisible() != answer


@pytest.mark.parametrize("name", ["dog.png", "link.png"])
def test_replacing_the_photo_itself_is_the_same_question_in_other_words(
    dialog: ExportDialog, exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(export_dialog, "may_replace", lambda *given: asked.append(given))
    (tmp_path / "dog.png").touch()
    (tmp_path / "link.png").symlink_to(tmp_path / "dog.png")
    dialog.name.setText(name)
    dialog.accept()
    text = f"{name} is the photo you opened. Replace it with the edited one?"
    assert asked == [(dialog, "Replace the file?", tmp_path / name, text)]
    assert exports == [] and dialog.isVisible()


@pytest.mark.parametrize("name", ["", "  ", "no-folder/dog.png"])
def test_a_bad_name_is_told_in_place(dialog: ExportDialog, exports: Exports, name: str) -> None:
    dialog.name.setText(name)
    dialog.accept()
    assert dialog.error.isVisible()
    assert dialog.error.text().endswith(".")
    assert exports == []


def test_escape_exports_nothing(qtbot: QtBot, dialog: ExportDialog, exports: Exports) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert exports == []


def test_estimate_is_shown(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: dialog.estimate.text().startswith("60 × 40 pixels, about "), timeout=3000)


def test_colors_are_converted_as_chosen(
    qtbot: QtBot, dialog: ExportDialog, session: Session, exports: Exports
) -> None:
    assert dialog.colors.space is ColorSpace.KEEP and "stay bit for bit" in dialog.colors.note.text()
    qtbot.mouseClick(dialog.colors.buttons[ColorSpace.P3], LEFT)
    assert "none stays bit for bit" in dialog.colors.note.text()
    dialog.accept()
    assert exports[0][1] == ExportOptions(color_space=ColorSpace.P3)
    assert shown(qtbot, session).options.color_space is ColorSpace.P3


def test_a_photo_in_that_space_is_told_so(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.colors.buttons[ColorSpace.SRGB], LEFT)
    assert "in sRGB already" in dialog.colors.note.text() and dialog.colors.conversion is None


def test_bit_for_bit_is_said_of_files_that_are_so_alone(
    qtbot: QtBot, dialog: ExportDialog, session: Session
) -> None:
    note, (as_it_is, eight, sixteen) = dialog.colors.note, (dialog.depths.button(n) for n in (0, 8, 16))
    said = "stay bit for bit"
    for button in (PNG, TIFF):
        qtbot.mouseClick(dialog.formats.button(button), LEFT)
        assert said in note.text()
    for button, is_said in ((sixteen, False), (eight, True), (as_it_is, True)):
        qtbot.mouseClick(button, LEFT)
        assert (said in note.text()) == is_said
    for button in (JPEG, WEBP, AVIF):
        qtbot.mouseClick(dialog.formats.button(button), LEFT)
        dialog.quality.setValue(95)
        assert note.text() == "The photo has no profile, which means sRGB; it stays so."
        dialog.quality.setValue(100)
        assert (said in note.text()) == (button != JPEG)
    dialog.quality.setValue(95)
    qtbot.mouseClick(dialog.colors.buttons[ColorSpace.SRGB], LEFT)
    assert note.text() == "The photo is in sRGB already."


def test_who_makes_a_jpeg_of_a_transparent_photo_is_told(
    qtbot: QtBot, session: Session, exports: Exports
) -> None:
    assert session.photo is not None
    session.history.photo = replace(session.photo, alpha=np.ones((40, 60), np.float32))
    dialog = shown(qtbot, session)
    assert "white" not in dialog.colors.note.text()
    qtbot.mouseClick(dialog.formats.button(JPEG), LEFT)
    assert dialog.colors.note.text().endswith("A JPEG cannot be transparent: white shows through.")


def test_a_photo_too_large_for_the_format_is_told_before(
    qtbot: QtBot, session: Session, exports: Exports
) -> None:
    assert session.photo is not None
    session.history.photo = replace(session.photo, original=np.zeros((1, 16_384, 3), np.uint8))
    dialog = shown(qtbot, session)
    qtbot.mouseClick(dialog.formats.button(WEBP), LEFT)
    dialog.accept()
    assert exports == [] and "16383 pixels a side" in dialog.error.text()
    qtbot.mouseClick(dialog.formats.button(PNG), LEFT)
    dialog.accept()
    assert len(exports) == 1


def test_a_profile_that_cannot_be_converted_is_told_before(
    qtbot: QtBot, session: Session, exports: Exports
) -> None:
    assert session.photo is not None
    session.history.photo = replace(session.photo, icc_profile=icc_profile_of(ColorSpace.P3)[:200])
    dialog = shown(qtbot, session)
    qtbot.mouseClick(dialog.colors.buttons[ColorSpace.SRGB], LEFT)
    assert "cannot be converted" in dialog.colors.note.text()
    dialog.accept()
    assert exports == [] and dialog.error.text() == str(dialog.colors.problem)
    qtbot.mouseClick(dialog.colors.buttons[ColorSpace.KEEP], LEFT)
    dialog.accept()
    assert [options for _, options in exports] == [ExportOptions()]
