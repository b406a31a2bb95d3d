"""`WheelGuard`: whether a turn of the wheel is meant for a control or for the panel that scrolls it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

DWELL_MS = 300
"""The pointer must rest on a control for this long before the wheel changes its value."""


def step_factor(modifiers: Qt.KeyboardModifier) -> float:
    """How much larger than usual a step is: Ctrl a tenth, Shift ten times."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return 0.1
    return 10.0 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0


class WheelGuard(QObject):
    """Arms a control for the wheel.

    A panel that scrolls moves controls under a pointer that stands still; their values must not change then.
    So a control is armed by a press on it, by movement on it while it has the focus, or by movement
    and `DWELL_MS` of rest, and disarmed when the pointer leaves or `disarm` is called as the panel scrolls.
    """

    def __init__(self, guarded: QWidget) -> None:
        super().__init__(guarded)
        self._guarded = guarded
        self._travel = 0
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._arm)
        self._armed = False
        guarded.setMouseTracking(True)
        guarded.installEventFilter(self)

    @property
    def armed(self) -> bool:
        """Whether a turn of the wheel is meant for the guarded control."""
        return self._armed

    def disarm(self) -> None:
        """Disarms the control until the pointer moves again."""
        self._armed = False
        self._dwell.stop()

    def steps(self, event: QWheelEvent) -> int:
        """Whole notches turned since the last call, positive away from the user; fractions are kept for
        later."""
        turned = event.angleDelta()
        self._travel += turned.y() or turned.x()
        notches = int(self._travel / 120)
        self._travel -= notches * 120
        return notches

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watches the pointer on the guarded control; never swallows an event."""
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._arm()
            case QEvent.Type.MouseMove if self._guarded.hasFocus():
                self._arm()
            case QEvent.Type.MouseMove if not self._armed and not self._dwell.isActive():
                self._dwell.start()
            case QEvent.Type.Leave | QEvent.Type.Hide:
                self.disarm()
            case _:
                pass
        return super().eventFilter(watched, event)

    def _arm(self) -> None:
        self._armed = True
        self._travel = 0
