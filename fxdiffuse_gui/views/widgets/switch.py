"""The on/off switch of a card: superqt's toggle switch in the theme's look, with a focus ring."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget
from superqt.switch import QStyleOptionToggleSwitch, QToggleSwitch

from fxdiffuse_gui.views.style import theme

_WIDTH, _HEIGHT, _HANDLE = 30, 16, 12


class Switch(QToggleSwitch):
    """A switch without text; name it with `setAccessibleName`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switchWidth, self.switchHeight, self.handleSize = _WIDTH, _HEIGHT, _HANDLE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAnimationDuration(100)

    def sizeHint(self) -> QSize:
        """The groove and room for the focus ring around it."""
        return QSize(_WIDTH + 4, _HEIGHT + 8)

    def drawGroove(self, painter: QPainter, rect: QRectF, option: QStyleOptionToggleSwitch) -> None:
        """Draws the groove, in the accent when on, and the ring when the switch has the focus."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._groove_color(option))
        groove = self._centered(rect)
        painter.drawRoundedRect(groove, _HEIGHT / 2, _HEIGHT / 2)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.TEXT), 1))
            ring = groove.adjusted(-1.5, -1.5, 1.5, 1.5)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    def drawHandle(self, painter: QPainter, rect: QRectF, option: QStyleOptionToggleSwitch) -> None:
        """Draws the round handle."""
        enabled = option.state & QStyle.StateFlag.State_Enabled
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.KNOB if enabled else theme.DISABLED))
        painter.drawEllipse(self._centered(rect))

    def _groove_color(self, option: QStyleOptionToggleSwitch) -> QColor:
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        if not option.state & QStyle.StateFlag.State_Enabled:
            return QColor(theme.RAISED)
        if option.state & QStyle.StateFlag.State_On:
            return QColor(theme.ACCENT_HOVER if hovered else theme.ACCENT)
        return QColor(theme.FILL_OFF if hovered else theme.GROOVE)

    def _centered(self, rect: QRectF) -> QRectF:
        """`rect` moved to the vertical middle; superqt places it two pixels lower."""
        return QRectF(rect.x(), (self.height() - rect.height()) / 2, rect.width(), rect.height())
