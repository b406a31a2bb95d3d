"""One walk through the program by real events: open, drag, paint, refer, compare, undo, export."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.request import Result
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.views.dialogs.export_dialog import ExportDialog
from fxdiffuse_gui.views.main_window import MainWindow
from fxdiffuse_gui.views.widgets.drop_zone import DropZone

PhotoFile = Callable[..., Path]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, live_session: Session) -> Iterator[MainWindow]:
    window = MainWindow(live_session)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.session.history.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    live_session.preview.cancel()


def drop(target: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = QPointF(target.rect().center())
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(place.toPoint(), copy, data, LEFT, NONE))
    QApplication.sendEvent(target, QDropEvent(place, copy, data, LEFT, NONE, QEvent.Type.Drop))


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.windowHandle(), key, modifier)


def drag(qtbot: QtBot, target: QWidget, *points: QPoint) -> None:
    qtbot.mousePress(target, LEFT, NONE, points[0])
    for point in points[1:]:
        qtbot.mouseMove(target, point)
        qtbot.wait(5)
    qtbot.mouseRelease(target, LEFT, NONE, points[-1])


def finished(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.preview.status.kind == "final", timeout=20_000)


def test_from_opening_to_exporting(
    qtbot: QtBot,
    window: MainWindow,
    engine: Any,
    photo_file: PhotoFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session, canvas = window.session, window.canvas
    results: list[Result | None] = []
    session.preview.preview_changed.connect(results.append)

    source = photo_file(400, 300)
    drop(window, source)
    qtbot.waitUntil(lambda: session.photo is not None)
    photo = session.photo
    assert photo is not None

    slider = window.effects.cards[Task.GRAIN].slider
    assert slider is not None
    middle = slider.rect().center()
    drag(qtbot, slider, middle, *(middle + QPoint(4 * way, 0) for way in range(1, 12)))
    finished(qtbot, session)
    assert session.history.undo_stack.count() == 1 and Task.GRAIN in session.state.enabled
    shown = [result for result in results if result is not None]
    assert not shown[0].final and shown[-1].final

    canvas.setFocus()
    press(window, Qt.Key.Key_B)
    center = canvas.rect().center()
    drag(qtbot, canvas, center, center + QPoint(20, 10), center + QPoint(40, 20))
    finished(qtbot, session)
    mask = session.state.mask
    assert mask is not None and 0 < (mask > 0).mean() < 0.5
    press(window, Qt.Key.Key_Z, CTRL)
    assert session.state.mask is None
    press(window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert session.state.mask is not None and np.array_equal(session.state.mask, mask)

    drop(window.effects.findChildren(DropZone)[0], photo_file(30, 20, "sunset.png"))
    qtbot.waitUntil(lambda: session.state.reference is not None)
    finished(qtbot, session)
    assert engine.calls[-1].condition.active_tasks == (Task.INPAINT, Task.COLOR, Task.GRAIN)

    canvas.setFocus()
    qtbot.keyPress(canvas, Qt.Key.Key_Backslash)
    assert window.chip.text == "Original"
    qtbot.keyRelease(canvas, Qt.Key.Key_Backslash)
    assert window.chip.text == "Exact"

    def fill_in(dialog: ExportDialog) -> int:
        dialog.name.setText(str(tmp_path / "out.png"))
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ExportDialog, "exec", fill_in)
    with qtbot.waitSignal(session.files.exported):
        press(window, Qt.Key.Key_E, CTRL)
    written = read_photo(tmp_path / "out.png").original
    outside = mask == 0
    np.testing.assert_array_equal(written[outside], photo.original[outside])
    np.testing.assert_array_equal(written[~outside], 255 - photo.original[~outside])
    assert not session.history.is_modified and read_photo(source).original.shape == written.shape


def test_the_window_answers_while_the_engine_computes(
    qtbot: QtBot, window: MainWindow, engine: Any, photo_file: PhotoFile
) -> None:
    session = window.session
    window.open(photo_file(1200, 900))
    qtbot.waitUntil(lambda: session.photo is not None)
    qtbot.wait(200)
    # Longer than a busy machine makes the loop wait; a loop that waits for one step waits longer.
    engine.busy_seconds, engine.steps = 0.4, 2
    beats: list[float] = []
    clock = QTimer()
    clock.timeout.connect(lambda: beats.append(time.perf_counter()))
    clock.start(5)
    slider = window.effects.cards[Task.GRAIN].slider
    assert slider is not None
    middle = slider.rect().center()
    drag(qtbot, slider, middle, *(middle + QPoint(way, 0) for way in range(1, 60)))
    finished(qtbot, session)
    clock.stop()
    gaps = np.diff(beats)
    slow = np.percentile(gaps, 99)
    print(f"event loop: {len(beats)} beats, p99 {slow * 1e3:.0f} ms, longest {gaps.max() * 1e3:.0f} ms")
    assert len(engine.calls) > 1
    assert gaps.max() < engine.busy_seconds
