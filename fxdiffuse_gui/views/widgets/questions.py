"""Questions to the artist: yes or no, which file to open, where to save."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

import resources
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.photo.formats import PHOTO_SUFFIXES


def agrees(parent: QWidget | None, title: str, question: str) -> bool:
    """Asks a question to be answered with yes or no; the answer is no unless somebody chooses yes."""
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
    return QMessageBox.question(parent, title, question, yes | no, no) == yes


def may_replace(parent: QWidget | None, title: str, path: Path, question: str = "") -> bool:
    """Asks whether the file at `path` may be replaced, with another `question` than the usual if given."""
    usual = tr("{name} exists already. Replace it?", name=path.name)
    return agrees(parent, title, question or usual)


def ask_saved_name(
    parent: QWidget | None, title: str, proposed: Path, kinds: str, suffix: str
) -> Path | None:
    """The file to save to, with `suffix` if none was typed; None when it was canceled.

    `title` and `kinds` are of the file dialog.
    """
    # Asked here and not by the file dialog, which does not know of the suffix.
    quiet = QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds, "", quiet)
    if not name:
        return None
    path = Path(name) if Path(name).suffix else Path(name + suffix)
    return path if not path.exists() or may_replace(parent, tr("Replace the file?"), path) else None


def ask_photo(parent: QWidget | None, title: str, folder: str, kinds: Iterable[str]) -> Path | None:
    """A file to open; None when it was canceled. `kinds` are of the file dialog; see `photo_kind`."""
    # Some thirty suffixes would not fit next to their name.
    brief = QFileDialog.Option.HideNameFilterDetails
    name, _ = QFileDialog.getOpenFileName(parent, title, folder, ";;".join(kinds), "", brief)
    return Path(name) if name else None


def photo_kind(label: str, *more: str) -> str:
    """The kind of file "photos" for a file dialog, under its `label`, with `more` suffixes."""
    suffixes = " ".join(f"*{suffix}" for suffix in (*sorted(PHOTO_SUFFIXES), *more))
    return f"{label} ({suffixes})"


def any_kind() -> str:
    """The kind of file "all files" for a file dialog."""
    return f"{tr('All files')} (*)"


def folder_to_save_in(photo: Path | None) -> Path:
    """The folder of `photo`; for a bundled photo or none, the folder of the user's pictures."""
    if photo is not None and Path(resources.__file__).parent not in photo.absolute().parents:
        return photo.absolute().parent
    pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    return pictures if pictures.is_dir() else Path.home()
