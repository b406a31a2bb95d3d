"""The contact sheet, and the commands around packs."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.conftest import TILE, silent
from tests.trainer.data.virtual_camera import Camera, write_video
from trainer.cli import pack as cli_pack
from trainer.cli.main import main
from trainer.data.contact_sheet import write_sheet
from trainer.data.pack import Pack
from trainer.data.pack_builder import Shard, build_pack
from trainer.data.pack_file import load_pack
from trainer.data.tiles import PackOptions

ROW, COLUMN, SIZE = 100 + 24, 100 + 4, 100


def cell(sheet: np.ndarray, row: int, column: int) -> np.ndarray:
    top, left = 4 + row * ROW + 20, 4 + column * COLUMN
    return sheet[top : top + SIZE, left : left + SIZE].astype(int)


def read(path: Path) -> np.ndarray:
    sheet = cv2.imread(str(path))
    assert sheet is not None
    return sheet


def test_sheet(pack: Pack, tmp_path: Path) -> None:
    write_sheet(tmp_path / "sheet.png", pack, 0, SIZE)
    sheet = read(tmp_path / "sheet.png")
    assert sheet.shape == (6 * ROW + 4, 6 * COLUMN + 4, 3)
    for row in (0, 1, 2):  # blur, sharpening, grain: every step is further from the input
        distances = [np.abs(cell(sheet, row, c) - cell(sheet, row, 0)).mean() for c in range(1, 6)]
        assert min(distances) > 0
        assert distances == sorted(distances)
    write_sheet(tmp_path / "again.png", pack, 0, SIZE)
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "sheet.png").read_bytes()


def test_real_pairs_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    video = write_video(tmp_path / "clip.avi", Camera(3.4, 35.0).clip(5), 160)
    build_pack([], tmp_path / "v.fxpack", PackOptions(tile=TILE), videos=[video], report=silent)
    pairs = load_pack(tmp_path / "v.fxpack").pairs
    assert pairs is not None
    arguments = ["show", str(tmp_path / "v.fxpack"), "-o", str(tmp_path / "new" / "s.png"), "--size", "100"]
    assert main(arguments) == 0
    assert f"{len(pairs)} real pairs" in capsys.readouterr().out
    sheet = read(tmp_path / "new" / "s.png")
    rows = (len(sheet) - 4) // ROW
    assert rows == 6 + min(len(np.unique(pairs.tile)), 6)
    assert np.abs(cell(sheet, 6, 1) - cell(sheet, 6, 0)).mean() > 0


def test_pack_command(photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.fxpack"
    command = ["pack", "--photos", str(photos), "-o", str(path), "--jobs", "1", "--validation-share", "0.5"]
    assert main(command) == 2  # the photos are too small for tiles of 256 px
    assert "256 px" in capsys.readouterr().err
    build_pack([photos], path, PackOptions(tile=TILE, validation_share=0.5), report=silent)
    text = cli_pack.summary(load_pack(path).photos + load_pack(path, "validation").photos, path)
    assert "(CC0)" in text
    assert "validation" in text
    assert "4 photos and clips" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pack", "-o", "p"], "--photos, --reds or --video"),
        (["pack", "--photos", ".", "-o", "p", "--validation-share", "1"], "--validation-share"),
        (["pack", "--reds", ".", "-o", "p"], "train_sharp"),
        (["show", "none.fxpack", "-o", "s.png"], "none.fxpack"),
        (["show", "none.fxpack", "-o", "s.png", "--size", "3"], "--size"),
    ],
)
def test_one_line_of_error(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_share_of_the_only_process() -> None:
    assert cli_pack.current_shard() == Shard(0, 1)
    assert Shard(2, 4).file(Path("a/b.fxpack")) == Path("a/b-00002-of-00004.fxpack")
