"""Painting the mask with soft brushes and pens."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui.views.mask_tools.brush import OVERLAY, OVERLAY_ALPHA, Brush, Tool
from tests.views.studio import LEFT, NONE, Studio

Pointer = QPointingDevice.PointerType


@pytest.fixture
def brush(studio: Studio) -> Iterator[Brush]:
    studio.brush.set_tool(Tool.BRUSH)
    studio.brush.set_size(40)
    yield studio.brush


# --- the tip ------------------------------------------------------------------------------------------


def test_a_soft_brush_fades_to_its_rim(studio: Studio, brush: Brush) -> None:
    brush.set_hardness(0.4)
    studio.drag(studio.at(30, 70), studio.at(100, 70), studio.at(170, 70))
    across = studio.mask[48:93, 100].astype(int)
    assert across.max() == 255 and across[0] == across[-1] == 0
    assert (np.diff(across[:20]) >= 0).all() and len(set(across[:20])) > 8
    # The joint of the two segments does not show.
    along = studio.mask[60, 40:160].astype(int)
    assert along.max() - along.min() <= 2


def test_a_stroke_never_covers_more_than_its_opacity(studio: Studio, brush: Brush) -> None:
    brush.set_opacity(0.5)
    there, back = studio.at(50, 70), studio.at(120, 70)
    studio.drag(there, back, there, back, there)
    assert set(np.unique(studio.mask)) == {0, 128}
    # A second stroke covers half of what is left.
    studio.drag(studio.at(50, 70), studio.at(120, 70))
    assert studio.mask[70, 80] == pytest.approx(192, abs=1)


def test_the_eraser_has_the_same_tip(studio: Studio, brush: Brush) -> None:
    studio.session.mask.fill()
    brush.set_tool(Tool.ERASER)
    brush.set_opacity(0.25)
    brush.set_hardness(0.2)
    studio.drag(studio.at(50, 70), studio.at(120, 70), studio.at(50, 70))
    assert studio.mask.min() == pytest.approx(191, abs=1)
    assert studio.mask[70, 80] < studio.mask[60, 80] < studio.mask[52, 80] <= 255
    assert studio.session.history.undo_stack.undoText() == "Erase mask"
    studio.session.history.undo_stack.undo()
    assert (studio.mask == 255).all()


def test_the_tint_is_as_strong_as_the_paint(studio: Studio, brush: Brush, engine: Any) -> None:
    engine.held = True
    for opacity, x in ((1.0, 50), (0.5, 130)):
        brush.set_opacity(opacity)
        studio.drag(studio.at(x, 70))
        own, shown = np.array(studio.pixel(x, 70)), np.array(studio.color(studio.at(x, 70)))
        color = np.array(OVERLAY.getRgb()[:3])
        share = OVERLAY_ALPHA / 255 * opacity
        np.testing.assert_allclose(shown, own + (color - own) * share, atol=3)


def test_the_tint_takes_another_color(studio: Studio, brush: Brush, engine: Any) -> None:
    engine.held = True
    studio.drag(studio.at(60, 70))
    brush.set_overlay(QColor(0, 255, 0))
    own, shown = studio.pixel(60, 70), studio.color(studio.at(60, 70))
    assert shown[1] > own[1] + 40 and shown[0] < own[0] + 1


def test_what_is_painted_is_on_screen_before_the_release(studio: Studio, brush: Brush) -> None:
    studio.grab()
    brush.set_hardness(0.5)
    studio.drag(studio.at(50, 70), studio.at(90, 70), release=False)
    own, shown = studio.pixel(95, 70), studio.color(studio.at(95, 70))
    assert shown != own
    assert studio.session.state.mask is None
    assert studio.canvas.drop_stroke()
    assert studio.color(studio.at(95, 70)) == own


def test_a_dropped_stroke_leaves_what_was_there(studio: Studio, brush: Brush) -> None:
    studio.drag(studio.at(50, 70), studio.at(90, 70))
    before = studio.mask.copy()
    brush.set_tool(Tool.ERASER)
    studio.drag(studio.at(60, 20), studio.at(60, 120), release=False)
    studio.canvas.drop_stroke()
    studio.qtbot.mouseRelease(studio.canvas, LEFT, NONE, studio.at(60, 120))
    brush.set_tool(Tool.BRUSH)
    brush.set_size(4)
    studio.drag(studio.at(180, 140))
    np.testing.assert_array_equal(studio.mask[:130], before[:130])


def test_hardness_and_opacity_step_and_keep_their_limits() -> None:
    brush = Brush()
    brush.step_hardness(1)
    assert brush.tip.hardness == 1.0
    for _ in range(12):
        brush.step_hardness(-1)
    assert brush.tip.hardness == 0.0
    brush.step_hardness(1)
    assert brush.tip.hardness == 0.1
    brush.set_opacity(0.0)
    assert brush.tip.opacity == 0.01


# --- pens ---------------------------------------------------------------------------------------------


class Pen:
    """A pen on a tablet."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.tip = self._device(Pointer.Pen)
        self.back = self._device(Pointer.Eraser)

    def _device(self, kind: Pointer) -> QPointingDevice:
        every = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        stylus = QInputDevice.DeviceType.Stylus
        return QPointingDevice("pen", 7, stylus, kind, every, 1, 2, "", QPointingDeviceUniqueId())

    def send(self, kind: QEvent.Type, x: int, y: int, pressure: float, device: QPointingDevice) -> bool:
        place = QPointF(self.studio.at(x, y))
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletMove else LEFT
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletRelease else LEFT
        event = QTabletEvent(
            kind,
            device,
            place,
            self.studio.canvas.mapToGlobal(place),
            pressure,
            0,
            0,
            0,
            0,
            0,
            NONE,
            button,
            held,
        )
        QApplication.sendEvent(self.studio.canvas, event)
        return event.isAccepted()

    def draw(self, *points: tuple[int, int, float], device: QPointingDevice | None = None) -> None:
        device = device or self.tip
        assert self.send(QEvent.Type.TabletPress, *points[0], device)
        for point in points[1:]:
            assert self.send(QEvent.Type.TabletMove, *point, device)
        assert self.send(QEvent.Type.TabletRelease, *points[-1], device)


