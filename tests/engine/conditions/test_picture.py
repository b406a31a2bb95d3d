"""`is_finite`: which pictures are refused, and how often their samples are checked."""

import gc
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions import picture
from fxdiffuse_gui.engine.conditions.condition import ConditionError, EditCondition
from fxdiffuse_gui.engine.conditions.picture import Picture, is_finite
from fxdiffuse_gui.engine.pipeline import edit
from tests.engine.tiny import textured


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shapes of all bands that are checked."""
    seen: list[tuple[int, ...]] = []
    isfinite = np.isfinite

    def note(band: Any) -> Any:
        if np.ndim(band) == 3:
            seen.append(band.shape)
        return isfinite(band)

    monkeypatch.setattr(picture.np, "isfinite", note)
    return seen


def test_a_picture_is_checked_once(checked: list[tuple[int, ...]]) -> None:
    samples = textured(600, 20)
    assert is_finite(samples) and is_finite(samples)
    assert checked == [(256, 20, 3), (256, 20, 3), (88, 20, 3)]


def test_a_bad_picture_is_refused_every_time() -> None:
    samples = textured(300, 20)
    samples[299, 0, 1] = np.inf
    assert not is_finite(samples) and not is_finite(samples)


def test_a_new_picture_at_the_address_of_an_old_one_is_checked() -> None:
    """Arrays are cached by identity, and memory is reused."""
    for _ in range(20):
        assert is_finite(np.zeros((8, 8, 3), np.float32))
        gc.collect()
        assert not is_finite(np.full((8, 8, 3), np.nan, np.float32))


def test_integers_are_not_checked(checked: list[tuple[int, ...]]) -> None:
    assert is_finite(np.zeros((4, 4, 3), np.uint16)) and checked == []


def test_edits_with_the_same_reference_check_it_once(model: Model, checked: list[tuple[int, ...]]) -> None:
    photo, reference = (textured(32, 32) * 255).astype(np.uint8), textured(40, 30, 5)
    for strength in (0.5, 0.6, 0.7):
        edit(Picture(photo), EditCondition(color=strength, reference=reference), model)
    assert checked.count(reference.shape) == 1
    bad = reference.copy()
    bad[3, 3, 0] = np.nan
    for _ in range(2):
        with pytest.raises(ConditionError, match="reference holds values that are not numbers"):
            edit(Picture(photo), EditCondition(color=0.5, reference=bad), model)
