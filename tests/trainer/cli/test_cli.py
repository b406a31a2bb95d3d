"""`fxdiffuse-train` from photos to an edit, and its error messages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.checkpoint import load_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.pipeline import edit
from tests.engine.golden import GOLDEN
from tests.engine.tiny import textured
from tests.trainer.conftest import write_photo
from trainer.cli.main import main
from trainer.recipes import RECIPES

Line = Callable[[list[str]], str]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Line:
    """Runs a command that must fail, and returns its error line."""

    def run(arguments: list[str]) -> str:
        try:
            code = main(arguments)
        except SystemExit as leaving:
            code = leaving.code
        assert code == 2
        captured = capsys.readouterr()
        lines = captured.err.splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("fxdiffuse-train")
        assert captured.out == ""
        return lines[0]

    return run


def test_from_photos_to_an_edit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, pack, run, model = (tmp_path / n for n in ("photos", "a.fxpack", "run", "out/m.safetensors"))
    folder.mkdir()
    write_photo(folder / "photo.png", 300, 280, 0)
    assert main(["pack", "--photos", str(folder), "-o", str(pack)]) == 0
    assert "of 1 photo" in capsys.readouterr().out.replace("photos", "photo")
    train = ["train", "--pack", str(pack), "--run", str(run), "--recipe", "tiny", "--steps", "3"]
    assert main(train) == 0
    assert str(run / "model.safetensors") in capsys.readouterr().out
    assert main(["export", str(run), "-o", str(model)]) == 0
    assert "tiny, 3 steps" in capsys.readouterr().out
    assert model.read_bytes() == (run / "model.safetensors").read_bytes()
    photo = textured(40, 44)
    edited = edit(photo, EditCondition(grain=0.05, blur=4.0), load_model(model, "cpu"), steps=2)
    assert not np.array_equal(edited, photo)
    assert main(train) == 0  # a finished run: nothing to do


def test_bad_input(refused: Line, tmp_path: Path, pack_file: Path, held_out: Path, run_folder: Path) -> None:
    out, run, text = tmp_path / "out", tmp_path / "run", tmp_path / "notes.txt"
    text.write_text("not a pack, not a model")
    assert "none" in refused(["pack", "--photos", str(tmp_path / "none"), "-o", str(out)])
    train = ["train", "--run", str(run), "--recipe", "tiny"]
    assert "none" in refused([*train, "--pack", str(tmp_path / "none")])
    assert "notes.txt" in refused([*train, "--pack", str(text)])
    assert "--steps" in refused([*train, "--pack", str(pack_file), "--steps", "0"])
    assert "notes.txt" in refused([*train, "--pack", str(pack_file), "--from", str(text)])
    assert "smaller" in refused(["train", "--run", str(run), "--pack", str(pack_file)])
    measure = ["evaluate", "--photos", str(held_out), "-o", str(out)]
    assert "notes.txt" in refused([*measure, str(text)])
    assert "px" in refused([*measure, str(run_folder / "model.safetensors"), "--size", "999"])
    assert "model.safetensors" in refused(["export", str(tmp_path), "-o", str(out)])
    assert not out.exists()


def report_of(model: str, psnr: float = 40.0) -> dict[str, Any]:
    exact = {
        task: {"model": {"psnr": [psnr, 39.0, 41.0]}} for task in ("inpaint", "color", "blur", "sharpen")
    }
    single = {**exact, "grain": {"grain": {"std_over_operator": [1.01, 1.0, 1.02]}}}
    return {
        "model": model, "card": "tiny", "cases": [], "crops": 3, "size": 64, "summary": {"single": single},
    }  # fmt: skip


def test_export_includes_the_figures_of_an_evaluation(
    tmp_path: Path, run_folder: Path, refused: Line
) -> None:
    measured = load_model(run_folder / "model.safetensors", "cpu")
    report, out = tmp_path / "report.json", tmp_path / "m.safetensors"
    export = ["export", str(run_folder), "-o", str(out), "--report", str(report)]
    report.write_text(json.dumps(report_of("0" * 64)))
    assert "another model" in refused(export) and not out.exists()
    report.write_text(json.dumps({**report_of(measured.digest), "summary": {}}))
    assert "single effects" in refused(export) and not out.exists()
    report.write_text(json.dumps(report_of(measured.digest)))
    assert main(export) == 0
    exported = load_model(out, "cpu")
    psnr = dict.fromkeys(("inpaint", "color", "blur", "sharpen"), 40.0)
    assert exported.card.data["quality"] == {"crops": 3, "size": 64, "psnr": psnr, "grain": 1.01}
    assert exported.card.data["pack"] == measured.card.data["pack"]
    for name, weight in measured.denoiser.state_dict().items():
        assert torch.equal(weight, exported.denoiser.state_dict()[name])


def test_calibrate(refused: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calibrate = ["calibrate", "--photos", str(tmp_path), "--size", "256"]
    assert "No photographs" in refused(calibrate)
    write_photo(tmp_path / "0.png", 260, 256, 0)
    assert "Two photos" in refused(calibrate)
    write_photo(tmp_path / "1.png", 256, 256, 1)
    assert "--size" in refused([*calibrate, "--size", "64"])
    assert "none" in refused(["calibrate", "--photos", str(tmp_path / "none")])
    assert main(calibrate) == 0
    assert "| blind grain std | 16 |" in capsys.readouterr().out


def test_grain_plot(
    refused: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "plot.png"
    assert "--reference" in refused(["grain-plot", "--reference", str(tmp_path), "-o", str(output)])
    assert not output.exists()
    monkeypatch.setattr("trainer.evaluation.grain_plot._METHODS", ("fast",))  # the other takes a minute
    assert main(["grain-plot", "--reference", str(GOLDEN / "grain"), "-o", str(output)]) == 0
    assert capsys.readouterr().out.strip() == str(output)
    assert cv2.imread(str(output)) is not None


def test_photos_that_are_too_small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_photo(tmp_path / "small.png", 100, 400, 0)
    assert main(["pack", "--photos", str(tmp_path), "-o", str(tmp_path / "out")]) == 2
    assert "256 px" in capsys.readouterr().err.splitlines()[-1]  # after the lines of progress
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["other"], ["pack"], ["train", "--steps", "many"], ["evaluate", "--device", "tpu"]]
)
def test_bad_usage(refused: Line, arguments: list[str]) -> None:
    refused(arguments)


def test_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pack_file: Path, tmp_path: Path
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("trainer.training.loop.draw_batch", interrupt)
    assert main(["train", "--recipe", "tiny", "--pack", str(pack_file), "--run", str(tmp_path)]) == 130
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_every_recipe_can_be_asked_for(recipe: str, refused: Line, tmp_path: Path) -> None:
    """The parser must not import their module, because that imports torch."""
    line = refused(
        ["train", "--recipe", recipe, "--pack", str(tmp_path / "gone.fxpack"), "--run", str(tmp_path)]
    )
    assert "gone.fxpack" in line
