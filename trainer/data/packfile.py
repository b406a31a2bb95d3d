"""Packs on disk: tiles, and pairs of sharp and really blurred ones, in one portable file.

A pack is a zip archive: `manifest.json` (format, tile size, per photo or clip its name, SHA-256, source,
license, split and number of tiles; per pair its sharp tile, blurry file, extent and angle),
`tiles/NNNNNN.jpg` and `blurry/NNNNNN.jpg`. Format 1 had neither pairs nor splits and is still read.
"""

import hashlib
import io
import json
import lzma
import math
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.atomic import atomic_path
from trainer.data.tiles import jpeg_size
from trainer.errors import TrainerError

FORMAT = "fxdiffuse-pack-2"
_FORMER = "fxdiffuse-pack-1"
_MAX_TILES = 200_000
_MAX_TILE_BYTES = 1 << 22
_MAX_MANIFEST_BYTES = 1 << 27
_MAX_MEMORY = 1 << 36

Split = Literal["train", "validation"]


@dataclass(frozen=True)
class PhotoRecord:
    """Where a photo or clip of a pack came from. source and license are "unknown" when no manifest beside
    it says. kind: "photo", "reds" or "video"."""

    file: str
    sha256: str
    source: str
    license: str
    tiles: int
    split: Split = "train"
    kind: str = "photo"


@dataclass(frozen=True)
class PairTile:
    """A really blurred version of a tile. tile: which one. extent: px. angle: degrees. data: JPEG."""

    tile: int
    extent: float
    angle: float
    data: bytes


@dataclass(frozen=True)
class PackEntry:
    """What one photo or clip gives: compressed tiles, and pairs that count them from 0. notes: what had to
    be skipped."""

    record: PhotoRecord
    tiles: list[bytes]
    pairs: list[PairTile] = field(default_factory=list[PairTile])
    notes: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Pairs:
    """M really blurred tiles in order of their sharp ones. blurry: (M, T, T, 3) uint8. tile: (M,) index of
    the sharp tile. extent: (M,) px. angle: (M,) degrees counter-clockwise, modulo 180."""

    blurry: NDArray[np.uint8]
    tile: NDArray[np.int64]
    extent: NDArray[np.float32]
    angle: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.tile)


@dataclass(frozen=True)
class Pack:
    """One split of a pack. tiles: (N, T, T, 3) uint8 sRGB. photos: their origin, in order. digest: SHA-256
    of the file (of several merged packs: of their digests). pairs: None when there are none."""

    tiles: NDArray[np.uint8]
    photos: tuple[PhotoRecord, ...]
    digest: str
    pairs: Pairs | None = None


def write_pack(path: Path, side: int, cuttings: Iterable[PackEntry]) -> list[PhotoRecord]:
    """Writes a pack atomically; the same cuttings give the same bytes. Returns the records."""
    records: list[PhotoRecord] = []
    pairs: list[dict[str, Any]] = []
    count = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
        for cutting in cuttings:
            for pair in cutting.pairs:
                name = f"blurry/{len(pairs):06d}.jpg"
                _add(archive, name, pair.data)
                extent, angle = round(pair.extent, 3), round(pair.angle, 2)
                pairs.append({"tile": count + pair.tile, "blurry": name, "extent": extent, "angle": angle})
            for data in cutting.tiles:
                _add(archive, f"tiles/{count:06d}.jpg", data)
                count += 1
            records.append(cutting.record)
        document = {"format": FORMAT, "tile": side, "photos": [asdict(r) for r in records], "pairs": pairs}
        _add(archive, "manifest.json", json.dumps(document, indent=1).encode())
    return records


def read_cutting(path: Path) -> PackEntry:
    """The single photo or clip of a pack that holds one, still compressed. Raises TrainerError."""
    with _Reader(path) as reader:
        if len(reader.photos) != 1:
            raise ValueError("not one photo")
        pairs = [
            PairTile(p["tile"], float(p["extent"]), float(p["angle"]), reader.bytes(p["blurry"]))
            for p in reader.pairs
        ]
        return PackEntry(reader.photos[0], [reader.bytes(name) for name in reader.names], pairs)


def load_pack(path: Path, split: Split = "train") -> Pack:
    """Reads and decodes one split of a pack. Raises TrainerError when it is missing, damaged or empty."""
    with _Reader(path) as reader:
        kept = reader.chosen(split)
        if not kept:
            raise TrainerError(f"{path} holds nothing for {split}; build it with another --validation-share.")
        place = {tile: index for index, tile in enumerate(kept)}
        tiles = reader.decode([reader.names[tile] for tile in kept])
        pairs = sorted((p for p in reader.pairs if p["tile"] in place), key=lambda p: p["tile"])
        made = None
        if pairs:
            made = Pairs(
                reader.decode([p["blurry"] for p in pairs]),
                np.array([place[p["tile"]] for p in pairs], np.int64),
                np.array([p["extent"] for p in pairs], np.float32),
                np.array([p["angle"] for p in pairs], np.float32),
            )
        photos = tuple(photo for photo in reader.photos if photo.split == split)
        return Pack(tiles, photos, reader.digest, made)


