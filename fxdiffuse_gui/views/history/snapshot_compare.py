"""`SnapshotCompare`: two snapshots on the two sides of the line across the canvas."""

from PySide6.QtCore import QObject

from fxdiffuse_gui.app.render.alternatives import Alternatives
from fxdiffuse_gui.app.render.pass_plan import Pass
from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.snapshots import Snapshot
from fxdiffuse_gui.views.canvas.canvas import Canvas
from fxdiffuse_gui.views.canvas.layers import CanvasLayers
from fxdiffuse_gui.views.history.snapshot_panel import SnapshotPanel


class SnapshotCompare(QObject):
    """A and B stay while the settings change. Leaving gives the line back to the original and its edit, or
    removes it if there was none."""

    def __init__(self, session: Session, canvas: Canvas, panel: SnapshotPanel) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._panel = panel
        self._alternatives = Alternatives(session.preview.background_queue, self)
        self._pair: tuple[Snapshot, Snapshot] | None = None
        self._layers: tuple[CanvasLayers, CanvasLayers] | None = None
        self._asked: Pass | None = None
        self._waiting = {0, 1}
        self._was_split = False
        panel.compare_requested.connect(self._on_compare_requested)
        canvas.navigation.settled.connect(self._ask)
        canvas.modes.split_changed.connect(self._on_split)
        session.photo_changed.connect(self.leave)
        session.snapshots.changed.connect(self._on_snapshots)
        session.models.replaced.connect(self._on_model)
        self._alternatives.came.connect(self._on_part)
        self._alternatives.done.connect(self._on_done)
        self._alternatives.failed.connect(self._on_failed)

    @property
    def is_on(self) -> bool:
        """Whether two snapshots are being compared."""
        return self._pair is not None

    def begin(self, first: Snapshot, second: Snapshot) -> None:
        """Shows `first` to the left of the line or above it, and `second` on the other side."""
        if self._pair is None:
            self._was_split = self._canvas.modes.is_split
        self._pair, self._layers = (first, second), (CanvasLayers(), CanvasLayers())
        for layers in self._layers:
            layers.set_levels(self._session.levels)
        self._asked = None
        self._canvas.modes.set_pair(self._layers)
        self._canvas.modes.set_split(True)
        self._panel.show_comparing(True)
        self._ask()

    def leave(self) -> bool:
        """Back to the original and its edit; False when nothing is compared."""
        if self._pair is None:
            return False
        self._pair = self._layers = None
        self._alternatives.stop()
        self._canvas.modes.set_pair(None)
        self._canvas.modes.name_sides(None)
        self._canvas.modes.set_split(self._was_split and self._canvas.modes.is_split)
        self._panel.show_comparing(False)
        return True

    # --- reacting -----------------------------------------------------------------------------------

    def _on_compare_requested(self, wanted: bool) -> None:
        chosen = self._panel.selected
        if wanted and len(chosen) == 2:
            self.begin(chosen[0], chosen[1])
        else:
            self.leave()

    def _on_split(self, is_split: bool) -> None:
        if not is_split:
            self.leave()

    def _on_snapshots(self) -> None:
        if self._pair is None:
            return
        # A snapshot that was renamed is another one of the same settings.
        named = [
            one for kept in self._pair for one in self._session.snapshots.items if one.state is kept.state
        ]
        if len(named) == 2:
            self._pair = named[0], named[1]
            self._show_names()
        else:
            self.leave()

    def _on_model(self) -> None:
        if self._pair is not None:
            self.begin(*self._pair)

    def _ask(self) -> None:
        """Has the visible part computed for both, at the size it has on the canvas, so that cached results of
        the snapshots are used."""
        wanted = self._session.preview.visible_pass
        if self._pair is not None and wanted != self._asked:
            self._asked, self._waiting = wanted, {0, 1}
            self._alternatives.ask([one.state for one in self._pair], wanted)
            self._show_names()

    def _on_part(self, place: int, result: Result) -> None:
        if self._layers is not None:
            self._layers[place].set_result(result)
            self._canvas.update()

    def _on_done(self, place: int) -> None:
        self._waiting.discard(place)
        self._show_names()

    def _on_failed(self, place: int, problem: str) -> None:
        self._asked = None
        self._on_done(place)
        self._session.message.emit(problem)

    def _show_names(self) -> None:
        if self._pair is not None:
            first, second = self._pair
            names = tr("A: {name}", name=first.name), tr("B: {name}", name=second.name)
            marked = [f"{name} …" if place in self._waiting else name for place, name in enumerate(names)]
            self._canvas.modes.name_sides((marked[0], marked[1]))
