"""Encodes WebP and AVIF files: 8 bit, with alpha, lossless at quality 100."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.codecs.heif import MAX_AVIF_MEGAPIXELS
from fxdiffuse_gui.photo.image import EncoderError, Metadata, PhotoError

MAX_WEBP_SIDE = 16383


def check_webp_avif_size(path: Path, file_format: str, height: int, width: int) -> None:
    """Raises PhotoError when a picture of that size cannot be a "webp" or "avif"."""
    if file_format == "webp" and max(height, width) > MAX_WEBP_SIDE:
        raise PhotoError(
            "{name} cannot be written: a WebP has {most} pixels a side at most; choose PNG or TIFF.",
            name=display_name(path),
            most=MAX_WEBP_SIDE,
        )
    if file_format == "avif" and height * width > MAX_AVIF_MEGAPIXELS * 1_000_000:
        raise PhotoError(
            "{name} cannot be written: an AVIF has {most} megapixels at most; choose PNG or TIFF.",
            name=display_name(path),
            most=MAX_AVIF_MEGAPIXELS,
        )


def encode_webp_avif(
    file_format: str, samples: NDArray[np.uint8], quality: int, metadata: Metadata, icc_profile: bytes | None
) -> bytes:
    """The file that holds (H, W, 3 or 4) RGB or RGBA samples as "webp" or "avif".

    quality: 1..100; 100 keeps every sample, including the color of transparent pixels. Of `metadata` only
    EXIF and XMP are kept; the formats have no place for the rest. Raises EncoderError.
    """
    import cv2

    blocks = {
        cv2.IMAGE_METADATA_EXIF: metadata.exif,
        cv2.IMAGE_METADATA_XMP: metadata.xmp,
        cv2.IMAGE_METADATA_ICCP: icc_profile,
    }
    present = {kind: np.frombuffer(block, np.uint8) for kind, block in blocks.items() if block}
    pixels = cv2.cvtColor(samples, cv2.COLOR_RGBA2BGRA if samples.shape[2] == 4 else cv2.COLOR_RGB2BGR)
    options = encoder_options(file_format, quality)
    try:
        done, encoded = cv2.imencodeWithMetadata(
            f".{file_format}", pixels, list(present), list(present.values()), options
        )
    except cv2.error:
        raise EncoderError("the encoder refuses this picture") from None
    if not done:
        raise EncoderError("the encoder refuses this picture")
    return encoded.tobytes()


def encoder_options(file_format: str, quality: int) -> list[int]:
    """OpenCV's parameters for "webp" or "avif" at `quality` 1..100."""
    import cv2

    if file_format == "avif":
        return [cv2.IMWRITE_AVIF_QUALITY, quality]
    if quality == 100:
        return [cv2.IMWRITE_WEBP_LOSSLESS_MODE, cv2.IMWRITE_WEBP_LOSSLESS_PRESERVE_COLOR]
    return [cv2.IMWRITE_WEBP_QUALITY, quality]