def test_pressure_sets_the_size(studio: Studio, brush: Brush) -> None:
    Pen(studio).draw((40, 70, 0.25), (160, 70, 1.0))
    widths = (studio.mask > 0).sum(axis=0)
    assert widths[40] == pytest.approx(11, abs=3) and widths[155] == pytest.approx(39, abs=3)
    assert widths[100] == pytest.approx(25, abs=3)
    studio.session.mask.clear()
    brush.set_uses_pressure(False)
    Pen(studio).draw((40, 70, 0.25), (160, 70, 1.0))
    assert (studio.mask > 0).sum(axis=0)[50] == pytest.approx(40, abs=2)


def test_the_other_end_of_the_pen_erases(studio: Studio, brush: Brush) -> None:
    studio.session.mask.fill()
    pen = Pen(studio)
    pen.draw((40, 70, 1.0), (60, 70, 1.0), device=pen.back)
    assert studio.mask[70, 50] == 0 and studio.mask[70, 150] == 255
    pen.draw((50, 70, 1.0))
    assert studio.mask[70, 50] == 255


def test_without_a_brush_the_pen_is_a_mouse(studio: Studio) -> None:
    pen = Pen(studio)
    for tool in (Tool.MOVE, Tool.LASSO):
        studio.brush.set_tool(tool)
        assert not pen.send(QEvent.Type.TabletPress, 40, 70, 0.5, pen.tip)
    studio.brush.set_tool(Tool.BRUSH)
    studio.canvas.set_space_held(True)
    assert not pen.send(QEvent.Type.TabletPress, 40, 70, 0.5, pen.tip)
