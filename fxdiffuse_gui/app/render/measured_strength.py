"""`StrengthMeter`: measures the effects of a result, once it has come and nothing else happens."""

import logging
from collections.abc import Mapping
from threading import Event
from types import MappingProxyType

from PySide6.QtCore import QObject, QTimer, Signal

from fxdiffuse_gui.app.background import BackgroundThread, LatestTask
from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.measured_crop import MeasuredCrop
from fxdiffuse_gui.app.render.request import EditRequest
from fxdiffuse_gui.engine.conditions.tasks import Task

logger = logging.getLogger(__name__)

QUIET_MS = 250
"""A result is measured once it has been the last one for this long: dragging needs the processor."""

_NOTHING: Mapping[Task, float] = MappingProxyType({})


class StrengthMeter(QObject):
    """Keeps what has been measured for the settings of the last result, and nothing of older ones."""

    changed = Signal(object)
    """Mapping of Task to the intensity measured, in the task's unit; empty while nothing is known."""

    def __init__(self, engine: Engine, thread: BackgroundThread, parent: QObject | None = None) -> None:
        """thread: where to measure; something that can wait as long as a rendering takes."""
        super().__init__(parent)
        self._engine = engine
        self._task = LatestTask(thread)
        self._offered: tuple[EditRequest, MeasuredCrop] | None = None
        self.values = _NOTHING
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._begin)

    def offer(self, request: EditRequest, crop: MeasuredCrop) -> None:
        """A piece of a result to measure; what is known of the last piece holds until then."""
        self._stop()
        self._offered = request, crop
        self._quiet.start()

    def clear(self) -> None:
        """The settings are others: what was measured no longer holds."""
        self._stop()
        self._show(_NOTHING)

    def _stop(self) -> None:
        self._quiet.stop()
        self._offered = None
        self._task.cancel()

    def _begin(self) -> None:
        if self._offered is None:
            return
        request, crop = self._offered

        def measure(cancel: Event) -> Mapping[Task, float]:
            picture, condition = request.inputs()
            return self._engine.measure(picture, condition, crop.box, crop.image, cancel)

        self._task.submit(measure, self._show, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        # Nobody waits for it.
        logger.warning("The result could not be measured", exc_info=error)
        self._show(_NOTHING)

    def _show(self, values: Mapping[Task, float]) -> None:
        if values != self.values:
            self.values = MappingProxyType(dict(values))
            self.changed.emit(self.values)
