"""`PassPlan`: which picture the screen lacks. No threads; the renderer asks it before every pass."""

from fxdiffuse_gui.app.geometry import Region

REGION_MARGIN = 48
"""Photo pixels edited around what is visible at full resolution, so that small moves need nothing new."""
MIDDLE = (448, 336)
"""Largest width and height of the middle that follows a drag at full resolution."""


class PassPlan:
    """Keeps track of what is visible and of what has been computed for it.

    While the photo is zoomed out, the proxy is what is needed. From 1:1 on, it is the visible region at full
    resolution first and then, in the background, the proxy: something to see while moving about. When the
    proxy has the photo's own pixels (`zoom` 1), it is always enough.
    """

    def __init__(self, shape: tuple[int, ...] = (1, 1), zoom: float = 1.0) -> None:
        self._shape = shape
        self._zoom = zoom
        self._visible: Region | None = None
        self._at_full_size = False
        self._proxy_done: int | None = None
        self._region_done: tuple[int, Region] | None = None

    def set_view(self, visible: Region, *, at_full_size: bool) -> None:
        """What is on screen, and whether its pixels are shown at 1:1 or larger."""
        self._visible = visible
        self._at_full_size = at_full_size

    def forget(self) -> None:
        """Nothing computed so far is on screen any more."""
        self._proxy_done = self._region_done = None

    def record(self, revision: int, region: Region | None) -> None:
        """The final result of a pass has come; `region` None is the proxy."""
        if region is None:
            self._proxy_done = revision
        else:
            self._region_done = (revision, region)

    def next_pass(self, revision: int, running: Region | None = None) -> tuple[bool, Region | None]:
        """Whether the settings numbered `revision` need a pass, and for which region; None is the proxy.

        `running` is the region that is being computed for this very revision: it is kept as long as it
        holds what is visible.
        """
        if not self.is_exact or self._is_region_done(revision):
            return self._proxy_done != revision, None
        if running is not None and self._visible is not None and running.contains(self._visible):
            return True, running
        return True, self._wanted_region()

    @property
    def visible(self) -> Region:
        """The part of the photo that is on screen; all of it while nothing is known."""
        return self._shown()

    @property
    def middle(self) -> Region | None:
        """The middle of what is visible at full resolution; None when all of it is hardly more than that."""
        wanted, visible = self._wanted_region(), self._shown()
        if wanted is None or wanted.width * wanted.height < 2 * MIDDLE[0] * MIDDLE[1]:
            return None
        width, height = min(MIDDLE[0], visible.width), min(MIDDLE[1], visible.height)
        left = visible.x + (visible.width - width) // 2
        return Region(left, visible.y + (visible.height - height) // 2, width, height)

    def is_background(self, region: Region | None) -> bool:
        """Whether a pass computes something that is not on screen."""
        return region is None and self._wanted_region() is not None

    def is_visible_done(self, revision: int) -> bool:
        """Whether the final result for all that is on screen has come."""
        if self._wanted_region() is None:
            return self._proxy_done == revision
        return self._is_region_done(revision)

    @property
    def is_exact(self) -> bool:
        """Whether what is on screen is computed from the photo's own pixels."""
        return self._zoom == 1.0 or self._wanted_region() is not None

    def _wanted_region(self) -> Region | None:
        if self._visible is None or not self._at_full_size or self._zoom == 1.0:
            return None
        return self._visible.grown(REGION_MARGIN).clipped(self._shape)

    def _is_region_done(self, revision: int) -> bool:
        if self._wanted_region() is None:
            return True
        done = self._region_done
        return done is not None and done[0] == revision and done[1].contains(self._shown())

    def _shown(self) -> Region:
        visible = None if self._visible is None else self._visible.clipped(self._shape)
        return visible or Region.whole(self._shape)
