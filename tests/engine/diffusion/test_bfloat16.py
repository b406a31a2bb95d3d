"""What bfloat16 changes on a GPU, tested on the CPU, which rounds the same."""

from pathlib import Path

import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.checkpoint import Model, load_model, uses_bfloat16
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.model_card import bundled_model
from fxdiffuse_gui.engine.pipeline import edit
from fxdiffuse_gui.photo.reader import read_pixels
from tests.engine.tiny import as_batch
from trainer.evaluation.metrics import delta_e

PHOTO = read_pixels(Path(__file__).parents[3] / "resources" / "samples" / "seeds.jpg")[200:328, 300:428]


@pytest.fixture
def rounded() -> Model:
    model = load_model(bundled_model(), "cpu")
    assert not model.denoiser.mixed_precision
    model.denoiser.mixed_precision = True
    return model


@pytest.mark.parametrize("settings", [{"grain": 0.1}, {"grain": 0.02, "sharpen": 3.0}], ids=str)
def test_grain_looks_the_same(rounded: Model, settings: dict[str, float]) -> None:
    condition = EditCondition(seed=2, **settings)
    exact = edit(PHOTO, condition, load_model(bundled_model(), "cpu"))
    assert 0 < delta_e(as_batch(edit(PHOTO, condition, rounded)), as_batch(exact)) < 0.1


def test_inpainting_is_the_same_to_the_last_bit(rounded: Model) -> None:
    """Rounded features would match other windows of the photo."""
    mask = np.zeros(PHOTO.shape[:2], np.uint8)
    mask[40:80, 40:90] = 255
    condition = EditCondition(mask=mask, seed=2)
    assert np.array_equal(
        edit(PHOTO, condition, rounded), edit(PHOTO, condition, load_model(bundled_model(), "cpu"))
    )


@pytest.mark.parametrize("able", [True, False])
def test_cards_that_can_use_it(monkeypatch: pytest.MonkeyPatch, able: bool) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: able)
    assert uses_bfloat16(torch.device("cuda")) is able
    assert not uses_bfloat16(torch.device("cpu"))
