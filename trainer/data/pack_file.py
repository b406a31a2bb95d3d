"""Packs on disk: one portable file, written atomically and read as a file that may be hostile.

A pack is a zip archive:
- `manifest.json`: format, tile size; per photo or clip its name, hashes, source, license, split and number
  of tiles; per pair its sharp tile, blurry file, extent and angle;
- `tiles/NNNNNN.jpg` and `blurry/NNNNNN.jpg`.

Format 1 had neither pairs nor splits, format 2 no perceptual hashes; both can still be read.
"""

import hashlib
import io
import json
import lzma
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.core.atomic import atomic_path
from trainer.data.pack import Pack, PackEntry, Pairs, PairTile, PhotoRecord, Split
from trainer.data.tiles import jpeg_size
from trainer.errors import TrainerError

FORMAT = "fxdiffuse-pack-3"
_FORMAT_1, _FORMAT_2 = "fxdiffuse-pack-1", "fxdiffuse-pack-2"
_PHASH = re.compile("[0-9a-f]{16}")
_MAX_TILES = 200_000
_MAX_TILE_BYTES = 1 << 22
_MAX_MANIFEST_BYTES = 1 << 27
_MAX_MEMORY = 1 << 36
_DAMAGE = (
    ValueError, KeyError, TypeError, OverflowError, RuntimeError, EOFError, struct.error, zlib.error,
    lzma.LZMAError, zipfile.BadZipFile, cv2.error,
)  # fmt: skip


def write_pack(path: Path, side: int, entries: Iterable[PackEntry]) -> list[PhotoRecord]:
    """Writes a pack atomically; the same entries give the same bytes.

    side: of a tile, px. Returns the records. Raises OSError.
    """
    records: list[PhotoRecord] = []
    pairs: list[dict[str, Any]] = []
    count = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            for pair in entry.pairs:
                name = f"blurry/{len(pairs):06d}.jpg"
                _add(archive, name, pair.data)
                extent, angle = round(pair.extent, 3), round(pair.angle, 2)
                pairs.append({"tile": count + pair.tile, "blurry": name, "extent": extent, "angle": angle})
            for data in entry.tiles:
                _add(archive, f"tiles/{count:06d}.jpg", data)
                count += 1
            records.append(entry.record)
        document = {"format": FORMAT, "tile": side, "photos": [asdict(r) for r in records], "pairs": pairs}
        _add(archive, "manifest.json", json.dumps(document, indent=1).encode())
    return records


def read_entry(path: Path) -> PackEntry:
    """The only entry of a pack that holds one photo or clip, still compressed. Raises TrainerError."""
    with _PackReader(path) as reader:
        if len(reader.photos) != 1:
            raise ValueError("not one photo")
        pairs = [
            PairTile(p["tile"], float(p["extent"]), float(p["angle"]), reader.read(p["blurry"]))
            for p in reader.pairs
        ]
        return PackEntry(reader.photos[0], [reader.read(name) for name in reader.names], pairs)


def load_pack(path: Path, split: Split = "train") -> Pack:
    """Reads and decodes one split of a pack. Raises TrainerError when it is missing, damaged or empty."""
    pack = find_split(path, split)
    if pack is None:
        raise TrainerError(
            "{path} holds nothing for {split}; build it with another --validation-share.",
            path=path,
            split=split,
        )
    return pack


