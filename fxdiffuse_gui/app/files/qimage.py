"""The only code that converts arrays to QImages and back. Every image it returns owns its memory."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QImage

from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.photo.image import Photo

Samples = NDArray[np.uint8]
"""(H, W, 3) sRGB bytes, contiguous."""

SMALLEST_LEVEL = 256
"""Levels of a pyramid stop halving once the longer side is below this many pixels."""


def to_samples(image: FloatImage) -> Samples:
    """Rounds (H, W, 3) values in [0, 1] to bytes; values outside are clipped."""
    scaled = np.clip(image, 0.0, 1.0) * np.float32(255.0)
    return np.ascontiguousarray(np.rint(scaled).astype(np.uint8))


def display_samples(photo: Photo) -> Samples:
    """The photo's own samples as bytes; 16-bit ones are rounded."""
    original = photo.original
    if original.dtype == np.uint8:
        return original.astype(np.uint8, copy=False)
    return ((original.astype(np.uint32) + 128) // 257).astype(np.uint8)


def to_qimage(samples: Samples, icc_profile: bytes | None = None) -> QImage:
    """An RGB32 image (the format that paints fastest) of its own, from (H, W, 3) bytes.

    With an `icc_profile` the samples are taken as encoded by it and converted to sRGB for the screen; one
    that Qt cannot read is ignored.
    """
    height, width = samples.shape[:2]
    samples = np.ascontiguousarray(samples)
    view = QImage(samples.data, width, height, samples.strides[0], QImage.Format.Format_RGB888)
    image = view.convertToFormat(QImage.Format.Format_RGB32)
    if icc_profile is not None:
        space = QColorSpace.fromIccProfile(QByteArray(icc_profile))
        srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
        if space.isValid() and space != srgb:
            image.setColorSpace(space)
            image.convertToColorSpace(srgb)
    return image


def with_holes(image: QImage, mask: NDArray[np.uint8]) -> QImage:
    """A copy that is transparent wherever `mask` (H, W), of any size, is above 0."""
    import cv2

    # One painted pixel is enough for a hole, so that none is lost when the mask is made smaller.
    known = np.where(mask > 0, 0, 255).astype(np.uint8)
    small = cv2.resize(known, (image.width(), image.height()), interpolation=cv2.INTER_AREA)
    alpha = np.ascontiguousarray(np.where(small < 255, 0, 255).astype(np.uint8))
    holed = image.convertToFormat(QImage.Format.Format_ARGB32)
    gray = QImage.Format.Format_Grayscale8
    holed.setAlphaChannel(QImage(alpha.data, alpha.shape[1], alpha.shape[0], alpha.strides[0], gray))
    return holed


def from_qimage(image: QImage) -> tuple[Samples, NDArray[np.uint8] | None]:
    """The color bytes (H, W, 3) of any QImage, and its alpha (H, W) when it has a channel for it."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    pixels = rows[:, : rgba.width() * 4].reshape(rgba.height(), rgba.width(), 4)
    # Always copies: the image's memory is freed with it.
    return pixels[..., :3].copy(), pixels[..., 3].copy() if image.hasAlphaChannel() else None


def pyramid(samples: Samples, icc_profile: bytes | None = None) -> tuple[QImage, ...]:
    """The picture at full, half, quarter … size, by area averaging."""
    import cv2

    levels = [to_qimage(samples, icc_profile)]
    level: NDArray[Any] = samples
    while max(level.shape[:2]) >= 2 * SMALLEST_LEVEL and min(level.shape[:2]) >= 2:
        size = (level.shape[1] // 2, level.shape[0] // 2)
        level = cv2.resize(level, size, interpolation=cv2.INTER_AREA)
        levels.append(to_qimage(level, icc_profile))
    return tuple(levels)
