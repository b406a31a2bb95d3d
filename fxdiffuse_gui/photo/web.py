"""Writes WebP and AVIF files: 8 bit, with alpha, lossless at quality 100.

The pixels are encoded in memory; writing bytes to a full disk fails like any other write.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.image import Metadata

MAX_WEBP_SIDE = 16383


def can_write_avif() -> bool:
    """Whether OpenCV has been built with AVIF on this system."""
    import cv2  # costs a quarter of a second, which only those who want such a file should pay

    return cv2.haveImageWriter(".avif")


def write_web(
    path: Path,
    file_format: str,
    samples: NDArray[np.uint8],
    quality: int,
    metadata: Metadata,
    icc_profile: bytes | None,
) -> None:
    """Writes (H, W, 3 or 4) RGB or RGBA samples as "webp" or "avif" to `path`, not atomically.

    quality: 1..100; 100 keeps every sample, also those below full transparency. Of `metadata`, EXIF and XMP
    are kept; there is no place for the rest. Raises OSError.
    """
    import cv2

    blocks = {
        cv2.IMAGE_METADATA_EXIF: metadata.exif,
        cv2.IMAGE_METADATA_XMP: metadata.xmp,
        cv2.IMAGE_METADATA_ICCP: icc_profile,
    }
    present = {kind: np.frombuffer(block, np.uint8) for kind, block in blocks.items() if block}
    order = cv2.COLOR_RGBA2BGRA if samples.shape[2] == 4 else cv2.COLOR_RGB2BGR
    pixels = cv2.cvtColor(samples, order)
    try:
        done, encoded = cv2.imencodeWithMetadata(
            f".{file_format}",
            pixels,
            list(present),
            list(present.values()),
            encoder_options(file_format, quality),
        )
    except cv2.error:
        done, encoded = False, None
    if not done or encoded is None:
        raise OSError("the encoder refuses this picture")
    path.write_bytes(encoded.tobytes())


def encoder_options(file_format: str, quality: int) -> list[Any]:
    """What OpenCV is told for "webp" or "avif"."""
    import cv2

    if file_format == "avif":
        return [cv2.IMWRITE_AVIF_QUALITY, quality]
    if quality == 100:
        return [cv2.IMWRITE_WEBP_LOSSLESS_MODE, cv2.IMWRITE_WEBP_LOSSLESS_PRESERVE_COLOR]
    return [cv2.IMWRITE_WEBP_QUALITY, quality]


def replace_xmp(path: Path, old: bytes, new: bytes) -> None:
    """Puts the packet `new` where `old`, of the same length, stands in the file at `path`. Raises OSError."""
    data = path.read_bytes()
    if len(old) != len(new) or data.count(old) != 1:
        raise OSError("its XMP packet is not where it was put")
    path.write_bytes(data.replace(old, new))
