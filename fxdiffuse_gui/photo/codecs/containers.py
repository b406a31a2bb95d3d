"""Finds the EXIF, XMP and IPTC blocks of a file as the bytes that they are.

Blocks travel as bytes because no reader knows every tag: what an editor does not understand, it keeps.
"""

import re
import struct
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from fxdiffuse_gui.photo.codecs.isobmff import read_still
from fxdiffuse_gui.photo.image import Metadata
from fxdiffuse_gui.photo.metadata import exif

EXIF_MARK = b"Exif\0\0"
XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
IPTC_MARK = b"Photoshop 3.0\0"
PNG_XMP = b"XML:com.adobe.xmp"
PNG_IPTC = b"Raw profile type iptc"

# Larger blocks are not metadata any more; a hostile file could declare gigabytes.
_MAX_BLOCK = 16 << 20

Chunk = tuple[bytes, bytes]
"""(kind, content) of a PNG or WebP chunk."""


def read_blocks(path: Path, file_format: str, width: int, height: int) -> Metadata:
    """The blocks of the file at `path`, made true of an upright picture of that size.

    Empty when the file has none, when they are damaged, or when the format has no place for them here.
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
        return Metadata()  # a photo whose metadata is broken is still a photo


def jpeg_segments(file: BinaryIO) -> Generator[tuple[int, bytes]]:
    """(marker, payload) of every segment before the compressed data; leaves the file at the scan."""
    file.read(2)
    while True:
        start = file.tell()
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in (0xDA, 0xD9):
            file.seek(start)
            return
        if head[1] == 0xFF:  # a fill byte
            file.seek(start + 1)
            continue
        yield head[1], file.read(struct.unpack(">H", head[2:])[0] - 2)


def png_chunks(file: BinaryIO) -> Generator[tuple[bytes, int]]:
    """(kind, length) of every chunk; the file stands at its content, which the caller may read or not."""
    position = 8
    while True:
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return
        length, kind = struct.unpack(">I4s", head)
        yield kind, length
        if kind == b"IEND":
            return
        position += 12 + length


def _read_jpeg(file: BinaryIO) -> Metadata:
    exif_block = xmp = iptc = None
    for marker, payload in jpeg_segments(file):
        if marker == 0xE1 and payload.startswith(EXIF_MARK):
            exif_block = exif_block or payload[len(EXIF_MARK) :]
        elif marker == 0xE1 and payload.startswith(XMP_MARK):
            xmp = xmp or payload[len(XMP_MARK) :]
        elif marker == 0xED and payload.startswith(IPTC_MARK):
            iptc = iptc or _iptc_of_resources(payload[len(IPTC_MARK) :])
    return Metadata(exif_block, xmp, iptc)


def _iptc_of_resources(data: bytes) -> bytes | None:
    """The IPTC records among Photoshop's image resources."""
    position = 0
    while data[position : position + 4] == b"8BIM":
        kind, name_length = struct.unpack_from(">HB", data, position + 4)
        position += 6 + (name_length + 2) // 2 * 2
        size = struct.unpack_from(">I", data, position)[0]
        if kind == 0x0404:
            return data[position + 4 : position + 4 + size] or None
        position += 4 + size + size % 2
    return None


def iptc_resources(iptc: bytes) -> bytes:
    """IPTC records as the Photoshop resource that JPEG files carry."""
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc + bytes(len(iptc) % 2)


def _read_png(file: BinaryIO) -> Metadata:
    exif_block = xmp = iptc = None
    texts: list[Chunk] = []
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
            iptc = _raw_profile(_inflate(packed)) if iptc is None else iptc
        elif not keyword.startswith(b"Raw profile type"):
            texts.append((kind, content))
    return Metadata(exif_block, xmp, iptc, tuple(texts))


def _itxt_text(content: bytes) -> bytes:
    compressed = content[len(PNG_XMP) + 1] == 1
    text = content[len(PNG_XMP) + 3 :].split(b"\0", 2)[2]
    return _inflate(text) if compressed else text


def _inflate(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MAX_BLOCK)


def _raw_profile(text: bytes) -> bytes:
    """The bytes of a '\\nname\\n  length\\nhex…' text, a convention for what PNG has no chunk for."""
    return bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))


def raw_profile(name: bytes, data: bytes) -> bytes:
    """The inverse: `data` as such a text."""
    return b"\n%s\n%8d\n%s\n" % (name, len(data), data.hex().encode("ascii"))


def _read_webp(file: BinaryIO) -> Metadata:
    found: dict[bytes, bytes] = {}
    position = 12
    while True:
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            break
        kind, length = struct.unpack("<4sI", head)
        if kind in (b"EXIF", b"XMP ") and length <= _MAX_BLOCK:
            found[kind] = file.read(length)
        position += 8 + length + length % 2
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


_XMP_ORIENTATION = re.compile(rb"(tiff:Orientation(?:\s*=\s*[\"']|\s*>\s*))\d+")


def _made_upright(found: Metadata, width: int, height: int) -> Metadata:
    block = None if found.exif is None else exif.upright(found.exif, width, height)
    xmp = None if found.xmp is None else _XMP_ORIENTATION.sub(rb"\g<1>1", found.xmp)
    return Metadata(block, xmp, found.iptc, found.texts, found.dpi)
