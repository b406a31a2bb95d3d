"""Photos like those of a camera: large, rotated, with profile and metadata."""

import subprocess
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.color.color_space import ColorSpace, icc_profile_of

SENSOR_NOISE = 1.5
"""Standard deviation, of 255."""

TAGS = (
    "-EXIF:Make=Fuyo",
    "-EXIF:Model=Fuyo F24",
    "-EXIF:LensModel=Fuyo 35mm F2",
    "-EXIF:DateTimeOriginal=2024:09:14 07:31:05",
    "-EXIF:ExposureTime=1/250",
    "-EXIF:FNumber=5.6",
    "-EXIF:ISO=200",
    "-EXIF:Artist=A. Walker",
    "-EXIF:GPSLatitude=46.5763",
    "-EXIF:GPSLatitudeRef=N",
    "-EXIF:GPSLongitude=7.9904",
    "-EXIF:GPSLongitudeRef=E",
    "-EXIF:GPSAltitude=2061",
    "-IPTC:Headline=Morning on the ridge",
    "-IPTC:Keywords=ridge",
    "-IPTC:Keywords=morning",
    "-XMP-dc:Title=Morning on the ridge",
    "-XMP-xmp:Rating=4",
    "-IFD0:Orientation#=6",
)


def make_photo(source: Path, path: Path, width: int, height: int) -> None:
    """Writes a JPEG of `source` with `width` × `height` pixels, stored rotated, in Display P3.

    The picture is doubled in size and continued by mirroring, so that it has detail at 1:1.
    """
    small = cv2.imread(str(source), cv2.IMREAD_COLOR)
    if small is None:
        raise SystemExit(f"{source} cannot be read.")
    twice = cv2.resize(small, None, fx=2, fy=2, interpolation=cv2.INTER_LANCZOS4)
    upright = _mirrored(_sharpened(twice), width, height)
    noise = np.random.default_rng(24)
    for top in range(0, height, 512):
        rows = upright[top : top + 512]
        grains = noise.normal(0, SENSOR_NOISE, rows.shape).astype(np.float32)
        rows[:] = np.clip(rows + grains + 0.5, 0, 255).astype(np.uint8)
    stored = cv2.rotate(upright, cv2.ROTATE_90_COUNTERCLOCKWISE)
    cv2.imwrite(str(path), stored, [cv2.IMWRITE_JPEG_QUALITY, 92])
    profile = path.with_suffix(".icc")
    profile.write_bytes(icc_profile_of(ColorSpace.P3))
    command = ["exiftool", "-q", "-overwrite_original", *TAGS, f"-ICC_Profile<={profile}", str(path)]
    subprocess.run(command, check=True)


def _sharpened(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    soft = cv2.GaussianBlur(picture, (0, 0), 1.5)
    return cv2.addWeighted(picture, 1.8, soft, -0.8, 0).astype(np.uint8, copy=False)


def _mirrored(picture: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    rows = _mirrored_indices(height, picture.shape[0])
    columns = _mirrored_indices(width, picture.shape[1])
    return np.ascontiguousarray(picture[rows][:, columns])


def _mirrored_indices(count: int, length: int) -> NDArray[np.intp]:
    """The `count` numbers 0 … length - 1, length - 1 … 0 and so on."""
    both = np.concatenate([np.arange(length), np.arange(length)[::-1]])
    return both[np.arange(count) % (2 * length)]
