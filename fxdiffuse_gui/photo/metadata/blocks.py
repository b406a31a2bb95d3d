"""Reads the EXIF, XMP and IPTC blocks of a file as bytes.

They stay bytes because no reader knows every tag: what the editor does not understand, it keeps.
"""

import re
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

from fxdiffuse_gui.photo.codecs.isobmff import read_still
from fxdiffuse_gui.photo.codecs.segments import (
    APP1,
    APP13,
    EXIF_MARK,
    IPTC_MARK,
    XMP_MARK,
    iptc_of_resources,
    png_chunks,
    read_segments,
    webp_chunks,
)
from fxdiffuse_gui.photo.image import Metadata
from fxdiffuse_gui.photo.metadata import exif

PNG_XMP = b"XML:com.adobe.xmp"
PNG_IPTC = b"Raw profile type iptc"

# Larger blocks are not metadata; a hostile file could declare gigabytes.
_MAX_BLOCK = 16 << 20

_XMP_ORIENTATION = re.compile(rb"(tiff:Orientation(?:\s*=\s*[\"']|\s*>\s*))\d+")


def read_blocks(path: Path, file_format: str, width: int, height: int) -> Metadata:
    """The blocks of the file at `path`, corrected for an upright picture of `width` × `height` pixels.

    Empty when the file has none, when they are damaged, or when this format is not supported.
    """
    readers = {
        "jpeg": _read_jpeg, "png": _read_png, "webp": _read_webp, "tiff": _read_tiff, "raw": _read_tiff,
        "avif": _read_heif, "heic": _read_heif,
    }  # fmt: skip
    if file_format not in readers:
        return Metadata()
    try:
        with path.open("rb") as file:
            return _made_upright(readers[file_format](file), width, height)
    except (OSError, ValueError, LookupError, OverflowError, struct.error, zlib.error):
        return Metadata()  # a photo with broken metadata is still a photo


def raw_profile(name: bytes, data: bytes) -> bytes:
    """`data` as text, the convention for blocks that have no PNG chunk: name, length, hexadecimal digits."""
    return b"\n%s\n%8d\n%s\n" % (name, len(data), data.hex().encode("ascii"))


def _raw_profile_data(text: bytes) -> bytes:
    """The inverse of `raw_profile`."""
    return bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))


def _read_jpeg(file: BinaryIO) -> Metadata:
    exif_block = xmp = iptc = None
    for marker, content in read_segments(file):
        if marker == APP1 and content.startswith(EXIF_MARK):
            exif_block = exif_block or content[len(EXIF_MARK) :]
        elif marker == APP1 and content.startswith(XMP_MARK):
            xmp = xmp or content[len(XMP_MARK) :]
        elif marker == APP13 and content.startswith(IPTC_MARK):
            iptc = iptc or iptc_of_resources(content[len(IPTC_MARK) :])
    return Metadata(exif_block, xmp, iptc)


def _read_png(file: BinaryIO) -> Metadata:
    exif_block = xmp = iptc = None
    texts: list[tuple[bytes, bytes]] = []
    for kind, length in png_chunks(file):
        if kind not in (b"eXIf", b"tEXt", b"zTXt", b"iTXt") or length > _MAX_BLOCK:
            continue
        content = file.read(length)
        keyword = content.split(b"\0", 1)[0]
        if kind == b"eXIf":
            exif_block = content
        elif kind == b"iTXt" and keyword == PNG_XMP:
            xmp = _itxt_text(content) if xmp is None else xmp
        elif kind == b"zTXt" and keyword == PNG_IPTC:
            packed = content[len(keyword) + 2 :]
            iptc = _raw_profile_data(_inflate(packed)) if iptc is None else iptc
        elif not keyword.startswith(b"Raw profile type"):
            texts.append((kind, content))
    return Metadata(exif_block, xmp, iptc, tuple(texts))


def _itxt_text(content: bytes) -> bytes:
    compressed = content[len(PNG_XMP) + 1] == 1
    text = content[len(PNG_XMP) + 3 :].split(b"\0", 2)[2]
    return _inflate(text) if compressed else text


def _inflate(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MAX_BLOCK)


def _read_webp(file: BinaryIO) -> Metadata:
    found: dict[bytes, bytes] = {}
    for kind, length in webp_chunks(file):
        if kind in (b"EXIF", b"XMP ") and length <= _MAX_BLOCK:
            found[kind] = file.read(length)
    exif_block = found.get(b"EXIF")
    return Metadata(exif_block and exif_block.removeprefix(EXIF_MARK), found.get(b"XMP "))


def _read_tiff(file: BinaryIO) -> Metadata:
    tree = exif.read_tree(file)
    first = tree.get(0, {})
    xmp, iptc = first.get(exif.XMP_TAG), first.get(exif.IPTC_TAG)
    return Metadata(exif.block(tree), xmp and xmp.value, iptc and iptc.value)


def _read_heif(file: BinaryIO) -> Metadata:
    still = read_still(file)
    return Metadata(still.exif and still.exif.removeprefix(EXIF_MARK), still.xmp)


def _made_upright(found: Metadata, width: int, height: int) -> Metadata:
    block = None if found.exif is None else exif.upright(found.exif, width, height)
    xmp = None if found.xmp is None else _XMP_ORIENTATION.sub(rb"\g<1>1", found.xmp)
    return Metadata(block, xmp, found.iptc, found.texts, found.dpi)
