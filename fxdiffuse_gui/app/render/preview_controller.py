"""`PreviewController`: decides which pictures the screen needs and has the sampler thread compute them."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render import statuses
from fxdiffuse_gui.app.render.background_queue import BackgroundQueue
from fxdiffuse_gui.app.render.export_controller import ExportController
from fxdiffuse_gui.app.render.measured_strength import StrengthMeter
from fxdiffuse_gui.app.render.pass_plan import FINAL_EVALUATIONS, Pass, PassPlan
from fxdiffuse_gui.app.render.proxy_previews import ProxyPreviews
from fxdiffuse_gui.app.render.render_target import RenderTarget
from fxdiffuse_gui.app.render.request import EditRequest, Finished, Result
from fxdiffuse_gui.app.render.sampler_threads import SamplerThreads
from fxdiffuse_gui.app.render.scheduler import EtaMeter, Scheduler
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.app.render.throughput import Throughput
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import EditState, Status
from fxdiffuse_gui.engine.conditions.tasks import Task


class PreviewController(QObject):
    """Turns settings into pictures, in the order of `PassPlan` and by the rules of `Scheduler`."""

    result_changed = Signal(object)
    """Result, a part of the picture; or None when no effect is active."""
    status_changed = Signal(object)
    """Status, of an export too."""
    message = Signal(str)

    def __init__(
        self,
        threads: SamplerThreads,
        side: BackgroundQueue,
        exports: ExportController,
        strength_meter: StrengthMeter,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._threads, self._side, self._exports, self._strength_meter = (
            threads,
            side,
            exports,
            strength_meter,
        )
        self._subject = RenderTarget()
        self._scheduler = Scheduler[EditRequest](self._start)
        self._proxy_previews = ProxyPreviews(threads, self)
        self._eta = EtaMeter(clock)
        self._pace = Throughput()
        self._plan = PassPlan()
        self._stopped = False
        self._dragging = False
        self._told_of: Hashable = None
        self._has_result = False
        self._is_loading = True
        self.status = statuses.no_photo()
        threads.sampler.previewed.connect(self._on_previewed)
        threads.sampler.finished.connect(self._on_finished)
        self._proxy_previews.drawn.connect(self._on_proxy)
        exports.status_changed.connect(self._set_status)
        exports.ended.connect(self._on_export_ended)

    # --- what is wanted ---------------------------------------------------------------------------

    def set_source(self, source: Source | None) -> None:
        """Another photo: everything computed so far is void."""
        self._scheduler.cancel()
        self._proxy_previews.forget()
        self._strength_meter.void()
        self._subject.set_source(source)
        self._has_result = False
        self._plan = PassPlan() if source is None else PassPlan(source.shape, self._pace)

    def set_view(self, visible: Region, zoom: float, focus: tuple[float, float] | None = None) -> None:
        """Tells which part of the photo is on screen, how many screen pixels there are for one of its own,
        and where in it the pointer is."""
        self._plan.set_view(visible, zoom)
        self._subject.focus = focus
        self._submit()

    def request(self, state: EditState, *, dragging: bool = False) -> None:
        """Makes `state` the settings to show. Settings that give the same picture are not computed anew."""
        self._dragging = dragging
        if self._subject.set_state(state):
            self._strength_meter.void()
            self._plan.set_revision(self._subject.revision, is_drawn=Task.GRAIN in state.active_tasks)
            self._stopped = False
        self._submit(patient=dragging)
        if dragging:
            self._submit_proxy()

    def refresh(self) -> None:
        """Takes up again what `cancel` has stopped."""
        self._stopped = False
        self._submit()

    def cancel(self) -> None:
        """Stops what is being computed; the last picture stays on screen."""
        if self._scheduler.is_busy:
            self._stopped = True
            self._scheduler.cancel()
            self._proxy_previews.cancel()
            self.report()

    def hold(self) -> None:
        """Leaves the thread to an export until that has ended."""
        self._scheduler.hold()
        self._proxy_previews.cancel()

    def close(self) -> None:
        """Computes nothing ever again."""
        self._scheduler.hold()
        self._proxy_previews.close()

    def begin_loading(self) -> None:
        """Another model is being loaded: everything is computed anew, by that."""
        self._is_loading = True
        self._subject.renew()
        self.request(self._subject.state)

    def end_loading(self) -> None:
        """There is a model; `report` follows once everybody knows of it."""
        self._is_loading = False
        if self._dragging:
            # The hand may rest by now, and would go on waiting for a stand-in.
            self._submit_proxy()

    @property
    def visible_pass(self) -> Pass:
        """What shows all that is on screen at rest."""
        return Pass(self._plan.zoom, self._plan.visible, rough=False)

    # --- which pass comes next --------------------------------------------------------------------

    def _submit(self, *, patient: bool = False) -> None:
        if self._subject.source is None:
            self.report()
            return
        if not self._subject.state.active_tasks:
            self._scheduler.cancel()
            self._proxy_previews.forget()
            self._plan.forget()
            if self._has_result:
                self._has_result = False
                self.result_changed.emit(None)
        elif not self._stopped:
            running = self._scheduler.running
            current = running is not None and running.revision == self._subject.revision
            begun = running.wanted if running is not None and current else None
            wanted = self._plan.next_pass(dragging=patient, running=begun)
            if wanted is None:
                self._scheduler.cancel()
            else:
                # Only a pass for a drag is waited for; a better one would hold it up.
                waits = patient and running is not None and running.wanted.rough
                self._scheduler.submit(self._subject.request(wanted), patient=waits)
        if not self._scheduler.is_busy and not self._exports.is_busy and not self._dragging:
            self._side.resume()
        self.report()

    def _submit_proxy(self) -> None:
        """Has the newest settings of a drag drawn without the model. Whatever fills holes needs the model."""
        tasks = set(self._subject.state.active_tasks) - {Task.INPAINT}
        possible = tasks and not self._is_loading and not self._exports.is_busy and not self._stopped
        if self._subject.source is not None and possible:
            wanted = Pass(self._plan.screen_zoom, self._plan.visible, rough=True)
            self._proxy_previews.submit(self._subject.request(wanted))

    def _start(self, request: EditRequest) -> None:
        self._side.hold()
        self._eta.restart()
        self._threads.run.emit(request)

    # --- what the worker answers ------------------------------------------------------------------

    def _on_proxy(self, result: Result) -> None:
        self._has_result = True
        self.result_changed.emit(result)
        self._set_status(statuses.proxy_preview())

    def _on_previewed(self, result: Result) -> None:
        request = self._scheduler.running
        shown = self._scheduler.previewed(result.request_id)
        if request is None or not shown:
            return
        request.shown.set()
        if not result.proxy_preview:
            width, height = result.box[2] - result.box[0], result.box[3] - result.box[1]
            drawn = Task.GRAIN in request.condition.active_tasks and not result.rough
            self._pace.learn(width * height, FINAL_EVALUATIONS if drawn else 1, result.seconds)
        if result.final and result.revision == self._subject.revision:
            self._plan.record(request.wanted)
            if result.crop is not None:
                self._strength_meter.offer(request, result.crop)
        self._has_result = True
        older = self._proxy_previews.covers(result)
        if not older and result.final and not result.background:
            self._proxy_previews.give_way_to(result)
        self.result_changed.emit(result)
        if not older and not result.background:
            self._told_of = request.key
            eta, zoom = self._eta.remaining(result.progress), self._plan.told_zoom(request.wanted.zoom)
            self._set_status(
                statuses.previewed(result, zoom, shows_proxy=self._proxy_previews.is_shown, eta=eta)
            )

    def _on_finished(self, finished: Finished) -> None:
        failed = finished.error is not None
        running = self._scheduler.running
        if failed and running is not None and running.id == finished.request_id:
            # The same edit would fail again: wait for a change instead of trying for ever.
            self._stopped = True
            self.message.emit(finished.error)
        self._scheduler.finished(finished.request_id)
        if not self._scheduler.is_busy and not self._exports.is_busy:
            self._submit()
        if failed and not self._scheduler.is_busy:
            self._set_status(statuses.failed(shows_proxy=self._proxy_previews.is_shown))

    def _on_export_ended(self) -> None:
        self._scheduler.resume()
        self._submit()

    # --- status -----------------------------------------------------------------------------------

    def report(self) -> None:
        """Emits the status that follows from what is known, unless a finer one is there already."""
        if self._exports.is_busy:
            return
        running = self._scheduler.running
        busy = self._scheduler.is_busy and not (running is not None and running.wanted.background)
        is_told = running is not None and running.key == self._told_of
        if self._subject.source is None:
            status = statuses.no_photo()
        elif not self._subject.state.active_tasks:
            status = statuses.original()
        elif self._plan.is_visible_done:
            status = statuses.done(self._plan.told_zoom(self._plan.zoom))
        elif self._stopped or not busy:
            status = statuses.stopped(shows_proxy=self._proxy_previews.is_shown)
        elif self._is_loading:
            status = statuses.loading_model()
        elif self.status.kind == "preview" and (self._dragging or is_told):
            return
        else:
            status = statuses.updating(shows_proxy=self._proxy_previews.is_shown)
        self._set_status(status)

    def _set_status(self, status: Status) -> None:
        if status != self.status:
            self.status = status
            self.status_changed.emit(status)
