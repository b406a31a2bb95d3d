"""`Navigation`: zooms and pans the view, and reports to the session what is visible."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.canvas.loupe import Loupe
from fxdiffuse_gui.views.canvas.view_transform import WHEEL_FACTOR, CanvasState

SETTLE_MS = 120
"""A move is reported once the view has not moved for this long."""


class Navigation(QObject):
    """Every move repaints `canvas`. While the loupe is on, the part under it is reported, at the photo's full
    size."""

    zoom_changed = Signal(float)
    """Screen pixels per photo pixel."""
    settled = Signal()
    """What is visible has been reported."""

    def __init__(self, session: Session, state: CanvasState, loupe: Loupe, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._session = session
        self._state = state
        self._loupe = loupe
        self._repaint: Callable[[], None] = canvas.update
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._report)

    def fit(self) -> None:
        """Shows the whole photo."""
        self._state.view.fit()
        self.moved()

    def zoom_to(self, zoom: float) -> None:
        """Sets the zoom, 1.0 for 1:1, around the pointer if it is on the canvas, else the center."""
        self._state.view.zoom_to(zoom, self._anchor())
        self.moved()

    def zoom_in(self) -> None:
        """To the next larger stop."""
        self._state.view.step(1, self._anchor())
        self.moved()

    def zoom_out(self) -> None:
        """To the next smaller stop."""
        self._state.view.step(-1, self._anchor())
        self.moved()

    def turn_wheel(self, turns: float, position: QPointF) -> None:
        """Zooms in (`turns` > 0) or out around a position of the canvas."""
        view = self._state.view
        view.zoom_to(view.zoom * WHEEL_FACTOR**turns, (position.x(), position.y()))
        self.moved()

    def pan(self, distance: QPointF) -> None:
        """Moves the photo by a distance on the canvas."""
        self._state.view.pan(distance.x(), distance.y())
        self.moved()

    def set_size(self, width: int, height: int, ratio: float) -> None:
        """Another size or pixel ratio of the canvas; keeps the fit or the center."""
        self._state.view.set_view(width, height, ratio)
        self.moved()

    def moved(self) -> None:
        """The view has moved: repaints the canvas and schedules the report."""
        self.schedule_report()
        self.zoom_changed.emit(self._state.view.zoom)
        self._repaint()

    def schedule_report(self) -> None:
        """Reports what is visible `SETTLE_MS` after the last call."""
        self._settle.start()

    def _anchor(self) -> tuple[float, float] | None:
        pointer = self._state.pointer
        return None if pointer is None else (pointer.x(), pointer.y())

    def _report(self) -> None:
        view, pointer = self._state.view, self._state.pointer
        lens = self._loupe.visible(view, pointer) if self._loupe.is_on and pointer is not None else None
        visible = view.visible()
        if lens is not None:
            self._session.preview.set_view(lens, 1.0)
        elif visible is not None:
            focus = None if pointer is None else view.to_photo(pointer.x(), pointer.y())
            self._session.preview.set_view(visible, view.zoom, focus)
        self.settled.emit()
