"""Arrays and QImages, there and back."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QColorSpace, QImage

from fxdiffuse_gui.app.files.qimage import display_samples, from_qimage, pyramid, to_qimage, to_samples
from fxdiffuse_gui.photo.image import Photo


def samples_of(width: int, height: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (5, 7), (64, 33)])
def test_samples_survive_the_round_trip(size: tuple[int, int]) -> None:
    samples = samples_of(*size)
    image = to_qimage(samples)
    assert (image.width(), image.height()) == size
    back, alpha = from_qimage(image)
    assert alpha is None
    np.testing.assert_array_equal(back, samples)


def test_rows_and_columns_are_not_swapped() -> None:
    samples = np.zeros((2, 3, 3), np.uint8)
    samples[1, 2] = (255, 128, 7)
    assert to_qimage(samples).pixelColor(2, 1) == QColor(255, 128, 7)


def test_an_image_owns_its_memory() -> None:
    samples = samples_of(8, 8)
    image = to_qimage(samples)
    before, _ = from_qimage(image)
    samples[...] = 0
    np.testing.assert_array_equal(from_qimage(image)[0], before)


def test_a_cut_of_an_array_is_taken_as_it_looks() -> None:
    samples = samples_of(20, 20)
    np.testing.assert_array_equal(from_qimage(to_qimage(samples[3:9, 4:17]))[0], samples[3:9, 4:17])


def test_values_are_rounded_and_clipped() -> None:
    image = np.array([[[-1.0, 0.5, 2.0]]], np.float32)
    np.testing.assert_array_equal(to_samples(image), [[[0, 128, 255]]])


def test_alpha_comes_back_apart() -> None:
    image = QImage(2, 1, QImage.Format.Format_ARGB32)
    image.setPixelColor(0, 0, QColor(10, 20, 30, 40))
    image.setPixelColor(1, 0, QColor(1, 2, 3, 255))
    color, alpha = from_qimage(image)
    assert alpha is not None
    np.testing.assert_array_equal(color[0], [[10, 20, 30], [1, 2, 3]])
    np.testing.assert_array_equal(alpha[0], [40, 255])


def test_a_profile_is_honored_on_screen() -> None:
    profile = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data()
    green = np.array([[[0, 200, 0]]], np.uint8)
    assert to_qimage(green).pixelColor(0, 0).green() == 200
    assert to_qimage(green, profile).pixelColor(0, 0).green() > 200


@pytest.mark.qt_log_ignore("fromIccProfile")
def test_a_broken_profile_is_ignored() -> None:
    samples = samples_of(4, 4)
    np.testing.assert_array_equal(from_qimage(to_qimage(samples, b"no profile"))[0], samples)


def test_a_pyramid_halves_down_to_a_thumbnail() -> None:
    levels = pyramid(samples_of(1200, 700))
    assert [(level.width(), level.height()) for level in levels] == [(1200, 700), (600, 350), (300, 175)]


def test_a_line_of_pixels_has_one_level() -> None:
    assert len(pyramid(samples_of(5000, 1))) == 1


def test_sixteen_bits_are_shown_with_eight() -> None:
    original = np.array([[[0, 32896, 65535]]], np.uint16)
    photo = Photo(original, None, 16)
    np.testing.assert_array_equal(display_samples(photo), [[[0, 128, 255]]])
