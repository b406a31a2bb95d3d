"""Encodes an edited picture in any format that is written, with its metadata and receipt."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.samples import row_bands
from fxdiffuse_gui.photo.codecs.jpeg import set_jpeg_xmp, write_jpeg
from fxdiffuse_gui.photo.codecs.lossless import write_lossless
from fxdiffuse_gui.photo.codecs.webp_avif import encode_webp_avif
from fxdiffuse_gui.photo.formats import LOSSY_FORMATS
from fxdiffuse_gui.photo.image import Metadata, Samples
from fxdiffuse_gui.photo.metadata.embed import embed
from fxdiffuse_gui.photo.receipt import Receipt, sealed_packet, with_receipt, with_unsealed_receipt


def encode_file(
    path: Path,
    file_format: str,
    samples: Samples,
    alpha: NDArray[np.float32] | None,
    *,
    quality: int,
    metadata: Metadata,
    icc_profile: bytes | None,
    receipt: Receipt | None,
) -> None:
    """Writes (H, W, 3) `samples` and (H, W) `alpha` in [0, 1] to `path`, not atomically.

    file_format: a value of `FORMATS`. quality: 1..100, for lossy formats. JPEG has no alpha: the picture is
    composited on white. Raises OSError and EncoderError.
    """
    if file_format == "jpeg":
        opaque = samples.astype(np.uint8, copy=False)
        if alpha is not None:
            opaque = _on_white(opaque, alpha)
        _write_jpeg(path, opaque, quality, metadata, icc_profile, receipt)
        return
    if alpha is not None:
        samples = _with_alpha(samples, alpha)
    if file_format in LOSSY_FORMATS:
        eight_bit = samples.astype(np.uint8, copy=False)
        _write_webp_avif(path, file_format, eight_bit, quality, metadata, icc_profile, receipt)
        return
    write_lossless(path, file_format, samples, icc_profile, metadata.dpi)
    if receipt is not None:
        metadata = with_receipt(metadata, receipt, path, file_format, samples.itemsize * 8, None)
    embed(path, file_format, metadata)


def _write_jpeg(
    path: Path,
    samples: NDArray[np.uint8],
    quality: int,
    metadata: Metadata,
    icc_profile: bytes | None,
    receipt: Receipt | None,
) -> None:
    write_jpeg(path, samples, quality, metadata, icc_profile)
    if receipt is not None:
        set_jpeg_xmp(path, with_receipt(metadata, receipt, path, "jpeg", 8, quality).xmp)


def _write_webp_avif(
    path: Path,
    file_format: str,
    samples: NDArray[np.uint8],
    quality: int,
    metadata: Metadata,
    icc_profile: bytes | None,
    receipt: Receipt | None,
) -> None:
    described = metadata
    if receipt is not None:
        described = with_unsealed_receipt(metadata, receipt, file_format, 8, quality)
    encoded = encode_webp_avif(file_format, samples, quality, described, icc_profile)
    path.write_bytes(encoded)
    if described.xmp is not None and described is not metadata:
        # The sealed packet has the same length, so nothing else in the file moves.
        path.write_bytes(encoded.replace(described.xmp, sealed_packet(described.xmp, path)))


def _with_alpha(samples: Samples, alpha: NDArray[np.float32]) -> Samples:
    maximum = np.iinfo(samples.dtype).max
    return np.dstack([samples, np.rint(alpha * np.float32(maximum)).astype(samples.dtype)])


def _on_white(samples: NDArray[np.uint8], alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    composited = samples.copy()
    for rows in row_bands(samples.shape[0]):
        weight = alpha[rows, :, None]
        composited[rows] = np.rint(composited[rows] * weight + (1 - weight) * np.float32(255))
    return composited
