"""The color spaces of exports, and conversion to them from the photo's own.

Between two matrix/TRC spaces the conversion is: tone curve, one matrix, tone curve. It is computed in 32-bit
floats, so 16 bits stay 16 bits. The intent is relative colorimetric: white stays white, grays stay gray, and
colors outside the new space are clipped, channel by channel.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.color.icc import LEVELS, MatrixProfile, ProfileError, read_matrix_profile
from fxdiffuse_gui.photo.color.icc_writer import Chromaticities, matrix_profile
from fxdiffuse_gui.photo.image import FloatImage, PhotoError

_D65 = (0.3127, 0.3290)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
# 2 + 51/256, as the Adobe RGB (1998) specification defines it.
_ADOBE_GAMMA = 2.19921875

_SAME = 5e-4
"""Two spaces are the same when matrix and curves differ by less. Profiles of one space are rounded in
different ways; this is less than half a step of 8 bits."""


class ColorSpace(StrEnum):
    """The color space of an export; the values are those of the command line and of receipts."""

    KEEP = "keep"
    """The photo's own profile; samples are not converted."""
    SRGB = "srgb"
    P3 = "p3"
    ADOBE = "adobe"


@dataclass(frozen=True, eq=False)
class Conversion:
    """Converts encoded values of one space to encoded values of another."""

    curves: NDArray[np.float32]
    """(3, LEVELS), to linear."""
    matrix: NDArray[np.float32]
    """(3, 3), from linear to linear; the rows sum to 1."""
    encode: Callable[[NDArray[np.float32]], NDArray[np.float32]]

    def __call__(self, values: FloatImage) -> FloatImage:
        """Converts (h, w, 3) in [0, 1], read to 16 bits, to a new array of the same shape and range."""
        levels = np.rint(np.clip(values, 0.0, 1.0) * np.float32(LEVELS - 1)).astype(np.uint16)
        linear = np.empty(values.shape, np.float32)
        for channel, curve in enumerate(self.curves):
            linear[..., channel] = curve[levels[..., channel]]
        red, green, blue = (linear[..., channel] for channel in range(3))
        mixed = np.empty_like(linear)
        for row in range(3):
            # Rows sum to 1. In this form a gray gives the same value in all three channels, to the last bit
            # and on every machine; a matrix product does not guarantee that.
            from_red, _, from_blue = self.matrix[row]
            mixed[..., row] = green + from_red * (red - green) + from_blue * (blue - green)
        return self.encode(np.clip(mixed, 0.0, 1.0, out=mixed))


def icc_profile_of(space: ColorSpace) -> bytes:
    """The profile of an export in `space`, which is not KEEP."""
    return _target(space).profile


def conversion_to(space: ColorSpace, icc_profile: bytes | None) -> Conversion | None:
    """The conversion from samples with `icc_profile` (None: sRGB) to `space`; None when none is necessary.

    Raises PhotoError when the profile cannot be used for conversion.
    """
    if space is ColorSpace.KEEP:
        return None
    try:
        source = _target(ColorSpace.SRGB).read if icc_profile is None else read_matrix_profile(icc_profile)
    except ProfileError as error:
        raise PhotoError(
            "The colors of this photo cannot be converted because its profile {reason}; keep the"
            " photo's own color space.",
            reason=error,
        ) from None
    target = _target(space)
    matrix = np.linalg.solve(target.read.matrix, source.matrix)
    # Rounding in profiles must not tint a gray.
    matrix = matrix / matrix.sum(axis=1, keepdims=True)
    if np.abs(matrix - np.eye(3)).max() < _SAME and _gap(source, target.read) < _SAME:
        return None
    return Conversion(source.curves, matrix.astype(np.float32), target.encode)


@dataclass(frozen=True, eq=False)
class _Target:
    profile: bytes
    read: MatrixProfile
    encode: Callable[[NDArray[np.float32]], NDArray[np.float32]]


@cache
def _target(space: ColorSpace) -> _Target:
    name, primaries, curve = _SPACES[space]
    profile = matrix_profile(name, primaries, _D65, curve)
    encode = _encode_adobe if space is ColorSpace.ADOBE else _encode_srgb
    return _Target(profile, read_matrix_profile(profile), encode)


def _gap(one: MatrixProfile, other: MatrixProfile) -> float:
    return float(np.abs(one.curves - other.curves).max())


def _encode_srgb(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    power = np.float32(1.055) * linear ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.where(linear <= np.float32(0.0031308), linear * np.float32(12.92), power)


def _encode_adobe(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    return linear ** np.float32(1 / _ADOBE_GAMMA)


_SPACES: dict[ColorSpace, tuple[str, Chromaticities, tuple[float, ...]]] = {
    ColorSpace.SRGB: ("sRGB", ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), _SRGB_CURVE),
    ColorSpace.P3: ("Display P3", ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), _SRGB_CURVE),
    ColorSpace.ADOBE: (
        "Compatible with Adobe RGB (1998)",
        ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)),
        (_ADOBE_GAMMA,),
    ),
}
