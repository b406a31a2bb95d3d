"""Clips with known motion: a window that moves over a picture at sub-pixel speed."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

_PHOTO = Path(__file__).parents[2] / "golden" / "astronaut_rgb.png"

Frame = NDArray[np.uint8]


@cache
def photo() -> NDArray[np.float32]:
    """(768, 768, 3) linear light: a test photograph with added texture, so that motion shows everywhere."""
    picture = cv2.imread(str(_PHOTO), cv2.IMREAD_COLOR_RGB)
    assert picture is not None
    large = cv2.resize(picture, (768, 768), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    texture = np.random.default_rng(0).normal(0, 1, (768, 768, 1)).astype(np.float32)
    code = (large * 0.8 + 25 + 130 * cv2.GaussianBlur(texture, (0, 0), 1.2)[..., None]).clip(0, 255) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4).astype(np.float32)


def view(picture: NDArray[np.float32], center: tuple[float, float], size: int) -> NDArray[np.float32]:
    """The (size, size, 3) window around `center` (x, y)."""
    corner = [c - (size - 1) / 2 for c in center]
    shift = np.array([[1, 0, corner[0]], [0, 1, corner[1]]], np.float32)
    return cv2.warpAffine(picture, shift, (size, size), flags=cv2.INTER_LANCZOS4 | cv2.WARP_INVERSE_MAP)


def encode(linear: NDArray[np.float32]) -> Frame:
    high = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    return (np.where(linear <= 0.0031308, linear * 12.92, high).clip(0, 1) * 255).round().astype(np.uint8)


class Camera:
    """Moves `speed` px per frame toward `angle` (degrees counter-clockwise from +x)."""

    def __init__(self, speed: float, angle: float, size: int = 160) -> None:
        self.picture, self.size = photo(), size
        radians = np.radians(angle)
        self.step = float(speed * np.cos(radians)), float(-speed * np.sin(radians))

    def sharp(self, time: float) -> Frame:
        """The frame at `time` (in frames; 0 is the middle of the picture)."""
        return encode(self._linear(time))

    def blurry(self, time: float, exposure: float, samples: int = 33) -> Frame:
        """Exposed for `exposure` frames around `time`."""
        times = time + exposure * (np.arange(samples) + 0.5) / samples - exposure / 2
        return encode(np.mean([self._linear(float(t)) for t in times], 0, dtype=np.float32))

    def clip(self, count: int) -> Iterator[Frame]:
        for number in range(count):
            yield self.sharp(number - (count - 1) / 2)

    def _linear(self, time: float) -> NDArray[np.float32]:
        x, y = (384 + time * step for step in self.step)
        return view(self.picture, (x, y), self.size)


def write_video(path: Path, frames: Iterator[Frame], size: int) -> Path:
    """A lossless AVI."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"FFV1"), 25.0, (size, size))
    assert writer.isOpened()
    for frame in frames:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    writer.release()
    return path


def write_reds(folder: Path, clip: str, camera: Camera, count: int, part: str = "train") -> Path:
    """Writes a clip in the layout of REDS, with its exposure time of 0.8 frames. Returns the folder of its
    sharp frames."""
    sharp, blur = folder / part / f"{part}_sharp" / clip, folder / part / f"{part}_blur" / clip
    sharp.mkdir(parents=True)
    blur.mkdir(parents=True)
    for number in range(count):
        time = number - (count - 1) / 2
        for place, frame in ((sharp, camera.sharp(time)), (blur, camera.blurry(time, 0.8))):
            cv2.imwrite(str(place / f"{number:08d}.png"), cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    return sharp
