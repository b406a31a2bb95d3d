"""Reading packs: format 1, and files that lie about their content."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.trainer.conftest import TILE
from trainer.data.pack_file import load_pack
from trainer.data.tiles import encode_tile, jpeg_size
from trainer.errors import TrainerError


def write_archive(path: Path, manifest: Any, files: dict[str, bytes]) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, data in files.items():
            archive.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    return path


def tile_bytes(level: int, side: int = TILE) -> bytes:
    return encode_tile(np.full((side, side, 3), level, np.uint8), 93)


OLD_PHOTO = {"file": "a.jpg", "sha256": "0", "source": "s", "license": "CC0", "tiles": 2}


def test_format_1_is_read(tmp_path: Path) -> None:
    manifest = {"format": "fxdiffuse-pack-1", "tile": TILE, "photos": [OLD_PHOTO]}
    files = {f"tiles/{i:06d}.jpg": tile_bytes(40 * i) for i in (2, 0, 1)}
    pack = load_pack(write_archive(tmp_path / "old.fxpack", manifest, files))
    assert [int(level) for level in pack.tiles[:, 5, 5, 0]] == [0, 40, 80]
    assert pack.pairs is None
    assert (pack.photos[0].license, pack.photos[0].split) == ("CC0", "train")


PAIR = {"tile": 0, "blurry": "blurry/000000.jpg", "extent": 3.0, "angle": 20.0}


@pytest.mark.parametrize(
    "change",
    [
        {"pairs": [PAIR | {"tile": 9}]}, {"pairs": [PAIR | {"tile": -1}]}, {"pairs": [PAIR | {"tile": "0"}]},
        {"pairs": [PAIR | {"blurry": "../x"}]}, {"pairs": [PAIR | {"extent": float("nan")}]},
        {"pairs": [PAIR | {"extent": -1}]}, {"pairs": [PAIR | {"angle": float("inf")}]}, {"pairs": [3]},
        {"pairs": None}, {"photos": [OLD_PHOTO | {"tiles": 7}]}, {"photos": [OLD_PHOTO | {"tiles": "2"}]},
        {"photos": [OLD_PHOTO | {"license": ["x"]}]}, {"photos": [OLD_PHOTO | {"split": "test"}]},
        {"photos": [OLD_PHOTO | {"phashes": ["0123"]}]}, {"photos": [OLD_PHOTO | {"phashes": 3}]},
        {"photos": [OLD_PHOTO | {"phashes": [7]}]},
        {"photos": 3}, {"tile": 10**9}, {"tile": 2048}, {"format": "fxdiffuse-pack-9"}, {"format": []},
    ],
)  # fmt: skip
def test_hostile_manifests(tmp_path: Path, change: dict[str, Any]) -> None:
    files = {f"tiles/{i:06d}.jpg": tile_bytes(i) for i in range(2)} | {"blurry/000000.jpg": tile_bytes(9)}
    manifest = {"format": "fxdiffuse-pack-2", "tile": TILE, "photos": [OLD_PHOTO], "pairs": [PAIR]}
    path = tmp_path / "p.fxpack"
    pairs = load_pack(write_archive(path, manifest, files)).pairs
    assert pairs is not None
    assert (float(pairs.extent[0]), float(pairs.angle[0])) == (3.0, 20.0)
    with pytest.raises(TrainerError, match=r"p\.fxpack"):
        load_pack(write_archive(path, manifest | change, files))


def test_bombs(tmp_path: Path) -> None:
    """Neither a huge manifest nor a huge picture is unpacked."""
    manifest = {"format": "fxdiffuse-pack-2", "tile": TILE, "photos": [OLD_PHOTO | {"tiles": 1}], "pairs": []}
    huge = bytearray(tile_bytes(0))
    place = huge.index(b"\xff\xc0") + 5
    huge[place : place + 4] = b"\xff\xdc\xff\xdc"
    assert jpeg_size(bytes(huge)) == (65500, 65500)
    for files in ({"tiles/000000.jpg": bytes(huge)}, {"tiles/000000.jpg": bytes(1 << 23)}):
        with pytest.raises(TrainerError):
            load_pack(write_archive(tmp_path / "p.fxpack", manifest, files))
    with pytest.raises(TrainerError):
        load_pack(write_archive(tmp_path / "p.fxpack", "x" * ((1 << 27) + 9), {}))
