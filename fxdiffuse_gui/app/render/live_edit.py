"""`LiveEdit`: settings whose picture is computed while they change. No files."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.edit.bypass import Bypass
from fxdiffuse_gui.app.edit.edit_model import EditModel
from fxdiffuse_gui.app.render import statuses
from fxdiffuse_gui.app.render.alternatives import Alternatives
from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.renderer import Renderer
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import Status
from fxdiffuse_gui.engine.conditions.tasks import Task


class LiveEdit(EditModel):
    """Has the renderer follow the settings, and tells what it makes of them. `Session` builds on it."""

    preview_changed = Signal(object)
    """Result (see `app.render.request`) to show over the photo, or None to show the photo alone."""
    status_changed = Signal(object)
    """Status, for the state chip."""
    strengths_changed = Signal(object)
    """Mapping of Task to the intensity measured on the result, empty while nothing is known."""

    def __init__(self, engine: Engine, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.status = statuses.no_photo()
        self._renderer = Renderer(engine, clock, self)
        self._screen = self._renderer.screen
        self._screen.result_changed.connect(self.preview_changed)
        self._screen.status_changed.connect(self._publish)
        self._renderer.message.connect(self.message)
        self._renderer.strength_meter.changed.connect(self.strengths_changed)
        self.preset_thumbnails = self._renderer.preset_thumbnails
        self.side = self._renderer.side
        self.bypass = Bypass(self)

    def set_view(self, visible: Region, zoom: float, focus: tuple[float, float] | None = None) -> None:
        """The canvas tells which photo pixels are on screen, how many screen pixels each has, and which of
        them the pointer is at."""
        if self.photo is not None:
            self._screen.set_view(visible, zoom, focus)

    def cancel(self) -> None:
        """Stops whatever is being computed; the last picture stays."""
        self._renderer.cancel()

    def refresh(self) -> None:
        """Takes up again what `cancel` has stopped."""
        self._screen.refresh()

    def set_bypassed(self, task: Task | None) -> None:
        """Leaves `task` out of the picture on screen, or none; neither settings nor history change."""
        if self.bypass.set(task, self._state):
            self._request()

    @property
    def visible_pass(self) -> Pass:
        """The picture that shows all that is on screen, as it is computed at rest."""
        return self._screen.visible_pass

    def alternatives(self, parent: QObject) -> Alternatives:
        """For pictures of other settings than those in use; they wait for the one on the canvas."""
        return Alternatives(self.side, parent)

    def _request(self) -> None:
        self._screen.request(self.bypass.applied_to(self._state), dragging=self._dragging)

    def _publish(self, status: Status) -> None:
        self.status = status
        self.status_changed.emit(status)
