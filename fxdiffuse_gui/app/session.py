"""`Session`: one photo, its settings and history, and everything that turns them into pictures and files."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.edit.bypass import Bypass
from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.app.edit.mask_commands import MaskCommands
from fxdiffuse_gui.app.edit.setting_commands import SettingCommands, draw_seed, first_state
from fxdiffuse_gui.app.edit.snapshot_list import SnapshotList
from fxdiffuse_gui.app.files.edit_files import EditFiles
from fxdiffuse_gui.app.files.loader import Opened
from fxdiffuse_gui.app.models.model_choice import ModelChoice
from fxdiffuse_gui.app.render.engine_port import Engine, TorchEngine
from fxdiffuse_gui.app.render.renderer import Renderer
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.photo.image import Photo


class Session(QObject):
    """Makes the parts and connects them. All widgets talk to its parts and none of them to each other.

    history: the settings, the undo stack, and whether anything is not saved. settings, mask: commands on the
    history. snapshots: settings kept under names. bypass: the effect that is left out on screen.
    preview: the picture on screen. preset_thumbnails: small pictures of presets. files: photo, project,
    reference, mask and exports. models: which model computes.
    """

    photo_changed = Signal(object)
    """Photo that is edited from now on. The settings follow through `history.state_changed`."""
    message = Signal(str)
    """One sentence for the artist, from any part."""

    def __init__(
        self,
        engine: Engine | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.levels: tuple[QImage, ...] = ()
        """The photo's display images at full, half, quarter … size."""
        self.history = EditHistory(EditState(seed=draw_seed()), self)
        self.settings = SettingCommands(self.history, self)
        self.mask = MaskCommands(self.history, self)
        self.snapshots = SnapshotList(self.history, self)
        self.bypass = Bypass(self.history, self)

        self._renderer = Renderer(engine or TorchEngine(), clock, self)
        self.preview = self._renderer.preview
        self.preset_thumbnails = self._renderer.preset_thumbnails
        self._loader = BackgroundThread("loader", self)
        self.models = ModelChoice(self._renderer, self._loader, self)
        self.files = EditFiles(
            self._loader,
            self.history,
            self.snapshots,
            self._renderer.exports,
            lambda: self.models.digest,
            self,
        )
        self._connect()

    def _connect(self) -> None:
        self.bypass.changed.connect(self.preview.set_bypassed)
        self.history.render_requested.connect(self.preview.request)
        self.settings.reference_needed.connect(self.files.load_reference)
        self.files.opening.connect(self.preview.status_display.begin_opening)
        self.files.opened.connect(self._on_opened)
        self.files.open_failed.connect(self.preview.status_display.end_opening)
        self.files.reference_read.connect(self.settings.set_reference)
        self.files.mask_read.connect(self.mask.replace)
        for part in (self.settings, self.mask, self.snapshots, self._renderer, self.files, self.models):
            part.message.connect(self.message)

    @property
    def photo(self) -> Photo | None:
        """The photo that is edited."""
        return self.history.photo

    @property
    def state(self) -> EditState:
        """The current settings."""
        return self.history.state

    def start(self) -> None:
        """Starts the threads and has the model loaded, which imports torch. Show the window first."""
        self._loader.start()
        self.models.start()

    def close(self) -> None:
        """Stops the threads and waits for them."""
        self._renderer.close()
        self._loader.close()

    def _on_opened(self, opened: Opened) -> None:
        """Edits another photo from now on: first every part gets it, then the signals are emitted."""
        project, photo = opened.project, opened.source.photo
        self.levels = opened.levels
        self._renderer.set_source(opened.source)
        self.bypass.clear()
        self.snapshots.items = () if project is None else project.snapshots
        self.history.start(photo, first_state(self.state) if project is None else project.state)
        if opened.recovered:
            self.history.undo_stack.resetClean()
        self.history.modified_changed.emit()
        self.photo_changed.emit(photo)
        self.history.announce()
        self.preview.status_display.end_opening()
        for notice in opened.notices:
            self.message.emit(notice)
        if opened.recovered:
            self.files.recovered.emit()
        self.models.expect(None if project is None else project.model)
