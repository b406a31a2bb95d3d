"""`PreviewController`: decides which pictures the screen needs and has the sampler thread compute them."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render import statuses
from fxdiffuse_gui.app.render.background_queue import BackgroundQueue
from fxdiffuse_gui.app.render.export_controller import ExportController
from fxdiffuse_gui.app.render.pass_plan import Pass, PassPlan
from fxdiffuse_gui.app.render.proxy_previews import ProxyPreviews
from fxdiffuse_gui.app.render.request import EditRequest, Finished, RenderTarget, Result
from fxdiffuse_gui.app.render.sampler_worker import SamplerWorker
from fxdiffuse_gui.app.render.scheduler import EtaMeter, Scheduler
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.app.render.statuses import Status
from fxdiffuse_gui.app.render.throughput import EditCost, Throughput
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import Task


class PreviewController(QObject):
    """Turns settings into pictures, in the order of `PassPlan` and by the rules of `Scheduler`."""

    preview_changed = Signal(object)
    """Result, a part of the picture; or None to show the photo alone."""
    status_changed = Signal(object)
    """Status for the state chip, of an export too."""
    strengths_changed = Signal(object)
    """Mapping of Task to the intensity measured on the result, empty while nothing is known."""
    message = Signal(str)
    """One sentence for the artist."""
    measurable = Signal(object, object)
    """EditRequest and MeasuredCrop of a picture that the effects can be measured on."""
    outdated = Signal()
    """What was measured on the last picture no longer holds."""

    def __init__(
        self,
        worker: SamplerWorker,
        proxy_previews: ProxyPreviews,
        background_queue: BackgroundQueue,
        exports: ExportController,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._exports = worker, exports
        self._proxy_previews, self.background_queue = proxy_previews, background_queue
        self._target, self._plan = RenderTarget(), PassPlan()
        self._scheduler = Scheduler[EditRequest](self._start)
        self._eta, self._throughput = EtaMeter(clock), Throughput()
        self._cost = EditCost()
        self.status_display = statuses.StatusDisplay(self)
        self._is_stopped = self._is_dragging = self._has_result = False
        self._is_loading = True
        self._reported_key: Hashable = None  # of the request whose parts the status shows
        worker.previewed.connect(self._on_previewed)
        worker.finished.connect(self._on_finished)
        proxy_previews.drawn.connect(self._on_proxy)
        exports.begun.connect(self._on_export_begun)
        exports.ended.connect(self._on_export_ended)
        exports.status_changed.connect(self.status_display.set)
        self.status_display.changed.connect(self.status_changed)

    def set_source(self, source: Source | None) -> None:
        """Another photo: everything computed so far is void."""
        self._scheduler.cancel()
        self._proxy_previews.forget()
        self.outdated.emit()
        self._target.set_source(source)
        self._has_result = False
        self._plan = PassPlan((1, 1) if source is None else source.shape, self._throughput, self._cost.final)

    def set_view(self, visible: Region, zoom: float, focus: tuple[float, float] | None = None) -> None:
        """Sets the part of the photo on screen, the screen pixels per photo pixel, and the pointer."""
        if self._target.source is not None:
            self._plan.set_view(visible, zoom)
            self._target.focus = focus
            self._submit()

    def request(self, state: EditState, dragging: bool = False) -> None:
        """Makes `state` the settings to show. Settings that give the same picture are not computed again."""
        self._is_dragging = dragging
        if self._target.set_state(state):
            self.outdated.emit()
            is_random = self._cost.is_random(self._target.is_drawn)
            self._plan.set_revision(self._target.revision, is_drawn=is_random)
            self._is_stopped = False
        self._submit(patient=dragging)
        if dragging:
            self._submit_proxy()

    def set_bypassed(self, task: Task | None) -> None:
        """Leaves `task` out of the pictures that are requested from now on."""
        self._target.bypassed = task

    def refresh(self) -> None:
        """Resumes what `cancel` has stopped."""
        self._is_stopped = False
        self._submit()

    def cancel(self) -> None:
        """Stops the export if there is one, else the preview; the last picture stays on screen."""
        if self._exports.is_busy:
            self._exports.cancel()
        elif self._scheduler.is_busy:
            self._is_stopped = True
            self._scheduler.cancel()
            self._proxy_previews.cancel()
            self.report()

    def close(self) -> None:
        """Stops for good."""
        self._scheduler.hold()
        self._proxy_previews.close()

    def begin_loading(self) -> None:
        """Another model is being loaded: everything is computed again, by that."""
        self._is_loading = True
        self._target.invalidate()
        self.request(self._target.state)

    def end_loading(self, edit_cost: float | None = None) -> None:
        """The model is there; call `report` once every other part knows. edit_cost: see `LoadedModel`."""
        self._is_loading = False
        if edit_cost != self._cost.of_model:
            # The passes were planned for a model that costs more or less.
            self._cost = EditCost(edit_cost)
            self._plan.set_evaluations(self._cost.final)
            self._target.invalidate()
            self.request(self._target.state)
        if self._is_dragging:
            # The handle may rest by now; no other event would bring a proxy preview.
            self._submit_proxy()

    @property
    def status(self) -> Status:
        """What the state chip shows."""
        return self.status_display.shown

    @property
    def visible_pass(self) -> Pass:
        """The picture that shows all that is on screen, as it is computed at rest."""
        return self._plan.visible_pass

    def _submit(self, *, patient: bool = False) -> None:
        if self._target.source is None:
            self.report()
            return
        if not self._target.state.active_tasks:
            self._scheduler.cancel()
            self._proxy_previews.forget()
            self._plan.forget()
            if self._has_result:
                self._has_result = False
                self.preview_changed.emit(None)
        elif not self._is_stopped:
            running = self._scheduler.running
            begun = running.render_pass if running and running.revision == self._target.revision else None
            needed = self._plan.next_pass(dragging=patient, running=begun)
            if needed is None:
                self._scheduler.cancel()
            else:
                # Only a pass for a drag is waited for; a better one would hold it up.
                waits = patient and running is not None and running.render_pass.rough
                self._scheduler.submit(self._target.request(needed), patient=waits)
        if not self._scheduler.is_busy and not self._exports.is_busy and not self._is_dragging:
            self.background_queue.resume()
        self.report()

    def _submit_proxy(self) -> None:
        """Has the newest settings of a drag drawn without the model. Filling holes needs the model."""
        tasks = set(self._target.state.active_tasks) - {Task.INPAINT}
        possible = tasks and not self._is_loading and not self._exports.is_busy and not self._is_stopped
        if self._target.source is not None and possible:
            self._proxy_previews.submit(self._target.request(self._plan.proxy_pass))

    def _start(self, request: EditRequest) -> None:
        self.background_queue.hold()
        self._eta.restart()
        self._worker.submit(request)

    def _on_proxy(self, result: Result) -> None:
        self._has_result = True
        self.preview_changed.emit(result)
        self.status_display.set(statuses.proxy_preview())

    def _on_previewed(self, result: Result) -> None:
        request = self._scheduler.running
        if not self._scheduler.previewed(result.request_id) or request is None:
            return
        request.shown.set()
        if not result.is_estimate:
            cost = self._cost.of_pass(Task.GRAIN in request.condition.active_tasks, rough=result.rough)
            self._throughput.learn(result.pixels, cost, result.seconds)
        if result.final and result.revision == self._target.revision:
            self._plan.record(request.render_pass)
            if result.crop is not None:
                self.measurable.emit(request, result.crop)
        self._has_result = True
        is_older = self._proxy_previews.covers(result.revision)
        if not is_older and result.final and not result.background:
            self._proxy_previews.replace_with(result.revision)
        self.preview_changed.emit(result)
        if not is_older and not result.background:
            self._reported_key = request.key
            eta, zoom = self._eta.remaining(result.progress), self._plan.shown_zoom(request.render_pass.zoom)
            shows_proxy = self._proxy_previews.is_shown
            step = result.number, result.of, result.progress
            self.status_display.set(statuses.previewed(*step, zoom, shows_proxy=shows_proxy, eta=eta))

    def _on_finished(self, finished: Finished) -> None:
        running = self._scheduler.running
        if finished.error is not None and running is not None and running.id == finished.request_id:
            # The same edit would fail again: wait for a change instead of trying for ever.
            self._is_stopped = True
            self.message.emit(finished.error)
        self._scheduler.finished(finished.request_id)
        if not self._scheduler.is_busy and not self._exports.is_busy:
            self._submit()
        if finished.error is not None and not self._scheduler.is_busy:
            self.status_display.set(statuses.failed(shows_proxy=self._proxy_previews.is_shown))

    def _on_export_begun(self) -> None:
        self._scheduler.hold()
        self._proxy_previews.cancel()
        self.background_queue.hold()

    def _on_export_ended(self) -> None:
        self._scheduler.resume()
        self._submit()

    def report(self) -> None:
        """Shows the status that follows from what is known, unless a finer one is there already."""
        if self._exports.is_busy:
            return
        running = self._scheduler.running
        is_background = running is not None and running.render_pass.background
        is_reported = running is not None and running.key == self._reported_key
        self.status_display.follow(
            self._plan,
            has_photo=self._target.source is not None,
            has_effects=bool(self._target.state.active_tasks),
            is_stopped=self._is_stopped or not self._scheduler.is_busy or is_background,
            is_loading=self._is_loading,
            keeps_preview=self._is_dragging or is_reported,
            shows_proxy=self._proxy_previews.is_shown,
        )
