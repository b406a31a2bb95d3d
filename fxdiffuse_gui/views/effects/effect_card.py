"""The card of one effect: title, switch, slider and typed value, and room for what else it needs."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from fxdiffuse_gui.app.effect_text import effect_help, effect_name, effect_within
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task, TaskSpec
from fxdiffuse_gui.views.effects.card_buttons import BypassButton
from fxdiffuse_gui.views.effects.effect_slider import EffectSlider
from fxdiffuse_gui.views.effects.measured_label import MeasuredLabel
from fxdiffuse_gui.views.effects.value_menu import ValueMenu, value_button
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.icons import icon, pixmap
from fxdiffuse_gui.views.widgets.switch import Switch
from fxdiffuse_gui.views.widgets.value_box import ValueBox

_TITLE_ICON = 20


class EffectCard(QFrame):
    """Shows the settings of `task` and changes them through the session.

    `slider`, `value_box`, `measured` and `values` are None for a task without an intensity.
    """

    def __init__(self, session: Session, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self._session = session
        self._spec = SPECS[task]
        theme.set_role(self, "card")
        self.setAccessibleName(effect_name(task))

        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(theme.SPACE_3, 6, theme.SPACE_3, 10)
        self._rows.setSpacing(theme.SPACE_1)
        self.switch = Switch()
        self.reset_button = QToolButton()
        self.bypass_button = BypassButton(session, task)
        self.measured = MeasuredLabel(session, self._spec) if self._spec.has_intensity else None
        self._title = _Title(self._spec)
        self._header_row = self._header()
        self._rows.addLayout(self._header_row)
        self.slider: EffectSlider | None = None
        self.value_box: ValueBox | None = None
        self.values: ValueMenu | None = None
        if self._spec.has_intensity:
            self.slider = EffectSlider(self._spec)
            self.value_box = ValueBox(
                self._spec.minimum, self._spec.maximum, self._spec.decimals, self._spec.unit
            )
            row = self._value_row(self.slider, self.value_box)
            self.values = ValueMenu(session, task, parent=self)
            row.addWidget(value_button(self.values, task))
            self._rows.addLayout(row)

        session.history.state_changed.connect(self._show)
        self._show(session.state)

    def add_row(self, row: QWidget) -> None:
        """Puts `row` below the slider."""
        self._rows.addSpacing(theme.SPACE_1)
        self._rows.addWidget(row)

    def add_button(self, button: QToolButton) -> None:
        """Puts `button` in front of those that every card has."""
        self._header_row.insertWidget(self._header_row.indexOf(self.bypass_button), button)

    def disarm_wheel(self) -> None:
        """The panel scrolls: controls that come under the pointer must ignore the wheel."""
        for control in (self.slider, self.value_box):
            if control is not None:
                control.wheel_guard.disarm()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers the effect's named values."""
        if self.values is None:
            super().contextMenuEvent(event)
        else:
            self.values.popup(event.globalPos())

    def is_untouched(self, state: EditState) -> bool:
        """Whether `state` has this effect off and at its default."""
        return self.task not in state.enabled and self._is_default(state)

    # --- building ---------------------------------------------------------------------------------

    def _header(self) -> QHBoxLayout:
        name, within = effect_name(self.task), effect_within(self.task)
        self.switch.setAccessibleName(tr("{effect} on or off", effect=name))
        self.switch.setToolTip(tr("Switch {effect} on or off; its value is kept", effect=within))
        self.switch.clicked.connect(self._switch)
        self._title.double_clicked.connect(self._reset)
        self.reset_button.setIcon(icon("reset"))
        self.reset_button.setToolTip(
            tr("Reset {effect} to its default (double-click does it too)", effect=within)
        )
        self.reset_button.setAccessibleName(tr("Reset {effect}", effect=name))
        theme.set_role(self.reset_button, "flat")
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        self.reset_button.clicked.connect(self._reset)
        header = QHBoxLayout()
        header.setSpacing(0)
        header.addWidget(self._title)
        if self.measured is None:
            header.addStretch(1)
        else:
            header.addWidget(self.measured, 1)
        header.addWidget(self.bypass_button)
        header.addWidget(self.reset_button)
        header.addWidget(self.switch)
        return header

    def _value_row(self, slider: EffectSlider, box: ValueBox) -> QHBoxLayout:
        spec = self._spec
        unit = f" {spec.unit}" if spec.unit else ""
        minimum, maximum, default = (
            f"{value:.{spec.decimals}f}" for value in (spec.minimum, spec.maximum, spec.default)
        )
        name, what = effect_name(self.task), effect_help(self.task)
        span = tr("{minimum} to {maximum}", minimum=minimum, maximum=maximum) + unit
        usual = tr("{span}, usually {default}", span=span, default=default + unit)
        slider_keys = tr("Double-click: default · Ctrl: fine · Shift: coarse")
        box_keys = tr("Type a number · arrow keys step · Ctrl: fine · Shift: coarse")
        slider.setToolTip(f"<b>{what}</b><br>{usual}<br>{slider_keys}")
        box.setToolTip(f"<b>{what}</b><br>{usual}<br>{box_keys}")
        if spec.unit:
            name = tr("{effect} in {unit}", effect=name, unit=spec.unit)
        for control in (slider, box):
            control.setAccessibleName(name)
            control.setAccessibleDescription(f"{what} {span}")
        slider.moved.connect(self._drag)
        slider.gesture_ended.connect(self._session.history.end_drag)
        slider.reset_requested.connect(self._reset_by_slider)
        box.typed.connect(self._type)
        box.stepped.connect(slider.nudge)
        box.setFixedWidth(74)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_1)
        row.addWidget(slider, 1)
        row.addSpacing(theme.SPACE_1)
        row.addWidget(box)
        return row

    # --- state ------------------------------------------------------------------------------------

    def _switch(self, on: bool) -> None:
        self._session.settings.set_enabled(self.task, on)

    def _drag(self, value: float) -> None:
        self._session.settings.set_value(self.task, value, dragging=True)

    def _type(self, value: float) -> None:
        self._session.settings.set_value(self.task, value)

    def _reset_by_slider(self, jumped: bool) -> None:
        self._reset(joins_drag=jumped)

    def _reset(self, *, joins_drag: bool = False) -> None:
        if self.slider is not None:
            self.slider.settle()
        self._session.settings.reset_task(self.task, joins_drag=joins_drag)

    def _show(self, state: EditState) -> None:
        on = self.task in state.enabled
        if self.switch.isChecked() != on:
            self.switch.setChecked(on)
        self._title.show_on(on)
        theme.set_flag(self, "off", not on)
        self.reset_button.setVisible(not self._is_default(state))
        if self.slider is not None and self.value_box is not None:
            value = state.values[self.task]
            blocked = self.slider.blockSignals(True)
            self.slider.setValue(value)
            self.slider.blockSignals(blocked)
            self.value_box.show_value(value)
            theme.set_flag(self.slider, "off", not on)
            theme.set_flag(self.value_box, "off", not on)

    def _is_default(self, state: EditState) -> bool:
        if self.task is Task.INPAINT:
            return state.mask is None
        if self.task is Task.BLUR and state.blur_angle is not None:
            return False
        return state.values[self.task] == self._spec.default


