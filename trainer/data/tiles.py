"""Tiles: their places in a picture, how much detail they hold, and their JPEG form."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.errors import TrainerError

FLAT_BELOW = 0.01
"""Mean |Laplacian| of a tile in [0, 1] below which it counts as flat: sky, bokeh."""


@dataclass(frozen=True)
class PackOptions:
    """Everything besides the sources that decides the content of a pack.

    tile: side, px, 32-2048. quality: of the JPEG tiles, 0-100. megabytes: upper limit of the pack's size.
    validation_share: share of the sources to keep out of training, in [0, 1); all tiles of a source go to the
    same split. exposures: exposure lengths made from video, in frames, in (0, 16]. jobs: processes; their
    number does not change the result.
    """

    tile: int = 256
    quality: int = 93
    megabytes: float = 48.0
    validation_share: float = 0.0
    exposures: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)
    jobs: int = 1

    def check(self) -> None:
        """Raises TrainerError when a value is out of range."""
        if not 32 <= self.tile <= 2048:
            raise TrainerError("A tile must be between 32 and 2048 px wide.")
        if not self.megabytes > 0:
            raise TrainerError("--megabytes must be above 0.")
        if not 0 <= self.validation_share < 1:
            raise TrainerError("--validation-share must be at least 0 and below 1.")
        if not self.exposures or not all(0 < e <= 16 for e in self.exposures):
            raise TrainerError("--exposures must lie above 0 and be at most 16 frames.")
        if self.jobs < 1:
            raise TrainerError("--jobs must be at least 1.")


def tile_starts(length: int, side: int) -> list[int]:
    """Where tiles of `side` px start so that they cover an axis of `length` px evenly; none when it is too
    short."""
    if length < side:
        return []
    count = -(-length // side)
    return [round(i * (length - side) / max(count - 1, 1)) for i in range(count)]


def sharpness(tile: NDArray[np.float32]) -> float:
    """Mean absolute Laplacian of the gray tile. tile: (T, T, 3) in [0, 1]."""
    gray = cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY)
    return float(np.abs(cv2.Laplacian(gray, cv2.CV_32F)).mean())


def encode_tile(tile: NDArray[np.uint8], quality: int) -> bytes:
    """(T, T, 3) RGB as a JPEG of `quality` without chroma subsampling. Raises TrainerError when OpenCV
    fails."""
    settings = [
        cv2.IMWRITE_JPEG_QUALITY, quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]  # fmt: skip
    done, data = cv2.imencode(".jpg", cv2.cvtColor(tile, cv2.COLOR_RGB2BGR), settings)
    if not done:
        raise TrainerError("A tile could not be compressed as JPEG.")
    return data.tobytes()


def jpeg_size(data: bytes) -> tuple[int, int]:
    """(height, width) from a JPEG's header, so that nothing larger is ever decoded.

    Raises ValueError when there is no such header.
    """
    position = 2
    while data[:2] == b"\xff\xd8" and position + 9 <= len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4], "big")
        # SOF0 to SOF15 hold the size; C4, C8 and CC are other segments.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return (
                int.from_bytes(data[position + 5 : position + 7], "big"),
                int.from_bytes(data[position + 7 : position + 9], "big"),
            )
        position += 2 + length
    raise ValueError("no JPEG header")
