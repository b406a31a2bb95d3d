"""Writes JPEG files: 4:4:4, with the metadata segments in front.

The pixels are encoded in memory, because an encoder that hits a full disk half way would end the whole
program; writing bytes fails like any other write.
"""

import io
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.codecs.segments import (
    APP0,
    APP1,
    APP2,
    APP13,
    EXIF_MARK,
    IPTC_MARK,
    MAX_SEGMENT,
    XMP_MARK,
    read_segments,
    resources_of_iptc,
    write_segments,
)
from fxdiffuse_gui.photo.image import EncoderError, Metadata

MAX_JPEG_SIDE = 65500

_ICC_MARK = b"ICC_PROFILE\0"
_MAX_ICC_PIECE = MAX_SEGMENT - len(_ICC_MARK) - 2
_MAX_ICC_PIECES = 255


def write_jpeg(
    path: Path, samples: NDArray[np.uint8], quality: int, metadata: Metadata, icc_profile: bytes | None
) -> None:
    """Writes (H, W, 3) RGB samples at `quality` 1..100 to `path`, not atomically.

    Sides up to `MAX_JPEG_SIDE`. A block that does not fit into a JPEG (over 64 KiB; an ICC profile over
    16 MiB) is left out. Raises OSError and EncoderError.
    """
    encoded = io.BytesIO(_encode(samples, quality))
    tables = [(marker, content) for marker, content in read_segments(encoded) if marker != APP0]
    with path.open("wb") as file:
        write_segments(file, [*_blocks(metadata, icc_profile), *tables])
        file.write(encoded.read())


def set_jpeg_xmp(path: Path, xmp: bytes | None) -> None:
    """Replaces the XMP packet of the JPEG at `path`, not atomically; the picture does not change.

    None removes the packet; one that does not fit into a JPEG is left out. Raises OSError.
    """
    with path.open("rb") as file:
        segments = list(read_segments(file))
        picture = file.read()
    kept = [segment for segment in segments if not _is_xmp(*segment)]
    # Readers look for it after JFIF and EXIF.
    place = next((i for i, segment in enumerate(kept) if not _comes_first(*segment)), len(kept))
    if xmp is not None:
        kept.insert(place, (APP1, XMP_MARK + xmp))
    with path.open("wb") as file:
        write_segments(file, kept)
        file.write(picture)


def _is_xmp(marker: int, content: bytes) -> bool:
    return marker == APP1 and content.startswith(XMP_MARK)


def _comes_first(marker: int, content: bytes) -> bool:
    return marker == APP0 or (marker == APP1 and content.startswith(EXIF_MARK))


def _encode(samples: NDArray[np.uint8], quality: int) -> bytes:
    import cv2  # takes a quarter of a second, which only an export should pay

    options = [
        cv2.IMWRITE_JPEG_QUALITY,
        quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
        cv2.IMWRITE_JPEG_OPTIMIZE,
        1,
    ]
    done, encoded = cv2.imencode(".jpg", cv2.cvtColor(samples, cv2.COLOR_RGB2BGR), options)
    if not done:
        raise EncoderError("the JPEG encoder refuses this picture")
    return encoded.tobytes()


def _blocks(metadata: Metadata, icc_profile: bytes | None) -> list[tuple[int, bytes]]:
    """(marker, content) of the segments in the order that readers expect: JFIF, EXIF, XMP, IPTC, ICC."""
    blocks = [(APP0, _jfif(metadata.dpi))]
    if metadata.exif is not None:
        blocks.append((APP1, EXIF_MARK + metadata.exif))
    if metadata.xmp is not None:
        blocks.append((APP1, XMP_MARK + metadata.xmp))
    if metadata.iptc is not None:
        blocks.append((APP13, IPTC_MARK + resources_of_iptc(metadata.iptc)))
    profile = icc_profile or b""
    pieces = [profile[i : i + _MAX_ICC_PIECE] for i in range(0, len(profile), _MAX_ICC_PIECE)]
    if len(pieces) <= _MAX_ICC_PIECES:
        blocks += [
            (APP2, _ICC_MARK + bytes([number, len(pieces)]) + piece) for number, piece in enumerate(pieces, 1)
        ]
    return blocks


def _jfif(dpi: tuple[float, float] | None) -> bytes:
    x, y = (1, 1) if dpi is None else (min(max(round(value), 1), 65535) for value in dpi)
    return b"JFIF\0\x01\x01" + struct.pack(">BHHBB", 0 if dpi is None else 1, x, y, 0, 0)
