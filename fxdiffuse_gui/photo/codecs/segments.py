"""The parts that JPEG, PNG and WebP files consist of, and how metadata is marked in them."""

import struct
from collections.abc import Generator
from typing import BinaryIO

EXIF_MARK = b"Exif\0\0"
XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
IPTC_MARK = b"Photoshop 3.0\0"

APP0, APP1, APP2, APP13 = 0xE0, 0xE1, 0xE2, 0xED
"""Markers of the JPEG segments for JFIF, for EXIF and XMP, for ICC profiles, and for IPTC."""

MAX_SEGMENT = 65533
"""Bytes of content that one segment of a JPEG can hold."""

_SOI = b"\xff\xd8"
_SOS, _EOI = 0xDA, 0xD9
_IPTC_RESOURCE = 0x0404


def read_segments(file: BinaryIO) -> Generator[tuple[int, bytes]]:
    """(marker, content) of every JPEG segment before the compressed data; leaves the file at the scan."""
    file.read(2)
    while True:
        start = file.tell()
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in (_SOS, _EOI):
            file.seek(start)
            return
        if head[1] == 0xFF:  # a fill byte
            file.seek(start + 1)
            continue
        yield head[1], file.read(struct.unpack(">H", head[2:])[0] - 2)


def write_segments(file: BinaryIO, segments: list[tuple[int, bytes]]) -> None:
    """Writes the start of a JPEG and the (marker, content) pairs; content over `MAX_SEGMENT` is left out."""
    file.write(_SOI)
    for marker, content in segments:
        if len(content) <= MAX_SEGMENT:
            file.write(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content)


def fits_jpeg(xmp: bytes) -> bool:
    """Whether the XMP packet fits into a JPEG segment."""
    return len(XMP_MARK) + len(xmp) <= MAX_SEGMENT


def iptc_of_resources(data: bytes) -> bytes | None:
    """The IPTC records in Photoshop's image resources; None when there are none. Raises struct.error."""
    position = 0
    while data[position : position + 4] == b"8BIM":
        kind, name_length = struct.unpack_from(">HB", data, position + 4)
        position += 6 + (name_length + 2) // 2 * 2
        size = struct.unpack_from(">I", data, position)[0]
        if kind == _IPTC_RESOURCE:
            return data[position + 4 : position + 4 + size] or None
        position += 4 + size + size % 2
    return None


def resources_of_iptc(iptc: bytes) -> bytes:
    """IPTC records as the Photoshop image resource that JPEG files carry."""
    head = b"8BIM" + struct.pack(">HHI", _IPTC_RESOURCE, 0, len(iptc))
    return head + iptc + bytes(len(iptc) % 2)


def png_chunks(file: BinaryIO) -> Generator[tuple[bytes, int]]:
    """(kind, length) of every PNG chunk; the file is positioned at its content, which may be read or not."""
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


def webp_chunks(file: BinaryIO) -> Generator[tuple[bytes, int]]:
    """(kind, length) of every WebP chunk; the file is positioned at its content, which may be read or not."""
    position = 12
    while True:
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return
        kind, length = struct.unpack("<4sI", head)
        yield kind, length
        position += 8 + length + length % 2
