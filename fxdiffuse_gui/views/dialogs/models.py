"""`Models`: opens the dialog of the models, and asks about a project that was made with another model."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.views.dialogs.models_dialog import ModelsDialog


class Models(QObject):
    """Shows over `window` which models `session` can use."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._dialog: ModelsDialog | None = None
        session.models.offered.connect(self._offer)

    def show_dialog(self) -> ModelsDialog:
        """Opens the dialog, or brings it to the front."""
        if self._dialog is None:
            self._dialog = ModelsDialog(self._session, self._window)
        self._dialog.show()
        self._dialog.activateWindow()
        return self._dialog

    def _offer(self, path: Path | None) -> None:
        """Asks whether to use the model that the project was made with."""
        name = tr("the bundled model") if path is None else display_name(path)
        text = tr("This project was made with {name}, another model than is in use.", name=name)
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
            self._session.models.use(path)
