"""`Renderer`: decides which pictures the screen needs and has the sampler thread compute them."""

import itertools
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app import statuses
from fxdiffuse_gui.app.engine_port import Engine
from fxdiffuse_gui.app.gauge import Gauge
from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.pace import Pace
from fxdiffuse_gui.app.plan import FINAL_EVALUATIONS, Pass, PassPlan
from fxdiffuse_gui.app.quick_looks import QuickLooks
from fxdiffuse_gui.app.request import EditRequest, ExportJob, Finished, Result
from fxdiffuse_gui.app.sampler_threads import SamplerThreads
from fxdiffuse_gui.app.scheduler import EtaMeter, Scheduler
from fxdiffuse_gui.app.side_line import SideLine
from fxdiffuse_gui.app.source import Source
from fxdiffuse_gui.app.state import EditState, Status
from fxdiffuse_gui.app.words import tr
from fxdiffuse_gui.app.worker import LoadedModel
from fxdiffuse_gui.engine.tasks import Task

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


class Renderer(QObject):
    """Turns settings into pictures, in the order of `PassPlan` and by the rules of `Scheduler`."""

    result_changed = Signal(object)
    """Result, a part of the picture; or None when no effect is active."""
    status_changed = Signal(object)
    message = Signal(str)
    exported = Signal(object)
    """Path."""
    loaded = Signal(object)
    """LoadedModel, once for `start` and for every model that `use_model` has taken on."""

    def __init__(
        self, engine: Engine, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._scheduler = Scheduler[EditRequest](self._start)
        self._eta = EtaMeter(clock)
        self._source: Source | None = None
        self._state = EditState()
        self._settings_key: Hashable = None
        self._revision = 0
        self._pace = Pace()
        self._plan = PassPlan()
        self._focus: tuple[float, float] | None = None
        self._stopped = False
        self._dragging = False
        self._told_of: Hashable = None
        self._has_result = False
        self._shown_revision = 0
        self._stands_in = False
        self._stand_in_revision = 0
        self._job: ExportJob | None = None
        self._is_loading = True
        self.status = statuses.no_photo()

        self._threads = SamplerThreads(engine, clock, self)
        sampler = self._threads.sampler
        sampler.noted.connect(self.message)
        sampler.loaded.connect(self._on_loaded)
        sampler.previewed.connect(self._on_previewed)
        sampler.finished.connect(self._on_finished)
        sampler.export_progressed.connect(self._on_export_progressed)
        sampler.export_finished.connect(self._on_export_finished)
        self._stand_ins = Scheduler[EditRequest](self._threads.draw.emit)
        self._threads.stand_ins.drawn.connect(self._on_stand_in)
        self._threads.stand_ins.finished.connect(self._on_stand_in_finished)
        self.gauge = Gauge(engine, self._threads.side, self)

        self.side = SideLine(engine, self._threads.sampling, self)
        self.quick_looks = QuickLooks(engine, self._threads.side, self)

    def start(self, model: Path | None = None) -> None:
        """Starts the threads and loads the model at `model` there, the bundled one by default."""
        self._threads.start()
        self._threads.load.emit(model)

    def close(self) -> None:
        """Stops everything and waits for the threads."""
        self._scheduler.hold()
        self._stand_ins.hold()
        self.gauge.void()
        self.side.set_source(None)
        self.quick_looks.stop()
        if self._job is not None:
            self._job.cancel.set()
        self._threads.close()

    def use_model(self, model: Path | None) -> bool:
        """Puts the model at `model`, None for the bundled one, in the place of the one in use: what runs is
        stopped, and computed anew. If it cannot be loaded, the one in use stays.

        False when that has not begun, because a file is being made.
        """
        if self._job is not None:
            self.message.emit(tr("A file is being exported; wait for it before you change the model."))
            return False
        self._is_loading = True
        self._threads.load.emit(model)
        # Queued behind the loading, in the same thread.
        self._settings_key = None
        self.request(self._state)
        return True

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being made."""
        return self._job is not None

    # --- what is wanted ---------------------------------------------------------------------------

    def set_source(self, source: Source | None) -> None:
        """Another photo: everything computed so far is void."""
        self._scheduler.cancel()
        self._stand_ins.cancel()
        self.side.set_source(source)
        self.quick_looks.set_source(source)
        self._threads.forget.emit()
        self.gauge.void()
        self._source = source
        self._settings_key = None
        self._focus = None
        self._has_result = self._stands_in = False
        self._plan = PassPlan() if source is None else PassPlan(source.shape, self._pace)

    def set_view(self, visible: Region, zoom: float, focus: tuple[float, float] | None = None) -> None:
        """Tells which part of the photo is on screen, how many screen pixels there are for one of its own,
        and where in it the pointer is."""
        self._plan.set_view(visible, zoom)
        self._focus = focus
        self._submit()

    def request(self, state: EditState, *, dragging: bool = False) -> None:
        """Makes `state` the settings to show. Settings that give the same picture are not computed anew."""
        self._state = state
        self._dragging = dragging
        key = _settings_key(state)
        if key != self._settings_key:
            self._settings_key = key
            self._revision += 1
            self.gauge.void()
            self._plan.set_revision(self._revision, is_drawn=Task.GRAIN in state.active_tasks)
            self._stopped = False
        self._submit(patient=dragging)
        if dragging:
            self._submit_stand_in()

    def refresh(self) -> None:
        """Takes up again what `cancel` has stopped."""
        self._stopped = False
        self._submit()

    def cancel(self) -> None:
        """Stops the export if there is one, else the preview; the last picture stays on screen."""
        if self._job is not None:
            self._job.cancel.set()
        elif self._scheduler.is_busy:
            self._stopped = True
            self._scheduler.cancel()
            self._stand_ins.cancel()
            self._report()

    def export(
        self, state: EditState, path: Path, options: "ExportOptions", project: Path | None = None
    ) -> bool:
        """Edits the whole photo with `state` and writes `path`; previews wait meanwhile. `project` is the
        file that the edit was saved to.

        False when it has not begun, because there is no photo or another export is running.
        """
        if self._source is None:
            return False
        if self._job is not None:
            self.message.emit(tr("An export is already running; wait for it or cancel it with Esc."))
            return False
        mask = state.mask if Task.INPAINT in state.enabled else None
        reference = None if state.reference is None else state.reference.path
        condition = state.condition(with_mask=False)
        self._job = ExportJob(self._source, condition, mask, path, options, reference, project)
        self._scheduler.hold()
        self._stand_ins.cancel()
        self.side.hold()
        self._eta.restart()
        self._set_status(statuses.exporting(path.name))
        self._threads.export.emit(self._job)
        return True

    @property
    def visible_pass(self) -> Pass:
        """What shows all that is on screen at rest."""
        return Pass(self._plan.zoom, self._plan.visible, rough=False)

    # --- which pass comes next --------------------------------------------------------------------

    def _submit(self, *, patient: bool = False) -> None:
        if self._source is None:
            self._report()
            return
        if not self._state.active_tasks:
            self._scheduler.cancel()
            self._stand_ins.cancel()
            self._plan.forget()
            if self._has_result:
                self._has_result = self._stands_in = False
                self.result_changed.emit(None)
        elif not self._stopped:
            running = self._scheduler.running
            current = running is not None and running.revision == self._revision
            wanted = self._plan.next_pass(
                dragging=patient, running=running.wanted if running is not None and current else None
            )
            if wanted is None:
                self._scheduler.cancel()
            else:
                # Only a pass for a drag is waited for; a better one would hold it up.
                waits = patient and running is not None and running.wanted.rough
                self._scheduler.submit(self._request(wanted), patient=waits)
        if not self._scheduler.is_busy and self._job is None and not self._dragging:
            self.side.resume()
        self._report()

    def _submit_stand_in(self) -> None:
        """Has the newest settings of a drag drawn without the model. Whatever fills holes needs the model."""
        tasks = set(self._state.active_tasks) - {Task.INPAINT}
        wanted = tasks and not self._is_loading and self._job is None and not self._stopped
        if self._source is not None and wanted and self._shown_revision < self._revision:
            wanted = Pass(self._plan.screen_zoom, self._plan.visible, rough=True)
            self._stand_ins.submit(self._request(wanted), patient=True)

    def _request(self, wanted: Pass) -> EditRequest:
        assert self._source is not None
        state = self._state
        return EditRequest(
            id=next(self._ids),
            revision=self._revision,
            source=self._source,
            condition=state.condition(with_mask=False),
            mask=state.mask if Task.INPAINT in state.enabled else None,
            wanted=wanted,
            focus=self._focus or wanted.region.center,
        )

    def _start(self, request: EditRequest) -> None:
        self.side.hold()
        self._eta.restart()
        self._threads.run.emit(request)

    # --- what the worker answers ------------------------------------------------------------------

    def _on_loaded(self, loaded: LoadedModel) -> None:
        self._is_loading = False
        if loaded.problem:
            self.message.emit(loaded.problem)
        if loaded.digest is not None or not loaded.problem:
            self.quick_looks.set_ready()
        if self._dragging:
            # The hand may rest by now, and would go on waiting for a stand-in.
            self._submit_stand_in()
        self.loaded.emit(loaded)
        self._report()

    def _on_stand_in(self, result: Result) -> None:
        wanted = self._stand_ins.previewed(result.request_id)
        # The model may have been faster.
        if wanted and result.revision > self._shown_revision:
            self._has_result = self._stands_in = True
            self._stand_in_revision = result.revision
            self.result_changed.emit(result)
            self._set_status(statuses.stand_in())

    def _on_stand_in_finished(self, finished: Finished) -> None:
        self._stand_ins.finished(finished.request_id)

    def _on_previewed(self, result: Result) -> None:
        request = self._scheduler.running
        shown = self._scheduler.previewed(result.request_id)
        if request is None or not shown:
            return
        request.shown.set()
        if not result.stand_in:
            width, height = result.box[2] - result.box[0], result.box[3] - result.box[1]
            drawn = Task.GRAIN in request.condition.active_tasks and not result.rough
            self._pace.learn(width * height, FINAL_EVALUATIONS if drawn else 1, result.seconds)
        if result.final and result.revision == self._revision:
            self._plan.record(request.wanted)
            if result.probe is not None:
                self.gauge.offer(request, result.probe)
        self._has_result = True
        older = self._stands_in and result.revision < self._stand_in_revision
        if not older and result.final and not result.background:
            self._shown_revision = result.revision
            self._stands_in = False
        self.result_changed.emit(result)
        if not older and not result.background:
            self._told_of = request.key
            eta, zoom = self._eta.remaining(result.progress), self._plan.told_zoom(request.wanted.zoom)
            self._set_status(statuses.previewed(result, zoom, stands_in=self._stands_in, eta=eta))

    def _on_finished(self, finished: Finished) -> None:
        failed = finished.error is not None
        running = self._scheduler.running
        if failed and running is not None and running.id == finished.request_id:
            # The same edit would fail again: wait for a change instead of trying for ever.
            self._stopped = True
            self.message.emit(finished.error)
        self._scheduler.finished(finished.request_id)
        if not self._scheduler.is_busy and self._job is None:
            self._submit()
        if failed and not self._scheduler.is_busy:
            self._set_status(statuses.failed(stands_in=self._stands_in))

    def _on_export_progressed(self, progress: float) -> None:
        if self._job is not None:
            eta = self._eta.remaining(progress)
            self._set_status(statuses.exporting(self._job.path.name, progress, eta))

    def _on_export_finished(self, finished: Finished) -> None:
        job, self._job = self._job, None
        assert job is not None
        if finished.canceled:
            self.message.emit(
                tr("The export was canceled; {name} was not written.").format(name=job.path.name)
            )
        elif finished.error is not None:
            self.message.emit(finished.error)
        else:
            self.exported.emit(job.path)
            if finished.is_proven:
                text = tr("{name} has been written and read back: every pixel outside the mask is untouched.")
                self.message.emit(text.format(name=job.path.name))
        self._scheduler.resume()
        self._submit()

    # --- status -----------------------------------------------------------------------------------

    def _report(self) -> None:
        """Emits the status that follows from what is known, unless a finer one is there already."""
        if self._job is not None:
            return
        running = self._scheduler.running
        busy = self._scheduler.is_busy and not (running is not None and running.wanted.background)
        if self._source is None:
            status = statuses.no_photo()
        elif not self._state.active_tasks:
            status = statuses.original()
        elif self._plan.is_visible_done:
            status = statuses.done(self._plan.told_zoom(self._plan.zoom))
        elif self._stopped or not busy:
            status = statuses.stopped(stands_in=self._stands_in)
        elif self._is_loading:
            status = statuses.loading_model()
        elif self.status.kind == "preview" and (
            self._dragging or (running is not None and running.key == self._told_of)
        ):
            return
        else:
            status = statuses.updating(stands_in=self._stands_in)
        self._set_status(status)

    def _set_status(self, status: Status) -> None:
        if status != self.status:
            self.status = status
            self.status_changed.emit(status)


def _settings_key(state: EditState) -> Hashable:
    """Equal for states that give the same picture. Pictures are compared by identity: they never change."""
    tasks = state.active_tasks
    return (
        tuple((task, state.values.get(task)) for task in tasks),
        state.blur_angle if Task.BLUR in tasks else None,
        id(state.reference) if Task.COLOR in tasks else None,
        id(state.mask) if Task.INPAINT in tasks else None,
        state.seed,
    )
