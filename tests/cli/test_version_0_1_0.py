"""Files of version 0.1.0 on the command line: an export is made again, a preset and a project are used."""

import json
import shutil
from pathlib import Path

import pytest

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.photo.receipt import read_receipt
from tests.command_engine import CommandEngine

GOLDEN = Path(__file__).parents[1] / "golden" / "v0.1.0"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of 0.1.0 in a working directory of their own."""
    shutil.copytree(GOLDEN, tmp_path / "v0.1.0")
    monkeypatch.chdir(tmp_path / "v0.1.0")
    return tmp_path / "v0.1.0"


def test_an_export_is_made_again(capsys: pytest.CaptureFixture[str]) -> None:
    """By the model that 0.1.0 came with: identical, or on another processor one level of 8 bits off."""
    code = cli.main(["replay", "export.png", "--verify", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert not report["changed"] and report["source"].endswith("photo.png")
    assert report["difference"]["of"] == 255 and report["difference"]["maximum"] <= 1
    assert report["identical"] == (report["difference"]["maximum"] == 0) == (code == 0)


def test_its_receipt_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    receipt = read_receipt(Path("export.png"))
    assert (receipt.program, receipt.steps, receipt.source_name) == ("0.1.0", 4, "photo.png")
    assert {name: value for name, value in receipt.condition.items() if not isinstance(value, str)} == {
        "seed": 7, "inpaint": 1.0, "color": 1.0, "blur": 6.0, "sharpen": 1.5, "grain": 0.05,
        "blur_angle": 30.0,
    }  # fmt: skip


def test_a_preset_is_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = CommandEngine.installed(monkeypatch)
    flags = ["--preset", "autumn.json", "--reference", "reference.png", "--seed", "3"]
    assert cli.main(["edit", "photo.png", "-o", "out.png", *flags]) == 0
    (condition,) = [one.to_json() for one in engine.conditions]
    assert condition.pop("reference").startswith("5a43bd4f")
    assert condition == {"seed": 3, "color": 0.8, "sharpen": 4 / 3, "grain": 0.0345}


def test_a_project_is_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = CommandEngine.installed(monkeypatch)
    assert cli.main(["edit", "--project", "edit.fxd", "-o", "out.png"]) == 0
    (condition,) = [one.to_json() for one in engine.conditions]
    assert (condition["seed"], condition["grain_seed"], condition["color"]) == (41, 7, 0.8)
    assert condition["mask"].startswith("237c9efb") and "blur" not in condition
    assert read_receipt(Path("out.png")).project_name == "edit.fxd"
