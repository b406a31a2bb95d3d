"""EXIF as bytes: corrected for an upright picture, read from and written into TIFF files.

An EXIF block is a small TIFF file: a header, then directories (IFDs) of entries. In JPEG, PNG and WebP the
block is kept whole and patched in place, so that maker notes with absolute offsets stay readable. TIFF files
have no block: their directories are in the file itself.
"""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

EXIF_POINTER = 34665
GPS_POINTER = 34853
XMP_TAG = 700
IPTC_TAG = 33723
_ORIENTATION = 274
_PIXEL_SIZES = (0xA002, 0xA003)
_COLOR_SPACE = 0xA001
_INTEROPERABILITY = 40965
_SRGB, _UNCALIBRATED = 1, 0xFFFF

# TIFF type → (bytes of one value, bytes of the numbers in it, for swapping the byte order).
_UNITS = {1: (1, 1), 2: (1, 1), 3: (2, 2), 4: (4, 4), 5: (8, 4), 6: (1, 1), 7: (1, 1), 8: (2, 2), 9: (4, 4),
          10: (8, 4), 11: (4, 4), 12: (8, 8)}  # fmt: skip

# Entries of the first directory that describe the photo; all others describe how its pixels are stored.
_DESCRIPTIVE = frozenset({270, 271, 272, 282, 283, 296, 305, 306, 315, 316, 33432, 18246, 18249}) | frozenset(
    range(0x9C9B, 0x9CA0)
)

# Bytes of all values of one directory: the entries of a hostile file may all point at the same megabytes.
_MAX_VALUES = 16 << 20


@dataclass(frozen=True)
class Entry:
    """One directory entry; `value` is little-endian whatever the file's byte order."""

    kind: int
    count: int
    value: bytes


Directory = Mapping[int, Entry]


@dataclass(frozen=True)
class Header:
    """order: '<' or '>'. first: offset of the first directory."""

    order: str
    first: int


def read_header(file: BinaryIO) -> Header | None:
    """The header of a classic TIFF structure, None for anything else (BigTIFF too)."""
    head = file.read(8)
    if len(head) < 8 or head[:4] not in (b"II*\0", b"MM\0*"):
        return None
    order = "<" if head[:2] == b"II" else ">"
    return Header(order, struct.unpack(order + "I", head[4:])[0])


def read_directory(file: BinaryIO, order: str, offset: int) -> dict[int, Entry]:
    """The entries of the directory at `offset`, without broken ones."""
    entries: dict[int, Entry] = {}
    budget = _MAX_VALUES
    for position in _entry_positions(file, order, offset):
        file.seek(position)
        raw = file.read(12)
        tag, kind, count = struct.unpack(order + "HHI", raw[:8])
        unit, width = _UNITS.get(kind, (0, 1))
        size = unit * count
        if not 0 < size <= budget:
            continue
        budget -= size
        value = raw[8 : 8 + size]
        if size > 4:
            file.seek(struct.unpack(order + "I", raw[8:])[0])
            value = file.read(size)
        if len(value) == size:
            entries[tag] = Entry(kind, count, _swapped(value, width) if order == ">" else value)
    return entries


def read_tree(file: BinaryIO) -> dict[int, Directory]:
    """The directories of a TIFF structure by their pointer tags, the first one by 0. May be empty."""
    header = read_header(file)
    if header is None:
        return {}
    first = read_directory(file, header.order, header.first)
    tree: dict[int, Directory] = {0: first}
    for pointer in (EXIF_POINTER, GPS_POINTER):
        if pointer in first and first[pointer].kind in (4, 13):
            offset = int.from_bytes(first[pointer].value[:4], "little")
            tree[pointer] = read_directory(file, header.order, offset)
    return tree


def descriptive(tree: Mapping[int, Directory]) -> dict[int, Directory]:
    """The entries of `tree` that describe the photo; may be empty."""
    kept: dict[int, Directory] = {
        0: {tag: entry for tag, entry in tree.get(0, {}).items() if tag in _DESCRIPTIVE},
        EXIF_POINTER: {
            tag: entry for tag, entry in tree.get(EXIF_POINTER, {}).items() if tag != _INTEROPERABILITY
        },
        GPS_POINTER: tree.get(GPS_POINTER, {}),
    }
    return {pointer: entries for pointer, entries in kept.items() if entries}


def serialize(directories: Mapping[int, Directory], base: int, order: str = "<") -> tuple[bytes, int]:
    """The directories as bytes to be placed at the even offset `base`, and the offset of the first one."""
    body = bytearray()
    first = dict(directories.get(0, {}))
    for pointer, entries in directories.items():
        if pointer != 0:
            offset = _append(body, entries, base, order)
            first[pointer] = Entry(4, 1, offset.to_bytes(4, "little"))
    offset = _append(body, first, base, order)
    return bytes(body), offset


