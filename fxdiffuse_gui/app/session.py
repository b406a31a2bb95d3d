"""`Session`: one photo, its settings and history, and the threads that turn them into pictures."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.files.loader import Opened
from fxdiffuse_gui.app.files.loader_thread import LoaderThread
from fxdiffuse_gui.app.models.model_choice import ModelChoice
from fxdiffuse_gui.app.render import statuses
from fxdiffuse_gui.app.render.engine_port import Engine, TorchEngine
from fxdiffuse_gui.app.render.live_edit import LiveEdit
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState, MaskImage, Reference, Status
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.image import Photo

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


class Session(LiveEdit):
    """One photo, its settings, its history. All widgets talk to it and none of them to each other."""

    photo_changed = Signal(object)
    """Photo, or None when there is none."""
    reference_failed = Signal(str)
    """Why the reference asked for could not be read: one sentence, shown where references are chosen."""
    exported = Signal(object)
    """Path of the file that has been written."""
    project_saved = Signal(object)
    """Path of the project that has been written."""
    recovered = Signal()
    """The edit that a crash has left is here; see `recover`."""
    project_failed = Signal()
    """The project could not be written; why comes through `message`."""

    def __init__(
        self,
        engine: Engine | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(engine or TorchEngine(), clock, parent)
        self._ticket = 0
        self._opening = False
        self._exported: EditState | None = None
        self._saving: Project | None = None
        self._link: PhotoLink | None = None
        self.project_path: Path | None = None
        self.levels: tuple[QImage, ...] = ()
        self._renderer.exported.connect(self._on_exported)

        self._files = LoaderThread(self)
        loader = self._files.loader
        loader.opened.connect(self._on_opened)
        loader.open_failed.connect(self._on_open_failed)
        loader.reference_read.connect(self._on_reference_read)
        loader.mask_read.connect(self._on_mask_read)
        loader.reference_failed.connect(self.reference_failed)
        loader.mask_failed.connect(self.message)
        loader.mask_written.connect(self._on_mask_written)
        loader.project_saved.connect(self._on_project_saved)
        loader.project_failed.connect(self._on_project_failed)
        self.models = ModelChoice(self._renderer, self._files, self)
        self.models.message.connect(self.message)

    def start(self) -> None:
        """Starts the loader's and the sampler's thread; the latter imports torch. Show the window first."""
        self._files.start()
        self.models.start()

    def close(self) -> None:
        """Stops both threads and waits for them."""
        self._renderer.close()
        self._files.close()

    @property
    def is_saving(self) -> bool:
        """Whether a project is being written."""
        return self._saving is not None

    @property
    def project(self) -> Project | None:
        """The edit as it is now, ready to be written; None without a photo."""
        if self.photo is None or self._link is None:
            return None
        items, model = self.snapshots.items, self.models.digest
        return Project(self.photo, self._link, self._state, items, self.project_path, model)

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being made."""
        return self._renderer.is_exporting

    # --- files ------------------------------------------------------------------------------------

    def open_photo(self, path: Path) -> None:
        """Reads a photo or a project off the drawing thread; errors come through `message` and keep the old.

        A photo starts with every effect off and an empty history; slider values and reference stay. A
        project brings all of its own.
        """
        self._begin_opening(path.name)
        self._files.open_file.emit(self._ticket, path)

    def open_edit(self, path: Path) -> None:
        """Opens the original of the exported picture at `path`, with the edit that the picture came of."""
        self._begin_opening(path.name)
        self._files.open_edit.emit(self._ticket, path)

    def open_image(self, image: QImage) -> None:
        """Opens a picture without a file, as from the clipboard. Its export has to be named."""
        self._begin_opening(tr("picture"))
        self._files.open_image.emit(self._ticket, image.copy())

    def recover(self, path: Path) -> None:
        """Opens the crash journal at `path`: the edit goes on, and counts as not saved."""
        self._begin_opening(tr("the last edit"))
        self._files.open_journal.emit(self._ticket, path)

    def _begin_opening(self, name: str) -> None:
        self._ticket += 1
        self._publish(statuses.opening(name))
        self._opening = True

    def load_reference(self, path: Path) -> None:
        """Reads a reference off the drawing thread; errors come through `reference_failed`."""
        self._files.read_reference.emit(path)

    def load_mask(self, path: Path) -> None:
        """Reads a mask of the photo's size off the drawing thread; errors come through `message`."""
        if self.photo is not None:
            self._files.read_mask.emit(path, self.photo)

    def save_mask(self, path: Path) -> None:
        """Writes the mask as a PNG off the drawing thread; how it went comes through `message`."""
        if self._state.mask is not None:
            self._files.write_mask.emit(path, self._state.mask)

    def export(self, path: Path, options: "ExportOptions") -> None:
        """Edits at full resolution and writes `path`; progress comes through `status_changed`."""
        if self._renderer.export(self._state, path, options, self.project_path):
            self._exported = self._state

    def save_project(self, path: Path, *, with_photo: bool = False) -> None:
        """Writes the edit to `path` off the drawing thread; errors come through `message`.

        The photo's file goes in when asked for, and stays in a project that has it already.
        """
        project = self.project
        if project is None or self._saving is not None:
            return
        self._saving = project
        self._files.save_project.emit(path, project, with_photo or project.link.inside == path.absolute())

    def apply_preset(self, preset: Preset, text: str = "") -> None:
        """Sets the look of `preset`, and loads its reference if it needs another one than is there.

        `text` is what the history calls it, instead of the preset's name.
        """
        self.apply_settings(preset.settings, text or tr("Preset “{preset}”").format(preset=preset.name))
        current = None if self._state.reference is None else self._state.reference.path
        wanted = preset.reference
        if wanted is not None and Task.COLOR in preset.settings.enabled and wanted != current:
            self.load_reference(wanted)

    # --- what the threads answer ------------------------------------------------------------------

    def _on_opened(self, opened: Opened) -> None:
        if opened.ticket != self._ticket:
            return
        self._opening = False
        self.photo = opened.source.photo
        self.levels = opened.levels
        self.project_path = None if opened.project is None else opened.project.path
        self._link = opened.link
        self._renderer.set_source(opened.source)
        self.bypass.set(None, self._state)
        self._start_over(opened.project)
        self._exported = None
        if opened.recovered:
            self.undo_stack.resetClean()
        self.modified_changed.emit()
        self.photo_changed.emit(self.photo)
        self.state_changed.emit(self._state)
        self._request()
        self._publish(self._screen.status)
        for notice in opened.notices:
            self.message.emit(notice)
        if opened.recovered:
            self.recovered.emit()
        self.models.expect(None if opened.project is None else opened.project.model)

    def _on_open_failed(self, ticket: int, text: str) -> None:
        if ticket != self._ticket:
            return
        self._opening = False
        self.message.emit(text)
        self._publish(self._screen.status)

    def _on_reference_read(self, reference: Reference) -> None:
        self.set_reference(reference)

    def _on_mask_read(self, mask: MaskImage, photo: Photo) -> None:
        if photo is self.photo:
            self.set_mask(mask)

    def _on_mask_written(self, path: Path) -> None:
        self.message.emit(tr("{name} has been written.").format(name=path.name))

    def _on_exported(self, path: Path) -> None:
        if self._state is self._exported:
            self.forget_changes()
        self.exported.emit(path)

    def _on_project_saved(self, path: Path, link: PhotoLink) -> None:
        saved, self._saving = self._saving, None
        # Another photo may have been opened meanwhile.
        if saved is not None and saved.photo is self.photo:
            self._link = link
            self.project_path = path.absolute()
            if saved.state is self._state:
                self.undo_stack.setClean()
            if saved.snapshots is self.snapshots.items:
                self._snapshots_changed = False
            self.modified_changed.emit()
        self.project_saved.emit(path)

    def _on_project_failed(self, text: str) -> None:
        self._saving = None
        self.message.emit(text)
        self.project_failed.emit()

    def _publish(self, status: Status) -> None:
        if not self._opening:
            super()._publish(status)
