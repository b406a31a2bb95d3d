"""Reads ICC profiles of the matrix/TRC kind, which photos have: three primaries, each with a tone curve.

A profile may come from a hostile file, so every offset and number in it is checked. Profiles with a table of
colors instead (of scanners and printers) are detected and refused. Format: ICC.1:2022.
"""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.errors import UserError

LEVELS = 65536
"""Entries of a tone curve: one per 16-bit level."""

D50 = (0.9642, 1.0, 0.8249)
"""XYZ of the white point of the profile connection space."""

_MAX_TAGS = 200
_MAX_NAME = 40
_HEADER = 128
# Kind of parametric curve → number of its parameters, the exponent included.
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}


class ProfileError(UserError):
    """A profile that cannot be used for conversion; the message completes "… because its profile"."""


@dataclass(frozen=True, eq=False)
class MatrixProfile:
    """matrix: (3, 3) linear RGB to XYZ of the profile connection space (white point D50). curves: (3, LEVELS)
    float32, the linear value in [0, 1] of each encoded level."""

    matrix: NDArray[np.float64]
    curves: NDArray[np.float32]


def read_matrix_profile(profile: bytes) -> MatrixProfile:
    """The primaries and curves of an RGB `profile`. Raises ProfileError."""
    tags = _tags(profile)
    if b"A2B0" in tags:
        raise ProfileError("describes colors by a table")
    if profile[20:24] != b"XYZ " or not all(tags.get(name) for name in _COLORANTS + _CURVES):
        raise ProfileError("names no primaries")
    matrix = np.array([_xyz(tags[name]) for name in _COLORANTS]).T
    # Their sum must be the white point that all profiles share, and they must span a space.
    if np.abs(matrix.sum(axis=1) - D50).max() > 0.05 or abs(np.linalg.det(matrix)) < 1e-3:
        raise ProfileError("has primaries that cannot be")
    return MatrixProfile(matrix, np.stack([_curve(tags[name]) for name in _CURVES]))


_COLORANTS = (b"rXYZ", b"gXYZ", b"bXYZ")
_CURVES = (b"rTRC", b"gTRC", b"bTRC")
_READ = frozenset({b"A2B0", b"desc", *_COLORANTS, *_CURVES})


def _tags(profile: bytes) -> dict[bytes, bytes]:
    if len(profile) < _HEADER + 4 or profile[36:40] != b"acsp" or profile[16:20] != b"RGB ":
        raise ProfileError("is damaged")
    count = struct.unpack_from(">I", profile, _HEADER)[0]
    if count > _MAX_TAGS or _HEADER + 4 + 12 * count > len(profile):
        raise ProfileError("is damaged")
    tags: dict[bytes, bytes] = {}
    for number in range(count):
        name, offset, size = struct.unpack_from(">4sII", profile, _HEADER + 4 + 12 * number)
        # 200 tags may each claim the whole profile.
        if name in _READ:
            tags[name] = profile[offset : offset + size]
    return tags


def _xyz(tag: bytes) -> tuple[float, float, float]:
    if len(tag) < 20 or tag[:4] != b"XYZ ":
        raise ProfileError("is damaged")
    x, y, z = (number / 65536 for number in struct.unpack_from(">3i", tag, 8))
    return x, y, z


def _curve(tag: bytes) -> NDArray[np.float32]:
    x = np.linspace(0.0, 1.0, LEVELS)
    if tag[:4] == b"curv" and len(tag) >= 12:
        y = _sampled(tag, x)
    elif tag[:4] == b"para" and len(tag) >= 12:
        y = _parametric(tag, x)
    else:
        raise ProfileError("is damaged")
    if not np.isfinite(y).all():
        raise ProfileError("has a tone curve that cannot be")
    return np.clip(y, 0.0, 1.0).astype(np.float32)


def _sampled(tag: bytes, x: NDArray[np.float64]) -> NDArray[np.float64]:
    count = struct.unpack_from(">I", tag, 8)[0]
    if len(tag) < 12 + 2 * count:
        raise ProfileError("is damaged")
    if count == 0:
        return x
    numbers = np.frombuffer(tag, ">u2", count, 12)
    if count == 1:
        return x ** (float(numbers[0]) / 256)
    return np.interp(x, np.linspace(0.0, 1.0, count), numbers / 65535.0)


def _parametric(tag: bytes, x: NDArray[np.float64]) -> NDArray[np.float64]:
    kind = struct.unpack_from(">H", tag, 8)[0]
    count = _PARAMETERS.get(kind)
    if count is None or len(tag) < 12 + 4 * count:
        raise ProfileError("is damaged")
    numbers = [number / 65536 for number in struct.unpack_from(f">{count}i", tag, 12)]
    g, a, b, c, d, e, f = _general_parameters(kind, numbers)
    # Below `d` the base may be negative, but those values are not used.
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        power = np.maximum(a * x + b, 0.0) ** g + e
    return np.where(x >= d, power, c * x + f)


def _general_parameters(kind: int, numbers: list[float]) -> tuple[float, ...]:
    """The parameters (g, a, b, c, d, e, f) of the most general kind: (ax + b)^g + e, below d cx + f."""
    if kind == 0:
        return numbers[0], 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if kind in (1, 2):
        g, a, b, *rest = numbers
        lift = rest[0] if rest else 0.0
        return g, a, b, 0.0, -b / a if a else 0.0, lift, lift
    return (*numbers, 0.0, 0.0) if kind == 3 else tuple(numbers)


def profile_description(profile: bytes) -> str:
    """The description in `profile`, printable and at most 40 characters; empty when there is none."""
    try:
        tag = _tags(profile).get(b"desc", b"")
    except ProfileError:
        return ""
    text = ""
    if tag[:4] == b"desc" and len(tag) > 12:
        length = min(_MAX_NAME, struct.unpack_from(">I", tag, 8)[0])
        text = tag[12 : 12 + length].decode("ascii", "replace")
    elif tag[:4] == b"mluc" and len(tag) >= 28:
        length, offset = struct.unpack_from(">II", tag, 20)
        text = tag[offset : offset + min(2 * _MAX_NAME, length)].decode("utf-16-be", "replace")
    return "".join(char for char in text if char.isprintable()).strip()[:_MAX_NAME]
