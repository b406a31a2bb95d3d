"""What a user does on the card of an effect."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.views.effects.effect_card import EffectCard
from fxdiffuse_gui.views.effects.effect_slider import EffectSlider
from fxdiffuse_gui.views.widgets.value_box import ValueBox

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
GRAIN = SPECS[Task.GRAIN]


def slider_of(card: EffectCard) -> EffectSlider:
    assert card.slider is not None
    return card.slider


def box_of(card: EffectCard) -> ValueBox:
    assert card.value_box is not None
    return card.value_box


def at(slider: EffectSlider, value: float) -> QPoint:
    """The middle of the handle when the slider stands at `value`."""
    share = (value - slider.minimum()) / (slider.maximum() - slider.minimum())
    return QPoint(round(7 + share * (slider.width() - 14)), slider.height() // 2)


def turn(widget: QWidget, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> bool:
    """Turns the wheel over `widget`; whether the widget took it."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
