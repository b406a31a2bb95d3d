"""`PassPlan`: which picture the screen needs next. No threads; the preview controller asks it before every
pass."""

import math
from dataclasses import dataclass

from fxdiffuse_gui.app.render.source import stop_above, stop_below
from fxdiffuse_gui.app.render.throughput import FINAL_EVALUATIONS, Throughput
from fxdiffuse_gui.core.geometry import Region

DRAG_SECONDS, ROUGH_SECONDS, FINAL_SECONDS = 0.4, 1.5, 5.0
"""The longest a pass may take while a handle is dragged; without a rough one before it; at rest."""
_ABOUT = 1.5
LEAST_PIXELS, LEAST_DRAG_PIXELS, MOST_PIXELS = 300_000, 60_000, 8_000_000
BACKGROUND_PIXELS = 600_000


@dataclass(frozen=True)
class Pass:
    """One picture to compute: `region` of the photo, scaled by `zoom` (≤ 1). rough: with one evaluation.
    background: of what is not on screen."""

    zoom: float
    region: Region
    rough: bool
    background: bool = False

    def supplies(self, other: "Pass") -> bool:
        """Whether this shows all of `other`, as well or better."""
        finer = self.zoom >= other.zoom and self.rough <= other.rough
        return finer and self.region.contains(other.region)


class PassPlan:
    """Keeps track of what is visible and of what has been computed for it.

    At rest what is visible is computed at the size of its screen pixels, but no larger than the machine can
    do in `FINAL_SECONDS`; from 1:1 on always with the photo's own pixels. If that takes longer than
    `ROUGH_SECONDS`, a rough pass comes first. Then follows, in the background, a small copy of the whole
    photo, to be seen while panning. While a handle is dragged the passes are rough and, zoomed out, small.
    """

    def __init__(
        self,
        shape: tuple[int, ...] = (1, 1),
        throughput: Throughput | None = None,
        evaluations: float = FINAL_EVALUATIONS,
    ) -> None:
        """evaluations: cost of a final pass of which a part is random."""
        self._whole = Region.whole(shape)
        self._shape = shape
        self._throughput = throughput or Throughput()
        self._evaluations = evaluations
        self._visible = self._whole
        self._screen_zoom = 0.0
        self._is_drawn = False
        self._done: list[Pass] = []
        self._revision = -1
        self._zooms: dict[bool, float] = {}
        self._usual: dict[tuple[Region, float, bool, bool], float] = {}

    def set_view(self, visible: Region, zoom: float) -> None:
        """Sets what is on screen, and how many screen pixels a photo pixel has."""
        self._visible = visible.clipped(self._shape) or self._whole
        self._screen_zoom = zoom
        self._zooms.clear()

    def set_evaluations(self, evaluations: float) -> None:
        """Another model: what a final pass costs of which a part is random; all sizes are chosen again."""
        self._evaluations = evaluations
        self._zooms.clear()

    def set_revision(self, revision: int, *, is_drawn: bool) -> None:
        """Other settings: nothing is computed for them yet. is_drawn: whether a part of the picture is
        random, so that more evaluations make it better."""
        if revision != self._revision:
            self._revision, self._is_drawn = revision, is_drawn
            self._done.clear()
            self._zooms.pop(False, None)

    def forget(self) -> None:
        """Nothing computed so far is on screen any more."""
        self._done.clear()

    def record(self, done: Pass) -> None:
        """A pass for the newest settings is complete. It replaces the one before it, which the engine has
        cached."""
        self._done = [one for one in self._done if one.background != done.background] + [done]

    def next_pass(self, *, dragging: bool = False, running: Pass | None = None) -> Pass | None:
        """What to compute now, None when everything is done. `running` is being computed for these settings:
        it is kept as long as it is good enough."""
        needed = self._needed_pass(dragging)
        if needed is not None and running is not None and running.supplies(needed):
            return running if running.background == needed.background else needed
        return needed

    def _needed_pass(self, dragging: bool) -> Pass | None:
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
        """The zoom to show for a picture computed at `zoom`: at most that of the screen, unless the picture
        is exact."""
        return zoom if zoom >= 1.0 else min(zoom, self.screen_zoom)

    @property
    def is_visible_done(self) -> bool:
        """Whether the final result for all that is on screen has come."""
        return self._has(self.visible_pass)

    @property
    def zoom(self) -> float:
        """The size at which what is on screen is computed at rest; 1 is exact."""
        return self._zoom(False)

    def _has(self, needed: Pass) -> bool:
        return any(done.supplies(needed) for done in self._done)

    def _has_like(self, needed: Pass) -> bool:
        """Whether something hardly less sharp was computed that shows all of it."""
        return any(
            done.region.contains(needed.region) and done.zoom >= needed.zoom / 2 for done in self._done
        )

    def _zoom(self, dragging: bool) -> float:
        """Chosen once for a view, even if the throughput is known better later: changing sharpness would be
        worse than a size that is not quite right."""
        if dragging not in self._zooms:
            zoom = self._choose_zoom(dragging)
            key = self._visible, self._screen_zoom, dragging, self._is_drawn
            usual = self._usual.get(key, zoom)
            # The engine may have cached what was computed for the size chosen before.
            self._zooms[dragging] = usual if usual / _ABOUT <= zoom <= usual * _ABOUT else zoom
            self._usual[key] = self._zooms[dragging]
        return self._zooms[dragging]

    def _choose_zoom(self, dragging: bool) -> float:
        if self._screen_zoom >= 1.0:
            return 1.0
        zoom = stop_above(self._screen_zoom) if self._screen_zoom > 0 else 1.0
        evaluations = self._evaluations if self._is_drawn and not dragging else 1
        most = self._throughput.pixels(DRAG_SECONDS if dragging else FINAL_SECONDS, evaluations)
        most = min(max(most, LEAST_DRAG_PIXELS if dragging else LEAST_PIXELS), MOST_PIXELS)
        return min(zoom, stop_below(math.sqrt(most / (self._visible.width * self._visible.height))))

    def _background_zoom(self) -> float:
        return min(1.0, stop_below(math.sqrt(BACKGROUND_PIXELS / (self._whole.width * self._whole.height))))

    def _seconds(self, needed: Pass) -> float:
        pixels = needed.region.width * needed.region.height * needed.zoom**2
        return self._throughput.seconds(pixels, self._evaluations if self._is_drawn else 1)
