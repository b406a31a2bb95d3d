"""Evaluation: the files it writes, the metrics of a tiny model and of a perfect one."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.engine.checkpoint import ModelError
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from tests.trainer.conftest import silent
from trainer.errors import TrainerError
from trainer.evaluation import evaluate as module
from trainer.evaluation.cases import TONES
from trainer.evaluation.evaluate import EvaluateOptions, evaluate
from trainer.evaluation.operators import operator_output

OPTIONS = EvaluateOptions(crops=2, size=64, steps=1, device="cpu", sections=("single",), few=1)
GROUPS = {"blur", "sharpen", "grain", "color", "inpaint", "all five"}


@pytest.fixture(autouse=True)
def _without_lpips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FXDIFFUSE_LPIPS", raising=False)


@pytest.fixture(scope="module")
def document(run_folder: Path, held_out: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of the tiny model, and its folder."""
    output = tmp_path_factory.mktemp("evaluation") / "new"
    reports: list[tuple[int, int, str]] = []
    page = evaluate(
        run_folder / "model.safetensors", [held_out], output, OPTIONS, report=lambda *a: reports.append(a)
    )
    assert page == output / "report.md"
    assert reports[-1][0] == reports[-1][1] == len(reports)
    return {**json.loads((output / "report.json").read_text()), "folder": output}


def test_files(document: dict[str, Any]) -> None:
    folder = document["folder"]
    names = {"report.json", "report.md", "report.html", "journal.jsonl", "pictures"}
    assert {p.name for p in folder.iterdir()} == names
    page = (folder / "report.md").read_text()
    assert all(group in page for group in GROUPS)
    assert document["model"] in page
    html = (folder / "report.html").read_text()
    assert html.count('src="data:image/jpeg;base64,') == html.count("<img") == len(GROUPS)
    assert "http" not in html


def test_metrics_are_plausible(document: dict[str, Any]) -> None:
    assert (document["crops"], document["size"], document["steps"]) == (2, 64, 1)
    summary = document["summary"]["single"]
    assert set(summary) == GROUPS
    for figures in summary.values():
        for who in ("model", "identity"):
            assert 0 <= figures[who]["l1"][0] < 0.5
            assert 5 < figures[who]["psnr"][0] <= 100
            assert -0.2 < figures[who]["ssim"][0] <= 1
    for name in ("blur", "sharpen", "grain"):
        assert -1 <= summary[name]["control"][name]["model"]["spearman"] <= 1
    assert summary["color"]["delta_e"][0] >= 0
    counts = {group: sum(row["group"] == group for row in document["cases"]) for group in GROUPS}
    assert counts == {"blur": 10, "sharpen": 10, "grain": 10, "color": 2, "inpaint": 2, "all five": 2}


def test_summary_is_the_mean_of_its_cases(document: dict[str, Any]) -> None:
    rows = [row for row in document["cases"] if row["group"] == "sharpen"]
    expected = np.mean([row["model"]["psnr"] for row in rows])
    assert document["summary"]["single"]["sharpen"]["model"]["psnr"][0] == pytest.approx(expected)


