"""`Renderer`: everybody who needs the sampler's thread, and who makes room for whom."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render.background_queue import BackgroundQueue
from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.export_controller import ExportController
from fxdiffuse_gui.app.render.measured_strength import StrengthMeter
from fxdiffuse_gui.app.render.preset_thumbnails import PresetThumbnails
from fxdiffuse_gui.app.render.preview_controller import PreviewController
from fxdiffuse_gui.app.render.sampler_threads import SamplerThreads
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


class Renderer(QObject):
    """Exports come before the screen, and that before the side line; what shares the other thread waits for
    nobody."""

    message = Signal(str)
    exported = Signal(object)
    """Path."""
    loaded = Signal(object)
    """LoadedModel, once for `start` and for every model that `use_model` has taken on."""

    def __init__(
        self, engine: Engine, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._threads = SamplerThreads(engine, clock, self)
        self._threads.sampler.noted.connect(self.message)
        self._threads.sampler.loaded.connect(self._on_loaded)
        self.strength_meter = StrengthMeter(engine, self._threads.side, self)
        self.side = BackgroundQueue(engine, self._threads.sampling, self)
        self.preset_thumbnails = PresetThumbnails(engine, self._threads.side, self)
        self._exports = ExportController(self._threads, clock, self)
        self._exports.message.connect(self.message)
        self._exports.exported.connect(self.exported)
        self.screen = PreviewController(
            self._threads, self.side, self._exports, self.strength_meter, clock, self
        )
        self.screen.message.connect(self.message)

    def start(self, model: Path | None = None) -> None:
        """Starts the threads and loads the model at `model` there, the bundled one by default."""
        self._threads.start()
        self._threads.load.emit(model)

    def close(self) -> None:
        """Stops everything and waits for the threads."""
        self.screen.close()
        self.strength_meter.void()
        self.side.set_source(None)
        self.preset_thumbnails.stop()
        self._exports.cancel()
        self._threads.close()

    def use_model(self, model: Path | None) -> bool:
        """Puts the model at `model`, None for the bundled one, in the place of the one in use: what runs is
        stopped, and computed anew. If it cannot be loaded, the one in use stays.

        False when that has not begun, because a file is being made.
        """
        if self._exports.is_busy:
            self.message.emit(tr("A file is being exported; wait for it before you change the model."))
            return False
        self._threads.load.emit(model)
        # Queued behind the loading, in the same thread.
        self.screen.begin_loading()
        return True

    def set_source(self, source: Source | None) -> None:
        """Another photo: everything computed so far is void."""
        self._source = source
        self.screen.set_source(source)
        self.side.set_source(source)
        self.preset_thumbnails.set_source(source)
        self._threads.forget.emit()

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being made."""
        return self._exports.is_busy

    def export(
        self, state: EditState, path: Path, options: "ExportOptions", project: Path | None = None
    ) -> bool:
        """Edits the whole photo with `state` and writes `path`; previews wait meanwhile. `project` is the
        file that the edit was saved to.

        False when it has not begun, because there is no photo or another export is running.
        """
        if self._source is None:
            return False
        if self._exports.is_busy:
            self.message.emit(tr("An export is already running; wait for it or cancel it with Esc."))
            return False
        self.screen.hold()
        self.side.hold()
        self._exports.begin(self._source, state, path, options, project)
        return True

    def cancel(self) -> None:
        """Stops the export if there is one, else the preview; the last picture stays on screen."""
        if self._exports.is_busy:
            self._exports.cancel()
        else:
            self.screen.cancel()

    def _on_loaded(self, loaded: LoadedModel) -> None:
        if loaded.problem:
            self.message.emit(loaded.problem)
        if loaded.digest is not None or not loaded.problem:
            self.preset_thumbnails.set_ready()
        self.screen.end_loading()
        self.loaded.emit(loaded)
        self.screen.report()
