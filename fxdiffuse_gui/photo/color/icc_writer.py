"""Writes small ICC profiles (version 4, matrix/TRC) from published primaries. Format: ICC.1:2022."""

import hashlib
import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.color.icc import D50

Chromaticities = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
"""(x, y) of red, green and blue."""

_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]], np.float64
)
_COPYRIGHT = "No copyright, use freely"
# A fixed date, so that the same edit gives the same bytes on any day.
_MADE = (2026, 1, 1, 0, 0, 0)


def matrix_profile(
    description: str, primaries: Chromaticities, white: tuple[float, float], curve: tuple[float, ...]
) -> bytes:
    """The profile of a display color space: `primaries` and `white` as CIE xy, adapted to D50 by Bradford.

    curve: the parameters of an ICC parametric curve from encoded to linear, either (g,), or (g, a, b, c, d):
    (ax + b)^g from d upward, cx below.
    """
    adaptation = _adaptation(_xyz_of(white))
    colorants = adaptation @ _to_xyz(primaries, white)
    tone = _parametric(curve)
    tags = {
        b"desc": _text(description),
        b"cprt": _text(_COPYRIGHT),
        b"wtpt": _xyz(D50),
        b"chad": b"sf32" + bytes(4) + _fixed(*adaptation.ravel()),
        b"rXYZ": _xyz(colorants[:, 0]),
        b"gXYZ": _xyz(colorants[:, 1]),
        b"bXYZ": _xyz(colorants[:, 2]),
        b"rTRC": tone,
        b"gTRC": tone,
        b"bTRC": tone,
    }
    return _assembled(tags)


def _to_xyz(primaries: Chromaticities, white: tuple[float, float]) -> NDArray[np.float64]:
    """(3, 3) linear RGB to XYZ, so that RGB (1, 1, 1) is the white point with Y = 1."""
    columns = np.stack([_xyz_of(one) for one in primaries], axis=1)
    return columns * np.linalg.solve(columns, _xyz_of(white))


def _xyz_of(xy: tuple[float, float]) -> NDArray[np.float64]:
    x, y = xy
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _adaptation(white: NDArray[np.float64]) -> NDArray[np.float64]:
    cones = (_BRADFORD @ np.array(D50)) / (_BRADFORD @ white)
    return np.linalg.inv(_BRADFORD) @ np.diag(cones) @ _BRADFORD


def _assembled(tags: Mapping[bytes, bytes]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), bytearray()
    places: dict[bytes, int] = {}
    for name, content in tags.items():
        # Equal contents are stored once, as the specification allows.
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, places[content], len(content))
    size = start + len(body)
    profile = bytearray(_header(size) + table + body)
    # For the digest, the flags, the intent and the digest itself count as zero, which they are here.
    profile[84:100] = hashlib.md5(profile, usedforsecurity=False).digest()
    return bytes(profile)


def _header(size: int) -> bytes:
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", *_MADE, b"acsp") + bytes(28) + _fixed(*D50)
    return head.ljust(128, b"\0")


def _text(text: str) -> bytes:
    content = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(content), 28) + content


def _xyz(values: "tuple[float, ...] | NDArray[np.float64]") -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*values)


def _parametric(curve: tuple[float, ...]) -> bytes:
    return b"para" + struct.pack(">4xH2x", 0 if len(curve) == 1 else 3) + _fixed(*curve)


def _fixed(*values: float) -> bytes:
    """Numbers in the format s15Fixed16."""
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))
