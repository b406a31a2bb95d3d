"""Reads AVIF (with OpenCV) and HEIC (with libheif)."""

import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.photo.codecs.decoded import Decoded, check_size, damaged
from fxdiffuse_gui.photo.codecs.header import new_header
from fxdiffuse_gui.photo.codecs.isobmff import StillImage, read_still
from fxdiffuse_gui.photo.codecs.silence_stderr import silenced_stderr
from fxdiffuse_gui.photo.image import MAX_MEGAPIXELS, PhotoError, Samples

# libavif's own limit, 16384 × 16384.
MAX_AVIF_MEGAPIXELS = 268

_MAX_FILE = 1 << 30
# An entry of the item list: version, flags, item ID, protection index; then the item type.
_METADATA_ITEM = re.compile(rb"(infe(?:\x02.{3}.{2}|\x03.{3}.{4}).{2})(?:Exif|mime)", re.DOTALL)

_HDR_TRANSFERS = {16: "PQ", 18: "HLG"}


def has_avif() -> bool:
    """Whether OpenCV reads and writes AVIF on this system."""
    import cv2  # takes a quarter of a second, which only those who use such a file should pay

    # One library does both, and asking for a reader would need an existing file.
    return cv2.haveImageWriter(".avif")


def decode_heif(path: Path, file_format: str) -> Decoded:
    """Reads the first picture of the "avif" or "heic" file at `path`; 10 and 12 bit become 16 bit.

    Its size is checked before pixels are decoded. Raises PhotoError when the file is damaged, too large or an
    HDR picture, and OSError when it cannot be read.
    """
    still = _still(path)
    check_size(
        path, still.width, still.height, MAX_AVIF_MEGAPIXELS if file_format == "avif" else MAX_MEGAPIXELS
    )
    if path.stat().st_size > _MAX_FILE:
        raise PhotoError("{name} is larger than 1 GB; make it smaller first.", name=display_name(path))
    if still.transfer in _HDR_TRANSFERS and still.icc_profile is None:
        raise PhotoError(
            "{name} is an HDR picture ({reason}); save it with the usual brightness range first.",
            name=display_name(path),
            reason=_HDR_TRANSFERS[still.transfer],
        )
    samples, orientation = _read_avif(path, still) if file_format == "avif" else _read_heic(path)
    colors = 3 if samples.shape[2] >= 3 else 1
    alpha = samples[..., colors] if samples.shape[2] > colors else None
    color = samples[..., :colors]
    return Decoded(color, alpha, new_header(color, still.icc_profile, orientation), file_format)


def heif_depth(path: Path) -> int:
    """The bits per sample, 8 or 16, that `decode_heif` returns.

    Raises PhotoError when the file is damaged, and OSError when it cannot be read.
    """
    return 16 if _still(path).bit_depth > 8 else 8


def _still(path: Path) -> StillImage:
    try:
        with path.open("rb") as file:
            return read_still(file)
    except ValueError:
        raise damaged(path, "") from None


def _read_avif(path: Path, still: StillImage) -> tuple[Samples, int]:
    """The samples as stored, and their EXIF orientation."""
    import cv2

    if not has_avif():
        raise PhotoError(
            "{name} is an AVIF picture, which OpenCV cannot read on this system; save it as JPEG or PNG.",
            name=display_name(path),
        )
    try:
        with silenced_stderr():
            found: Any = cv2.imdecode(_pixels_only(path.read_bytes()), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        found = None
    if found is None or found.dtype not in (np.uint8, np.uint16):
        raise damaged(path, "")
    samples = found[..., None] if found.ndim == 2 else found
    # libavif scales the picture to the size in the boxes.
    if samples.shape[:2] != (still.height, still.width):
        raise damaged(path, "")
    if samples.shape[2] >= 3:
        samples = samples[..., [2, 1, 0, 3][: samples.shape[2]]]
    if samples.dtype == np.uint16:
        samples = _at_full_range(samples, still.bit_depth)
    return np.ascontiguousarray(samples), still.orientation


def _pixels_only(data: bytes) -> NDArray[np.uint8]:
    """The file with its EXIF and XMP items renamed.

    OpenCV detects AVIF by the first 500 bytes and fails when a metadata block crosses that limit.
    """
    return np.frombuffer(_METADATA_ITEM.sub(rb"\1skip", data), np.uint8)


def _read_heic(path: Path) -> tuple[Samples, int]:
    """The samples, which libheif has already made upright, and the orientation 1."""
    import pillow_heif

    try:
        picture: Any = pillow_heif.open_heif(path, convert_hdr_to_8bit=False)
        check_size(path, *picture.size)
        mode, depth = str(picture.mode), int(picture.info.get("bit_depth", 8))
        samples: Any = np.array(picture)
    except (PhotoError, MemoryError):
        raise
    except Exception as error:  # the library raises errors of many kinds
        raise damaged(path, str(error)) from None
    if mode.startswith(("RGBa", "La")):
        raise PhotoError(
            "{name} has premultiplied transparency; save it as PNG first.", name=display_name(path)
        )
    if samples.ndim == 2:
        samples = samples[..., None]
    # Samples of more than 8 bits are shifted to the top of 16.
    return (_at_full_range(samples >> (16 - depth), depth) if samples.dtype == np.uint16 else samples), 1


def _at_full_range(samples: Samples, depth: int) -> Samples:
    """10- or 12-bit samples stretched to 0..65535."""
    top = 2**depth - 1
    values = np.arange(2**16, dtype=np.uint32)
    table = np.minimum((values * 65535 + top // 2) // top, 65535).astype(np.uint16)
    return table[samples]
