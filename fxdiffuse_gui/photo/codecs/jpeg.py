"""Writes JPEG files: 4:4:4, with the blocks in front that say what the photo is.

The pixels are encoded in memory, because an encoder that meets a full disk half way would end the whole
program; writing bytes fails like any other write.
"""

import io
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.photo.codecs.containers import (
    EXIF_MARK,
    IPTC_MARK,
    XMP_MARK,
    iptc_resources,
    jpeg_segments,
)
from fxdiffuse_gui.photo.image import Metadata

MAX_JPEG_SIDE = 65500
MAX_SEGMENT = 65533
"""Bytes of content that one block of a JPEG can hold."""

_APP0, _APP1, _APP2, _APP13 = 0xE0, 0xE1, 0xE2, 0xED
_ICC_MARK = b"ICC_PROFILE\0"
_MAX_ICC_PIECE = MAX_SEGMENT - len(_ICC_MARK) - 2


def write_jpeg(
    path: Path, samples: NDArray[np.uint8], quality: int, metadata: Metadata, icc_profile: bytes | None
) -> None:
    """Writes (H, W, 3) RGB samples at `quality` 1..100 to `path`, not atomically.

    Sides up to `MAX_JPEG_SIDE`. A block that a JPEG cannot hold (over 64 KiB; an ICC profile over 16 MiB) is
    left out. Raises OSError.
    """
    encoded = io.BytesIO(_encode(samples, quality))
    tables = [(mark, payload) for mark, payload in jpeg_segments(encoded) if mark != _APP0]
    with path.open("wb") as file:
        file.write(b"\xff\xd8")
        _write_segments(file, [*_blocks(metadata, icc_profile), *tables])
        file.write(encoded.read())


def set_jpeg_xmp(path: Path, xmp: bytes | None) -> None:
    """Gives the JPEG at `path`, which nobody else uses yet, the packet `xmp` instead of the one it has; one
    that a JPEG cannot hold is left out. The picture stays as it is. Raises OSError."""
    with path.open("rb") as file:
        segments = list(jpeg_segments(file))
        picture = file.read()
    kept = [segment for segment in segments if not _is_xmp(*segment)]
    # Behind JFIF and EXIF, where it is looked for.
    place = next((i for i, segment in enumerate(kept) if not _comes_first(*segment)), len(kept))
    if xmp is not None:
        kept.insert(place, (_APP1, XMP_MARK + xmp))
    with path.open("wb") as file:
        file.write(b"\xff\xd8")
        _write_segments(file, kept)
        file.write(picture)


def _is_xmp(mark: int, payload: bytes) -> bool:
    return mark == _APP1 and payload.startswith(XMP_MARK)


def _comes_first(mark: int, payload: bytes) -> bool:
    return mark == _APP0 or (mark == _APP1 and payload.startswith(EXIF_MARK))


def _write_segments(file: BinaryIO, segments: Iterable[tuple[int, bytes]]) -> None:
    for mark, payload in segments:
        if len(payload) <= MAX_SEGMENT:
            file.write(struct.pack(">BBH", 0xFF, mark, len(payload) + 2) + payload)


def _encode(samples: NDArray[np.uint8], quality: int) -> bytes:
    import cv2  # costs a quarter of a second, which only an export should pay

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
        raise OSError("the JPEG encoder refuses this picture")
    return encoded.tobytes()


def _blocks(metadata: Metadata, icc_profile: bytes | None) -> list[tuple[int, bytes]]:
    """(marker, payload) of the segments in the order that readers expect: JFIF, EXIF, XMP, IPTC, ICC."""
    blocks = [(_APP0, _jfif(metadata.dpi))]
    if metadata.exif is not None:
        blocks.append((_APP1, EXIF_MARK + metadata.exif))
    if metadata.xmp is not None:
        blocks.append((_APP1, XMP_MARK + metadata.xmp))
    if metadata.iptc is not None:
        blocks.append((_APP13, IPTC_MARK + iptc_resources(metadata.iptc)))
    profile = icc_profile or b""
    pieces = [profile[i : i + _MAX_ICC_PIECE] for i in range(0, len(profile), _MAX_ICC_PIECE)]
    count = len(pieces)
    if count <= 255:
        blocks += [
            (_APP2, _ICC_MARK + bytes([number, len(pieces)]) + piece)
            for number, piece in enumerate(pieces, 1)
        ]
    return blocks


def _jfif(dpi: tuple[float, float] | None) -> bytes:
    x, y = (1, 1) if dpi is None else (min(max(round(value), 1), 65535) for value in dpi)
    return b"JFIF\0\x01\x01" + struct.pack(">BHHBB", 0 if dpi is None else 1, x, y, 0, 0)
