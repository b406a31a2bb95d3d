"""`ProjectSaver`: saves the project, and asks for its name and before it replaces another."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.project_file import SUFFIX
from fxdiffuse_gui.views.widgets.questions import folder_to_save_in, may_replace


class ProjectSaver(QObject):
    """Saves the project of `session`; asks over `window`."""

    message = Signal(str)
    """One sentence for the artist."""

    def __init__(self, session: Session, settings: WindowSettings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window

    def save(self) -> bool:
        """Saves the project under its name, or asks for one. False when it was canceled."""
        path = self._session.files.project_path
        if path is None:
            return self.save_as()
        return self._save(path)

    def save_as(self) -> bool:
        """Asks where to, and saves the project. False when it was canceled."""
        if self._session.photo is None:
            return False
        quiet = QFileDialog.Option.DontConfirmOverwrite
        save_filter = f"{tr('fxdiffuse projects')} (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save project"), str(self._suggested_path()), save_filter, save_filter, quiet
        )
        if not name:
            return False
        path = Path(name)
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        # Asked here and not by the file dialog, which does not know of the suffix.
        is_another = path.exists() and path.absolute() != self._session.files.project_path
        if is_another and not may_replace(self._window, tr("Replace project"), path):
            return False
        return self._save(path)

    def _save(self, path: Path) -> bool:
        if self._session.files.is_saving:
            self.message.emit(tr("The project is being saved already."))
        else:
            self._session.files.save_project(path, with_photo=self._settings.keeps_photo)
        return self._session.files.is_saving

    def _suggested_path(self) -> Path:
        photo, project = self._session.photo, self._session.files.project_path
        if project is not None:
            return project
        path = None if photo is None else photo.path
        return folder_to_save_in(path) / ((path.stem if path is not None else tr("picture")) + SUFFIX)
