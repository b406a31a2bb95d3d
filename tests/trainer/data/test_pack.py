"""Packs: tiles and records are read back as written; damaged files are refused."""

import hashlib
import random
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.conftest import TILE, silent, write_photo
from trainer.data.pack import Pack
from trainer.data.pack_builder import build_pack
from trainer.data.pack_file import load_pack
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError


def test_round_trip(pack: Pack, pack_file: Path, photos: Path) -> None:
    assert pack.tiles.dtype == np.uint8
    assert pack.tiles.shape[1:] == (TILE, TILE, 3)
    assert len(pack.tiles) == sum(photo.tiles for photo in pack.photos)
    assert pack.digest == hashlib.sha256(pack_file.read_bytes()).hexdigest()
    by_name = {photo.file: photo for photo in pack.photos}
    assert sorted(by_name) == [f"photo{i}.png" for i in range(4)]
    for name, photo in by_name.items():
        assert photo.sha256 == hashlib.sha256((photos / name).read_bytes()).hexdigest()
        assert photo.tiles > 0
    assert (by_name["photo0.png"].license, by_name["photo0.png"].source) == ("CC0", "https://example.org/0")
    assert by_name["photo1.png"].license == "CC-BY-4.0"
    assert by_name["photo3.png"].license == "unknown"


def test_tiles_are_cut_from_the_photos(pack: Pack, photos: Path) -> None:
    """Apart from JPEG artifacts, every tile is a part of a photo at full or half size."""
    pictures = []
    for i in range(4):
        pixels = cv2.imread(str(photos / f"photo{i}.png"), cv2.IMREAD_COLOR_RGB)
        assert pixels is not None
        pictures += [pixels, cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)]
    for tile in pack.tiles:
        scores = [
            cv2.matchTemplate(p, tile, cv2.TM_SQDIFF).min() / tile.size
            for p in pictures
            if min(p.shape[:2]) >= TILE
        ]
        assert min(scores) < 60  # squared levels; a wrong place costs thousands


def test_broken_files_are_skipped_and_reported(photos: Path, tmp_path: Path) -> None:
    reports: list[tuple[int, int, str]] = []
    records = build_pack(
        [photos], tmp_path / "p", PackOptions(tile=TILE), report=lambda *a: reports.append(a)
    )
    assert len(records) == 4
    assert any("skipped" in text and "broken.jpg" in text for _, _, text in reports)
    assert reports[-1][:2] == (5, 5)


def test_same_photos_give_the_same_pack(photos: Path, pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "again.fxpack"
    build_pack([photos], path, PackOptions(tile=TILE), report=silent)
    again = load_pack(path)
    assert np.array_equal(again.tiles, pack.tiles)
    assert again.photos == pack.photos


def test_limit_of_size(photos: Path, pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "small.fxpack"
    build_pack([photos], path, PackOptions(tile=TILE, megabytes=0.12), report=silent)
    assert 0 < len(load_pack(path).tiles) < len(pack.tiles)
    assert path.stat().st_size < 140_000


def test_nothing_usable(tmp_path: Path) -> None:
    with pytest.raises(TrainerError):
        build_pack([tmp_path / "none"], tmp_path / "p", PackOptions(), report=silent)
    with pytest.raises(TrainerError):
        build_pack([tmp_path], tmp_path / "p", PackOptions(), report=silent)
    write_photo(tmp_path / "small.png", 50, 50, 0)
    with pytest.raises(TrainerError, match="256 px"):
        build_pack([tmp_path], tmp_path / "p", PackOptions(), report=silent)
    assert not (tmp_path / "p").exists()


def test_manifest_of_another_kind(tmp_path: Path) -> None:
    write_photo(tmp_path / "photo.png", 100, 100, 0)
    (tmp_path / "manifest.json").write_text('{"photos": 3}')
    with pytest.raises(TrainerError, match=r"manifest\.json"):
        build_pack([tmp_path], tmp_path / "p", PackOptions(tile=TILE), report=silent)


@pytest.mark.parametrize("data", [b"", b"text, no pack\n" * 30, b"PK\x05\x06" + b"\0" * 18])
def test_files_of_another_kind(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "p.fxpack"
    path.write_bytes(data)
    with pytest.raises(TrainerError) as caught:
        load_pack(path)
    assert "\n" not in str(caught.value)
    assert "p.fxpack" in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="none"):
        load_pack(tmp_path / "none.fxpack")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_truncated(tmp_path: Path, pack_file: Path, share: float) -> None:
    data = pack_file.read_bytes()
    path = tmp_path / "p.fxpack"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(TrainerError):
        load_pack(path)


def test_random_damage_raises_nothing_else(tmp_path: Path, pack_file: Path) -> None:
    data = pack_file.read_bytes()
    draw = random.Random(1)
    path = tmp_path / "p.fxpack"
    # Where the manifest and the directory lie, damage hits more than pixels.
    ends = [*range(3000), *range(len(data) - 3000, len(data))]
    refused = 0
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(draw.choice((1, 4))):
            place = draw.choice(ends)
            changed[place] = draw.choice((draw.randrange(256), *b'0129{}[]",:'))
        path.write_bytes(changed)
        try:
            load_pack(path)
        except TrainerError:
            refused += 1
    assert refused > 20
