"""What a pack holds: tiles, pairs of a sharp and a really blurred tile, and where each photo came from."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trainer.errors import TrainerError

Split = Literal["train", "validation"]
Kind = Literal["photo", "reds", "video"]


@dataclass(frozen=True)
class PhotoRecord:
    """Where a photo or clip of a pack came from.

    file: name, for clips relative to the data set's folder. sha256: of the file, in hex (for a REDS clip:
    over all its sharp frames). source, license: from the manifest next to the photos, else "unknown". tiles:
    how many it gave. kind: "photo", "reds" or "video". phashes: perceptual hashes in hex
    (see `trainer.data.fingerprints`), one of a photo, one per used frame of a clip; none in packs before
    format 3.
    """

    file: str
    sha256: str
    source: str
    license: str
    tiles: int
    split: Split = "train"
    kind: str = "photo"
    phashes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PairTile:
    """A really blurred version of a tile, compressed.

    tile: index of the sharp tile. extent: px. angle: degrees counter-clockwise from +x. data: JPEG.
    """

    tile: int
    extent: float
    angle: float
    data: bytes


@dataclass(frozen=True)
class PackEntry:
    """What one photo or clip contributes to a pack.

    tiles: JPEGs. pairs: their `tile` counts from 0 within this entry. notes: what had to be skipped.
    """

    record: PhotoRecord
    tiles: list[bytes]
    pairs: list[PairTile] = field(default_factory=list[PairTile])
    notes: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Pairs:
    """M really blurred tiles, sorted by their sharp tile.

    blurry: (M, T, T, 3) uint8 sRGB. tile: (M,) index of the sharp tile. extent: (M,) px. angle: (M,) degrees
    counter-clockwise from +x, modulo 180.
    """

    blurry: NDArray[np.uint8]
    tile: NDArray[np.int64]
    extent: NDArray[np.float32]
    angle: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.tile)


@dataclass(frozen=True)
class Pack:
    """One split of a pack, decoded.

    tiles: (N, T, T, 3) uint8 sRGB. photos: where they came from, in order. digest: SHA-256 of the file (for
    merged packs: of their digests). pairs: None when the pack has none.
    """

    tiles: NDArray[np.uint8]
    photos: tuple[PhotoRecord, ...]
    digest: str
    pairs: Pairs | None = None


def merge_packs(packs: list[Pack]) -> Pack:
    """Several packs as one, in order. Raises TrainerError when their tiles differ in size."""
    if len(packs) == 1:
        return packs[0]
    if len({pack.tiles.shape[1] for pack in packs}) != 1:
        raise TrainerError("Packs with tiles of different sizes cannot be used together.")
    offsets = np.cumsum([0, *(len(pack.tiles) for pack in packs)])
    with_offsets = [(pack.pairs, offset) for pack, offset in zip(packs, offsets, strict=False) if pack.pairs]
    pairs = None
    if with_offsets:
        pairs = Pairs(
            np.concatenate([p.blurry for p, _ in with_offsets]),
            np.concatenate([p.tile + offset for p, offset in with_offsets]),
            np.concatenate([p.extent for p, _ in with_offsets]),
            np.concatenate([p.angle for p, _ in with_offsets]),
        )
    digest = hashlib.sha256("".join(pack.digest for pack in packs).encode()).hexdigest()
    photos = tuple(photo for pack in packs for photo in pack.photos)
    return Pack(np.concatenate([pack.tiles for pack in packs]), photos, digest, pairs)
