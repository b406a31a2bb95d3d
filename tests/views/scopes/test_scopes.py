"""Histogram, waveform and parade."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from fxdiffuse_gui.app.files.qimage import to_qimage
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.views.scopes.scope_density import LEVELS, ROWS, density_image, level_row, parade, waveform
from fxdiffuse_gui.views.scopes.scopes import Scopes, histogram


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


def ramp(height: int, width: int) -> NDArray[np.uint8]:
    """From black at the left to white at the right, with a red of half that and no blue."""
    gray = np.rint(np.linspace(0, 255, width))
    row = np.stack([gray / 2, gray, 0 * gray], axis=1).astype(np.uint8)
    return np.repeat(row[None], height, axis=0)


@pytest.mark.parametrize("size", [(40, 100), (3000, 200), (1200, 5000)])
def test_planes_follow_the_picture_from_left_to_right(size: tuple[int, int]) -> None:
    samples = ramp(*size)
    red, green, blue = parade(samples)
    assert red.shape[0] == LEVELS and 90 <= red.shape[1] < 512
    for plane, top in ((red, 127), (green, 255), (blue, 0)):
        rows = plane.sum(axis=0)
        assert (rows == rows[0]).all() and rows[0] > 0
        level = plane.argmax(axis=0)
        np.testing.assert_allclose(level, np.linspace(0, top, plane.shape[1]), atol=3)
    (luma,) = waveform(samples)
    expected = np.linspace(0, 0.7152 * 255 + 0.2126 * 127, luma.shape[1])
    np.testing.assert_allclose(luma.argmax(axis=0), expected, atol=3)


def test_only_some_pixels_are_counted() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (3000, 4000, 3), np.uint8)
    assert 50_000 < waveform(noise).sum() <= 100_000
    assert 60_000 < parade(noise).sum() <= 120_000


def test_rare_levels_are_seen_and_clipping_is_marked() -> None:
    samples = np.full((200, 200, 3), 100, np.uint8)
    samples[0, 50:60] = 180
    samples[:20, 100:150] = 255
    samples[:20, 160:170] = 0
    image = density_image(waveform(samples), (QColor("#ffffff"),), QColor("#ff0000"))
    alpha = image[..., 3]
    assert (alpha[int(level_row(100))] == 255).all()
    # One pixel in two hundred, which would be 1 of 255 without the gamma.
    assert 30 < alpha[int(level_row(180)), 55] < 128
    marked = (image == (255, 0, 0, 255)).all(axis=2)
    assert np.flatnonzero(marked[-1]).tolist() == list(range(100, 150))
    assert np.flatnonzero(marked[0]).tolist() == list(range(160, 170))
    assert marked[0].sum() * 4 + marked[-1].sum() * 4 == marked.sum()
    colors = QColor("#ff0000"), QColor("#00ff00"), QColor("#0000ff")
    planes = density_image(parade(samples), colors, QColor("#ffffff"))
    assert planes.shape[0] == image.shape[0]
    middle = planes[int(level_row(100))]
    drawn = [tuple(middle[place][:3]) for place in (0, len(middle) // 2, -1)]
    assert drawn == [(255, 0, 0), (0, 255, 0), (0, 0, 255)]


def test_the_choice_is_drawn_live_and_remembered(qtbot: QtBot, session: Session) -> None:
    scopes = Scopes(session)
    qtbot.addWidget(scopes)
    scopes.resize(300, 160)
    with qtbot.waitExposed(scopes):
        scopes.show()
    qtbot.waitUntil(lambda: scopes._density is not None, timeout=20_000)
    assert scopes.switch.kind == "histogram" and scopes._stack.currentIndex() == 0
    qtbot.mouseClick(scopes.switch.buttons["parade"], Qt.MouseButton.LeftButton)
    assert scopes._stack.currentIndex() == 1
    empty = scopes._stack.grab().toImage()
    session.levels = (to_qimage(np.full((64, 64, 3), (200, 128, 50), np.uint8)),)
    session.photo_changed.emit(None)
    first = scopes._stack.grab().toImage()
    assert first != empty
    # Each third has its level in its own color.
    width, height = first.width(), first.height()
    for third, level in enumerate((200, 128, 50)):
        row = round((1 - level_row(level) / ROWS) * height)
        colors = [first.pixelColor(round((third + 0.5) * width / 3), row + d) for d in (-2, -1, 0, 1, 2)]
        drawn = max(colors, key=lambda color: color.saturation())
        channels = drawn.red(), drawn.green(), drawn.blue()
        assert channels.index(max(channels)) == third and drawn.saturation() > 60
    session.levels = (to_qimage(np.full((64, 64, 3), 10, np.uint8)),)
    session.photo_changed.emit(None)
    assert scopes._stack.grab().toImage() != first
    again = Scopes(session)
    qtbot.addWidget(again)
    assert again.switch.kind == "parade"
    QSettings().setValue("scopes/kind", "rubbish")
    other = Scopes(session)
    qtbot.addWidget(other)
    assert other.switch.kind == "histogram"
    session.levels = ()
    session.photo_changed.emit(None)
    assert scopes._stack.grab().toImage() == empty
