"""Puts metadata blocks into a file that the image encoder has just written."""

import io
import shutil
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

from fxdiffuse_gui.photo import exif
from fxdiffuse_gui.photo.containers import (
    EXIF_MARK,
    IPTC_MARK,
    PNG_IPTC,
    PNG_XMP,
    XMP_MARK,
    iptc_resources,
    jpeg_segments,
    png_chunks,
    raw_profile,
)
from fxdiffuse_gui.photo.exif import Directory, Entry
from fxdiffuse_gui.photo.image import Metadata

_MAX_SEGMENT = 65533
_APP1 = 0xE1
_APP13 = 0xED

# What the TIFF encoder adds unasked: its name, the time (the same edit must give the same file), its own XMP.
_ENCODER_TAGS = (305, 306, exif.XMP_TAG, exif.IPTC_TAG, exif.EXIF_POINTER, exif.GPS_POINTER)


def embed(path: Path, file_format: str, metadata: Metadata) -> None:
    """Adds the blocks of `metadata` to the JPEG, PNG or TIFF at `path`, which nobody else uses yet.

    What the encoder wrote of its own accord is replaced. A block that a JPEG cannot hold (over 64 KiB) is
    left out. Raises OSError.
    """
    if file_format == "tiff":
        with path.open("r+b") as file:
            _extend_tiff(file, metadata)
        return
    # Blocks stand before the pixels, so everything behind them has to move: into a second file.
    second = path.with_name(path.name + "~")
    try:
        with path.open("rb") as source, second.open("xb") as target:
            (_rewrite_jpeg if file_format == "jpeg" else _rewrite_png)(source, target, metadata)
        second.replace(path)
    finally:
        second.unlink(missing_ok=True)


def _rewrite_jpeg(source: BinaryIO, target: BinaryIO, metadata: Metadata) -> None:
    ours: list[tuple[int, bytes]] = []
    if metadata.exif is not None:
        ours.append((_APP1, EXIF_MARK + metadata.exif))
    if metadata.xmp is not None:
        ours.append((_APP1, XMP_MARK + metadata.xmp))
    if metadata.iptc is not None:
        ours.append((_APP13, IPTC_MARK + iptc_resources(metadata.iptc)))
    theirs = [(mark, payload) for mark, payload in jpeg_segments(source) if mark not in (_APP1, _APP13)]
    jfif = [segment for segment in theirs if segment[0] == 0xE0]  # has to come first
    rest = [segment for segment in theirs if segment[0] != 0xE0]
    target.write(b"\xff\xd8")
    for mark, payload in jfif + ours + rest:
        if len(payload) <= _MAX_SEGMENT:
            target.write(struct.pack(">BBH", 0xFF, mark, len(payload) + 2) + payload)
    shutil.copyfileobj(source, target)


def _rewrite_png(source: BinaryIO, target: BinaryIO, metadata: Metadata) -> None:
    target.write(source.read(8))
    for kind, length in png_chunks(source):
        if kind in (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"):
            continue
        target.write(struct.pack(">I4s", length, kind))
        _copy(source, target, length + 4)
        if kind == b"IHDR":
            for name, content in _png_blocks(metadata):
                checksum = zlib.crc32(name + content)
                target.write(struct.pack(">I4s", len(content), name) + content + struct.pack(">I", checksum))


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
        piece = source.read(min(length, 1 << 20))
        if not piece:
            return
        target.write(piece)
        length -= len(piece)


def _extend_tiff(file: BinaryIO, metadata: Metadata) -> None:
    """Appends a directory that holds the encoder's entries and ours, and points the header at it."""
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
    base = file.tell() + file.tell() % 2
    body, first = exif.serialize(directories, base, header.order)
    file.seek(base)
    file.write(body)
    file.seek(4)
    file.write(struct.pack(header.order + "I", first))
