"""Two snapshots on the sides of the line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.views.canvas.compare_split import CompareSplit
from fxdiffuse_gui.views.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> MainWindow:
    """Three snapshots: nothing, grain, grain with sharpening. The last is in use."""
    window = MainWindow(live_session)
    # Nothing is to be saved when the test is over, however it ends.
    qtbot.addWidget(window, before_close_func=lambda _: live_session.history.mark_saved())
    window.resize(1000, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(300, 200))
    live_session.settings.set_seed(5)
    live_session.snapshots.take("Nothing")
    live_session.settings.set_value(Task.GRAIN, 0.05)
    live_session.snapshots.take("Grain")
    live_session.settings.set_value(Task.SHARPEN, 2.0)
    live_session.snapshots.take("Sharp")
    qtbot.waitUntil(lambda: live_session.preview.status.kind == "final")
    qtbot.waitUntil(lambda: not live_session.preview._scheduler.is_busy)
    return window


def click(window: MainWindow, row: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    view = window.history.snapshots.list
    QTest.mouseClick(view.viewport(), LEFT, modifier, view.visualItemRect(view.item(row)).center())


def compare(window: MainWindow, first: int, second: int) -> None:
    click(window, first)
    click(window, second, CTRL)
    assert window.history.snapshots.compare.isEnabled()
    QTest.mouseClick(window.history.snapshots.compare, LEFT)


def color(window: MainWindow, share: float) -> tuple[int, ...]:
    """Of the canvas, a share of its width from the left, in the middle of the photo's height."""
    canvas = window.canvas
    point = QPoint(int(canvas.width() * share), canvas.height() // 2 + 40)
    picked = canvas.grab().toImage().pixelColor(point)
    return picked.red(), picked.green(), picked.blue()


def photo_color(window: MainWindow, share: float) -> tuple[int, ...]:
    window.canvas.modes.set_comparing(True)
    found = color(window, share)
    window.canvas.modes.set_comparing(False)
    return found


def negative(color: tuple[int, ...]) -> list[int]:
    return [255 - one for one in color]


def names(window: MainWindow) -> tuple[str, str] | None:
    return window.canvas.split.names


def test_a_and_b_are_on_the_sides_of_the_line(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any
) -> None:
    main = len(engine.calls)
    compare(window, 0, 1)
    qtbot.waitUntil(lambda: names(window) == ("A: Nothing", "B: Grain"))
    # Only the second needs the engine, with its own settings and no others.
    calls = [call for call in engine.calls[main:] if call.condition.grain and not call.condition.sharpen]
    assert len(calls) == 1 and calls[0].region == engine.calls[main - 1].region
    left, right = color(window, 0.4), color(window, 0.6)
    assert left == photo_color(window, 0.4)
    assert right == tuple(negative(photo_color(window, 0.6)))
    assert window.canvas.modes.is_split and window.actions_by_name["split"].isChecked()


def test_leaving_gives_the_line_back(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.modes.set_split(True)
    compare(window, 1, 2)
    qtbot.waitUntil(lambda: names(window) == ("A: Grain", "B: Sharp"))
    assert color(window, 0.4) != photo_color(window, 0.4)
    QTest.mouseClick(window.history.snapshots.compare, LEFT)
    assert window.canvas.modes.is_split and names(window) is None
    assert color(window, 0.4) == photo_color(window, 0.4)
    assert not window.snapshot_compare.is_on


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Y])
def test_keys_leave(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    compare(window, 0, 1)
    qtbot.waitUntil(lambda: names(window) == ("A: Nothing", "B: Grain"))
    QTest.keyClick(window.windowHandle(), key)
    assert not window.snapshot_compare.is_on and not window.canvas.modes.is_split and names(window) is None
    assert not window.history.snapshots.compare.isChecked()


def test_to_choose_two_goes_to_neither(window: MainWindow, live_session: Session) -> None:
    click(window, 1)
    state, steps = live_session.state, live_session.history.undo_stack.count()
    click(window, 2, CTRL)
    assert live_session.state is state and live_session.history.undo_stack.count() == steps
    assert [one.name for one in window.history.snapshots.selected] == ["Grain", "Sharp"]
    click(window, 0, CTRL)
    assert not window.history.snapshots.compare.isEnabled()
    click(window, 2)
    assert live_session.state.values[Task.SHARPEN] == 2.0 and Task.SHARPEN in live_session.state.enabled


def test_they_stay_while_the_settings_change_and_follow_the_view(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any
) -> None:
    compare(window, 0, 1)
    qtbot.waitUntil(lambda: names(window) == ("A: Nothing", "B: Grain"))
    live_session.settings.reset_all()
    right = color(window, 0.6)
    assert right == tuple(negative(photo_color(window, 0.6)))
    before = len(engine.calls)
    window.canvas.navigation.zoom_to(4.0)
    qtbot.waitUntil(lambda: len(engine.calls) == before + 1)
    x0, y0, x1, y1 = engine.calls[-1].region
    assert engine.calls[-1].condition.grain == 0.05 and (x1 - x0) * (y1 - y0) < 300 * 200
    qtbot.waitUntil(lambda: names(window) == ("A: Nothing", "B: Grain"))


def test_a_new_name_is_shown_and_a_deleted_one_ends_it(
    qtbot: QtBot, window: MainWindow, live_session: Session
) -> None:
    compare(window, 0, 1)
    snapshots = live_session.snapshots
    qtbot.waitUntil(lambda: names(window) == ("A: Nothing", "B: Grain"))
    snapshots.rename(snapshots.items[1], "Noise " * 10)
    assert names(window) == ("A: Nothing", "B: " + ("Noise " * 10).strip())
    QApplication.processEvents()
    snapshots.delete(snapshots.items[2])
    assert window.snapshot_compare.is_on
    snapshots.delete(snapshots.items[0])
    assert not window.snapshot_compare.is_on and names(window) is None


def test_long_names_are_repainted_with_the_line() -> None:
    split, size = CompareSplit(), QSizeF(1000, 600)
    usual = split.covered(size)
    split.names = ("A: " + "long " * 16, "B: " + "long " * 16)
    picture = QImage(1000, 600, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    painter = QPainter(picture)
    split.draw_line(painter, size)
    painter.end()
    row = [x for x in range(1000) if picture.pixelColor(x, 20) != QColor(Qt.GlobalColor.red)]
    covered = split.covered(size)
    assert row[0] >= covered.left() and row[-1] <= covered.right()
    assert row[0] < usual.left()


def test_another_photo_ends_it(
    qtbot: QtBot, window: MainWindow, live_session: Session, photo_file: Callable[..., Path]
) -> None:
    compare(window, 1, 2)
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.files.open_photo(photo_file(90, 60, "other.png"))
    assert not window.snapshot_compare.is_on


def test_another_model_makes_both_anew(
    qtbot: QtBot, window: MainWindow, live_session: Session, engine: Any, tmp_path: Path
) -> None:
    other = tmp_path / "other.safetensors"
    engine.models = {other: "0" * 64}
    compare(window, 1, 2)
    shown = window.snapshot_compare._layers
    qtbot.waitUntil(lambda: not window.snapshot_compare._alternatives.is_waiting)
    with qtbot.waitSignal(live_session.models.replaced):
        live_session.models.use(other)
    layers = window.snapshot_compare._layers
    assert layers is not None and layers is not shown and not any(one.has_result for one in layers)
    qtbot.waitUntil(lambda: all(one.has_result for one in layers))
    assert window.snapshot_compare.is_on
