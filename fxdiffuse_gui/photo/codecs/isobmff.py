"""ISO base media files (AVIF, HEIC): what their boxes say about the first picture, read without a decoder.

ISO/IEC 14496-12 defines the boxes, ISO/IEC 23008-12 (HEIF) those of pictures.
"""

import struct
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, BinaryIO

# Larger boxes are not metadata; a hostile file could declare gigabytes.
_MAX_BOX = 32 << 20
_MAX_BOXES = 10_000
_XMP_TYPE = b"application/rdf+xml\0"

# (quarter turns counter-clockwise, mirror axis) → EXIF orientation; the turn comes before the mirror.
_ORIENTATIONS: dict[tuple[int, int | None], int] = {
    (0, None): 1, (1, None): 8, (2, None): 3, (3, None): 6,
    (0, 0): 4, (1, 0): 5, (2, 0): 2, (3, 0): 7,
    (0, 1): 2, (1, 1): 7, (2, 1): 4, (3, 1): 5,
}  # fmt: skip


@dataclass(frozen=True)
class StillImage:
    """width, height: as stored, before `orientation` (as in EXIF, 1..8) is applied. bit_depth: of a sample.
    transfer: the number of the transfer curve (ITU-T H.273), 2 when the file does not say."""

    width: int
    height: int
    bit_depth: int = 8
    orientation: int = 1
    transfer: int = 2
    icc_profile: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None


def read_still(file: BinaryIO) -> StillImage:
    """The first picture of an open file.

    Raises ValueError when its boxes are damaged, cut short or without a size, and OSError when it cannot be
    read.
    """
    try:
        return _read(file)
    except (struct.error, LookupError, OverflowError):
        raise ValueError("damaged boxes") from None


def _read(file: BinaryIO) -> StillImage:
    meta = dict(_boxes(_meta_box(file)[4:]))
    primary = _number(meta[b"pitm"][4:], 4 if meta[b"pitm"][0] else 2)
    items = dict(_items(meta[b"iinf"]))
    places = _places(meta[b"iloc"])
    blocks: dict[str, bytes] = {}
    for number, kind in items.items():
        if kind in ("exif", "xmp") and number in places:
            blocks.setdefault(kind, _content(file, places[number], meta.get(b"idat", b"")))
    properties = dict(_boxes(meta[b"iprp"]))
    found = _properties(properties[b"ipco"], _associations(properties[b"ipma"])[primary])
    exif = blocks.get("exif")
    if exif is not None:  # its first number is the offset of the TIFF structure
        exif = exif[4 + struct.unpack_from(">I", exif)[0] :]
    return StillImage(**found, exif=exif or None, xmp=blocks.get("xmp") or None)


def _meta_box(file: BinaryIO) -> bytes:
    position = 0
    for _ in range(_MAX_BOXES):
        file.seek(position)
        head = file.read(16)
        size, kind = struct.unpack_from(">I4s", head)
        start = 16 if size == 1 else 8
        if size == 1:
            size = struct.unpack_from(">Q", head, 8)[0]
        if kind == b"meta":
            file.seek(position + start)
            content = file.read(min(size - start, _MAX_BOX) if size else _MAX_BOX)
            if size and len(content) < size - start:
                break
            return content
        if size < start:
            break
        position += size
    raise ValueError("no meta box")


def _boxes(data: bytes) -> Generator[tuple[bytes, bytes]]:
    """(kind, content) of the boxes in `data`."""
    position = count = 0
    while position + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, position)
        count += 1
        if size < 8 or position + size > len(data) or count > _MAX_BOXES:
            raise ValueError("a box is larger than its parent")
        yield kind, data[position + 8 : position + size]
        position += size


def _items(data: bytes) -> Generator[tuple[int, str]]:
    """(item ID, "exif", "xmp" or "other") of every item."""
    for kind, content in _boxes(data[6 if data[0] == 0 else 8 :]):
        if kind != b"infe" or content[0] not in (2, 3):
            continue
        width = 2 if content[0] == 2 else 4
        what = content[6 + width : 10 + width]
        name = content[10 + width :].split(b"\0", 1)[-1]
        is_xmp = what == b"mime" and name.startswith(_XMP_TYPE)
        yield _number(content[4:], width), "exif" if what == b"Exif" else "xmp" if is_xmp else "other"


