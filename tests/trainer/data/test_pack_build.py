"""Building packs: splits, resuming, processes, shards."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.trainer.conftest import TILE, silent, write_photo
from tests.trainer.data.virtual_camera import Camera, write_video
from trainer.data import pack_builder as packs
from trainer.data.pack import merge_packs
from trainer.data.pack_builder import Shard, build_pack
from trainer.data.pack_file import load_pack
from trainer.data.sources import choose_split
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError

OPTIONS = PackOptions(tile=TILE)


def records_of(path: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))["photos"]


def test_bytes_depend_on_the_sources_alone(photos: Path, pack_file: Path, tmp_path: Path) -> None:
    again, parallel = tmp_path / "again.fxpack", tmp_path / "parallel.fxpack"
    build_pack([photos], again, OPTIONS, report=silent)
    reports: list[str] = []
    build_pack([photos], parallel, replace(OPTIONS, jobs=2), report=lambda _a, _b, text: reports.append(text))
    assert pack_file.read_bytes() == again.read_bytes() == parallel.read_bytes()
    assert any(text.startswith("skipped") and "broken.jpg" in text for text in reports)
    assert not [p for p in tmp_path.iterdir() if p.suffix == ".parts"]


def test_split_is_by_photo(photos: Path, tmp_path: Path) -> None:
    path = tmp_path / "split.fxpack"
    records = build_pack([photos], path, replace(OPTIONS, validation_share=0.5), report=silent)
    kinds = {split: [r for r in records if r.split == split] for split in ("train", "validation")}
    assert kinds["train"]
    assert kinds["validation"]
    whole = load_pack(tmp_path / "split.fxpack"), load_pack(path, "validation")
    for pack, split in zip(whole, kinds, strict=True):
        assert len(pack.tiles) == sum(r.tiles for r in kinds[split])
        assert list(pack.photos) == kinds[split]
    assert not {r.file for r in kinds["train"]} & {r.file for r in kinds["validation"]}


def test_share_of_the_split() -> None:
    chosen = [choose_split(f"{n:064x}", 0.2) for n in range(4000)]
    assert chosen.count("validation") / 4000 == pytest.approx(0.2, abs=0.02)
    assert all(choose_split(f"{n:064x}", 0.0) == "train" for n in range(100))
    kept = {n for n in range(1000) if choose_split(str(n), 0.1) == "validation"}
    assert kept <= {n for n in range(1000) if choose_split(str(n), 0.3) == "validation"}


def test_empty_split(pack_file: Path) -> None:
    with pytest.raises(TrainerError, match="validation-share"):
        load_pack(pack_file, "validation")


def test_an_interrupted_build_resumes(
    photos: Path, pack_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, names = tmp_path / "p.fxpack", []

    def interrupting(source: Any, *arguments: Any) -> Any:
        names.append(source.name)
        if len(names) == 4:
            raise KeyboardInterrupt
        return whole(source, *arguments)

    whole: Callable[..., Any] = packs.cut_source
    monkeypatch.setattr(packs, "cut_source", interrupting)
    with pytest.raises(KeyboardInterrupt):
        build_pack([photos], path, OPTIONS, report=silent)
    assert not path.exists()
    part = next((tmp_path / ".p.fxpack.parts").iterdir())
    part.write_bytes(part.read_bytes()[:200])  # as a failing disk might leave it
    reports: list[tuple[int, int, str]] = []
    names.clear()
    names += ["", "", "", ""]
    build_pack([photos], path, OPTIONS, report=lambda *a: reports.append(a))
    assert reports[0] == (1, 5, "1 were finished before")
    assert path.read_bytes() == pack_file.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["p.fxpack"]


def test_a_changed_photo_is_cut_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, path = tmp_path / "photos", tmp_path / "p.fxpack"
    folder.mkdir()
    write_photo(folder / "a.png", 100, 100, 0)
    monkeypatch.setattr(packs, "write_pack", stop_at(path, packs.write_pack))
    with pytest.raises(OSError, match="full"):
        build_pack([folder], path, OPTIONS, report=silent)
    monkeypatch.undo()
    write_photo(folder / "a.png", 100, 128, 1)
    record = build_pack([folder], path, OPTIONS, report=silent)[0]
    assert record.tiles == 4


def stop_at(path: Path, write: Callable[..., Any]) -> Callable[..., Any]:
    def stopping(target: Path, *arguments: Any) -> Any:
        if target == path:
            raise OSError("the disk is full")
        return write(target, *arguments)

    return stopping


def test_killed_and_resumed(tmp_path: Path) -> None:
    """After SIGKILL the workers end too, there is no half-written output, and the build can resume."""
    folder, path = tmp_path / "photos", tmp_path / "p.fxpack"
    folder.mkdir()
    for index in range(40):
        write_photo(folder / f"{index:02d}.png", 300, 300, index)
    command = ["pack", "--photos", str(folder), "-o", str(path), "--jobs", "2"]
    code = f"from trainer.cli.main import main; main({command!r})"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    parts, limit = tmp_path / ".p.fxpack.parts", time.monotonic() + 60
    while not (parts.is_dir() and len(list(parts.glob("[!.]*.part"))) >= 3) and time.monotonic() < limit:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not path.exists()
    done = len(list(parts.glob("[!.]*.part")))
    assert 3 <= done < 40
    reports: list[tuple[int, int, str]] = []
    records = build_pack([folder], path, PackOptions(), report=lambda *a: reports.append(a))
    assert len(records) == 40
    assert reports[0][0] >= done
    assert len(load_pack(path).photos) == 40


def test_shards(photos: Path, tmp_path: Path, pack_file: Path) -> None:
    path = tmp_path / "p.fxpack"
    for index in range(2):
        build_pack([photos], path, OPTIONS, report=silent, shard=Shard(index, 2))
    names = [f"p-0000{index}-of-00002.fxpack" for index in range(2)]
    assert sorted(p.name for p in tmp_path.iterdir()) == names
    shards = [load_pack(tmp_path / name) for name in names]
    whole, merged = load_pack(pack_file), merge_packs(shards)
    assert sorted(p.file for p in merged.photos) == sorted(p.file for p in whole.photos)
    assert len(merged.tiles) == len(whole.tiles)
    assert merged.digest not in {pack.digest for pack in shards}
    assert merge_packs([whole]) is whole
    with pytest.raises(TrainerError, match="fewer processes"):
        build_pack([photos], path, OPTIONS, report=silent, shard=Shard(7, 8))


def test_pairs_of_merged_packs_keep_their_tiles(tmp_path: Path, pack_file: Path) -> None:
    video = write_video(tmp_path / "clip.avi", Camera(3.4, 35.0).clip(5), 160)
    build_pack([], tmp_path / "v.fxpack", OPTIONS, videos=[video], report=silent)
    plain, clip = load_pack(pack_file), load_pack(tmp_path / "v.fxpack")
    merged = merge_packs([plain, clip, clip])
    assert clip.pairs is not None
    assert merged.pairs is not None
    assert len(merged.pairs) == 2 * len(clip.pairs)
    for index in (0, len(clip.pairs)):
        own = merged.tiles[merged.pairs.tile[index]]
        assert np.array_equal(own, clip.tiles[clip.pairs.tile[0]])
    with pytest.raises(TrainerError, match="different sizes"):
        merge_packs([plain, replace(clip, tiles=clip.tiles[:, :32, :32])])


@pytest.mark.parametrize(
    "options",
    [{"megabytes": 0}, {"validation_share": 1.0}, {"exposures": (0.0,)}, {"jobs": 0}, {"tile": 8}],
)
def test_options_out_of_range(photos: Path, tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(TrainerError):
        build_pack([photos], tmp_path / "p", PackOptions(**options), report=silent)


def test_links_and_folders_with_names_of_photos(photos: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    (folder / "folder.jpg").mkdir(parents=True)
    write_photo(folder / "a.png", 100, 100, 0)
    if os.name == "posix":
        (folder / "gone.png").symlink_to(folder / "nowhere.png")
    records = build_pack([folder], tmp_path / "p", OPTIONS, report=silent)
    assert [r.file for r in records] == ["a.png"]
