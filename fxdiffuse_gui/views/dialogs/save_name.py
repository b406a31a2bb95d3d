"""Asks for the name of a file to save, and whether it may replace one."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from fxdiffuse_gui.core.i18n import tr


def ask_saved_name(
    parent: QWidget | None, title: str, proposed: Path, kinds: str, suffix: str
) -> Path | None:
    """The file that is chosen, with `suffix` if none was typed; None when it was called off.

    `title` and `kinds` are of the file dialog.
    """
    # Asked here and not by the file dialog, which does not know of the suffix.
    quiet = QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds, "", quiet)
    if not name:
        return None
    path = Path(name) if Path(name).suffix else Path(name + suffix)
    return path if not path.exists() or may_replace(parent, tr("Replace the file?"), path) else None


def may_replace(parent: QWidget | None, title: str, path: Path, text: str = "") -> bool:
    """Asks whether the file at `path` may be replaced. `title` is of the question.

    `text` is the question itself, where more is to be said of the file than that it exists.
    """
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
    text = text or tr("{name} exists already. Replace it?").format(name=path.name)
    return QMessageBox.question(parent, title, text, yes | no, no) == yes
