"""What the chip and the messages say."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.render.statuses import Status
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.canvas.status_chip import StatusChip, status_text
from fxdiffuse_gui.views.canvas.toast import Toast
from fxdiffuse_gui.views.widgets.readable import time_left


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status("final", "Exact", progress=1.0), "Exact"),
        (Status("preview", "Updating"), "Updating"),
        (Status("preview", "Preview at 40 %", 1, 1), "Preview at 40 %"),
        (Status("preview", "Preview at 40 %", 2, 6, 0.3, 2.0), "Preview at 40 %  ·  2/6"),
        (Status("preview", "Preview at 40 %", 2, 6, 0.3, 12.2), "Preview at 40 %  ·  2/6  ·  12 s left"),
        (
            Status("export", "Exporting a.jpg", progress=0.25, eta_seconds=75),
            "Exporting a.jpg  ·  25 %  ·  1 min 15 s left",
        ),
    ],
)
def test_texts(status: Status, text: str) -> None:
    assert status_text(status) == text


def test_durations() -> None:
    assert time_left(59.4) == "59 s left" and time_left(120) == "2 min 0 s left"


def test_the_chip_follows_the_session_and_offers_to_stop_only_what_runs(
    qtbot: QtBot, session: Session
) -> None:
    canvas = QWidget()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    chip = StatusChip(session, canvas)
    canvas.show()
    session.preview.status_changed.emit(Status("preview", "Preview at 40 %", 2, 6, 0.3))
    assert chip.text == "Preview at 40 %  ·  2/6" and chip.cancel.isVisible()
    height = chip.height()
    session.preview.status_changed.emit(Status("final", "Exact"))
    assert chip.text == "Exact" and not chip.cancel.isVisible()
    assert chip.height() == height
    chip.set_comparing(True)
    assert chip.text == "Original"
    canvas.resize(600, 300)
    assert chip.geometry().bottom() < 300


def test_a_message_goes_by_itself_and_by_a_click(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import Qt

    canvas = QWidget()
    qtbot.addWidget(canvas)
    canvas.resize(500, 300)
    canvas.show()
    toast = Toast(canvas)
    assert toast.text == ""
    long = (
        "The file holiday.jpg is not a picture that can be read; choose a JPEG, a PNG or a TIFF instead. " * 2
    )
    toast.show_message(long)
    assert toast.text == long and toast.width() <= 500 and toast.height() > 40
    qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert toast.text == ""
    toast.lifetime_ms = 10
    toast.show_message("Short")
    qtbot.waitUntil(lambda: toast.text == "")
