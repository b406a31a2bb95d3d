"""`StrengthMeter`: has the effects of a result measured, once it has come and nothing else happens."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.measured_crop import MeasuredCrop
from fxdiffuse_gui.app.render.request import EditRequest
from fxdiffuse_gui.engine.conditions.tasks import Task

logger = logging.getLogger(__name__)

QUIET_MS = 250
"""A result is measured once it has been the last one for this long: who turns a dial needs the processor."""

_NOTHING: Mapping[Task, float] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class _Job:
    request: EditRequest
    crop: MeasuredCrop
    cancel: threading.Event = field(default_factory=threading.Event)


class StrengthMeter(QObject):
    """Keeps what has been measured for the settings of the last result, and nothing of older ones."""

    changed = Signal(object)
    """Mapping of Task to the intensity measured, in the task's unit; empty while nothing is known."""
    _run = Signal(object)

    def __init__(self, engine: Engine, thread: QThread, parent: QObject | None = None) -> None:
        """thread: where to measure; something that can wait a rendering long."""
        super().__init__(parent)
        self._job: _Job | None = None
        self.values = _NOTHING
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._begin)
        self._worker = _Worker(engine)
        self._worker.moveToThread(thread)
        self._run.connect(self._worker.run)
        self._worker.measured.connect(self._on_measured)

    def offer(self, request: EditRequest, crop: MeasuredCrop) -> None:
        """Another piece for the settings that count: what was measured on the last one holds until it is."""
        self._stop()
        self._job = _Job(request, crop)
        self._quiet.start()

    def clear(self) -> None:
        """The settings are others: what was measured holds no more."""
        self._stop()
        self._show(_NOTHING)

    def _stop(self) -> None:
        self._quiet.stop()
        if self._job is not None:
            self._job.cancel.set()
            self._job = None

    def _begin(self) -> None:
        if self._job is not None:
            self._run.emit(self._job)

    def _on_measured(self, job: _Job, values: Mapping[Task, float]) -> None:
        if job is self._job:
            self._job = None
            self._show(values)

    def _show(self, values: Mapping[Task, float]) -> None:
        if values != self.values:
            self.values = MappingProxyType(dict(values))
            self.changed.emit(self.values)


class _Worker(QObject):
    """Lives in another thread. A measurement that fails is left out: nobody waits for it."""

    measured = Signal(object, object)

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    @Slot(object)
    def run(self, job: _Job) -> None:
        """Measures on the piece of `job`, unless it has been stopped."""
        values = _NOTHING
        try:
            if not job.cancel.is_set():
                picture, condition = job.request.inputs()
                values = self._engine.measure(picture, condition, job.crop.box, job.crop.image, job.cancel)
        except Exception as error:
            logger.warning("The result could not be measured", exc_info=error)
        self.measured.emit(job, values)
