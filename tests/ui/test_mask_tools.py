"""The mask tools in the inpaint card."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.geometry import Region
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.brush import Brush, Tool
from fxdiffuse_gui.views.mask_outline import MaskOutline
from fxdiffuse_gui.views.mask_tools import MaskTools
from fxdiffuse_gui.views.view_transform import ViewTransform

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tools(qtbot: QtBot, live_session: Session, photo_file: Callable[..., Path]) -> MaskTools:
    tools = MaskTools(live_session, Brush())
    qtbot.addWidget(tools)
    tools.show()
    assert not tools.brush.isEnabled()
    with qtbot.waitSignal(live_session.photo_changed):
        live_session.open_photo(photo_file(60, 40))
    return tools


def test_buttons_take_a_tool_and_put_it_down(qtbot: QtBot, tools: MaskTools) -> None:
    brush = tools._brush
    qtbot.mouseClick(tools.brush, LEFT)
    assert brush.tool is Tool.BRUSH and tools.brush.isChecked()
    qtbot.mouseClick(tools.eraser, LEFT)
    assert brush.tool is Tool.ERASER and not tools.brush.isChecked()
    qtbot.mouseClick(tools.eraser, LEFT)
    assert brush.tool is Tool.MOVE and not tools.eraser.isChecked()


def test_the_slider_and_the_keys_agree_on_the_size(tools: MaskTools) -> None:
    brush = tools._brush
    tools.size_slider.setValue(100)
    assert brush.size == 2000 and tools.size_label.text() == "2000 px"
    tools.size_slider.setValue(0)
    assert brush.size == 1
    brush.set_size(50)
    assert tools.size_slider.value() == pytest.approx(51, abs=1) and tools.size_label.text() == "50 px"
    # Showing a size on the slider must not round it.
    assert brush.size == 50


def test_invert_and_clear(qtbot: QtBot, tools: MaskTools, live_session: Session) -> None:
    assert not tools.clear.isEnabled()
    qtbot.mouseClick(tools.invert, LEFT)
    assert live_session.state.mask is not None and live_session.state.mask.all()
    qtbot.mouseClick(tools.clear, LEFT)
    assert live_session.state.mask is None and not tools.clear.isEnabled()


def test_a_mask_is_loaded_from_a_file(
    qtbot: QtBot,
    tools: MaskTools,
    live_session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import cv2

    path = tmp_path / "mask.png"
    cv2.imwrite(str(path), np.full((40, 60), 255, np.uint8))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(tools.load, LEFT)
    qtbot.waitUntil(lambda: live_session.state.mask is not None)


def test_every_tool_has_a_name(tools: MaskTools) -> None:
    for button in (tools.brush, tools.eraser, tools.show_mask, tools.invert, tools.load, tools.clear):
        assert button.accessibleName() and button.toolTip()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_outline_runs_around_what_is_painted(ratio: float) -> None:
    view = ViewTransform()
    view.set_view(100, 80, ratio)
    view.set_photo(100, 80)
    view.zoom_to(ratio)
    mask = np.zeros((80, 100), np.uint8)
    mask[Region(20, 30, 40, 20).slices] = 255
    image = MaskOutline().image(mask, view)
    assert (image.width(), image.height()) == (100 * ratio, 80 * ratio)

    def is_drawn(x: float, y: float) -> bool:
        return image.pixelColor(int(x * ratio), int(y * ratio)).alpha() > 0

    assert is_drawn(20, 40) and is_drawn(60, 40) and is_drawn(40, 30) and is_drawn(40, 50)
    assert not is_drawn(40, 40) and not is_drawn(10, 10)


def test_the_outline_is_traced_anew_only_for_another_mask_or_view() -> None:
    view = ViewTransform()
    view.set_view(50, 50, 1.0)
    view.set_photo(50, 50)
    outline, mask = MaskOutline(), np.zeros((50, 50), np.uint8)
    first = outline.image(mask, view)
    assert outline.image(mask, view) is first
    assert outline.image(mask.copy(), view) is not first
    view.zoom_to(2.0)
    assert outline.image(mask, view).cacheKey() != first.cacheKey()
