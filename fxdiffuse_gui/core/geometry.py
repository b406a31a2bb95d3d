"""Rectangles of whole photo pixels."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A rectangle of photo pixels; `x`, `y` is its top left corner. Never empty."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def whole(cls, shape: tuple[int, ...]) -> "Region":
        """All of an image of `shape` (H, W, …)."""
        return cls(0, 0, shape[1], shape[0])

    @classmethod
    def around(cls, left: float, top: float, right: float, bottom: float) -> "Region":
        """The smallest region of whole pixels that contains the given edges."""
        x, y = math.floor(left), math.floor(top)
        return cls(x, y, max(1, math.ceil(right) - x), max(1, math.ceil(bottom) - y))

    @property
    def right(self) -> int:
        """The first column past the region."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row past the region."""
        return self.y + self.height

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, to index an array."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def grown(self, margin: int) -> "Region":
        """Larger by `margin` pixels on every side."""
        return Region(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    @property
    def center(self) -> tuple[float, float]:
        """The center point (x, y)."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, other: "Region") -> bool:
        """Whether `other` lies completely inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def clipped(self, shape: tuple[int, ...]) -> "Region | None":
        """The part inside an image of `shape` (H, W, …), or None when no part is inside."""
        x, y = max(0, self.x), max(0, self.y)
        right, bottom = min(self.right, shape[1]), min(self.bottom, shape[0])
        return Region(x, y, right - x, bottom - y) if right > x and bottom > y else None
