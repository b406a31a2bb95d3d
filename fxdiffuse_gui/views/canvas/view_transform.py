"""Where the photo lies in the canvas: scale, position, zooming to a point. Plain arithmetic, no widget."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QSizeF

from fxdiffuse_gui.core.geometry import Region

STOPS = (0.02, 0.05, 0.1, 0.167, 0.25, 0.333, 0.5, 0.667, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0, 32.0)
"""Zoom levels of the + and - keys, in screen pixels per photo pixel."""

WHEEL_FACTOR = 1.25
FIT_MARGIN = 24.0
LARGEST_FIT = 1.0
"""A small photo is not enlarged to fit: its pixels are shown as they are."""


@dataclass
class ViewTransform:
    """Maps photo pixels to canvas positions.

    Canvas lengths are device-independent pixels; `ratio` of them make a screen pixel. `zoom` counts screen
    pixels per photo pixel, so 1.0 is 1:1 on any screen. `x`, `y` is where the photo's corner lies.
    """

    photo: tuple[int, int] = (1, 1)
    """Width and height."""
    view: tuple[float, float] = (1.0, 1.0)
    ratio: float = 1.0
    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    fits: bool = True
    """Whether the photo is kept fitted when the canvas changes its size."""

    @property
    def scale(self) -> float:
        """Length of a photo pixel on the canvas."""
        return self.zoom / self.ratio

    def set_photo(self, width: int, height: int) -> None:
        """Another photo, fitted."""
        self.photo = (max(1, width), max(1, height))
        self.fit()

    def set_view(self, width: float, height: float, ratio: float) -> None:
        """Another canvas size or screen; keeps the center, or the fit."""
        center = self.to_photo(self.view[0] / 2, self.view[1] / 2)
        self.view = (max(1.0, width), max(1.0, height))
        self.ratio = ratio
        if self.fits:
            self.fit()
        else:
            self._place(center, (self.view[0] / 2, self.view[1] / 2))

    def fit(self) -> None:
        """Shows the whole photo, with a margin around it."""
        self.zoom = self._fitting_zoom()
        self.fits = True
        self._place((self.photo[0] / 2, self.photo[1] / 2), (self.view[0] / 2, self.view[1] / 2))

    def zoom_to(self, zoom: float, anchor: tuple[float, float] | None = None) -> None:
        """Sets the zoom; what lies under `anchor` (a canvas position, else the center) stays there."""
        at = anchor or (self.view[0] / 2, self.view[1] / 2)
        point = self.to_photo(*at)
        # A panorama may need less than the smallest stop to fit.
        self.zoom = min(max(zoom, min(STOPS[0], self._fitting_zoom())), STOPS[-1])
        self.fits = False
        self._place(point, at)

    def step(self, direction: int, anchor: tuple[float, float] | None = None) -> None:
        """To the next larger (`direction` > 0) or smaller stop."""
        if direction > 0:
            stop = next((stop for stop in STOPS if stop > self.zoom * 1.001), STOPS[-1])
        else:
            stop = next((stop for stop in reversed(STOPS) if stop < self.zoom * 0.999), 0.0)
        self.zoom_to(stop, anchor)

    def pan(self, dx: float, dy: float) -> None:
        """Moves the photo by a canvas distance; some of it always stays in view."""
        self.fits = False
        self.x += dx
        self.y += dy
        self._settle()

    def to_photo(self, x: float, y: float) -> tuple[float, float]:
        """The photo position under a canvas position."""
        return (x - self.x) / self.scale, (y - self.y) / self.scale

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """The canvas position of a photo position."""
        return self.x + x * self.scale, self.y + y * self.scale

    def visible(self) -> Region | None:
        """The photo pixels in view, or None when none are."""
        region = Region.around(*self.to_photo(0, 0), *self.to_photo(*self.view))
        return region.clipped((self.photo[1], self.photo[0]))

    def _fitting_zoom(self) -> float:
        room = [max(1.0, side - 2 * FIT_MARGIN) * self.ratio for side in self.view]
        return min(room[0] / self.photo[0], room[1] / self.photo[1], LARGEST_FIT)

    def _place(self, point: tuple[float, float], at: tuple[float, float]) -> None:
        """Puts the photo position `point` at the canvas position `at`."""
        self.x = at[0] - point[0] * self.scale
        self.y = at[1] - point[1] * self.scale
        self._settle()

    def _settle(self) -> None:
        self.x = self._settled(self.x, 0)
        self.y = self._settled(self.y, 1)

    def _settled(self, position: float, axis: int) -> float:
        """Half the canvas at most stays empty; a photo smaller than the canvas is centered in it."""
        length, room = self.photo[axis] * self.scale, self.view[axis]
        centered = (room - length) / 2
        position = centered if length <= room else min(max(position, room / 2 - length), room / 2)
        # On whole screen pixels, so that at 1:1 nothing is interpolated.
        return round(position * self.ratio) / self.ratio


@dataclass
class CanvasState:
    """What the parts of one canvas share: where the photo lies, where the pointer is, what is compared."""

    view: ViewTransform = field(default_factory=ViewTransform)
    pointer: QPointF | None = None
    """On the canvas; None while the pointer is elsewhere."""
    is_comparing: bool = False
    """Whether the original is shown instead of the edit."""

    @property
    def size(self) -> QSizeF:
        """The size of the canvas."""
        return QSizeF(*self.view.view)

    def to_photo(self, position: QPointF) -> QPointF:
        """The photo position under a canvas position."""
        return QPointF(*self.view.to_photo(position.x(), position.y()))

    def to_canvas(self, point: QPointF) -> QPointF:
        """The canvas position of a photo position."""
        return QPointF(*self.view.to_view(point.x(), point.y()))
