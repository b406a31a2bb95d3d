"""`ProxyPreviews`: pictures without the model, which a drag shows until the model has caught up."""

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render.request import EditRequest, Finished, Result
from fxdiffuse_gui.app.render.sampler_threads import SamplerThreads
from fxdiffuse_gui.app.render.scheduler import Scheduler


class ProxyPreviews(QObject):
    """Has the newest one drawn, and knows which of a stand-in and the model's picture is the newer."""

    drawn = Signal(object)
    """Result, to be laid over what is on screen."""

    def __init__(self, threads: SamplerThreads, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheduler = Scheduler[EditRequest](threads.draw.emit)
        self._revision = 0
        self._model_revision = 0
        self.is_shown = False
        """Whether what is on screen is one."""
        threads.proxy_previews.drawn.connect(self._on_drawn)
        threads.proxy_previews.finished.connect(self._on_finished)

    def submit(self, request: EditRequest) -> None:
        """Has one drawn, unless the model's picture for these settings is there."""
        if self._model_revision < request.revision:
            self._scheduler.submit(request, patient=True)

    def covers(self, result: Result) -> bool:
        """Whether the one on screen is for newer settings than `result`, which the model has made."""
        return self.is_shown and result.revision < self._revision

    def replace_with(self, result: Result) -> None:
        """`result`, all that is visible by the model, is on screen."""
        self._model_revision = result.revision
        self.is_shown = False

    def cancel(self) -> None:
        """Draws none; the last one stays on screen."""
        self._scheduler.cancel()

    def forget(self) -> None:
        """Draws none, and there is none on screen any more."""
        self._scheduler.cancel()
        self.is_shown = False

    def close(self) -> None:
        """Draws none ever again."""
        self._scheduler.hold()

    def _on_drawn(self, result: Result) -> None:
        wanted = self._scheduler.previewed(result.request_id)
        # The model may have been faster.
        if wanted and result.revision > self._model_revision:
            self.is_shown, self._revision = True, result.revision
            self.drawn.emit(result)

    def _on_finished(self, finished: Finished) -> None:
        self._scheduler.finished(finished.request_id)
