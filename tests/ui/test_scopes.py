"""The histogram."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.qimage import to_qimage
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.scopes import Scopes, histogram


def test_counts_channels_and_clipping() -> None:
    samples = np.zeros((10, 20, 3), np.uint8)
    samples[:, :5] = (255, 10, 20)
    samples[:, 5:] = (30, 30, 30)
    counted = histogram(samples)
    assert counted.channels.sum(axis=1) == pytest.approx([1, 1, 1, 1])
    assert counted.channels[0, 255] == 0.25
    assert counted.channels[1, 10] == 0.25
    assert counted.channels[3, 30] == 0.75
    assert (counted.black, counted.white) == (0.0, 0.25)


def test_large_pictures_are_sampled() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (1500, 2000, 3), np.uint8)
    assert histogram(noise).channels == pytest.approx(np.full((4, 256), 1 / 256), abs=0.02)


def test_shows_photo_once_the_library_is_there(qtbot: QtBot, session: Session) -> None:
    scopes = Scopes(session)
    qtbot.addWidget(scopes)
    scopes.resize(300, 140)
    with qtbot.waitExposed(scopes):
        scopes.show()
    qtbot.waitUntil(lambda: scopes._plot is not None, timeout=20_000)
    assert scopes.histogram is None
    session.levels = (to_qimage(np.full((8, 8, 3), 128, np.uint8)),)
    session.photo_changed.emit(None)
    assert scopes.histogram is not None
    assert scopes.histogram.channels[0, 128] == 1.0
    assert scopes.black.text() == "◣ 0.0 %"
    # Something of each channel is really drawn.
    shot: QImage = scopes.grab().toImage()
    seen = {QColor(shot.pixel(x, 60)).lightness() for x in range(10, 290)}
    assert len(seen) > 1


def test_counts_nothing_while_hidden(qtbot: QtBot, session: Session) -> None:
    scopes = Scopes(session)
    qtbot.addWidget(scopes)
    session.levels = (to_qimage(np.full((8, 8, 3), 128, np.uint8)),)
    session.photo_changed.emit(None)
    assert scopes.histogram is None
