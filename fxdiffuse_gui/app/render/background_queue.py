"""`BackgroundQueue`: pictures other than the one on the canvas, computed while the canvas needs nothing."""

import itertools
from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import EditRequest, Finished, Result
from fxdiffuse_gui.app.render.sampler_worker import SamplerWorker
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.document.edit_state import EditState


class BackgroundQueue(QObject):
    """First come, first served, one at a time, in the sampler thread and with its engine and cache.

    While it is held nothing begins, and what runs is stopped at the next step of the model; later it begins
    again, and the engine remembers what was finished of it.
    """

    previewed = Signal(object, object)
    """EditRequest and Result, a part of its picture. The receiver sets the request's `shown` once it has
    taken it."""
    ended = Signal(object, str)
    """EditRequest, and the sentence that says why it failed; empty when all of it has come."""
    busy_changed = Signal()
    """`is_busy` has changed."""

    def __init__(self, worker: SamplerWorker, parent: QObject | None = None) -> None:
        """worker: one of its own, so that its results never mix with those for the canvas."""
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._source: Source | None = None
        self._waiting: list[EditRequest] = []
        self._running: EditRequest | None = None
        self._is_dropped = False
        self._held = False
        self._was_busy = False
        self._worker = worker
        self._worker.previewed.connect(self._on_previewed)
        self._worker.finished.connect(self._on_finished)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being computed."""
        return self._running is not None

    def set_source(self, source: Source | None) -> None:
        """Another photo: the requests for the last one are dropped."""
        self._source = source
        self._waiting.clear()
        self._stop(for_good=True)

    def submit(self, state: EditState, render_pass: Pass) -> int | None:
        """Puts the picture of `state` at the end of the queue; returns its number. None without a photo."""
        if self._source is None:
            return None
        number = next(self._ids)
        condition, center = state.condition(with_mask=False), render_pass.region.center
        request = EditRequest(number, number, self._source, condition, state.used_mask, render_pass, center)
        self._waiting.append(request)
        self._begin()
        return number

    def drop(self, numbers: Collection[int]) -> None:
        """Drops those requests, the running one too."""
        self._waiting = [request for request in self._waiting if request.id not in numbers]
        if self._running is not None and self._running.id in numbers:
            self._stop(for_good=True)

    def hold(self) -> None:
        """The thread is needed for something else until `resume`."""
        self._held = True
        self._stop(for_good=False)

    def resume(self) -> None:
        """Ends `hold`."""
        self._held = False
        self._begin()

    def _stop(self, *, for_good: bool) -> None:
        if self._running is not None:
            self._running.cancel.set()
            self._is_dropped = self._is_dropped or for_good

    def _begin(self) -> None:
        if self._running is None and self._waiting and not self._held:
            self._running = request = self._waiting.pop(0)
            self._is_dropped = False
            self._worker.submit(request)
        if self._was_busy != self.is_busy:
            self._was_busy = self.is_busy
            self.busy_changed.emit()

    def _on_previewed(self, result: Result) -> None:
        running = self._running
        if running is not None and running.id == result.request_id and not running.cancel.is_set():
            self.previewed.emit(running, result)

    def _on_finished(self, finished: Finished) -> None:
        request, self._running = self._running, None
        assert request is not None
        # Stopped is also what came to its end while the stop was on its way: its last part was not taken.
        if request.cancel.is_set():
            if not self._is_dropped:
                self._waiting.insert(0, request.again())
        else:
            self.ended.emit(request, finished.error or "")
        self._begin()