@dataclass(frozen=True)
class _Place:
    """method: 0 in the file, 1 in the 'idat' box. extents: (offset, length)."""

    method: int
    extents: tuple[tuple[int, int], ...]


def _places(data: bytes) -> dict[int, _Place]:
    """Item ID → where its content is."""
    version = data[0]
    offset_size, length_size, base_size = data[4] >> 4, data[4] & 15, data[5] >> 4
    index_size = data[5] & 15 if version else 0
    wide = 4 if version == 2 else 2
    position = 6

    def take(size: int) -> int:
        nonlocal position
        position += size
        return _number(data[position - size :], size)

    places: dict[int, _Place] = {}
    for _ in range(take(wide)):
        number = take(wide)
        method = take(2) & 15 if version else 0
        take(2)
        base = take(base_size)
        extents: list[tuple[int, int]] = []
        for _ in range(take(2)):
            take(index_size)
            offset = base + take(offset_size)
            extents.append((offset, take(length_size)))
        places[number] = _Place(method, tuple(extents))
    return places


def _content(file: BinaryIO, place: _Place, inside: bytes) -> bytes:
    """The bytes of an item; empty when they are incomplete or too many for metadata."""
    if sum(length for _, length in place.extents) > _MAX_BOX:
        return b""
    pieces: list[bytes] = []
    for offset, length in place.extents:
        if place.method == 1:
            piece = inside[offset : offset + length]
        else:
            file.seek(offset)
            piece = file.read(length)
        if len(piece) < length:
            return b""
        pieces.append(piece)
    return b"".join(pieces)


def _associations(data: bytes) -> dict[int, list[int]]:
    """Item ID → the numbers of its properties; the first property is 1."""
    wide_item, wide_index = 4 if data[0] else 2, 2 if data[3] & 1 else 1
    position = 8
    found: dict[int, list[int]] = {}
    for _ in range(_number(data[4:], 4)):
        item, count = _number(data[position:], wide_item), data[position + wide_item]
        position += wide_item + 1
        # The highest bit only says whether a reader must know the property.
        mask = 0x7FFF if wide_index == 2 else 0x7F
        starts = range(position, position + count * wide_index, wide_index)
        found[item] = [_number(data[start:], wide_index) & mask for start in starts]
        position += count * wide_index
    return found


def _properties(data: bytes, numbers: list[int]) -> dict[str, Any]:
    known = list(_boxes(data))
    found: dict[str, Any] = {}
    turn, mirror = 0, None
    for number in numbers:
        if not number:
            continue
        kind, content = known[number - 1]
        if kind == b"ispe":
            found["width"], found["height"] = struct.unpack_from(">II", content, 4)
        elif kind == b"pixi":
            found["bit_depth"] = max(content[5 : 5 + content[4]])
        elif kind == b"irot":
            turn = content[0] & 3
        elif kind == b"imir":
            mirror = content[0] & 1
        elif kind == b"colr" and content[:4] in (b"prof", b"rICC"):
            found["icc_profile"] = content[4:]
        elif kind == b"colr" and content[:4] == b"nclx":
            found["transfer"] = struct.unpack_from(">H", content, 6)[0]
        elif kind == b"av1C" and "bit_depth" not in found:
            deep = content[2] & 0x40
            found["bit_depth"] = (12 if content[2] & 0x20 else 10) if deep else 8
    if "width" not in found or not 8 <= found.get("bit_depth", 8) <= 16:
        raise ValueError("no size or an unknown depth")
    found["orientation"] = _ORIENTATIONS[turn, mirror]
    return found


def _number(data: bytes, size: int) -> int:
    if size and len(data) < size:
        raise ValueError("cut short")
    return int.from_bytes(data[:size], "big")
