"""Writes the pixels of PNG and TIFF files: 8 or 16 bit, with alpha, every sample exact."""

from pathlib import Path

import OpenImageIO as oiio  # noqa: N813

from fxdiffuse_gui.photo.codecs.header import new_header, write_dpi
from fxdiffuse_gui.photo.image import EncoderError, Samples


def write_lossless(
    path: Path,
    file_format: str,
    samples: Samples,
    icc_profile: bytes | None,
    dpi: tuple[float, float] | None,
) -> None:
    """Writes (H, W, 3 or 4) RGB or RGBA samples as "png" or "tiff" to `path`, not atomically.

    Raises OSError and EncoderError. On a full disk the PNG encoder may leave a file that is cut short without
    reporting it.
    """
    output = oiio.ImageOutput.create(file_format)
    if output is None:
        raise EncoderError("this build writes no {file_format}", file_format=file_format)
    spec = _header(file_format, samples, icc_profile, dpi)
    opened = output.open(str(path), spec)  # pyright: ignore[reportUnknownMemberType]
    written = opened and output.write_image(samples)
    closed = opened and output.close()
    if written and closed:
        return
    reason = " ".join((output.geterror() or oiio.geterror()).split())
    if "write error" in reason.lower():
        raise EncoderError("the disk may be full")
    if not reason:
        raise EncoderError("unknown reason")
    raise OSError(reason)


def _header(
    file_format: str, samples: Samples, icc_profile: bytes | None, dpi: tuple[float, float] | None
) -> oiio.ImageSpec:
    spec = new_header(samples, icc_profile)
    write_dpi(spec, dpi)
    if file_format == "tiff":
        spec.attribute("Compression", "zip")
        # `embed` drops the encoder's time but not its bytes: without this, two equal exports may differ.
        spec.attribute("DateTime", "2000:01:01 00:00:00")
    if samples.shape[2] == 4:
        spec.alpha_channel = 3
        spec.attribute("oiio:UnassociatedAlpha", 1)
    return spec
