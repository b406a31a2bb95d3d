"""What packs are made of: photographs, REDS-like clips, videos. Finds them, and cuts one at a time.

Nothing here needs torch, so that the processes which cut start at once.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from fxdiffuse_gui.photo.image import FloatImage
from fxdiffuse_gui.photo.reader import read_pixels
from trainer.data.clips import cut_moments
from trainer.data.packfile import PackEntry, PhotoRecord, Split
from trainer.data.reds import clip_digest, find_clips, reds_moments
from trainer.data.tiles import FLAT_BELOW, PackOptions, encode_tile, sharpness, starts
from trainer.data.video import video_moments
from trainer.errors import TrainerError

_SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
_FLAT_SHARE = 0.1
Origins = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Source:
    """One photo, clip or video. path: the file, or a clip's folder of sharp frames. split: where the data
    set itself puts it, or None to let the validation share decide."""

    kind: Literal["photo", "reds", "video"]
    path: Path
    name: str
    source: str
    license: str
    split: Split | None = None

    def key(self, budget: float, options: PackOptions) -> str:
        """Stands for the source as it is now and for all that decides what is cut from it."""
        try:
            files = sorted(self.path.iterdir()) if self.kind == "reds" else [self.path]
            stamps = [(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in files]
        except OSError:
            stamps = []  # whoever reads it will say what is wrong
        settings = options.tile, options.quality, options.validation_share, options.exposures
        words = self.kind, str(self.path.resolve()), self.name, self.source, self.license, self.split
        return hashlib.sha256(repr((1, words, stamps, budget, settings)).encode()).hexdigest()[:32]


def find_photos(folders: list[Path]) -> list[Path]:
    """All photographs below the folders, sorted. Raises TrainerError when there are none."""
    for folder in folders:
        if not folder.is_dir():
            raise TrainerError(f"{folder} is not a folder of photographs.")
    found = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES)
    if not found:
        raise TrainerError(f"No photographs were found in {', '.join(map(str, folders))}.")
    return found


def find_sources(photos: list[Path], reds: list[Path], videos: list[Path]) -> list[Source]:
    """Everything to pack, in a fixed order. Raises TrainerError when a folder or file is missing or empty."""
    found: list[Source] = []
    if photos:
        origins = _origins(photos)
        found += [Source("photo", p, p.name, *_origin(origins, p.name)) for p in find_photos(photos)]
    for folder in reds:
        source, license_ = _origins([folder]).get(folder.name, ("REDS", "unknown"))
        for clip, split in find_clips(folder):
            name = clip.relative_to(folder).as_posix()
            found.append(Source("reds", clip, name, source, license_, split))
    for video in videos:
        if not video.is_file():
            raise TrainerError(f"There is no video file {video}.")
        found.append(Source("video", video, video.name, *_origin(_origins([video.parent]), video.name)))
    if not found:
        raise TrainerError("Nothing to pack: give --photos, --reds or --video.")
    return found


def cut_source(source: Source, budget: float, options: PackOptions) -> PackEntry:
    """Cuts the best tiles of a source, at most `budget` bytes of them.

    Raises TrainerError or PhotoError when the source cannot be read.
    """
    notes: list[str] = []
    pairs = []
    if source.kind == "photo":
        tiles = cut_photo(read_pixels(source.path), budget, options)
        digest = hashlib.sha256(source.path.read_bytes()).hexdigest()
    else:
        moments = (
            reds_moments(source.path, notes)
            if source.kind == "reds"
            else video_moments(source.path, options.exposures, notes)
        )
        tiles, pairs = cut_moments(moments, budget, options)
        digest = clip_digest(source.path) if source.kind == "reds" else _file_digest(source.path)
    split = source.split or choose_split(digest, options.validation_share)
    record = PhotoRecord(source.name, digest, source.source, source.license, len(tiles), split, source.kind)
    return PackEntry(record, tiles, pairs, notes)


def choose_split(digest: str, share: float) -> Split:
    """By content, so that a source keeps its split whatever it is packed with, and copies share it."""
    place = int(hashlib.sha256(f"split:{digest}".encode()).hexdigest()[:8], 16) / 2**32
    return "validation" if place < share else "train"


def cut_photo(pixels: FloatImage, budget: float, options: PackOptions) -> list[bytes]:
    """The sharpest tiles that fit into `budget` bytes, and a share of flat ones, so that skies are known.

    At native and at half scale: half scale is the sharpest, native the most plentiful.
    """
    side = options.tile
    candidates: list[tuple[float, bytes]] = []
    half = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) if min(
        pixels.shape[:2]
    ) > 1 else pixels[:0]  # fmt: skip
    for scale in (pixels, half):
        height, width = scale.shape[:2]
        for top in starts(height, side):
            for left in starts(width, side):
                tile = np.asarray(scale[top : top + side, left : left + side], np.float32)
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


def _origin(origins: Origins, name: str) -> tuple[str, str]:
    return origins.get(name, ("unknown", "unknown"))


def _origins(folders: list[Path]) -> Origins:
    """File name → (source, license) from every `manifest.json` in or beside the folders."""
    found: Origins = {}
    for folder in folders:
        for manifest in (folder.parent / "manifest.json", folder / "manifest.json"):
            if not manifest.is_file():
                continue
            try:
                for entry in json.loads(manifest.read_text("utf-8")):
                    found[Path(entry["file"]).name] = (str(entry["source"]), str(entry["license"]))
            except (ValueError, KeyError, TypeError) as error:
                raise TrainerError(f"{manifest} is not a list of files with source and license.") from error
    return found


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
