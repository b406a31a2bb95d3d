"""`ValueBox`: the typed value of an effect, with its unit."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.widgets.wheel_guard import WheelGuard, step_factor


@runtime_checkable
class TypedField(Protocol):
    """A field that says whether somebody is in the middle of typing into it."""

    @property
    def is_being_typed(self) -> bool:
        """Whether there is typing that has not been taken yet."""
        ...


class ValueBox(QDoubleSpinBox):
    """A number of `decimals` places, one more when it needs it, from `minimum` to `maximum`.

    Looks like text until the pointer is on it. A click selects the number, ready to type over. Accepts a
    point or a comma in any language; letters are left to the shortcuts of the window. Reports typed values,
    and steps of the arrow keys and the wheel; the owner of the value calls `show_value`.
    """

    typed = Signal(float)
    stepped = Signal(float)
    """Number of steps, in units of one step of the control: ±1, ±0.1 with Ctrl, ±10 with Shift."""

    def __init__(
        self, minimum: float, maximum: float, decimals: int, unit: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._places = decimals
        self.setDecimals(decimals + 1)
        self.setRange(minimum, maximum)
        self.setSuffix(unit if unit in ("", "°") else f" {unit}")
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(theme.tabular(self.font()))
        # This role has no buttons. `NoButtons` must not be set: a styled box would have no width for text.
        theme.set_role(self, "value")
        self._selects_on_release = False
        self.lineEdit().installEventFilter(self)
        self.lineEdit().setTextMargins(theme.SPACE_1, 0, theme.SPACE_1, 0)
        self.wheel_guard = WheelGuard(self)
        self.valueChanged.connect(self.typed)

    def show_value(self, value: float) -> None:
        """Shows `value` without reporting it."""
        blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(blocked)

    @property
    def is_being_typed(self) -> bool:
        """Whether there is typing that has not been taken yet."""
        return self.cleanText() != self.textFromValue(self.value())

    def textFromValue(self, value: float) -> str:
        """`value` in the user's language, without a needless last zero."""
        fine = self.locale().toString(value, "f", self.decimals())
        return fine[:-1] if fine.endswith("0") and self._places > 0 else self._whole(value, fine)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Reads the other decimal mark as this language's, and lets numbers beyond the ends be typed out.

        Qt would refuse the key: typing 40, with at most 32, would give 4.
        """
        state, text, position = super().validate(self._localized(text), position)
        is_beyond = state is QValidator.State.Invalid and self._number(text) is not None
        return QValidator.State.Intermediate if is_beyond else state, text, position

    def fixup(self, text: str) -> str:
        """A number beyond an end becomes the `nearest` value."""
        number = self._number(text)
        return text if number is None else f"{self.textFromValue(self.nearest(number))}{self.suffix()}"

    def nearest(self, number: float) -> float:
        """The value for a typed `number` beyond an end."""
        return min(max(number, self.minimum()), self.maximum())

    def valueFromText(self, text: str) -> float:
        """The number that `text` says, with either decimal mark."""
        return super().valueFromText(self._localized(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step; Escape discards typing."""
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                direction = 1 if event.key() == Qt.Key.Key_Up else -1
                self.interpretText()
                self.stepped.emit(direction * step_factor(event.modifiers()))
            case Qt.Key.Key_Escape:
                self.lineEdit().setText(f"{self.textFromValue(self.value())}{self.suffix()}")
                self.selectAll()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claims Escape while there is typing to discard, before a shortcut of the window gets it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.is_being_typed:
                event.accept()
                return True
            if event.text().isalpha():
                event.ignore()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The click that brings the focus selects all on release: its press places the cursor."""
        super().focusInEvent(event)
        self._selects_on_release = event.reason() is Qt.FocusReason.MouseFocusReason

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watches the mouse over the text."""
        if event.type() is QEvent.Type.MouseButtonRelease and self._selects_on_release:
            self._selects_on_release = False
            if not self.lineEdit().hasSelectedText():
                self.selectAll()
        if event.type() is QEvent.Type.MouseButtonDblClick:
            self.selectAll()
            return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Steps while the box has the focus; otherwise the panel scrolls."""
        if not (self.hasFocus() and self.wheel_guard.armed):
            event.ignore()
            return
        event.accept()
        if notches := self.wheel_guard.steps(event):
            self.stepped.emit(notches * step_factor(event.modifiers()))

    def _whole(self, value: float, fine: str) -> str:
        """Without usual decimals, a whole number is shown without any."""
        return self.locale().toString(round(value)) if self._places == 0 and value == round(value) else fine

    def _number(self, text: str) -> float | None:
        """The typed number; None if it is not one or has too many places."""
        typed = self._localized(text).removesuffix(self.suffix()).strip()
        number, is_number = self.locale().toDouble(typed)
        places = len(typed.partition(self.locale().decimalPoint())[2])
        return number if is_number and typed[-1:].isdigit() and places <= self.decimals() else None

    def _localized(self, text: str) -> str:
        mark = self.locale().decimalPoint()
        return text.replace("," if mark == "." else ".", mark)