def find_split(path: Path, split: Split) -> Pack | None:
    """As `load_pack`, but None when the split is empty."""
    with _PackReader(path) as reader:
        tile_indices = reader.tiles_of(split)
        if not tile_indices:
            return None
        new_index = {tile: index for index, tile in enumerate(tile_indices)}
        tiles = reader.decode([reader.names[tile] for tile in tile_indices])
        pairs = sorted((p for p in reader.pairs if p["tile"] in new_index), key=lambda p: p["tile"])
        decoded = None
        if pairs:
            decoded = Pairs(
                reader.decode([p["blurry"] for p in pairs]),
                np.array([new_index[p["tile"]] for p in pairs], np.int64),
                np.array([p["extent"] for p in pairs], np.float32),
                np.array([p["angle"] for p in pairs], np.float32),
            )
        photos = tuple(photo for photo in reader.photos if photo.split == split)
        return Pack(tiles, photos, reader.digest, decoded)


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Adds a member without its time of writing, so that equal content gives equal bytes."""
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)


def _photo_record(values: dict[str, Any]) -> PhotoRecord:
    phashes: tuple[str, ...] = tuple(values.pop("phashes", ()))
    return PhotoRecord(**values, phashes=phashes)


class _PackReader:
    """An open pack with a checked manifest. Every error inside its `with` block becomes a TrainerError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> "_PackReader":
        try:
            data = self.path.read_bytes()
            self.digest = hashlib.sha256(data).hexdigest()
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._load_manifest(json.loads(self.read("manifest.json", _MAX_MANIFEST_BYTES)))
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, TrainerError):
            return
        if isinstance(error, OSError):
            reason = error.strerror or error
            raise TrainerError(
                "The pack {path} cannot be read: {reason}.", path=self.path, reason=reason
            ) from error
        if isinstance(error, MemoryError):
            raise TrainerError("The pack {path} does not fit into memory.", path=self.path) from error
        if isinstance(error, _DAMAGE):
            raise TrainerError(
                "{path} is not a pack, or it is damaged; build it again.", path=self.path
            ) from error

    def _load_manifest(self, manifest: dict[str, Any]) -> None:
        if manifest["format"] not in (FORMAT, _FORMAT_2, _FORMAT_1):
            raise TrainerError("{path} is a pack of another version; build it again.", path=self.path)
        self.is_format_1 = manifest["format"] == _FORMAT_1
        self.side = int(manifest["tile"])
        self.names = sorted(n for n in self._archive.namelist() if n.startswith("tiles/"))
        if len(self.names) > _MAX_TILES or not 32 <= self.side <= 2048:
            raise ValueError("sizes")
        self.photos = [_photo_record(dict(record)) for record in manifest["photos"]]
        self.pairs: list[dict[str, Any]] = [] if self.is_format_1 else list(manifest["pairs"])
        self._check_photos()
        self._check_pairs()

    def _check_photos(self) -> None:
        counts = [photo.tiles for photo in self.photos]
        are_counts = all(type(count) is int and count >= 0 for count in counts)
        if not self.is_format_1 and not (are_counts and sum(counts) == len(self.names)):
            raise ValueError("tile counts")
        for photo in self.photos:
            texts: list[Any] = [photo.file, photo.sha256, photo.source, photo.license, photo.kind]
            if photo.split not in ("train", "validation") or not all(isinstance(t, str) for t in texts):
                raise ValueError("photo")
            if any(_PHASH.fullmatch(phash) is None for phash in photo.phashes):
                raise ValueError("phash")

    def _check_pairs(self) -> None:
        if len(self.pairs) > _MAX_TILES:
            raise ValueError("pairs")
        for pair in self.pairs:
            if type(pair["tile"]) is not int or not 0 <= pair["tile"] < len(self.names):
                raise ValueError("pair")
            if not 0 < float(pair["extent"]) < 1e4 or not math.isfinite(float(pair["angle"])):
                raise ValueError("pair")

    def tiles_of(self, split: Split) -> list[int]:
        """Indices of the tiles of one split."""
        if self.is_format_1:
            return list(range(len(self.names))) if split == "train" else []
        splits = [photo.split for photo in self.photos for _ in range(photo.tiles)]
        return [index for index, own in enumerate(splits) if own == split]

    def read(self, name: str, limit: int = _MAX_TILE_BYTES) -> bytes:
        """A member's content. Raises ValueError when it is larger than `limit` bytes."""
        if self._archive.getinfo(name).file_size > limit:
            raise ValueError("member size")
        return self._archive.read(name)

    def decode(self, names: list[str]) -> NDArray[np.uint8]:
        """The named JPEGs as (N, T, T, 3) uint8 RGB. Raises ValueError when one has another size."""
        if len(names) * self.side * self.side * 3 > _MAX_MEMORY:
            raise MemoryError
        tiles = np.empty((len(names), self.side, self.side, 3), np.uint8)
        for index, name in enumerate(names):
            data = self.read(name)
            if jpeg_size(data) != (self.side, self.side):
                raise ValueError("tile side")
            tiles[index] = np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB))
        return tiles
