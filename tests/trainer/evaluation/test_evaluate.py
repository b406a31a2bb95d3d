"""Evaluation: files, figures of a tiny model, and those of a perfect one."""

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.engine.checkpoint import ModelError
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from tests.trainer.conftest import silent, write_photo
from trainer.errors import TrainerError
from trainer.evaluation import evaluate as module
from trainer.evaluation.cases import LEVELS, SECTIONS, SIZE_CLASSES, TONES, Case, make_cases
from trainer.evaluation.evaluate import EvaluateOptions, evaluate
from trainer.evaluation.operators import operator_output
from trainer.evaluation.photos import EvaluationPhotos, load_evaluation_photos

OPTIONS = EvaluateOptions(crops=2, size=64, steps=1, device="cpu", sections=("single",), few=1)
GROUPS = {"blur", "sharpen", "grain", "color", "inpaint", "all five"}


@pytest.fixture(autouse=True)
def _without_lpips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FXDIFFUSE_LPIPS", raising=False)


@pytest.fixture(scope="module")
def document(run_folder: Path, photos: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of the tiny model, with where it lies."""
    output = tmp_path_factory.mktemp("evaluation") / "new"
    said: list[tuple[int, int, str]] = []
    page = evaluate(
        run_folder / "model.safetensors", [photos], output, OPTIONS, report=lambda *a: said.append(a)
    )
    assert page == output / "report.md"
    assert said[-1][0] == said[-1][1] == len(said)
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


def test_figures_are_sane(document: dict[str, Any]) -> None:
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


def test_a_perfect_model_has_perfect_figures(
    run_folder: Path, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operators themselves in the model's place."""

    def operators(photo: FloatImage, condition: EditCondition, *_: Any, **__: Any) -> FloatImage:
        target, _ = operator_output(photo, condition)
        return np.ascontiguousarray(target[0].permute(1, 2, 0).numpy())

    monkeypatch.setattr(module, "edit", operators)
    options = replace(OPTIONS, sections=("single", "control", "tones"), quick=True)
    evaluate(run_folder / "model.safetensors", [photos], tmp_path, options, report=silent)
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
            # One photo of 64 px with grain: estimates scatter, but far less than a mix-up would.
            assert change == pytest.approx(100 * (moved == task), abs=25)


def test_operator_output_of_grain_is_compared_without_noise(photos: Path) -> None:
    photo = load_evaluation_photos([photos], 1, 64).crops[0]
    target, expected = operator_output(photo, EditCondition(grain=0.1))
    source = np.moveaxis(photo, -1, 0)
    assert float((target - expected).std()) > 0.015
    assert float((expected[0].numpy() - source).std()) < 0.12  # what is left is the lens
    same, quiet = operator_output(photo, EditCondition(sharpen=1.0))
    assert same is quiet


def test_colors_under_the_mask_do_not_count(photos: Path) -> None:
    photo, reference = load_evaluation_photos([photos], 2, 64).crops, np.full((8, 8, 3), 0.6, np.float32)
    reference[::2, :, 0] = 0.2
    mask = np.zeros((64, 64), np.float32)
    mask[10:40, 10:40] = 1
    condition = EditCondition(color=1.0, reference=reference, mask=mask)
    painted = np.where(mask[..., None] > 0, np.float32(1), photo[0])
    outputs = [operator_output(given, condition)[0][..., 40:, :] for given in (photo[0], painted)]
    assert np.array_equal(outputs[0].numpy(), outputs[1].numpy())


def test_cases_cover_the_tasks() -> None:
    crops = [np.random.default_rng(i).random((64, 64, 3)).astype(np.float32) for i in range(3)]
    subjects = EvaluationPhotos(crops, [(1, crops[1])], (2, crops[2]))

    def made(*sections: str) -> list[Case]:
        return list(make_cases(subjects, sections, few=1, quick=False))

    single, pairs = made("single"), made("pairs")
    assert {case.group for case in single} == GROUPS
    assert len(single) == 3 * 18
    assert {case.condition.active_tasks for case in pairs} == set(combinations(Task, 2))
    assert len(pairs) == 3 * 10
    held: dict[str, EditCondition] = {}
    for case in made("control"):
        key = f"{case.group} {case.condition.active_tasks}"
        if case.moved is None:
            held[key] = case.condition
        else:
            changed = [t for t in LEVELS if held[key].intensity(t) != case.condition.intensity(t)]
            assert changed == [case.moved]
    for case, (low, high) in zip(made("fills")[::3], SIZE_CLASSES, strict=True):
        assert case.condition.mask is not None
        assert low <= case.condition.mask.mean() < high
    assert {case.steps for case in made("steps")} == {1, 2, 4, 8, 16, 50}
    assert {case.subject for case in made("flat")} == {1}
    assert {case.subject for case in made("seams")} == {2}
    tones = made("tones")
    assert len(tones) == len(TONES) * len(GRAIN_RADII)
    assert all(np.ptp(case.photo) == 0 and case.condition.active_tasks == (Task.GRAIN,) for case in tones)
    labels = [json.dumps(case.label) for case in made(*SECTIONS)]
    assert len(set(labels)) == len(labels)
    assert labels == [json.dumps(case.label) for case in made(*SECTIONS)]


def test_crops_are_the_most_textured(tmp_path: Path) -> None:
    pixels = np.full((200, 300, 3), 128, np.uint8)
    pixels[100:180, 200:290] = np.random.default_rng(0).integers(0, 255, (80, 90, 3))
    cv2.imwrite(str(tmp_path / "a.png"), pixels)
    write_photo(tmp_path / "small.png", 60, 200, 0)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG nothing")
    subjects = load_evaluation_photos([tmp_path], 2, 64)
    crops = subjects.crops
    assert len(crops) == 1
    assert subjects.large is None
    assert [(index, part.shape, part.std()) for index, part in subjects.flat] == [(0, (32, 32, 3), 0)]
    assert crops[0].shape == (64, 64, 3)
    assert crops[0].std() > 0.2


@pytest.mark.parametrize(
    "options", [EvaluateOptions(crops=0), EvaluateOptions(size=63), EvaluateOptions(sections=("all",))]
)
def test_options_out_of_range(
    run_folder: Path, photos: Path, tmp_path: Path, options: EvaluateOptions
) -> None:
    with pytest.raises(TrainerError):
        evaluate(run_folder / "model.safetensors", [photos], tmp_path / "o", options, report=silent)


def test_bad_input(run_folder: Path, photos: Path, tmp_path: Path) -> None:
    large = EvaluateOptions(crops=1, size=1000)
    with pytest.raises(TrainerError, match="1000 px"):
        evaluate(run_folder / "model.safetensors", [photos], tmp_path / "o", large, report=silent)
    with pytest.raises(ModelError):
        evaluate(photos / "photo0.png", [photos], tmp_path / "o", OPTIONS, report=silent)
    assert not (tmp_path / "o").exists()


def test_a_second_run_measures_nothing_anew_and_mends_its_journal(
    run_folder: Path, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = run_folder / "model.safetensors"
    options = replace(OPTIONS, sections=("steps", "flat"), quick=True)
    evaluate(model, [photos], tmp_path, options, report=silent)
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
    evaluate(model, [photos], tmp_path, options, report=silent)
    assert len(edited) == 1
    assert (tmp_path / "report.json").read_bytes() == first
    evaluate(model, [photos], tmp_path, options, report=silent)
    assert len(edited) == 1


def test_compared_with_a_worse_report(
    document: dict[str, Any], run_folder: Path, photos: Path, tmp_path: Path
) -> None:
    model, folder = run_folder / "model.safetensors", document["folder"]
    other = json.loads((folder / "report.json").read_text())
    for row in other["cases"]:
        row["model"]["psnr"] -= 1.0
    path = tmp_path / "other.json"
    path.write_text(json.dumps(other))
    page = evaluate(model, [photos], folder, replace(OPTIONS, compare=path), report=silent)
    differences = json.loads((folder / "report.json").read_text())["compared"]["differences"]
    assert len(differences) == len(GROUPS)
    for figures in differences.values():
        assert figures["psnr"]["difference"] == pytest.approx([1, 1, 1])
        assert figures["psnr"]["verdict"] == "better"
        assert figures["l1"]["verdict"] == "same"
    assert "## Compared" in page.read_text()
    for text in ("[]", '{"cases": 3}', "no JSON"):
        path.write_text(text)
        with pytest.raises(TrainerError, match=r"report\.json"):
            evaluate(model, [photos], folder, replace(OPTIONS, compare=path), report=silent)
