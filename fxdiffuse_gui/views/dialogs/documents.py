"""`Documents`: opens photos, projects and exports, and shows the dialogs that export and edit folders."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.app.files.qimage import Samples
from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.app.settings import WindowSettings
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.project_file import SUFFIX
from fxdiffuse_gui.views.dialogs.project_saver import ProjectSaver
from fxdiffuse_gui.views.dialogs.unsaved_edits import UnsavedEdits
from fxdiffuse_gui.views.widgets.mime_input import MimeInput
from fxdiffuse_gui.views.widgets.questions import any_kind, ask_photo, photo_kind

if TYPE_CHECKING:
    from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog


class Documents(QObject):
    """The files that `window` works on. Reading and writing happen in the session's threads."""

    message = Signal(str)
    """One sentence for the artist."""

    def __init__(self, session: Session, settings: WindowSettings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self.saver = ProjectSaver(session, settings, window)
        self.unsaved = UnsavedEdits(session, self.saver.save, self.export_dialog, window)
        self.folder_dialog: FolderDialog | None = None
        self._shown: Samples | None = None
        session.photo_changed.connect(self._on_photo)
        session.preview.preview_changed.connect(self._on_result)
        session.files.project_saved.connect(self._on_project_saved)
        self.saver.message.connect(self.message)
        self.unsaved.message.connect(self.message)

    @property
    def title(self) -> str:
        """What the window is named after: the project, else the photo; empty when there is none."""
        photo, project = self._session.photo, self._session.files.project_path
        if photo is None:
            return ""
        if project is not None:
            return project.name
        return photo.path.name if photo.path is not None else tr("Pasted picture")

    # --- opening ----------------------------------------------------------------------------------

    def open_dialog(self) -> None:
        """Asks for a photo or a project and opens it."""
        recent = self._settings.recent
        folder = recent[0].parent if recent else Path.home()
        kinds = photo_kind(tr("Photos and projects"), SUFFIX), photo_kind(tr("Photos")), any_kind()
        path = ask_photo(self._window, tr("Open"), str(folder), kinds)
        if path is not None:
            self.open(path)

    def open_export_dialog(self) -> None:
        """Asks for a picture that was exported, and goes on with its edit."""
        photo = self._session.photo
        start = Path.home() if photo is None or photo.path is None else photo.path.absolute()
        kinds = (photo_kind(tr("Photos")),)
        path = ask_photo(self._window, tr("Go on with an export"), str(start), kinds)
        if path is not None:
            self._when_saved(lambda: self._session.files.open_edit(path))

    def open(self, path: Path) -> None:
        """Opens a photo or a project, once nothing would be lost."""
        self._when_saved(lambda: self._session.files.open_photo(path))

    def paste(self) -> None:
        """Opens the picture or the file that is on the clipboard."""
        if not self.open_incoming(MimeInput.of(QGuiApplication.clipboard().mimeData())):
            self.message.emit(tr("There is no picture on the clipboard."))

    def open_incoming(self, incoming: MimeInput) -> bool:
        """Opens what was dropped or pasted, of several files the first; False when that is nothing.

        A folder goes to the dialog that edits folders.
        """
        files, image = incoming.files, incoming.image
        if files and files[0].is_dir():
            self.edit_folder(files[0])
        elif files:
            self.open(files[0])
            if len(files) > 1:
                self.message.emit(tr("Opened the first of %n files.", count=len(files)))
        elif image is not None:
            self._when_saved(lambda: self._session.files.open_image(image))
        return bool(files) or image is not None

    def _when_saved(self, action: Callable[[], object]) -> None:
        self.unsaved.when_saved(action)

    # --- dialogs ----------------------------------------------------------------------------------

    def export_dialog(self) -> bool:
        """Asks how and where to, and exports. False when it was canceled."""
        if self._session.photo is None:
            return False
        # Imported late: the window need not wait for the writers.
        from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog

        dialog = ExportDialog(self._session, self._window, shown=self._shown)
        return dialog.exec() == ExportDialog.DialogCode.Accepted

    def edit_folder(self, folder: Path | None = None) -> None:
        """Shows the dialog that edits all photos of a folder, of `folder` unless one is being edited."""
        if self.folder_dialog is None:
            from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog

            self.folder_dialog = FolderDialog(self._session, self._window)
            self.folder_dialog.message.connect(self.message)
        if folder is not None and not self.folder_dialog.run.is_running:
            self.folder_dialog.form.set_folder(folder)
        self.folder_dialog.show()
        self.folder_dialog.activateWindow()

    def may_close(self) -> bool:
        """Whether the window can close now; when not, what has to be asked or waited for has begun."""
        if self.unsaved.is_leaving:
            return True
        if not self.unsaved.may_stop_export():
            return False
        if self.folder_dialog is not None and not self.folder_dialog.may_quit():
            return False
        return self.unsaved.may_close()

    # --- reacting ---------------------------------------------------------------------------------

    def _on_photo(self) -> None:
        photo, project = self._session.photo, self._session.files.project_path
        if project is not None:
            self._settings.add_recent(project)
        elif photo is not None and photo.path is not None:
            self._settings.add_recent(photo.path)

    def _on_result(self, result: Result | None) -> None:
        if result is None:
            self._shown = None
        elif result.shown is not None and not result.proxy_preview:
            self._shown = result.shown

    def _on_project_saved(self, path: Path) -> None:
        self._settings.add_recent(path)
