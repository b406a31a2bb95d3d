"""Writes PNG and TIFF files: 8 or 16 bit, with alpha, every sample as it is."""

from pathlib import Path

import numpy as np
import OpenImageIO as oiio  # noqa: N813

from fxdiffuse_gui.photo.image import Metadata, Samples
from fxdiffuse_gui.photo.metadata.collect import write_dpi
from fxdiffuse_gui.photo.metadata.embed import embed
from fxdiffuse_gui.photo.receipt import Receipt, with_receipt


def write_lossless(
    path: Path,
    file_format: str,
    samples: Samples,
    metadata: Metadata,
    icc_profile: bytes | None,
    receipt: Receipt | None,
) -> None:
    """Writes (H, W, 3 or 4) RGB or RGBA samples as "png" or "tiff" to `path`, not atomically.

    `metadata` is kept, with `receipt`. Raises OSError.
    """
    reason = _write_pixels(path, file_format, _spec(file_format, samples, metadata, icc_profile), samples)
    if reason is not None:
        raise OSError(reason)
    if receipt is not None:
        metadata = with_receipt(metadata, receipt, path, file_format, samples.itemsize * 8, None)
    embed(path, file_format, metadata)


def _spec(
    file_format: str, samples: Samples, metadata: Metadata, icc_profile: bytes | None
) -> oiio.ImageSpec:
    """All that OpenImageIO is told of the picture."""
    spec = oiio.ImageSpec(samples.shape[1], samples.shape[0], samples.shape[2], str(samples.dtype))
    write_dpi(spec, metadata.dpi)
    if icc_profile is not None:
        profile = np.frombuffer(icc_profile, dtype=np.uint8)
        spec.attribute("ICCProfile", f"uint8[{len(profile)}]", profile)
    if file_format == "tiff":
        spec.attribute("Compression", "zip")
        # `embed` drops the encoder's time but not its bytes: without this, two equal exports may differ.
        spec.attribute("DateTime", "2000:01:01 00:00:00")
    if samples.shape[2] == 4:
        spec.alpha_channel = 3
        spec.attribute("oiio:UnassociatedAlpha", 1)
    return spec


def _write_pixels(path: Path, file_format: str, spec: oiio.ImageSpec, samples: Samples) -> str | None:
    """Lets OpenImageIO write the picture; returns what went wrong, None when nothing did."""
    output = oiio.ImageOutput.create(file_format)
    if output is None:
        return f"this build writes no {file_format}"
    opened = output.open(str(path), spec)  # pyright: ignore[reportUnknownMemberType]
    written = opened and output.write_image(samples)
    closed = opened and output.close()
    if written and closed:
        return None
    reason = " ".join((output.geterror() or oiio.geterror()).split())
    return "the disk may be full" if "write error" in reason.lower() else reason or "unknown reason"
