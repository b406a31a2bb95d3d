"""`EditFiles`: the files that belong to the edit: photo, project, reference, mask and exports."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.app.edit.snapshot_list import SnapshotList
from fxdiffuse_gui.app.files.loader import Opened
from fxdiffuse_gui.app.files.loader_thread import LoaderThread
from fxdiffuse_gui.app.render.export_controller import ExportController
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState, MaskImage
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.photo.image import Photo

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


class EditFiles(QObject):
    """Reads and writes in another thread, and knows which files the edit came from and was saved to.

    What was read for the edit goes out by signals; `Session` hands it on.
    """

    opening = Signal(str)
    """A photo or project is being read: what to call it."""
    opened = Signal(object)
    """Opened, which replaces the photo that is edited."""
    open_failed = Signal()
    """The photo stays; why comes through `message`."""
    recovered = Signal()
    """The edit that a crash has left is open; see `recover`."""
    reference_read = Signal(object)
    """Reference."""
    reference_failed = Signal(str)
    """Why a reference could not be read: one sentence, shown where references are chosen."""
    mask_read = Signal(object)
    """MaskImage for the photo."""
    exported = Signal(object)
    """Path of the file that has been written."""
    project_saved = Signal(object)
    """Path of the project that has been written."""
    project_failed = Signal()
    """The project could not be written; why comes through `message`."""
    message = Signal(str)
    """One sentence for the artist."""

    def __init__(
        self,
        thread: LoaderThread,
        history: EditHistory,
        snapshots: SnapshotList,
        exports: ExportController,
        model_digest: Callable[[], str | None],
        parent: QObject | None = None,
    ) -> None:
        """model_digest: gives the SHA-256 of the model in use, for projects."""
        super().__init__(parent)
        self._thread, self._history, self._snapshots = thread, history, snapshots
        self._exports, self._model_digest = exports, model_digest
        self._ticket = 0
        self._exported: EditState | None = None
        self._saving: Project | None = None
        self._link: PhotoLink | None = None
        self.project_path: Path | None = None
        exports.exported.connect(self._on_exported)
        loader = thread.loader
        loader.opened.connect(self._on_opened)
        loader.open_failed.connect(self._on_open_failed)
        loader.reference_read.connect(self.reference_read)
        loader.mask_read.connect(self._on_mask_read)
        loader.reference_failed.connect(self.reference_failed)
        loader.mask_failed.connect(self.message)
        loader.mask_written.connect(self._on_mask_written)
        loader.project_saved.connect(self._on_project_saved)
        loader.project_failed.connect(self._on_project_failed)

    # --- opening ----------------------------------------------------------------------------------

    def open_photo(self, path: Path) -> None:
        """Reads a photo or a project; errors come through `message` and keep the old.

        A photo starts with every effect off and an empty history; slider values and reference stay. A
        project brings all of its own.
        """
        self._begin_opening(path.name)
        self._thread.open_file.emit(self._ticket, path)

    def open_edit(self, path: Path) -> None:
        """Opens the original of the exported picture at `path`, with the edit that made the picture."""
        self._begin_opening(path.name)
        self._thread.open_edit.emit(self._ticket, path)

    def open_image(self, image: QImage) -> None:
        """Opens a picture without a file, as from the clipboard. Its export has to be named."""
        self._begin_opening(tr("picture"))
        self._thread.open_image.emit(self._ticket, image.copy())

    def recover(self, path: Path) -> None:
        """Opens the crash journal at `path`: the edit goes on, and counts as not saved."""
        self._begin_opening(tr("the last edit"))
        self._thread.open_journal.emit(self._ticket, path)

    def _begin_opening(self, name: str) -> None:
        self._ticket += 1
        self.opening.emit(name)

    def _on_opened(self, opened: Opened) -> None:
        # Only the newest request counts.
        if opened.ticket == self._ticket:
            self.project_path = None if opened.project is None else opened.project.path
            self._link = opened.link
            self._exported = None
            self.opened.emit(opened)

    def _on_open_failed(self, ticket: int, text: str) -> None:
        if ticket == self._ticket:
            self.message.emit(text)
            self.open_failed.emit()

    # --- reference and mask -----------------------------------------------------------------------

    def load_reference(self, path: Path) -> None:
        """Reads a reference; errors come through `reference_failed`."""
        self._thread.read_reference.emit(path)

    def load_mask(self, path: Path) -> None:
        """Reads a mask of the photo's size; errors come through `message`."""
        if self._history.photo is not None:
            self._thread.read_mask.emit(path, self._history.photo)

    def save_mask(self, path: Path) -> None:
        """Writes the mask as a PNG; how it went comes through `message`."""
        mask = self._history.state.mask
        if mask is not None:
            self._thread.write_mask.emit(path, mask)

    def _on_mask_read(self, mask: MaskImage, photo: Photo) -> None:
        if photo is self._history.photo:
            self.mask_read.emit(mask)

    def _on_mask_written(self, path: Path) -> None:
        self.message.emit(tr("{name} has been written.").format(name=path.name))

    # --- exports ----------------------------------------------------------------------------------

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being made."""
        return self._exports.is_busy

    def export(self, path: Path, options: "ExportOptions") -> None:
        """Edits at full resolution and writes `path`; progress comes through the preview's status."""
        state = self._history.state
        if self._exports.export(state, path, options, self.project_path):
            self._exported = state

    def _on_exported(self, path: Path) -> None:
        if self._history.state is self._exported:
            self._history.mark_saved()
        self.exported.emit(path)

    # --- projects ---------------------------------------------------------------------------------

    @property
    def is_saving(self) -> bool:
        """Whether a project is being written."""
        return self._saving is not None

    @property
    def project(self) -> Project | None:
        """The edit as it is now, ready to be written; None without a photo."""
        photo = self._history.photo
        if photo is None or self._link is None:
            return None
        state, items, model = self._history.state, self._snapshots.items, self._model_digest()
        return Project(photo, self._link, state, items, self.project_path, model)

    def save_project(self, path: Path, *, with_photo: bool = False) -> None:
        """Writes the edit to `path`; errors come through `message`.

        The photo's file goes in when asked for, and stays in a project that has it already.
        """
        project = self.project
        if project is None or self._saving is not None:
            return
        self._saving = project
        self._thread.save_project.emit(path, project, with_photo or project.link.inside == path.absolute())

    def _on_project_saved(self, path: Path, link: PhotoLink) -> None:
        saved, self._saving = self._saving, None
        # Another photo may have been opened meanwhile.
        if saved is not None and saved.photo is self._history.photo:
            self._link = link
            self.project_path = path.absolute()
            self._history.mark_saved(
                state=saved.state is self._history.state, snapshots=saved.snapshots is self._snapshots.items
            )
        self.project_saved.emit(path)

    def _on_project_failed(self, text: str) -> None:
        self._saving = None
        self.message.emit(text)
        self.project_failed.emit()
