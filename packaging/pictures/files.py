"""Writes JPEG and animated WebP files of limited size."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage, QPixmap

LARGEST_PICTURE = 120_000
LARGEST_FILM = 1_500_000
"""Bytes."""


@dataclass(frozen=True)
class Frame:
    """One frame of an animation. milliseconds: how long it is shown."""

    picture: QImage
    milliseconds: int


def write_picture(path: Path, picture: QPixmap | QImage) -> int:
    """Writes the best JPEG that is small enough, and returns its size in bytes.

    Raises ValueError when no quality is small enough.
    """
    image = _pillow(picture.toImage() if isinstance(picture, QPixmap) else picture)
    for quality in range(92, 40, -4):
        data = BytesIO()
        image.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
        if data.tell() <= LARGEST_PICTURE:
            path.write_bytes(data.getvalue())
            return data.tell()
    raise ValueError(f"{path.name} does not fit into {LARGEST_PICTURE} bytes; crop it.")


def write_film(path: Path, frames: list[Frame]) -> int:
    """Writes an animated WebP that is small enough, and returns its size in bytes.

    Raises ValueError when no quality is small enough.
    """
    images = [_pillow(frame.picture) for frame in frames]
    times = [frame.milliseconds for frame in frames]
    for quality in (85, 70, 55, 40):
        data = BytesIO()
        images[0].save(
            data,
            "WEBP",
            save_all=True,
            append_images=images[1:],
            duration=times,
            loop=0,
            quality=quality,
            method=4,
        )
        if data.tell() <= LARGEST_FILM:
            path.write_bytes(data.getvalue())
            return data.tell()
    raise ValueError(f"{path.name} does not fit into {LARGEST_FILM} bytes; take fewer frames.")


def _pillow(picture: QImage) -> Image.Image:
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    size = rgb.width(), rgb.height()
    return Image.frombytes("RGB", size, bytes(rgb.constBits()), "raw", "RGB", rgb.bytesPerLine(), 1)
