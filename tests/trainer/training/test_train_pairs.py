"""Training on several packs, one of them with real blur."""

from pathlib import Path

import pytest

from fxdiffuse_gui.engine.checkpoint import load_model
from tests.trainer.conftest import TILE, silent
from tests.trainer.data.virtual_camera import Camera, write_video
from trainer.cli.main import main
from trainer.data.pack_builder import build_pack
from trainer.data.pack_file import load_pack
from trainer.data.tiles import PackOptions


def test_two_packs(pack_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    video = write_video(tmp_path / "clip.avi", Camera(3.4, 35.0).clip(5), 160)
    clip = tmp_path / "v.fxpack"
    build_pack([], clip, PackOptions(tile=TILE), videos=[video], report=silent)
    first, second = load_pack(pack_file), load_pack(clip)
    assert second.pairs is not None
    run = ["--run", str(tmp_path / "run"), "--recipe", "tiny", "--steps", "3"]
    assert main(["train", "--pack", str(pack_file), str(clip), *run]) == 0
    card = load_model(tmp_path / "run" / "model.safetensors").card
    assert card.data["tiles"] == len(first.tiles) + len(second.tiles)
    assert card.data["real_pairs"] == len(second.pairs)
    capsys.readouterr()
    assert main(["train", "--pack", str(pack_file), *run]) == 2
    assert "another" in capsys.readouterr().err