class _Title(QWidget):
    """Icon and name of an effect; bright while it is on."""

    double_clicked = Signal()

    def __init__(self, spec: TaskSpec) -> None:
        super().__init__()
        self._icon_name = spec.task.value
        self._on = False
        self._icon = QLabel()
        self._icon.setFixedSize(_TITLE_ICON, _TITLE_ICON)
        self._label = QLabel(effect_name(spec.task))
        theme.set_role(self._label, "title")
        self.setToolTip(tr("{help} Double-click resets it.", help=effect_help(spec.task)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        self._label.installEventFilter(self)
        self._icon.installEventFilter(self)
        self._draw()

    def show_on(self, on: bool) -> None:
        """Colors the title for an effect that is on or off."""
        theme.set_flag(self._label, "off", not on)
        if on != self._on:
            self._on = on
            self._draw()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Asks for a reset."""
        event.accept()
        self.double_clicked.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icon again for another pixel ratio or other colors."""
        if event.type() is QEvent.Type.DevicePixelRatioChange or theme.is_restyled(event):
            self._draw()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Passes a double click on icon or label on; labels would swallow it."""
        if event.type() is QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            if event.button() is Qt.MouseButton.LeftButton:
                self.double_clicked.emit()
            return True
        return super().eventFilter(watched, event)

    def _draw(self) -> None:
        color = theme.ACCENT if self._on else theme.MUTED
        self._icon.setPixmap(pixmap(self._icon_name, color, _TITLE_ICON, self.devicePixelRatioF()))