def block(tree: Mapping[int, Directory]) -> bytes | None:
    """An EXIF block with the entries of `tree` that describe the photo; None when there are none."""
    kept = descriptive(tree)
    if not kept:
        return None
    body, first = serialize(kept, 8)
    return b"II*\0" + struct.pack("<I", first) + body


def upright(exif: bytes, width: int, height: int) -> bytes | None:
    """`exif` corrected for an upright picture of that size; None when it is no EXIF block.

    The orientation becomes 1, the pixel sizes are set, and the thumbnail, which shows the photo before the
    edit, is unlinked. Everything else stays in its place.
    """
    file = io.BytesIO(exif)
    header = read_header(file)
    if header is None:
        return None
    order, patched = header.order, bytearray(exif)
    positions = _entry_positions(file, order, header.first)
    if not positions:
        return None
    after = positions[-1] + 12
    patched[after : after + 4] = bytes(min(4, len(patched) - after))
    _set_numbers(patched, order, positions, {_ORIENTATION: 1})
    pointer = read_directory(file, order, header.first).get(EXIF_POINTER)
    if pointer is not None:
        inner = _entry_positions(file, order, int.from_bytes(pointer.value[:4], "little"))
        _set_numbers(patched, order, inner, dict(zip(_PIXEL_SIZES, (width, height), strict=True)))
    return bytes(patched)


def with_color_space(exif: bytes, space: str) -> bytes:
    """`exif` with its color space, if it has one, set to `space`: "srgb", "adobe" or another one.

    EXIF knows only sRGB and "uncalibrated"; DCF adds a mark for Adobe RGB (1998).
    """
    file = io.BytesIO(exif)
    header = read_header(file)
    pointer = None if header is None else read_directory(file, header.order, header.first).get(EXIF_POINTER)
    if header is None or pointer is None:
        return exif
    order, patched = header.order, bytearray(exif)
    offset = int.from_bytes(pointer.value[:4], "little")
    number = _SRGB if space == "srgb" else _UNCALIBRATED
    _set_numbers(patched, order, _entry_positions(file, order, offset), {_COLOR_SPACE: number})
    marks = read_directory(file, order, offset).get(_INTEROPERABILITY)
    places = _entry_positions(file, order, int.from_bytes(marks.value[:4], "little")) if marks else []
    for position in places:
        if exif[position + 8 : position + 12] in (b"R98\0", b"R03\0"):
            patched[position + 8 : position + 12] = b"R03\0" if space == "adobe" else b"R98\0"
    return bytes(patched)


def _entry_positions(file: BinaryIO, order: str, offset: int) -> list[int]:
    """The offsets of the 12-byte entries of the directory at `offset`, as far as the file goes."""
    file.seek(0, io.SEEK_END)
    end = file.tell()
    file.seek(offset)
    raw = file.read(2)
    if len(raw) < 2:
        return []
    count = struct.unpack(order + "H", raw)[0]
    return [start for start in range(offset + 2, offset + 2 + 12 * count, 12) if start + 12 <= end]


def _set_numbers(block: bytearray, order: str, positions: list[int], numbers: Mapping[int, int]) -> None:
    for position in positions:
        tag, kind, count = struct.unpack_from(order + "HHI", block, position)
        if tag in numbers and count == 1 and kind in (3, 4):
            size = "H" if kind == 3 else "I"
            struct.pack_into(
                order + size, block, position + 8, min(numbers[tag], 0xFFFF if kind == 3 else 2**32 - 1)
            )


def _append(body: bytearray, entries: Directory, base: int, order: str) -> int:
    """Adds the values and the table of a directory to `body`; returns the table's offset in the file."""
    table = bytearray(struct.pack(order + "H", len(entries)))
    for tag, entry in sorted(entries.items()):
        width = _UNITS[entry.kind][1] if entry.kind in _UNITS else 4
        value = _swapped(entry.value, width) if order == ">" else entry.value
        if len(value) > 4:
            field = struct.pack(order + "I", base + len(body))
            body += value + bytes(len(value) % 2)
        else:
            field = value.ljust(4, b"\0")
        table += struct.pack(order + "HHI", tag, entry.kind, entry.count) + field
    offset = base + len(body)
    body += table + bytes(4)
    return offset


def _swapped(value: bytes, width: int) -> bytes:
    """`value` with the byte order of every `width`-byte number reversed."""
    if width == 1:
        return value
    return b"".join(value[i : i + width][::-1] for i in range(0, len(value), width))
