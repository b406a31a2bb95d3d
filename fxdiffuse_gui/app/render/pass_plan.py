"""`PassPlan`: which picture the screen lacks. No threads; the renderer asks it before every pass."""

import math
from dataclasses import dataclass

from fxdiffuse_gui.app.render.source import stop_above, stop_below
from fxdiffuse_gui.app.render.throughput import Throughput
from fxdiffuse_gui.core.geometry import Region

DRAG_SECONDS, ROUGH_SECONDS, FINAL_SECONDS = 0.4, 1.5, 5.0
"""What a pass may take while a handle is dragged; until a rough one comes before it; at rest."""
FINAL_EVALUATIONS = 2.2
"""What a final pass costs where chance has a part: its four evaluations share one look of the trunk."""
_ABOUT = 1.5
LEAST_PIXELS, LEAST_DRAG_PIXELS, MOST_PIXELS = 300_000, 60_000, 8_000_000
BACKGROUND_PIXELS = 600_000


@dataclass(frozen=True)
class Pass:
    """One picture to compute: `region` of the photo, `zoom` (≤ 1) times as large. rough: with one evaluation.
    background: of what is not on screen."""

    zoom: float
    region: Region
    rough: bool
    background: bool = False

    def supplies(self, other: "Pass") -> bool:
        """Whether this is as good as `other`, or better, for all that it shows."""
        finer = self.zoom >= other.zoom and self.rough <= other.rough
        return finer and self.region.contains(other.region)


class PassPlan:
    """Keeps track of what is visible and of what has been computed for it.

    At rest what is visible is computed at the size of its screen pixels, but no larger than the machine
    manages in `FINAL_SECONDS`; from 1:1 on always with the photo's own pixels. If that takes longer than
    `ROUGH_SECONDS`, a rough pass comes first. Then, in the background, a small copy of the whole photo:
    something to see while moving about. While a handle is dragged the passes are rough and, zoomed out,
    small.
    """

    def __init__(self, shape: tuple[int, ...] = (1, 1), pace: Throughput | None = None) -> None:
        self._whole = Region.whole(shape)
        self._shape = shape
        self._pace = pace or Throughput()
        self._visible = self._whole
        self._screen_zoom = 0.0
        self._is_drawn = False
        self._done: list[Pass] = []
        self._revision = -1
        self._zooms: dict[bool, float] = {}
        self._usual: dict[tuple[Region, float, bool, bool], float] = {}

    def set_view(self, visible: Region, zoom: float) -> None:
        """What is on screen, and how many screen pixels there are for one of the photo."""
        self._visible = visible.clipped(self._shape) or self._whole
        self._screen_zoom = zoom
        self._zooms.clear()

    def set_revision(self, revision: int, *, is_drawn: bool) -> None:
        """Other settings: nothing is computed for them yet. is_drawn: whether chance decides a part of the
        picture, so that more evaluations make it better."""
        if revision != self._revision:
            self._revision, self._is_drawn = revision, is_drawn
            self._done.clear()
            self._zooms.pop(False, None)

    def forget(self) -> None:
        """Nothing computed so far is on screen any more."""
        self._done.clear()

    def record(self, done: Pass) -> None:
        """A pass for the newest settings is complete. One before it may have left the screen; the engine
        remembers it."""
        self._done = [one for one in self._done if one.background != done.background] + [done]

    def next_pass(self, *, dragging: bool = False, running: Pass | None = None) -> Pass | None:
        """What is to be computed now, None when all is there. `running` is being computed for these settings:
        it is kept as long as it will do."""
        wanted = self._wanted(dragging)
        if wanted is not None and running is not None and running.supplies(wanted):
            return running if running.background == wanted.background else wanted
        return wanted

    def _wanted(self, dragging: bool) -> Pass | None:
        final = self.visible_pass
        if dragging:
            quick = Pass(self._zoom(True), self._visible, rough=self._is_drawn)
            return None if self._has(quick) else quick
        if not self._has(final):
            first = Pass(final.zoom, final.region, rough=True)
            slow = self._seconds(final) > ROUGH_SECONDS
            return first if self._is_drawn and slow and not self._has_like(final) else final
        background = Pass(self._background_zoom(), self._whole, rough=False, background=True)
        return None if self._has(background) else background

    @property
    def visible_pass(self) -> Pass:
        """The picture that shows all that is on screen, as it is computed at rest."""
        return Pass(self._zoom(False), self._visible, rough=False)

    @property
    def proxy_pass(self) -> Pass:
        """What a proxy preview shows: all that is on screen."""
        return Pass(self.screen_zoom, self._visible, rough=True)

    @property
    def screen_zoom(self) -> float:
        """The size at which `visible` is on screen, 1 at most."""
        return min(self._screen_zoom, 1.0) if self._screen_zoom > 0 else 1.0

    def shown_zoom(self, zoom: float) -> float:
        """What to call a picture computed at `zoom`: one with more pixels than the screen is as the screen
        shows it, unless it is exact."""
        return zoom if zoom >= 1.0 else min(zoom, self.screen_zoom)

    @property
    def is_visible_done(self) -> bool:
        """Whether the final result for all that is on screen has come."""
        return self._has(self.visible_pass)

    @property
    def zoom(self) -> float:
        """The size at which what is on screen is computed at rest; 1 is exact."""
        return self._zoom(False)

    def _has(self, wanted: Pass) -> bool:
        return any(done.supplies(wanted) for done in self._done)

    def _has_like(self, wanted: Pass) -> bool:
        """Whether something hardly less sharp was computed that shows all of it."""
        return any(
            done.region.contains(wanted.region) and done.zoom >= wanted.zoom / 2 for done in self._done
        )

    def _zoom(self, dragging: bool) -> float:
        """Chosen once for a view, though the machine's pace may be known better meanwhile: pictures of
        changing sharpness would be worse than one of the wrong size."""
        if dragging not in self._zooms:
            zoom = self._choose_zoom(dragging)
            key = self._visible, self._screen_zoom, dragging, self._is_drawn
            usual = self._usual.get(key, zoom)
            # What was computed for the size taken before may be remembered.
            self._zooms[dragging] = usual if usual / _ABOUT <= zoom <= usual * _ABOUT else zoom
            self._usual[key] = self._zooms[dragging]
        return self._zooms[dragging]

    def _choose_zoom(self, dragging: bool) -> float:
        if self._screen_zoom >= 1.0:
            return 1.0
        zoom = stop_above(self._screen_zoom) if self._screen_zoom > 0 else 1.0
        evaluations = FINAL_EVALUATIONS if self._is_drawn and not dragging else 1
        most = self._pace.pixels(DRAG_SECONDS if dragging else FINAL_SECONDS, evaluations)
        most = min(max(most, LEAST_DRAG_PIXELS if dragging else LEAST_PIXELS), MOST_PIXELS)
        return min(zoom, stop_below(math.sqrt(most / (self._visible.width * self._visible.height))))

    def _background_zoom(self) -> float:
        return min(1.0, stop_below(math.sqrt(BACKGROUND_PIXELS / (self._whole.width * self._whole.height))))

    def _seconds(self, wanted: Pass) -> float:
        pixels = wanted.region.width * wanted.region.height * wanted.zoom**2
        return self._pace.seconds(pixels, FINAL_EVALUATIONS if self._is_drawn else 1)
