"""`Renderer`: everything that computes pictures, and the threads that it shares."""

import time
from collections.abc import Callable
from pathlib import Path

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


class Renderer(QObject):
    """Exports come before the preview, and that before the background queue; thumbnails and measurements have
    another thread and wait for none of them.

    Only starts, stops and supplies the parts; settings go straight to `preview`.
    """

    message = Signal(str)
    """One sentence for the artist."""
    loaded = Signal(object)
    """LoadedModel, once for `start` and for every model that `use_model` has loaded."""

    def __init__(
        self, engine: Engine, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._threads = SamplerThreads(engine, clock, self)
        self._threads.sampler.noted.connect(self.message)
        self._threads.sampler.loaded.connect(self._on_loaded)
        self._strength_meter = StrengthMeter(engine, self._threads.side, self)
        self.background_queue = BackgroundQueue(engine, self._threads.sampling, self)
        self.preset_thumbnails = PresetThumbnails(engine, self._threads.side, self)
        self.exports = ExportController(self._threads, clock, self)
        self.exports.message.connect(self.message)
        self.preview = PreviewController(
            self._threads, self.background_queue, self.exports, self._strength_meter, clock, self
        )
        self.preview.message.connect(self.message)

    def start(self, model: Path | None = None) -> None:
        """Starts the threads and loads the model at `model` there, the bundled one by default."""
        self._threads.start()
        self._threads.load.emit(model)

    def close(self) -> None:
        """Stops everything and waits for the threads."""
        self.preview.close()
        self._strength_meter.clear()
        self.background_queue.set_source(None)
        self.preset_thumbnails.stop()
        self.exports.cancel()
        self._threads.close()

    def use_model(self, model: Path | None) -> bool:
        """Replaces the model in use by the one at `model`, None for the bundled one: what runs is stopped and
        computed again. If the new one cannot be loaded, the one in use stays.

        False when that has not begun, because a file is being made.
        """
        if self.exports.is_busy:
            self.message.emit(tr("A file is being exported; wait for it before you change the model."))
            return False
        self._threads.load.emit(model)
        # Queued behind the loading, in the same thread.
        self.preview.begin_loading()
        return True

    def set_source(self, source: Source | None) -> None:
        """Another photo: everything computed so far is void."""
        self.preview.set_source(source)
        self.exports.set_source(source)
        self.background_queue.set_source(source)
        self.preset_thumbnails.set_source(source)
        self._threads.forget.emit()

    def _on_loaded(self, loaded: LoadedModel) -> None:
        if loaded.problem:
            self.message.emit(loaded.problem)
        if loaded.digest is not None or not loaded.problem:
            self.preset_thumbnails.set_ready()
        self.preview.end_loading()
        self.loaded.emit(loaded)
        self.preview.report()
