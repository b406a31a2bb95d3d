"""What a picture is looked through for, and how often."""

import gc
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import ConditionError, EditCondition
from fxdiffuse_gui.engine.pipeline import edit
from fxdiffuse_gui.engine.tiles import picture
from fxdiffuse_gui.engine.tiles.picture import Picture, is_finite
from tests.engine.tiny import textured


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shapes of all bands that are looked through for what is not a number."""
    seen: list[tuple[int, ...]] = []
    isfinite = np.isfinite

    def note(band: Any) -> Any:
        if np.ndim(band) == 3:
            seen.append(band.shape)
        return isfinite(band)

    monkeypatch.setattr(picture.np, "isfinite", note)
    return seen


def test_a_picture_is_looked_through_once(looks: list[tuple[int, ...]]) -> None:
    samples = textured(600, 20)
    assert is_finite(samples) and is_finite(samples)
    assert looks == [(256, 20, 3), (256, 20, 3), (88, 20, 3)]


def test_a_bad_picture_is_refused_every_time() -> None:
    samples = textured(300, 20)
    samples[299, 0, 1] = np.inf
    assert not is_finite(samples) and not is_finite(samples)


def test_a_new_picture_in_the_place_of_an_old_one_is_looked_through() -> None:
    """Arrays are known by identity, and an address is used again."""
    for _ in range(20):
        assert is_finite(np.zeros((8, 8, 3), np.float32))
        gc.collect()
        assert not is_finite(np.full((8, 8, 3), np.nan, np.float32))


def test_integers_need_no_look(looks: list[tuple[int, ...]]) -> None:
    assert is_finite(np.zeros((4, 4, 3), np.uint16)) and looks == []


def test_edits_with_the_same_reference_look_through_it_once(
    model: Model, looks: list[tuple[int, ...]]
) -> None:
    photo, reference = (textured(32, 32) * 255).astype(np.uint8), textured(40, 30, 5)
    for strength in (0.5, 0.6, 0.7):
        edit(Picture(photo), EditCondition(color=strength, reference=reference), model)
    assert looks.count(reference.shape) == 1
    bad = reference.copy()
    bad[3, 3, 0] = np.nan
    for _ in range(2):
        with pytest.raises(ConditionError, match="reference holds values that are not numbers"):
            edit(Picture(photo), EditCondition(color=0.5, reference=bad), model)
