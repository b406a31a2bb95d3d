"""What a user does in the dialog that edits a folder."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog

LEFT = Qt.MouseButton.LeftButton


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
