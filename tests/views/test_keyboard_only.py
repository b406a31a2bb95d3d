"""Without a mouse and without eyes: everything that can be operated has a name, and Tab comes to it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.files.qimage import Samples, from_qimage
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import TASKS
from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog
from fxdiffuse_gui.views.help.help_dialogs import keys_dialog
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.mask_tools.brush import Tool
from fxdiffuse_gui.views.style.appearance import Choice

INTERACTIVE = QAbstractButton, QAbstractSpinBox, QLineEdit, QAbstractSlider, QComboBox, QAbstractItemView


def operated(window: QWidget) -> list[QWidget]:
    """What the pointer can operate now. The frames of docks, whose buttons are in the View menu, and scroll
    bars, which follow the keys of what they scroll, are left out, as are the parts of a control."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if (isinstance(widget, INTERACTIVE) or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), QDockWidget | QAbstractSpinBox | QAbstractItemView)
        and widget.objectName() not in ("qt_scrollarea_viewport", "qt_toolbar_ext_button")
        and not isinstance(widget, QDockWidget)
    ]


def label(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text.replace("&", "")


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {label(widget)!r} {widget.toolTip()!r}"


def reached(window: QWidget) -> list[QWidget]:
    """Where Tab goes, from where it is until it comes back."""
    found: list[QWidget] = []
    for _ in range(500):
        focused = QApplication.focusWidget()
        if focused is None or focused in found:
            break
        found.append(focused)
        window.focusNextChild() if isinstance(window, QDialog) else focused.focusNextPrevChild(True)
    return found


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> MainWindow:
    """With a photo, a mask, a tool in hand and every effect at work, so that nothing is hidden."""
    window = MainWindow(live_session)
    qtbot.addWidget(window, before_close_func=lambda _: live_session.history.mark_saved())
    window.resize(1440, 1400)
    window.show()
    window.activateWindow()
    path = photo_file(200, 150)
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(path)
    with qtbot.waitSignal(live_session.history.state_changed):
        live_session.files.load_reference(path)
    live_session.mask.fill()
    for spec in TASKS:
        live_session.settings.set_enabled(spec.task, True)
    live_session.settings.set_blur_angle(30.0)
    live_session.snapshots.take()
    window.brush.set_tool(Tool.BRUSH)
    return window


def check(qtbot: QtBot, window: QWidget, least: int) -> None:
    controls = operated(window)
    assert len(controls) >= least
    assert not [described(control) for control in controls if not label(control)]
    qtbot.waitUntil(window.isActiveWindow)
    places = reached(window)
    assert not [described(control) for control in controls if not is_among(places, control)]


def is_among(places: list[QWidget], control: QWidget) -> bool:
    """Of buttons of which one is down, Tab goes to that one and the arrow keys to the others."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    alternatives = group.buttons() if group is not None and group.exclusive() else [control]
    return any(one in places for one in alternatives)


def test_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.setFocus()
    check(qtbot, window, 60)


def test_the_dialogs(qtbot: QtBot, window: MainWindow) -> None:
    export, keys = ExportDialog(window.session, window), keys_dialog(window, window.actions_by_name)
    for dialog, least in ((export, 8), (keys, 1)):
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        check(qtbot, dialog, least)
        dialog.close()


def test_where_the_keys_go_can_be_seen(qtbot: QtBot, window: MainWindow) -> None:
    """A control with the focus is drawn otherwise than one without, in a color that stands out."""
    qtbot.waitUntil(window.isActiveWindow)
    elsewhere = window.seed_bar.field
    for choice in (Choice.DARK, Choice.LIGHT):
        window.appearance.choose(choice)
        unseen: list[str] = []
        for control in operated(window):
            (elsewhere if control is not elsewhere else window.canvas).setFocus()
            before = pixels(control)
            control.setFocus(Qt.FocusReason.TabFocusReason)
            if not stands_out(before, pixels(control)):
                unseen.append(f"{described(control)} {control.parent()} {control.focusPolicy()}")
        assert not unseen


def pixels(widget: QWidget) -> Samples:
    return from_qimage(widget.grab().toImage())[0]


def stands_out(before: Samples, after: Samples) -> bool:
    """Whether a dozen pixels changed by as much as a quarter of the way from black to white."""
    change = np.abs(before.astype(int) - after.astype(int)).max(axis=-1)
    return int((change > 64).sum()) > 12
