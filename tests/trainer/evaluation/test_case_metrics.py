"""Metrics of single cases: fills are measured in the hole, everything else where there is no hole."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from tests.engine.tiny import textured
from trainer.evaluation.case_metrics import case_metrics
from trainer.evaluation.cases import Case, left_hole
from trainer.evaluation.metrics import psnr
from trainer.evaluation.operators import as_tensor, operator_output
from trainer.evaluation.reports import card_quality, compare_reports

PHOTO = textured(64, 64)


def scattered_mask() -> FloatImage:
    """Holes in both halves, a tenth of the picture."""
    mask = np.zeros((64, 64), np.float32)
    mask[10:22, 8:24] = mask[40:52, 40:56] = 1
    return mask


def fill_case(section: str = "fills") -> Case:
    group = "inpaint" if section == "single" else "artist, 5–20 %"
    return Case(section, group, 0, PHOTO, EditCondition(mask=scattered_mask()))


def filled(error: float) -> FloatImage:
    """The photo, wrong by `error` everywhere in the hole."""
    hole = scattered_mask()[..., None] > 0
    return np.where(hole, PHOTO + np.float32(error), PHOTO).astype(np.float32)


@pytest.mark.parametrize("section", ["fills", "single"])
def test_fills_are_measured_in_the_hole(section: str) -> None:
    """Most of the picture is known, which makes whole-image figures look good whatever the fill."""
    row, _ = case_metrics(fill_case(section), filled(0.1), None)
    hole = row["hole"]["model"]
    assert hole["l1"] == pytest.approx(0.1, abs=1e-6)
    assert hole["psnr"] == pytest.approx(20, abs=1e-3)
    assert row["model"]["psnr"] > 29
    assert hole["texture"] == pytest.approx(1, abs=0.05)
    assert set(row["hole"]) == {"model", "Telea", "Navier–Stokes", "bridge"}


def test_smooth_fills_have_no_texture() -> None:
    """And there is no acutance of the whole picture, which the known pixels would decide."""
    hole = scattered_mask()[..., None] > 0
    smooth = np.where(hole, np.float32(0.5), PHOTO).astype(np.float32)
    row, _ = case_metrics(fill_case(), smooth, None)
    assert row["hole"]["model"]["texture"] == 0
    assert row["hole"]["bridge"]["texture"] < 0.7
    assert "acutance" not in row


def test_the_effects_of_a_composition_are_measured_beyond_the_hole() -> None:
    condition = EditCondition(sharpen=1.5, mask=left_hole(64, 64))
    case = Case("pairs", "inpaint + sharpen", 0, PHOTO, condition)
    target, _ = operator_output(PHOTO, condition)
    image = np.ascontiguousarray(target[0].permute(1, 2, 0).numpy())
    image[left_hole(64, 64) > 0] = 0.5  # a bad fill in the left half
    row, _ = case_metrics(case, image, None)
    assert row["acutance"] == pytest.approx(1)
    assert "hole" not in row


def report_of(psnr_in_hole: float | None) -> dict[str, Any]:
    label = {"section": "fills", "group": "a", "photo": "x", "condition": "y", "moved": None, "steps": None}
    rows: list[dict[str, Any]] = []
    for subject in range(3):
        model: dict[str, float] = {"psnr": 30.0}
        row = {**label, "photo": str(subject), "subject": subject, "model": model}
        if psnr_in_hole is not None:
            row["hole"] = {"model": {"psnr": psnr_in_hole, "l1": 0.1}}
        rows.append(row)
    return {"card": "c", "model": "m", "cases": rows}


def test_two_models_are_compared_in_the_hole() -> None:
    differences = compare_reports(report_of(21.0), report_of(20.0))["differences"]
    assert differences["fills: a"]["psnr"]["verdict"] == "not shown"
    assert differences["fills: a, in the hole"]["psnr"]["difference"] == (1, 1, 1)
    assert differences["fills: a, in the hole"]["psnr"]["verdict"] == "better"
    assert set(compare_reports(report_of(21.0), report_of(None))["differences"]) == {"fills: a"}


def test_the_card_has_the_figure_of_the_hole(tmp_path: Path) -> None:
    single: dict[str, Any] = {
        task: {"model": {"psnr": [40.0, 39.0, 41.0]}} for task in ("inpaint", "color", "blur", "sharpen")
    }
    single["grain"] = {"grain": {"std_over_operator": [1.0, 0.9, 1.1]}}
    document = {**report_of(None), "crops": 3, "size": 64, "summary": {"single": single}}
    path = tmp_path / "report.json"
    path.write_text(json.dumps(document))
    assert "hole_psnr" not in card_quality(path, "m")
    single["inpaint"]["hole"] = {"model": {"psnr": [21.0, 20.0, 22.0]}}
    path.write_text(json.dumps(document))
    assert card_quality(path, "m")["hole_psnr"] == 21.0


def test_pixels_of_the_hole_alone_decide() -> None:
    image = filled(0.1)
    outside = scattered_mask() == 0
    image[outside] += 0.05
    row, _ = case_metrics(fill_case(), np.ascontiguousarray(image), None)
    assert row["hole"]["model"]["psnr"] == pytest.approx(20, abs=1e-3)
    assert psnr(as_tensor(image), as_tensor(PHOTO)) < 27
