"""The tools under the pointer: what a press, a drag and a release do. Here `PanTool` and `SplitTool`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTabletEvent

from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.canvas.view_transform import CanvasState


@dataclass(frozen=True)
class PointerInput:
    """One event of the mouse or the pen."""

    position: QPointF
    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier
    pressure: float = 1.0
    """0..1; a mouse always presses with 1."""
    is_eraser: bool = False
    """Whether it is the other end of the pen."""

    @classmethod
    def of_mouse(cls, event: QMouseEvent) -> "PointerInput":
        """What a mouse event says."""
        return cls(event.position(), event.button(), event.modifiers())

    @classmethod
    def of_pen(cls, event: QTabletEvent) -> "PointerInput":
        """What an event of a tablet says."""
        is_eraser = event.pointerType() is QPointingDevice.PointerType.Eraser
        return cls(event.position(), event.button(), event.modifiers(), event.pressure(), is_eraser)

    @property
    def is_left(self) -> bool:
        """Whether the left button, or the tip of the pen, was pressed or released."""
        return self.button is Qt.MouseButton.LeftButton

    @property
    def has_shift(self) -> bool:
        """Whether Shift is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def has_alt(self) -> bool:
        """Whether Alt is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)


class PointerTool(Protocol):
    """What a drag on the canvas does."""

    @property
    def is_active(self) -> bool:
        """Whether it gets the moves and releases of the pointer now."""
        ...

    def press(self, pointer: PointerInput) -> None:
        """Begins."""
        ...

    def move(self, pointer: PointerInput) -> None:
        """The pointer has moved."""
        ...

    def release(self, pointer: PointerInput) -> None:
        """A button was released."""
        ...

    def cancel(self) -> None:
        """Ends without an effect."""
        ...


class PanTool:
    """Moves the photo with the pointer. `panned` is given the distance of each step."""

    def __init__(self, panned: Callable[[QPointF], None]) -> None:
        self._panned = panned
        self._last: QPointF | None = None

    @property
    def is_active(self) -> bool:
        """Whether the photo is being moved."""
        return self._last is not None

    def press(self, pointer: PointerInput) -> None:
        """Grabs the photo."""
        self._last = pointer.position

    def move(self, pointer: PointerInput) -> None:
        """Moves the photo as far as the pointer has moved."""
        if self._last is not None:
            distance = pointer.position - self._last
            self._last = pointer.position
            self._panned(distance)

    def release(self, pointer: PointerInput) -> None:
        """Any button ends it."""
        self.cancel()

    def cancel(self) -> None:
        """Lets go; the photo stays where it is."""
        self._last = None


class SplitTool:
    """Drags the line between the two sides. `update` repaints a part of the canvas."""

    def __init__(self, split: CompareSplit, state: CanvasState, update: Callable[[QRect], None]) -> None:
        self._split = split
        self._state = state
        self._update = update

    @property
    def is_active(self) -> bool:
        """Whether the line is held."""
        return self._split.is_held

    def press(self, pointer: PointerInput) -> None:
        """Grabs the line and moves it under the pointer."""
        self._split.is_held = True
        self.move(pointer)

    def move(self, pointer: PointerInput) -> None:
        """Moves the line under the pointer."""
        before = self._split.covered(self._state.size)
        self._split.drag_to(pointer.position, self._state.size)
        self._update(before.united(self._split.covered(self._state.size)))

    def release(self, pointer: PointerInput) -> None:
        """Any button ends it."""
        self.cancel()

    def cancel(self) -> None:
        """Lets go; the line stays where it is."""
        self._split.is_held = False
        self._update(self._split.covered(self._state.size))
