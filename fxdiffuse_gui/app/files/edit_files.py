"""`EditFiles`: the files that belong to the edit: photo, project, reference, mask and exports."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.background import BackgroundThread, LatestTask
from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.app.edit.snapshot_list import SnapshotList
from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.files import loader
from fxdiffuse_gui.app.files.loader import Opened
from fxdiffuse_gui.app.render.export_controller import ExportController
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.document.edit_state import EditState, MaskImage, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import write_project

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


class EditFiles(QObject):
    """Reads and writes in another thread, and knows which files the edit came from and was saved to.

    What was read for the edit goes out by signals, which `Session` connects to the other parts.
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
        thread: BackgroundThread,
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
        self._opening = LatestTask(thread)
        self._exported: EditState | None = None
        self._saving: Project | None = None
        self._link: PhotoLink | None = None
        self.project_path: Path | None = None
        exports.exported.connect(self._on_exported)

    # --- opening ----------------------------------------------------------------------------------

    def open_photo(self, path: Path) -> None:
        """Reads a photo or a project; errors come through `message` and keep the old.

        A photo starts with every effect off and an empty history; slider values and reference stay. A
        project brings all of its own.
        """
        self._open(path.name, path.name, lambda: loader.open_file(path))

    def open_edit(self, path: Path) -> None:
        """Opens the original of the exported picture at `path`, with the edit that made the picture."""
        self._open(path.name, path.name, lambda: loader.open_edit(path))

    def open_image(self, image: QImage) -> None:
        """Opens a picture without a file, as from the clipboard. Its export has to be named."""
        copy = image.copy()
        self._open(tr("picture"), tr("The picture"), lambda: loader.open_image(copy))

    def recover(self, path: Path) -> None:
        """Opens the crash journal at `path`; its edit counts as not saved."""
        self._open(tr("the last edit"), tr("The edit"), lambda: loader.open_journal(path))

    def _open(self, name: str, subject: str, read: Callable[[], Opened]) -> None:
        """`name` is what is being opened, `subject` the same at the beginning of a sentence."""
        self.opening.emit(name)

        def failed(error: Exception) -> None:
            self._tell(error, tr_noop("{name} could not be opened"), subject)
            self.open_failed.emit()

        self._opening.submit(lambda _: read(), self._on_opened, failed)

    def _on_opened(self, opened: Opened) -> None:
        self.project_path = None if opened.project is None else opened.project.path
        self._link = opened.link
        self._exported = None
        self.opened.emit(opened)

    def _tell(self, error: Exception, what: str, name: str) -> None:
        self.message.emit(error_sentence(error, what, name=name))

    # --- reference and mask -----------------------------------------------------------------------

    def load_reference(self, path: Path) -> None:
        """Reads a reference; errors come through `reference_failed`."""

        def failed(error: Exception) -> None:
            text = error_sentence(error, tr_noop("{name} could not be opened"), name=path.name)
            self.reference_failed.emit(text)

        self._thread.submit(lambda _: Reference.read(path), self.reference_read.emit, failed)

    def load_mask(self, path: Path) -> None:
        """Reads a mask of the photo's size; errors come through `message`."""
        photo = self._history.photo
        if photo is None:
            return

        def read(_: Event) -> MaskImage:
            from fxdiffuse_gui.photo.reader import read_mask

            return read_mask(path, (photo.height, photo.width))

        def done(mask: MaskImage) -> None:
            # Another photo may have been opened meanwhile.
            if photo is self._history.photo:
                self.mask_read.emit(mask)

        self._thread.submit(
            read, done, lambda error: self._tell(error, tr_noop("{name} could not be opened"), path.name)
        )

    def save_mask(self, path: Path) -> None:
        """Writes the mask as a PNG; how it went comes through `message`."""
        mask = self._history.state.mask
        if mask is None:
            return

        def write(_: Event) -> None:
            from fxdiffuse_gui.photo.mask_file import write_mask

            write_mask(path, mask)

        self._thread.submit(
            write,
            lambda _: self.message.emit(tr("{name} has been written.").format(name=path.name)),
            lambda error: self._tell(error, tr_noop("{name} could not be written"), path.name),
        )

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

        With `with_photo` the photo's file goes in; it stays in a project that has it already.
        """
        project = self.project
        if project is None or self._saving is not None:
            return
        self._saving = project
        keeps_photo = with_photo or project.link.inside == path.absolute()
        self._thread.submit(
            lambda _: write_project(path, project, with_photo=keeps_photo),
            partial(self._on_project_saved, path),
            partial(self._on_project_failed, path),
        )

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

    def _on_project_failed(self, path: Path, error: Exception) -> None:
        self._saving = None
        self._tell(error, tr_noop("{name} could not be saved"), path.name)
        self.project_failed.emit()