def merge_packs(packs: list[Pack]) -> Pack:
    """Several packs as one, one after another. Raises TrainerError when their tiles differ in size."""
    if len(packs) == 1:
        return packs[0]
    if len({pack.tiles.shape[1] for pack in packs}) != 1:
        raise TrainerError("Packs with tiles of different sizes cannot be used together.")
    offsets = np.cumsum([0, *(len(pack.tiles) for pack in packs)])
    some = [(pack.pairs, offset) for pack, offset in zip(packs, offsets, strict=False) if pack.pairs]
    pairs = None
    if some:
        pairs = Pairs(
            np.concatenate([p.blurry for p, _ in some]),
            np.concatenate([p.tile + offset for p, offset in some]),
            np.concatenate([p.extent for p, _ in some]),
            np.concatenate([p.angle for p, _ in some]),
        )
    digest = hashlib.sha256("".join(pack.digest for pack in packs).encode()).hexdigest()
    photos = tuple(photo for pack in packs for photo in pack.photos)
    return Pack(np.concatenate([pack.tiles for pack in packs]), photos, digest, pairs)


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)


class _Reader:
    """An open pack whose manifest was checked; every error inside becomes a TrainerError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> "_Reader":
        try:
            data = self.path.read_bytes()
            self.digest = hashlib.sha256(data).hexdigest()
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._check(json.loads(self.bytes("manifest.json", _MAX_MANIFEST_BYTES)))
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        if isinstance(error, OSError):
            reason = error.strerror or error
            raise TrainerError(f"The pack {self.path} cannot be read: {reason}.") from error
        if isinstance(error, MemoryError):
            raise TrainerError(f"The pack {self.path} does not fit into memory.") from error
        damage = (
            ValueError, KeyError, TypeError, OverflowError, RuntimeError, EOFError, struct.error, zlib.error,
            lzma.LZMAError, zipfile.BadZipFile, cv2.error,
        )  # fmt: skip
        if isinstance(error, damage) and not isinstance(error, TrainerError):
            raise TrainerError(f"{self.path} is not a pack, or it is damaged; build it again.") from error

    def _check(self, manifest: dict[str, Any]) -> None:
        if manifest["format"] not in (FORMAT, _FORMER):
            raise TrainerError(f"{self.path} is a pack of another version; build it again.")
        self.former = manifest["format"] == _FORMER
        self.side = int(manifest["tile"])
        self.names = sorted(n for n in self._archive.namelist() if n.startswith("tiles/"))
        if len(self.names) > _MAX_TILES or not 32 <= self.side <= 2048:
            raise ValueError("sizes")
        self.photos = [PhotoRecord(**record) for record in manifest["photos"]]
        self.pairs: list[dict[str, Any]] = [] if self.former else list(manifest["pairs"])
        counts = [photo.tiles for photo in self.photos]
        if not self.former and (not all(type(c) is int and c >= 0 for c in counts) or
                                sum(counts) != len(self.names)):  # fmt: skip
            raise ValueError("tile counts")
        for photo in self.photos:
            words: list[Any] = [photo.file, photo.sha256, photo.source, photo.license, photo.kind]
            if photo.split not in ("train", "validation") or not all(isinstance(w, str) for w in words):
                raise ValueError("photo")
        if len(self.pairs) > _MAX_TILES:
            raise ValueError("pairs")
        for pair in self.pairs:
            if type(pair["tile"]) is not int or not 0 <= pair["tile"] < len(self.names):
                raise ValueError("pair")
            if not 0 < float(pair["extent"]) < 1e4 or not math.isfinite(float(pair["angle"])):
                raise ValueError("pair")

    def chosen(self, split: Split) -> list[int]:
        """Indices of the tiles of one split."""
        if self.former:
            return list(range(len(self.names))) if split == "train" else []
        splits = [photo.split for photo in self.photos for _ in range(photo.tiles)]
        return [index for index, own in enumerate(splits) if own == split]

    def bytes(self, name: str, limit: int = _MAX_TILE_BYTES) -> bytes:
        """A member's content. Raises ValueError when it is larger than it may be."""
        if self._archive.getinfo(name).file_size > limit:
            raise ValueError("member size")
        return self._archive.read(name)

    def decode(self, names: list[str]) -> NDArray[np.uint8]:
        """(N, T, T, 3) uint8 RGB."""
        if len(names) * self.side * self.side * 3 > _MAX_MEMORY:
            raise MemoryError
        tiles = np.empty((len(names), self.side, self.side, 3), np.uint8)
        for index, name in enumerate(names):
            data = self.bytes(name)
            if jpeg_size(data) != (self.side, self.side):
                raise ValueError("tile side")
            tiles[index] = np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB))
        return tiles
