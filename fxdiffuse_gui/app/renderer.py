"""`Renderer`: decides which pictures the screen needs and has the sampler thread compute them."""

import itertools
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from fxdiffuse_gui.app.engine_port import Engine
from fxdiffuse_gui.app.gauge import Gauge
from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.pace import Pace
from fxdiffuse_gui.app.plan import FINAL_EVALUATIONS, Pass, PassPlan
from fxdiffuse_gui.app.request import EditRequest, ExportJob, Finished, Result
from fxdiffuse_gui.app.scheduler import EtaMeter, Scheduler
from fxdiffuse_gui.app.source import Source
from fxdiffuse_gui.app.stand_in_worker import StandInWorker
from fxdiffuse_gui.app.state import EditState, Status
from fxdiffuse_gui.app.words import tr
from fxdiffuse_gui.app.worker import SamplerWorker
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
    _load = Signal()
    _forget = Signal()
    _run = Signal(object)
    _stand_in = Signal(object)
    _export = Signal(object)

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
        self.status = Status("idle", tr("No photo"))

        self._thread = QThread()
        self._thread.setObjectName("sampler")
        self._worker = SamplerWorker(engine)
        self._worker.moveToThread(self._thread)
        self._load.connect(self._worker.load)
        self._run.connect(self._worker.run)
        self._export.connect(self._worker.export)
        self._forget.connect(self._worker.forget)
        self._worker.noted.connect(self.message)
        self._worker.loaded.connect(self._on_loaded)
        self._worker.previewed.connect(self._on_previewed)
        self._worker.finished.connect(self._on_finished)
        self._worker.export_progressed.connect(self._on_export_progressed)
        self._worker.export_finished.connect(self._on_export_finished)

        self._stand_in_thread = QThread()
        self._stand_in_thread.setObjectName("stand-in")
        self._stand_in_worker = StandInWorker(engine, clock)
        self._stand_in_worker.moveToThread(self._stand_in_thread)
        self._stand_ins = Scheduler[EditRequest](self._stand_in.emit)
        self._stand_in.connect(self._stand_in_worker.run)
        self._stand_in_worker.drawn.connect(self._on_stand_in)
        self._stand_in_worker.finished.connect(self._on_stand_in_finished)
        self.gauge = Gauge(engine, self._stand_in_thread, self)

    def start(self) -> None:
        """Starts the thread and loads the model in it."""
        self._thread.start()
        self._stand_in_thread.start()
        self._load.emit()

    def close(self) -> None:
        """Stops everything and waits for the threads."""
        self._scheduler.hold()
        self._stand_ins.hold()
        self.gauge.void()
        if self._job is not None:
            self._job.cancel.set()
        for thread in (self._thread, self._stand_in_thread):
            thread.quit()
            thread.wait()

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being made."""
        return self._job is not None

    # --- what is wanted ---------------------------------------------------------------------------

    def set_source(self, source: Source | None) -> None:
        """Another photo: everything computed so far is void."""
        self._scheduler.cancel()
        self._stand_ins.cancel()
        self._forget.emit()
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
        self._eta.restart()
        self._set_status(Status("export", tr("Exporting {name}").format(name=path.name)))
        self._export.emit(self._job)
        return True

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
        self._report()

    def _submit_stand_in(self) -> None:
        """Has the newest settings of a drag drawn without the model. Whatever fills holes needs the model."""
        tasks = set(self._state.active_tasks) - {Task.INPAINT}
        wanted = tasks and not self._is_loading and self._job is None and not self._stopped
        if self._source is not None and wanted and self._shown_revision < self._revision:
            wanted = Pass(1.0, self._plan.visible, rough=True)
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
        self._eta.restart()
        self._run.emit(request)

    # --- what the worker answers ------------------------------------------------------------------

    def _on_loaded(self, problem: str) -> None:
        self._is_loading = False
        if problem:
            self.message.emit(problem)
        self._report()

    def _on_stand_in(self, result: Result) -> None:
        wanted = self._stand_ins.previewed(result.request_id)
        # The model may have been faster.
        if wanted and result.revision > self._shown_revision:
            self._has_result = self._stands_in = True
            self._stand_in_revision = result.revision
            self.result_changed.emit(result)
            self._set_status(Status("preview", tr("Stand-in")))

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
            text = tr("Stand-in in part") if self._stands_in else _scale_text(request.wanted.zoom)
            eta = self._eta.remaining(result.progress)
            self._set_status(Status("preview", text, result.number, result.of, result.progress, eta))

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
            self._set_status(Status("error", self._marked(tr("Not computed"))))

    def _on_export_progressed(self, progress: float) -> None:
        if self._job is not None:
            text = (
                tr("Exporting {name}").format(name=self._job.path.name)
                if progress < 1
                else tr("Writing {name}").format(name=self._job.path.name)
            )
            eta = self._eta.remaining(progress)
            self._set_status(Status("export", text, progress=progress, eta_seconds=eta))

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
            status = Status("idle", tr("No photo"))
        elif not self._state.active_tasks:
            status = Status("idle", tr("Original"))
        elif self._plan.is_visible_done:
            exact = self._plan.zoom == 1.0
            status = Status("final", tr("Exact") if exact else _scale_text(self._plan.zoom), progress=1.0)
        elif self._stopped or not busy:
            status = Status("stale", self._marked(tr("Stopped")))
        elif self._is_loading:
            status = Status("loading", tr("Loading the model"))
        elif self.status.kind == "preview" and (
            self._dragging or (running is not None and running.key == self._told_of)
        ):
            return
        else:
            status = Status("preview", tr("Stand-in") if self._stands_in else tr("Updating"))
        self._set_status(status)

    def _marked(self, text: str) -> str:
        return tr("{state}: stand-in").format(state=text) if self._stands_in else text

    def _set_status(self, status: Status) -> None:
        if status != self.status:
            self.status = status
            self.status_changed.emit(status)


def _scale_text(zoom: float) -> str:
    return (
        tr("Preview at full size")
        if zoom == 1.0
        else tr("Preview at {percent} %").format(percent=f"{zoom * 100:.0f}")
    )


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
