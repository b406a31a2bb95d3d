"""What packs are made of: photos, REDS clips and videos. Finds them, and cuts tiles from one at a time.

Nothing here imports torch, so that the worker processes start quickly.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.photo.image import FloatImage
from fxdiffuse_gui.photo.reader import read_pixels
from trainer.data.clips import BlurredFrame, cut_pairs
from trainer.data.fingerprints import perceptual_hash
from trainer.data.pack import Kind, PackEntry, PairTile, PhotoRecord, Split
from trainer.data.reds import clip_sha256, find_clips, reds_frames
from trainer.data.tiles import FLAT_BELOW, PackOptions, encode_tile, sharpness, tile_starts
from trainer.data.video import video_frames
from trainer.errors import TrainerError

_SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
_FLAT_SHARE = 0.1
_UNKNOWN = ("unknown", "unknown")

Origins = dict[str, tuple[str, str]]
"""File name → (source, license)."""


@dataclass(frozen=True)
class Source:
    """One photo, clip or video.

    path: the file, or the folder of a clip's sharp frames. split: where the data set itself puts it; None
    lets the validation share decide.
    """

    kind: Kind
    path: Path
    name: str
    source: str
    license: str
    split: Split | None = None

    def key(self, budget: float, options: PackOptions) -> str:
        """32 hex digits that change with the source's files and with every option that decides what is cut
        from it. budget: bytes."""
        try:
            files = sorted(self.path.iterdir()) if self.kind == "reds" else [self.path]
            stamps = [(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in files]
        except OSError:
            stamps = []  # reading the source will report what is wrong
        settings = options.tile, options.quality, options.validation_share, options.exposures
        names = self.kind, str(self.path.resolve()), self.name, self.source, self.license, self.split
        return hashlib.sha256(repr((2, names, stamps, budget, settings)).encode()).hexdigest()[:32]


def find_photos(folders: list[Path]) -> list[Path]:
    """All photos below the folders, sorted by path. Raises TrainerError when there are none."""
    for folder in folders:
        if not folder.is_dir():
            raise TrainerError("{folder} is not a folder of photographs.", folder=folder)
    found = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES)
    if not found:
        raise TrainerError("No photographs were found in {folders}.", folders=", ".join(map(str, folders)))
    return found


def find_sources(photos: list[Path], reds: list[Path], videos: list[Path]) -> list[Source]:
    """Everything to pack, in a fixed order.

    photos: folders. reds: folders in the layout of REDS. videos: files. Raises TrainerError when one of them
    is missing or empty.
    """
    found: list[Source] = []
    if photos:
        origins = _read_origins(photos)
        found += [Source("photo", p, p.name, *origins.get(p.name, _UNKNOWN)) for p in find_photos(photos)]
    for folder in reds:
        source, license_ = _read_origins([folder]).get(folder.name, ("REDS", "unknown"))
        for clip, split in find_clips(folder):
            name = clip.relative_to(folder).as_posix()
            found.append(Source("reds", clip, name, source, license_, split))
    for video in videos:
        if not video.is_file():
            raise TrainerError("There is no video file {path}.", path=video)
        origin = _read_origins([video.parent]).get(video.name, _UNKNOWN)
        found.append(Source("video", video, video.name, *origin))
    if not found:
        raise TrainerError("Nothing to pack: give --photos, --reds or --video.")
    return found


def cut_source(source: Source, budget: float, options: PackOptions) -> PackEntry:
    """Cuts the best tiles of a source, at most `budget` bytes of them.

    Raises TrainerError or PhotoError when the source cannot be read.
    """
    notes: list[str] = []
    pairs: list[PairTile] = []
    phashes: list[str] = []
    if source.kind == "photo":
        pixels = read_pixels(source.path)
        tiles = cut_photo(pixels, budget, options)
        phashes.append(perceptual_hash(pixels).hex())
        sha256, _ = file_sha256(source.path)
    elif source.kind == "reds":
        frames = _hashed(reds_frames(source.path, notes), phashes)
        tiles, pairs = cut_pairs(frames, budget, options)
        sha256 = clip_sha256(source.path)
    else:
        frames = _hashed(video_frames(source.path, options.exposures, notes), phashes)
        tiles, pairs = cut_pairs(frames, budget, options)
        sha256, _ = file_sha256(source.path)
    split = source.split or choose_split(sha256, options.validation_share)
    record = PhotoRecord(
        source.name, sha256, source.source, source.license, len(tiles), split, source.kind, tuple(phashes)
    )
    return PackEntry(record, tiles, pairs, notes)


def _hashed(frames: Iterable[BlurredFrame], phashes: list[str]) -> Iterator[BlurredFrame]:
    """The same frames; their perceptual hashes are appended to `phashes` on the way."""
    for frame in frames:
        phashes.append(perceptual_hash(as_float(frame.sharp)).hex())
        yield frame


def choose_split(sha256: str, validation_share: float) -> Split:
    """The split of a source by its content: the same in every pack, and the same for copies of a file."""
    number = int(hashlib.sha256(f"split:{sha256}".encode()).hexdigest()[:8], 16) / 2**32
    return "validation" if number < validation_share else "train"


def cut_photo(pixels: FloatImage, budget: float, options: PackOptions) -> list[bytes]:
    """The sharpest tiles of a photo that fit into `budget` bytes, as JPEGs; a tenth of the bytes goes to flat
    tiles, so that a model also learns skies.

    pixels: (H, W, 3) in [0, 1]. Tiles come from the photo at full size, of which there are most, and from the
    photo at half size, which is sharpest.
    """
    side = options.tile
    candidates: list[tuple[float, bytes]] = []
    scales = [pixels]
    if min(pixels.shape[:2]) > 1:
        half = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        scales.append(half.astype(np.float32, copy=False))
    for scaled in scales:
        height, width = scaled.shape[:2]
        for top in tile_starts(height, side):
            for left in tile_starts(width, side):
                tile = np.asarray(scaled[top : top + side, left : left + side], np.float32)
                encoded = (tile * 255).round().astype(np.uint8)
                candidates.append((sharpness(tile), encode_tile(encoded, options.quality)))
    candidates.sort(key=lambda c: -c[0])
    chosen: list[bytes] = []
    for flat, limit in ((False, budget * (1 - _FLAT_SHARE)), (True, budget * _FLAT_SHARE)):
        size = 0
        for score, data in candidates:
            if (score < FLAT_BELOW) is flat and size + len(data) <= limit:
                chosen.append(data)
                size += len(data)
    return chosen


def _read_origins(folders: list[Path]) -> Origins:
    """Sources and licenses from every `manifest.json` in the folders or next to them."""
    found: Origins = {}
    for folder in folders:
        for manifest in (folder.parent / "manifest.json", folder / "manifest.json"):
            if not manifest.is_file():
                continue
            try:
                for entry in json.loads(manifest.read_text("utf-8")):
                    found[Path(entry["file"]).name] = (str(entry["source"]), str(entry["license"]))
            except (ValueError, KeyError, TypeError) as error:
                raise TrainerError(
                    "{path} is not a list of files with source and license.", path=manifest
                ) from error
    return found
