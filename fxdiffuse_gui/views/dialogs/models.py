"""`Models`: the dialog of the models, and the question that a project from another model brings."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.dialogs.models_dialog import ModelsDialog

if TYPE_CHECKING:
    from fxdiffuse_gui.views.main_window import MainWindow


class Models(QObject):
    """What `window` shows of the models that its session can use."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._dialog: ModelsDialog | None = None
        window.session.models.offered.connect(self._offer)

    def show_dialog(self) -> ModelsDialog:
        """Opens the dialog, or brings it to the front."""
        if self._dialog is None:
            self._dialog = ModelsDialog(self._window.session, self._window)
        self._dialog.show()
        self._dialog.activateWindow()
        return self._dialog

    def _offer(self, path: Path | None) -> None:
        """Asks whether to use the model that the project was made with."""
        name = tr("the bundled model") if path is None else display_name(path)
        text = tr("This project was made with {name}, another model than is in use.").format(name=name)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Another model"))
        box.setText(text)
        box.setInformativeText(tr("With the model in use the picture may look different."))
        use = box.addButton(tr("&Use that model"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("&Keep the model in use"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(use)
        box.exec()
        if box.clickedButton() is use:
            self._window.session.models.use(path)
