"""OpenImageIO's image header: profile, resolution and orientation, read and written."""

import numpy as np
import OpenImageIO as oiio  # noqa: N813

from fxdiffuse_gui.photo.image import Samples

_PER_INCH = {"in": 1.0, "inch": 1.0, "cm": 2.54, "m": 0.0254}

_MAX_PROFILE = 8 << 20


def new_header(samples: Samples, icc_profile: bytes | None, orientation: int = 1) -> oiio.ImageSpec:
    """The header of (H, W, channels) `samples`. orientation: as in EXIF, 1..8."""
    spec = oiio.ImageSpec(samples.shape[1], samples.shape[0], samples.shape[2], str(samples.dtype))
    if orientation != 1:
        spec.attribute("Orientation", orientation)
    if icc_profile:
        profile = np.frombuffer(icc_profile, dtype=np.uint8)
        spec.attribute("ICCProfile", f"uint8[{len(profile)}]", profile)
    return spec


def read_icc_profile(spec: oiio.ImageSpec) -> bytes | None:
    """The embedded profile if it describes RGB. A gray or CMYK profile does not fit the RGB samples."""
    value = spec.getattribute("ICCProfile")
    if value is None:
        return None
    profile = bytes(value)
    if len(profile) > _MAX_PROFILE:
        return None
    return profile if profile[16:20] == b"RGB " and profile[36:40] == b"acsp" else None


def read_dpi(spec: oiio.ImageSpec) -> tuple[float, float] | None:
    """Horizontal and vertical pixels per inch; None when the file does not contain them."""
    scale = _PER_INCH.get(spec.get_string_attribute("ResolutionUnit"), 0.0)
    x, y = spec.get_float_attribute("XResolution"), spec.get_float_attribute("YResolution")
    dpi = (round(x * scale, 2), round(y * scale, 2))
    return dpi if all(0 < value < 1e6 for value in dpi) else None


def write_dpi(spec: oiio.ImageSpec, dpi: tuple[float, float] | None) -> None:
    """Sets the resolution of a file to be written."""
    if dpi is not None:
        spec.attribute("XResolution", dpi[0])
        spec.attribute("YResolution", dpi[1])
        spec.attribute("ResolutionUnit", "in")
