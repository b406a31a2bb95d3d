"""`Renderer`: everything that computes pictures, and the threads that it shares."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.render.background_queue import BackgroundQueue
from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.export_controller import ExportController
from fxdiffuse_gui.app.render.measured_strength import StrengthMeter
from fxdiffuse_gui.app.render.preset_thumbnails import PresetThumbnails
from fxdiffuse_gui.app.render.preview_controller import PreviewController
from fxdiffuse_gui.app.render.proxy_previews import ProxyPainter, ProxyPreviews
from fxdiffuse_gui.app.render.sampler_worker import LoadedModel, SamplerWorker
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
        # The engine works in one thread; what is done quickly without the model has the other.
        self._sampling, self._quick = BackgroundThread("sampler", self), BackgroundThread("proxy", self)
        self._worker = SamplerWorker(engine, self._sampling, self)
        self._worker.noted.connect(self.message)
        self._worker.loaded.connect(self._on_loaded)
        self._strength_meter = StrengthMeter(engine, self._quick, self)
        self.background_queue = BackgroundQueue(SamplerWorker(engine, self._sampling, self), self)
        self.preset_thumbnails = PresetThumbnails(engine, self._quick, self)
        self.exports = ExportController(self._worker, clock, self)
        self.exports.message.connect(self.message)
        proxy_previews = ProxyPreviews(ProxyPainter(engine, clock), self._quick, self)
        self.preview = PreviewController(
            self._worker, proxy_previews, self.background_queue, self.exports, clock, self
        )
        self.preview.message.connect(self.message)
        self.preview.measurable.connect(self._strength_meter.offer)
        self.preview.outdated.connect(self._strength_meter.clear)
        self._strength_meter.changed.connect(self.preview.strengths_changed)

    def start(self, model: Path | None = None) -> None:
        """Starts the threads and loads the model at `model` there, the bundled one by default."""
        self._sampling.start()
        self._quick.start()
        self._load(model)

    def close(self) -> None:
        """Stops everything and waits for the threads."""
        self.preview.close()
        self._strength_meter.clear()
        self.background_queue.set_source(None)
        self.preset_thumbnails.stop()
        self.exports.cancel()
        self._sampling.close()
        self._quick.close()

    def use_model(self, model: Path | None) -> bool:
        """Replaces the model in use by the one at `model`, None for the bundled one: what runs is stopped and
        computed again. If the new one cannot be loaded, the one in use stays.

        False when that has not begun, because a file is being made.
        """
        if self.exports.is_busy:
            self.message.emit(tr("A file is being exported; wait for it before you change the model."))
            return False
        self._load(model)
        # Queued behind the loading, in the same thread.
        self.preview.begin_loading()
        return True

    def set_source(self, source: Source | None) -> None:
        """Another photo: everything computed so far is void."""
        self.preview.set_source(source)
        self.exports.set_source(source)
        self.background_queue.set_source(source)
        self.preset_thumbnails.set_source(source)
        self._sampling.submit(lambda _: self._worker.forget())

    def _load(self, model: Path | None) -> None:
        self._sampling.submit(lambda _: self._worker.load(model))

    def _on_loaded(self, loaded: LoadedModel) -> None:
        if loaded.problem:
            self.message.emit(loaded.problem)
        if loaded.digest is not None or not loaded.problem:
            self.preset_thumbnails.set_ready()
        self.preview.end_loading(loaded.edit_cost)
        self.loaded.emit(loaded)
        self.preview.report()
