"""Packs: photographs as compressed tiles in one portable file, with where each came from.

A pack is a zip archive: `manifest.json` (format, tile size, and per photo its name, SHA-256, source and
license) and `tiles/NNNNNN.jpg`. Tiles are chosen by texture, sharpness and a share of flat ones.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.engine.checkpoint import write_atomically
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_pixels
from trainer.errors import TrainerError

FORMAT = "fxdiffuse-pack-1"
_SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
_FLAT_SHARE = 0.1
_MAX_TILES = 200_000
_MAX_TILE_BYTES = 1 << 22


@dataclass(frozen=True)
class PackOptions:
    """tile: side in px. quality: of the JPEG tiles. megabytes: upper limit of the pack's size."""

    tile: int = 256
    quality: int = 93
    megabytes: float = 48.0


@dataclass(frozen=True)
class PhotoRecord:
    """Where a photo of a pack came from. license is "unknown" when no manifest beside the photos says."""

    file: str
    sha256: str
    source: str
    license: str
    tiles: int


@dataclass(frozen=True)
class Pack:
    """tiles: (N, T, T, 3) uint8 sRGB. photos: their origin. digest: SHA-256 of the file."""

    tiles: NDArray[np.uint8]
    photos: tuple[PhotoRecord, ...]
    digest: str


@dataclass(frozen=True)
class _Candidate:
    score: float
    flat: bool
    data: bytes


def find_photos(folders: list[Path]) -> list[Path]:
    """All photographs below the folders, sorted. Raises TrainerError when there are none."""
    for folder in folders:
        if not folder.is_dir():
            raise TrainerError(f"{folder} is not a folder of photographs.")
    found = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES)
    if not found:
        raise TrainerError(f"No photographs were found in {', '.join(map(str, folders))}.")
    return found


def build_pack(
    folders: list[Path],
    path: Path,
    options: PackOptions,
    *,
    report: Callable[[int, int, str], None],
) -> list[PhotoRecord]:
    """Packs the photographs below `folders` into `path`.

    A file that cannot be read is reported and skipped. report(done, of, message) is called per photo.
    Raises TrainerError when nothing usable is found.
    """
    photos = find_photos(folders)
    licenses = _licenses(folders)
    budget = options.megabytes * 1e6 / len(photos)
    records: list[PhotoRecord] = []
    tiles: list[bytes] = []
    for index, photo in enumerate(photos):
        try:
            pixels = read_pixels(photo)
        except PhotoError as error:
            report(index + 1, len(photos), f"skipped: {error}")
            continue
        chosen = _choose(list(_candidates(pixels, options)), budget)
        tiles += chosen
        source, license_ = licenses.get(photo.name, ("unknown", "unknown"))
        digest = hashlib.sha256(photo.read_bytes()).hexdigest()
        records.append(PhotoRecord(photo.name, digest, source, license_, len(chosen)))
        report(index + 1, len(photos), photo.name)
    if not tiles:
        raise TrainerError(f"No photograph is at least {options.tile} px on both sides.")
    manifest = {"format": FORMAT, "tile": options.tile, "photos": [asdict(r) for r in records]}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        for index, data in enumerate(tiles):
            archive.writestr(f"tiles/{index:06d}.jpg", data)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, buffer.getvalue())
    return records


def load_pack(path: Path) -> Pack:
    """Reads and decodes a whole pack. Raises TrainerError when it is missing or damaged."""
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
            if manifest["format"] != FORMAT:
                raise TrainerError(f"{path} is a pack of another version; build it again.")
            side = int(manifest["tile"])
            names = sorted(n for n in archive.namelist() if n.startswith("tiles/"))
            if not 0 < len(names) <= _MAX_TILES or not 32 <= side <= 2048:
                raise ValueError("sizes")
            tiles = np.empty((len(names), side, side, 3), np.uint8)
            for index, name in enumerate(names):
                if archive.getinfo(name).file_size > _MAX_TILE_BYTES:
                    raise ValueError("tile size")
                encoded = np.frombuffer(archive.read(name), np.uint8)
                tiles[index] = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR_RGB))
        photos = tuple(PhotoRecord(**record) for record in manifest["photos"])
    except OSError as error:
        raise TrainerError(f"The pack {path} cannot be read: {error.strerror or error}.") from error
    except TrainerError:
        raise
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, cv2.error) as error:
        raise TrainerError(f"{path} is not a pack, or it is damaged; build it again.") from error
    return Pack(tiles, photos, hashlib.sha256(data).hexdigest())


def _candidates(pixels: NDArray[np.float32], options: PackOptions) -> Iterator[_Candidate]:
    """Tiles at native and at half scale; half scale is the sharpest, native the most plentiful."""
    side = options.tile
    half = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    for scale in (pixels, half):
        height, width = scale.shape[:2]
        for top in _starts(height, side):
            for left in _starts(width, side):
                tile = scale[top : top + side, left : left + side]
                encoded = (tile * 255).round().astype(np.uint8)
                gray = cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY)
                sharpness = float(np.abs(cv2.Laplacian(gray, cv2.CV_32F)).mean())
                ok, data = cv2.imencode(
                    ".jpg",
                    cv2.cvtColor(encoded, cv2.COLOR_RGB2BGR),
                    [
                        cv2.IMWRITE_JPEG_QUALITY, options.quality,
                        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
                    ],
                )  # fmt: skip
                if ok:
                    yield _Candidate(sharpness, sharpness < 0.01, data.tobytes())


def _starts(length: int, side: int) -> list[int]:
    """Starts of tiles that cover an axis evenly; none when it is too short."""
    if length < side:
        return []
    count = -(-length // side)
    return [round(i * (length - side) / max(count - 1, 1)) for i in range(count)]


def _choose(candidates: list[_Candidate], budget: float) -> list[bytes]:
    """The sharpest tiles that fit into `budget` bytes, and a share of flat ones, so that skies are known."""
    chosen: list[bytes] = []
    for flat, limit in ((False, budget * (1 - _FLAT_SHARE)), (True, budget * _FLAT_SHARE)):
        size = 0
        for candidate in sorted(candidates, key=lambda c: -c.score):
            if candidate.flat is flat and size + len(candidate.data) <= limit:
                chosen.append(candidate.data)
                size += len(candidate.data)
    return chosen


def _licenses(folders: list[Path]) -> dict[str, tuple[str, str]]:
    """File name → (source, license) from every `manifest.json` in or beside the folders."""
    found: dict[str, tuple[str, str]] = {}
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
