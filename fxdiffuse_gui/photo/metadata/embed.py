"""Writes metadata blocks into a PNG or TIFF file that the image encoder has just written."""

import errno
import io
import os
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

from fxdiffuse_gui.photo.codecs.segments import png_chunks
from fxdiffuse_gui.photo.image import Metadata
from fxdiffuse_gui.photo.metadata import exif
from fxdiffuse_gui.photo.metadata.blocks import PNG_IPTC, PNG_XMP, raw_profile
from fxdiffuse_gui.photo.metadata.exif import Directory, Entry

# Tags of the offsets and sizes of a TIFF's strips.
_STRIPS = (273, 279)

_COPY_BLOCK = 1 << 20

# Tags that the TIFF encoder adds by itself: its name, the time (the same edit must give the same file), XMP.
_ENCODER_TAGS = (305, 306, exif.XMP_TAG, exif.IPTC_TAG, exif.EXIF_POINTER, exif.GPS_POINTER)


def embed(path: Path, file_format: str, metadata: Metadata) -> None:
    """Adds the blocks of `metadata` to the "png" or "tiff" at `path`, not atomically.

    Metadata that the encoder added by itself are replaced. Raises OSError, also when the file is cut short:
    on a full disk the PNG encoder does not report it.
    """
    if file_format == "tiff":
        with path.open("r+b") as file:
            _extend_tiff(file, metadata)
        return
    # The blocks come before the pixels, so everything after them moves: into a second file.
    second = path.with_name(path.name + "~")
    try:
        with path.open("rb") as source, second.open("xb") as target:
            _rewrite_png(source, target, metadata)
        second.replace(path)
    finally:
        second.unlink(missing_ok=True)


def _rewrite_png(source: BinaryIO, target: BinaryIO, metadata: Metadata) -> None:
    dropped = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
    if any(kind == b"iCCP" for kind, _ in png_chunks(source)):
        # The encoder marks every picture as sRGB, even next to a profile that says otherwise.
        dropped |= {b"sRGB", b"gAMA", b"cHRM"}
    source.seek(0)
    target.write(source.read(8))
    kind = b""
    for kind, length in png_chunks(source):
        if kind in dropped:
            continue
        target.write(struct.pack(">I4s", length, kind))
        _copy(source, target, length + 4)
        if kind == b"IHDR":
            for name, content in _png_blocks(metadata):
                checksum = zlib.crc32(name + content)
                target.write(struct.pack(">I4s", len(content), name) + content + struct.pack(">I", checksum))
    if kind != b"IEND":
        raise _cut_short()


def _png_blocks(metadata: Metadata) -> list[tuple[bytes, bytes]]:
    blocks: list[tuple[bytes, bytes]] = []
    if metadata.exif is not None:
        blocks.append((b"eXIf", metadata.exif))
    if metadata.xmp is not None:
        blocks.append((b"iTXt", PNG_XMP + b"\0\0\0\0\0" + metadata.xmp))
    if metadata.iptc is not None:
        blocks.append((b"zTXt", PNG_IPTC + b"\0\0" + zlib.compress(raw_profile(b"iptc", metadata.iptc))))
    return blocks + list(metadata.texts)


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length > 0:
        piece = source.read(min(length, _COPY_BLOCK))
        if not piece:
            raise _cut_short()
        target.write(piece)
        length -= len(piece)


def _cut_short() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _extend_tiff(file: BinaryIO, metadata: Metadata) -> None:
    """Appends a directory with the encoder's entries and ours, and points the header at it."""
    header = exif.read_header(file)
    if header is None:  # BigTIFF, which only pictures over 4 GB need
        return
    ours = {} if metadata.exif is None else exif.descriptive(exif.read_tree(io.BytesIO(metadata.exif)))
    blocks: dict[int, Entry] = {}
    if metadata.xmp:
        blocks[exif.XMP_TAG] = Entry(1, len(metadata.xmp), metadata.xmp)
    if metadata.iptc:
        blocks[exif.IPTC_TAG] = Entry(7, len(metadata.iptc), metadata.iptc)
    theirs = exif.read_directory(file, header.order, header.first)
    for tag in _ENCODER_TAGS:
        theirs.pop(tag, None)
    directories: dict[int, Directory] = {**ours, 0: {**theirs, **ours.get(0, {}), **blocks}}
    file.seek(0, io.SEEK_END)
    if _end_of_pixels(theirs) > file.tell():
        raise _cut_short()
    base = file.tell() + file.tell() % 2
    body, first = exif.serialize(directories, base, header.order)
    file.seek(base)
    file.write(body)
    file.seek(4)
    file.write(struct.pack(header.order + "I", first))


def _end_of_pixels(directory: Directory) -> int:
    """The size that a TIFF must have to contain all of its strips."""
    offsets, sizes = (directory[tag] for tag in _STRIPS)
    ends = map(sum, zip(_numbers(offsets), _numbers(sizes), strict=True))
    return max(ends)


def _numbers(entry: Entry) -> tuple[int, ...]:
    return struct.unpack(f"<{entry.count}{'H' if entry.kind == 3 else 'I'}", entry.value)
