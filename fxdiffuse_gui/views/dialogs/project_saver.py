"""`ProjectSaver`: where a project is saved to, and what is asked before it replaces another."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

import resources
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.project_file import SUFFIX
from fxdiffuse_gui.views.dialogs.save_name import may_replace

if TYPE_CHECKING:
    from fxdiffuse_gui.views.main_window import MainWindow


class ProjectSaver(QObject):
    """Has the session of `window` save its project. `Documents` builds on it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._settings = window.settings

    def save(self) -> bool:
        """Saves the project under its name, or asks for one. False when it was called off."""
        path = self._session.files.project_path
        if path is None:
            return self.save_as()
        return self._save(path)

    def save_as(self) -> bool:
        """Asks where to, and saves the project. False when it was called off."""
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
            self._window.toast.show_message(tr("The project is being saved already."))
        else:
            self._session.files.save_project(path, with_photo=self._settings.keeps_photo)
        return self._session.files.is_saving

    def _suggested_path(self) -> Path:
        photo, project = self._session.photo, self._session.files.project_path
        if project is not None:
            return project
        path = None if photo is None or photo.path is None else photo.path.absolute()
        if path is not None and Path(resources.__file__).parent not in path.parents:
            return path.with_suffix(SUFFIX)
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        folder = pictures if pictures.is_dir() else Path.home()
        return folder / ((path.stem if path is not None else tr("picture")) + SUFFIX)
