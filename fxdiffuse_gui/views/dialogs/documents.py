"""`Documents`: opening, saving, exporting, and what is asked before edits would be lost."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from fxdiffuse_gui.app.files.qimage import Samples
from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.project_file import SUFFIX
from fxdiffuse_gui.photo.codecs.sniff import PHOTO_SUFFIXES
from fxdiffuse_gui.views.dialogs.project_saver import ProjectSaver
from fxdiffuse_gui.views.widgets.mime_input import MimeInput

if TYPE_CHECKING:
    from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog
    from fxdiffuse_gui.views.main_window import MainWindow

_PICTURES = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))


def open_filter() -> str:
    """The kinds of files that can be opened, for a file dialog."""
    kinds = (
        f"{tr('Photos and projects')} ({_PICTURES} *{SUFFIX})",
        f"{tr('Photos')} ({_PICTURES})",
        f"{tr('All files')} (*)",
    )
    return ";;".join(kinds)


class Documents(ProjectSaver):
    """The files that `window` works on. Reading and writing happen in the session's threads."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.folder_dialog: FolderDialog | None = None
        self._shown: Samples | None = None
        self._when_saved: Callable[[], object] | None = None
        self._is_leaving = False
        self._session.photo_changed.connect(self._on_photo)
        self._session.preview.preview_changed.connect(self._on_result)
        self._session.files.exported.connect(self._on_exported)
        self._session.preview.status_changed.connect(self._on_status)
        self._session.files.project_saved.connect(self._on_project_saved)
        self._session.files.project_failed.connect(self._on_project_failed)

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
        # Some thirty suffixes would not fit beside their name.
        brief = QFileDialog.Option.HideNameFilterDetails
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open"), str(folder), open_filter(), "", brief)
        if name:
            self.open(Path(name))

    def open_export_dialog(self) -> None:
        """Asks for a picture that was exported, and goes on with its edit."""
        photo = self._session.photo
        start = Path.home() if photo is None or photo.path is None else photo.path.absolute()
        brief = QFileDialog.Option.HideNameFilterDetails
        kinds = f"{tr('Photos')} ({_PICTURES})"
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Go on with an export"), str(start), kinds, "", brief
        )
        if name:
            self.when_saved(lambda: self._session.files.open_edit(Path(name)))

    def open(self, path: Path) -> None:
        """Opens a photo or a project, once nothing would be lost."""
        self.when_saved(lambda: self._session.files.open_photo(path))

    def paste(self) -> None:
        """Opens the picture or the file that is on the clipboard."""
        if not self.open_incoming(MimeInput.of(QGuiApplication.clipboard().mimeData())):
            self._window.toast.show_message(tr("There is no picture on the clipboard."))

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
                self._window.toast.show_message(
                    tr("Opened the first of {count} files.").format(count=len(files))
                )
        elif image is not None:
            self.when_saved(lambda: self._session.files.open_image(image))
        return bool(files) or image is not None

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
        self._window.toast.show_message(tr("{name} has been saved.").format(name=path.name))
        self._go_on()

    def _on_project_failed(self) -> None:
        self._when_saved = None

    # --- exporting and leaving ----------------------------------------------------------------------

    def export_dialog(self) -> bool:
        """Asks how and where to, and exports. False when it was called off."""
        if self._session.photo is None:
            return False
        from fxdiffuse_gui.views.dialogs.export_dialog import (
            ExportDialog,  # the window need not wait for the writers
        )

        dialog = ExportDialog(self._session, self._window, shown=self._shown)
        return dialog.exec() == ExportDialog.DialogCode.Accepted

    def edit_folder(self, folder: Path | None = None) -> None:
        """Shows the dialog that edits all photos of a folder, of `folder` unless it is at work already."""
        if self.folder_dialog is None:
            from fxdiffuse_gui.views.dialogs.folder_dialog import FolderDialog

            self.folder_dialog = FolderDialog(self._session, self._window)
            self.folder_dialog.told.connect(self._window.toast.show_message)
        if folder is not None and not self.folder_dialog.run.is_running:
            self.folder_dialog.form.set_folder(folder)
        self.folder_dialog.show()
        self.folder_dialog.activateWindow()

    def when_saved(self, action: Callable[[], object]) -> None:
        """Does `action`, which throws the edits away, after asking about those neither saved nor exported."""
        self._when_saved = None
        if self._session.files.is_saving:
            self._when_saved = action
            return
        if not self._session.history.is_modified:
            action()
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Edits not saved"))
        box.setText(tr("The edits of this photo have been neither saved nor exported."))
        box.setInformativeText(tr("They are lost when you go on."))
        save = box.addButton(tr("&Save project"), QMessageBox.ButtonRole.AcceptRole)
        export = box.addButton(tr("&Export…"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("&Discard edits"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        box.exec()
        if box.clickedButton() is discard:
            action()
        elif (box.clickedButton() is save and self.save()) or (
            box.clickedButton() is export and self.export_dialog()
        ):
            self._when_saved = action

    def _on_exported(self, path: Path) -> None:
        self._window.toast.show_message(tr("{name} has been written.").format(name=path.name))
        self._go_on()

    def _on_status(self) -> None:
        """An export that failed or was stopped has no signal of its own: what waits for it is off."""
        if not self._session.files.is_exporting and not self._session.files.is_saving:
            self._when_saved = None

    def _go_on(self) -> None:
        """Does what had to wait for the file; edits that were made meanwhile are asked about again."""
        action, self._when_saved = self._when_saved, None
        if action is not None:
            self.when_saved(action)

    def may_close(self) -> bool:
        """Whether the window can close now; when not, what has to be asked or waited for has begun."""
        if self._is_leaving:
            return True
        if self._session.files.is_exporting and not self._may_stop_export():
            return False
        if self.folder_dialog is not None and not self.folder_dialog.may_quit():
            return False
        if self._session.history.is_modified or self._session.files.is_saving:
            self.when_saved(self._leave)
            return False
        return True

    def _leave(self) -> None:
        """Closes the window for good: the edits are kept or given up, and all that was asked is answered."""
        self._is_leaving = True
        self._session.history.mark_saved()
        # A window that is just refusing to close does not listen to a second request.
        QTimer.singleShot(0, self._window.close)

    def _may_stop_export(self) -> bool:
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        text = tr("An export is still running. Stop it and quit?")
        return QMessageBox.question(self._window, tr("Export running"), text, yes | no, no) == yes