def test_a_perfect_model_has_perfect_metrics(
    run_folder: Path, held_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operators themselves as the model."""

    def operators(photo: FloatImage, condition: EditCondition, *_: Any, **__: Any) -> FloatImage:
        target, _ = operator_output(photo, condition)
        return np.ascontiguousarray(target[0].permute(1, 2, 0).numpy())

    monkeypatch.setattr(module, "edit", operators)
    options = replace(OPTIONS, sections=("single", "control", "tones"), quick=True)
    evaluate(run_folder / "model.safetensors", [held_out], tmp_path, options, report=silent)
    summary = json.loads((tmp_path / "report.json").read_text())["summary"]
    single = summary["single"]
    for name in ("blur", "sharpen", "color", "inpaint"):
        assert single[name]["model"]["psnr"][0] > 60
        assert single[name]["model"]["ssim"][0] == pytest.approx(1, abs=1e-3)
        assert single[name]["identity"]["psnr"][0] < 45
        assert single[name]["gain"]["psnr"][1] > 15
    for figures in single["grain"]["radii"].values():
        assert figures["std_over_operator"][0] == pytest.approx(1)
        assert figures["mean_shift_levels"][0] == pytest.approx(0, abs=1e-3)
    hole = single["inpaint"]["hole"]
    assert hole["model"]["psnr"][0] > 60 and hole["model"]["texture"][0] == pytest.approx(1, abs=1e-3)
    assert hole["Telea"]["psnr"][0] < single["inpaint"]["identity"]["psnr"][0] + 15
    assert single["color"]["delta_e"][0] == pytest.approx(0, abs=1e-3)
    assert single["color"]["delta_e_identity"][0] > 1
    assert len(summary["tones"]) == len(GRAIN_RADII)
    for of_radius in summary["tones"].values():
        assert list(of_radius.values()) == pytest.approx([1] * len(TONES), abs=0.04)
    assert len(summary["control"]["fits"]) == 2
    for group in summary["control"]["fits"].values():
        for task, fit in group.items():
            assert fit["model"] == pytest.approx(fit["operator"], abs=1e-4)
            assert fit["model"]["slope"] == pytest.approx(1, abs=0.25 if task == "grain" else 0.06)
    for moved, line in summary["control"]["matrix"]["model"].items():
        for task, change in line.items():
            # One photo of 64 px with grain: estimates scatter, but much less than a mix-up would.
            assert change == pytest.approx(100 * (moved == task), abs=25)


@pytest.mark.parametrize(
    "options", [EvaluateOptions(crops=0), EvaluateOptions(size=63), EvaluateOptions(sections=("all",))]
)
def test_options_out_of_range(
    run_folder: Path, held_out: Path, tmp_path: Path, options: EvaluateOptions
) -> None:
    with pytest.raises(TrainerError):
        evaluate(run_folder / "model.safetensors", [held_out], tmp_path / "o", options, report=silent)


def test_bad_input(run_folder: Path, held_out: Path, tmp_path: Path) -> None:
    large = EvaluateOptions(crops=1, size=1000)
    with pytest.raises(TrainerError, match="1000 px"):
        evaluate(run_folder / "model.safetensors", [held_out], tmp_path / "o", large, report=silent)
    with pytest.raises(ModelError):
        evaluate(held_out / "other0.png", [held_out], tmp_path / "o", OPTIONS, report=silent)
    assert not (tmp_path / "o").exists()


def test_a_second_run_measures_nothing_again_and_repairs_its_journal(
    run_folder: Path, held_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = run_folder / "model.safetensors"
    options = replace(OPTIONS, sections=("steps", "flat"), quick=True)
    evaluate(model, [held_out], tmp_path, options, report=silent)
    first = (tmp_path / "report.json").read_bytes()
    journal = tmp_path / "journal.jsonl"
    whole = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(whole[:-1]) + whole[-1][:20])
    edited: list[EditCondition] = []
    edit = module.edit

    def counting(photo: FloatImage, condition: EditCondition, *rest: Any, **named: Any) -> FloatImage:
        edited.append(condition)
        return edit(photo, condition, *rest, **named)

    monkeypatch.setattr(module, "edit", counting)
    evaluate(model, [held_out], tmp_path, options, report=silent)
    assert len(edited) == 1
    assert (tmp_path / "report.json").read_bytes() == first
    evaluate(model, [held_out], tmp_path, options, report=silent)
    assert len(edited) == 1


def test_compared_with_a_worse_report(
    document: dict[str, Any], run_folder: Path, held_out: Path, tmp_path: Path
) -> None:
    model, folder = run_folder / "model.safetensors", document["folder"]
    other = json.loads((folder / "report.json").read_text())
    for row in other["cases"]:
        row["model"]["psnr"] -= 1.0
    path = tmp_path / "other.json"
    path.write_text(json.dumps(other))
    page = evaluate(model, [held_out], folder, replace(OPTIONS, compare=path), report=silent)
    differences = json.loads((folder / "report.json").read_text())["compared"]["differences"]
    hole = differences.pop("single: inpaint, in the hole")
    assert hole["psnr"]["difference"] == pytest.approx([0, 0, 0])
    assert hole["psnr"]["verdict"] == "not shown"
    assert len(differences) == len(GROUPS)
    for figures in differences.values():
        assert figures["psnr"]["difference"] == pytest.approx([1, 1, 1])
        assert figures["psnr"]["verdict"] == "better"
        assert figures["l1"]["verdict"] == "not shown"
    assert "## Compared" in page.read_text()
    for text in ("[]", '{"cases": 3}', "no JSON"):
        path.write_text(text)
        with pytest.raises(TrainerError, match=r"report\.json"):
            evaluate(model, [held_out], folder, replace(OPTIONS, compare=path), report=silent)
