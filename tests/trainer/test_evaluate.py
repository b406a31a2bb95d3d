"""Evaluation: files, figures of a tiny model, and those of a perfect one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.engine.checkpoint import ModelError
from fxdiffuse_gui.engine.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.pipeline import Preview
from fxdiffuse_gui.engine.tasks import Task
from tests.trainer.conftest import silent, write_photo
from trainer import evaluate as module
from trainer.cases import make_cases
from trainer.errors import TrainerError
from trainer.evaluate import EvaluateOptions, evaluate, load_crops, operator_output

OPTIONS = EvaluateOptions(crops=2, size=64, steps=1, device="cpu")
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


def test_three_files(document: dict[str, Any]) -> None:
    folder = document["folder"]
    assert {p.name for p in folder.iterdir()} == {"report.json", "report.md", "sheet.png"}
    page = (folder / "report.md").read_text()
    assert all(group in page for group in GROUPS)
    assert document["model"] in page
    sheet = cv2.imread(str(folder / "sheet.png"))
    assert sheet is not None
    assert sheet.shape == (64 * len(GROUPS), 64 * 3, 3)


def test_figures_are_sane(document: dict[str, Any]) -> None:
    assert (document["crops"], document["size"], document["steps"]) == (2, 64, 1)
    summary = document["summary"]
    assert set(summary) == GROUPS
    for figures in summary.values():
        for who in ("model", "identity"):
            assert 0 <= figures[who]["l1"] < 0.5
            assert 5 < figures[who]["psnr"] <= 100
            assert -0.2 < figures[who]["ssim"] <= 1
    for name in ("blur", "sharpen", "grain"):
        assert -1 <= summary[name]["control"]["spearman"] <= 1
    assert summary["color"]["delta_e"] >= 0
    counts = {group: sum(row["group"] == group for row in document["cases"]) for group in GROUPS}
    assert counts == {"blur": 10, "sharpen": 10, "grain": 10, "color": 2, "inpaint": 2, "all five": 2}


def test_summary_is_the_mean_of_its_cases(document: dict[str, Any]) -> None:
    rows = [row for row in document["cases"] if row["group"] == "sharpen"]
    expected = np.mean([row["model"]["psnr"] for row in rows])
    assert document["summary"]["sharpen"]["model"]["psnr"] == pytest.approx(expected)


def test_a_perfect_model_has_perfect_figures(
    run_folder: Path, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operators themselves in the model's place."""

    def operators(photo: FloatImage, condition: EditCondition, *_: Any, **__: Any) -> Iterator[Preview]:
        target, _ = operator_output(photo, condition)
        yield Preview(np.ascontiguousarray(target[0].permute(1, 2, 0).numpy()), 1, 1, True, 1.0)

    monkeypatch.setattr(module, "edit", operators)
    evaluate(run_folder / "model.safetensors", [photos], tmp_path, OPTIONS, report=silent)
    summary = json.loads((tmp_path / "report.json").read_text())["summary"]
    for name in ("blur", "sharpen", "color", "inpaint"):
        assert summary[name]["model"]["psnr"] > 60
        assert summary[name]["model"]["ssim"] == pytest.approx(1, abs=1e-3)
        assert summary[name]["identity"]["psnr"] < 45
    for name, slope in (("blur", 0.05), ("sharpen", 0.03)):
        control = summary[name]["control"]
        assert control["slope"] == pytest.approx(1, abs=slope)
        assert control["r2"] > 0.98
        assert control["spearman"] > 0.98
    assert summary["grain"]["control"]["spearman"] > 0.9
    for figures in summary["grain"]["radii"].values():
        assert figures["std_over_operator"] == pytest.approx(1)
        assert figures["mean_shift_levels"] == pytest.approx(0, abs=1e-3)
    assert summary["color"]["delta_e"] == pytest.approx(0, abs=1e-3)
    assert summary["color"]["delta_e_identity"] > 1


def test_operator_output_of_grain_is_compared_without_noise(photos: Path) -> None:
    photo = load_crops([photos], OPTIONS)[0]
    target, expected = operator_output(photo, EditCondition(grain=0.1))
    source = np.moveaxis(photo, -1, 0)
    assert float((target - expected).std()) > 0.015
    assert float((expected[0].numpy() - source).std()) < 0.12  # what is left is the lens
    same, quiet = operator_output(photo, EditCondition(sharpen=1.0))
    assert same is quiet


def test_colors_under_the_mask_do_not_count(photos: Path) -> None:
    photo, reference = load_crops([photos], OPTIONS), np.full((8, 8, 3), 0.6, np.float32)
    reference[::2, :, 0] = 0.2
    mask = np.zeros((64, 64), np.float32)
    mask[10:40, 10:40] = 1
    condition = EditCondition(color=1.0, reference=reference, mask=mask)
    painted = np.where(mask[..., None] > 0, np.float32(1), photo[0])
    outputs = [operator_output(given, condition)[0][..., 40:, :] for given in (photo[0], painted)]
    assert np.array_equal(outputs[0].numpy(), outputs[1].numpy())


def test_cases_cover_the_tasks() -> None:
    crops = [np.random.default_rng(i).random((64, 64, 3)).astype(np.float32) for i in range(3)]
    cases = list(make_cases(crops))
    assert {case.group for case in cases} == GROUPS
    assert len(cases) == 3 * 18
    for case in cases:
        active = case.condition.active_tasks
        if case.group == "all five":
            assert active == tuple(Task)
        else:
            assert active == (Task(case.group),)
            assert case.condition.intensity(Task(case.group)) == case.asked
    assert all(a.condition.hash == b.condition.hash for a, b in zip(cases, make_cases(crops), strict=True))


def test_crops_are_the_most_textured(tmp_path: Path) -> None:
    pixels = np.full((200, 300, 3), 128, np.uint8)
    pixels[100:180, 200:290] = np.random.default_rng(0).integers(0, 255, (80, 90, 3))
    cv2.imwrite(str(tmp_path / "a.png"), pixels)
    write_photo(tmp_path / "small.png", 60, 200, 0)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG nothing")
    crops = load_crops([tmp_path], OPTIONS)
    assert len(crops) == 1
    assert crops[0].shape == (64, 64, 3)
    assert crops[0].std() > 0.2


@pytest.mark.parametrize("options", [EvaluateOptions(crops=0), EvaluateOptions(size=63)])
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
