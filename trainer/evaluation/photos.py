"""The pictures that cases use: textured crops, flat regions, and one photo larger than a tile."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from trainer.data.fingerprints import Fingerprint
from trainer.data.sources import find_photos
from trainer.errors import TrainerError

LARGE = (700, 1100)
"""Height and width of the large photo: more than one tile along both axes."""
_FLAT = 0.012  # a region with a smaller rms gradient, per px, counts as flat: three levels of 255
_DARK, _LIGHT = 0.1, 0.9  # limits for the mean of a flat region: clipped ones are flat and say nothing


@dataclass(frozen=True)
class EvaluationPhotos:
    """Parts of the photos, in [0, 1].

    crops: the most textured (size, size, 3) square of every photo. flat: its smoothest square of half that
    size, where it is smooth enough, with the number of the photo. large: the middle of the first photo that
    is large enough, with its number. sources: names and fingerprints of the photos.
    """

    crops: list[FloatImage]
    flat: list[tuple[int, FloatImage]]
    large: tuple[int, FloatImage] | None
    sources: list[tuple[str, Fingerprint]]


def load_evaluation_photos(folders: list[Path], count: int, size: int) -> EvaluationPhotos:
    """The first `count` usable photos below the folders, in order of their paths.

    size: side of a crop, px. Raises TrainerError when no photo is large enough.
    """
    found = EvaluationPhotos([], [], None, [])
    for path in find_photos(folders):
        if len(found.crops) == count:
            break
        try:
            photo = read_photo(path)
        except PhotoError:
            continue
        pixels = photo.pixels
        if min(pixels.shape[:2]) < size:
            continue
        index = len(found.crops)
        found.sources.append((path.name, Fingerprint.of(photo.sha256 or "", pixels)))
        gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        detail = np.abs(cv2.Laplacian(gray, cv2.CV_32F))
        found.crops.append(_window(pixels, -_sums(detail, size), size))
        smooth = _flat_square(pixels, gray, size // 2)
        flat = found.flat if smooth is None else [*found.flat, (index, smooth)]
        large = found.large or _middle(index, pixels)
        found = EvaluationPhotos(found.crops, flat, large, found.sources)
    if not found.crops:
        raise TrainerError("No photo of at least {size} px on both sides was found.", size=size)
    return found


def _flat_square(pixels: FloatImage, gray: MatLike, side: int) -> FloatImage | None:
    across, down = (cv2.Sobel(gray, cv2.CV_32F, *axes, scale=1 / 8) for axes in ((1, 0), (0, 1)))
    energy = _sums(across**2 + down**2, side) / side**2
    mean = _sums(gray, side) / side**2
    energy = np.where((mean > _DARK) & (mean < _LIGHT), energy, np.inf)
    return _window(pixels, energy, side) if energy.min() < _FLAT**2 else None


def _sums(values: MatLike, side: int) -> NDArray[np.float32]:
    """The sum over every window of `side` px inside the picture, by its upper left corner."""
    sums = cv2.boxFilter(values, -1, (side, side), anchor=(0, 0), normalize=False)
    return sums[: values.shape[0] - side + 1, : values.shape[1] - side + 1].astype(np.float32)


def _window(pixels: FloatImage, cost: NDArray[np.float32], side: int) -> FloatImage:
    """The window of the lowest cost."""
    top, left = np.unravel_index(int(cost.argmin()), cost.shape)
    return np.ascontiguousarray(pixels[top : top + side, left : left + side])


def _middle(index: int, pixels: FloatImage) -> tuple[int, FloatImage] | None:
    top, left = ((have - need) // 2 for have, need in zip(pixels.shape, LARGE, strict=False))
    if min(top, left) < 0:
        return None
    return index, np.ascontiguousarray(pixels[top : top + LARGE[0], left : left + LARGE[1]])
