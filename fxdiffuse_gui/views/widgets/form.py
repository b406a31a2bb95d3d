"""The pieces that dialogs are put together from: captioned rows, segmented choices, stored numbers, sizes."""

from collections.abc import Mapping

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from fxdiffuse_gui.views.style import theme


def new_form() -> QGridLayout:
    """An empty grid for `add_row`."""
    form = QGridLayout()
    form.setHorizontalSpacing(theme.SPACE_4)
    form.setVerticalSpacing(theme.SPACE_3)
    form.setColumnStretch(1, 1)
    return form


def add_row(form: QGridLayout, label: str, field: QWidget) -> QLabel:
    """Adds `field` with a label to its left, and returns the label."""
    caption, row = QLabel(label), form.rowCount()
    theme.set_flag(caption, "off", True)
    form.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    form.addWidget(field, row, 1)
    return caption


def side_by_side(wide: QWidget, narrow: QWidget) -> QWidget:
    """Two widgets in a row; the first takes the remaining width."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE_2)
    layout.addWidget(wide, 1)
    layout.addWidget(narrow)
    return row


def segments(group: QButtonGroup, labels: Mapping[int, str]) -> QWidget:
    """A row of buttons, one of them checked."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE_1)
    for number, label in labels.items():
        button = QPushButton(label)
        button.setCheckable(True)
        button.setAutoDefault(False)
        theme.set_role(button, "segment")
        group.addButton(button, number)
        layout.addWidget(button)
    layout.addStretch(1)
    return row


def check(group: QButtonGroup, number: int) -> None:
    """Checks the button `number`, or the first one if there is no such number."""
    numbers = [group.id(button) for button in group.buttons()]
    group.button(number if number in numbers else numbers[0]).setChecked(True)


def stored_number(settings: QSettings, key: str, default: int) -> int:
    """A whole number from the settings; `default` for anything else that is stored there."""
    text = str(settings.value(key, default))
    return int(text) if text.isdecimal() else default


def keep_on_screen(window: QWidget) -> None:
    """Makes `window`, before it is shown, no larger than the free area of its screen."""
    window.resize(window.size().boundedTo(window.screen().availableSize()))
