"""`Alternatives`: the pictures of settings that are not in use, to be shown side by side."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.render.background_queue import BackgroundQueue
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import EditRequest, Result
from fxdiffuse_gui.app.render.source import stop_above, stop_below
from fxdiffuse_gui.core.geometry import Region
from fxdiffuse_gui.document.edit_state import EditState

MOST_PIXELS = 2_000_000
"""Of one picture that is not at full size. More would make no visible difference in a part of the window."""


class Alternatives(QObject):
    """Asks the background queue for pictures and names them by their place in what was asked, from 0. Asking
    again drops what has not come yet."""

    came = Signal(int, object)
    """Place and Result: a part of its picture, to be laid over the photo."""
    done = Signal(int)
    """Place: its picture is complete, or there is none because its settings change nothing."""
    failed = Signal(int, str)
    """Place, and one sentence."""

    def __init__(self, queue: BackgroundQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._places: dict[int, int] = {}
        queue.previewed.connect(self._on_previewed)
        queue.ended.connect(self._on_ended)

    @property
    def is_waiting(self) -> bool:
        """Whether a picture is still to come."""
        return bool(self._places)

    def ask(self, states: Sequence[EditState], render_pass: Pass) -> None:
        """Has `render_pass` computed for all of `states`, in their order."""
        self.stop()
        for place, state in enumerate(states):
            number = self._queue.submit(state, render_pass) if state.active_tasks else None
            if number is None:
                self.done.emit(place)
            else:
                self._places[number] = place

    def stop(self) -> None:
        """Drops what has not come yet."""
        self._queue.drop(self._places)
        self._places = {}

    def _on_previewed(self, request: EditRequest, result: Result) -> None:
        if request.id in self._places:
            self.came.emit(self._places[request.id], result)
            request.shown.set()

    def _on_ended(self, request: EditRequest, error: str) -> None:
        if request.id not in self._places:
            return
        place = self._places.pop(request.id)
        if error:
            self.failed.emit(place, error)
        else:
            self.done.emit(place)


def pass_at(visible: Region, zoom: float) -> Pass:
    """The picture of `visible` for a view with `zoom` screen pixels per photo pixel; exact from 1 up."""
    if zoom >= 1.0:
        return Pass(1.0, visible, rough=False)
    most = stop_below(math.sqrt(MOST_PIXELS / (visible.width * visible.height)))
    return Pass(min(stop_above(zoom), most), visible, rough=False)
