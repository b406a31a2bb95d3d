"""Metrics of the borders between tiles."""

from pathlib import Path

import numpy as np
import pytest

from fxdiffuse_gui.engine.checkpoint import Model, load_model
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.pipeline import TILE, edit
from trainer.evaluation.cases import Case
from trainer.evaluation.seams import seam_metrics

CASE = Case(
    "seams", "grain", 0, np.full((24, TILE + 64, 3), 0.5, np.float32), EditCondition(grain=0.05, seed=2)
)


@pytest.fixture(scope="module")
def model(run_folder: Path) -> Model:
    return load_model(run_folder / "model.safetensors")


def test_visible_borders_are_measured(model: Model) -> None:
    tiled = edit(CASE.photo, CASE.condition, model, steps=1)
    found = seam_metrics(model, CASE, tiled, 1)
    assert found["max"] < 0.01
    assert found["grain_border"] == pytest.approx(found["grain_whole"], abs=1e-4)

    tiled[:, TILE - 8 : TILE + 8] = 0.5  # no grain at the border
    found = seam_metrics(model, CASE, tiled, 1)
    assert found["max"] > 1 and found["border"] > 10 * found["interior"]
    assert found["grain_border"] < 0.5 * found["grain_whole"]
