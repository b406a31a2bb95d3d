"""`EditCondition` as JSON, and the hashes of conditions and pictures."""

import dataclasses
import json
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.engine.conditions.condition import MAX_SEED, ConditionError, EditCondition, image_hash
from tests.engine.tiny import textured

REFERENCE = textured(6, 5)
MASK = np.zeros((4, 7), np.float32)
MASK[1, 2] = 0.5
FULL: dict[str, Any] = {
    "blur": 8.0, "blur_angle": 30.0, "grain": 0.05, "sharpen": 1.5, "color": 0.7, "reference": REFERENCE,
    "mask": MASK, "seed": 9, "grain_seed": 12,
}  # fmt: skip


def test_json_round_trip() -> None:
    condition = EditCondition(**FULL)
    text = json.dumps(condition.to_json())
    back = EditCondition.from_json(json.loads(text), reference=REFERENCE, mask=MASK)
    assert back.to_json() == condition.to_json()
    assert back.hash == condition.hash
    for field in dataclasses.fields(EditCondition):
        mine, other = getattr(condition, field.name), getattr(back, field.name)
        assert np.array_equal(mine, other) if isinstance(mine, np.ndarray) else mine == other


def test_json_leaves_inactive_tasks_out() -> None:
    assert EditCondition(blur=0, blur_angle=20.0, color=1.0, seed=4).to_json() == {"seed": 4}
    assert EditCondition(sharpen=2.0).to_json() == {"seed": 0, "sharpen": 2.0}


def test_a_condition_without_a_grain_seed_is_written_as_ever() -> None:
    condition = EditCondition(blur=8.0, grain=0.05, seed=9)
    assert json.dumps(condition.to_json()) == '{"seed": 9, "blur": 8.0, "grain": 0.05}'
    assert condition.hash == "77647c7a27c6cb1bcdbb69948bb71cdea39903378cd5a3540f621a892e9b0452"
    assert EditCondition.from_json(condition.to_json()).grain_seed is None
    own = EditCondition(grain=0.05, seed=9, grain_seed=MAX_SEED)
    assert own.to_json() == {"seed": 9, "grain_seed": MAX_SEED, "grain": 0.05}


def test_json_takes_numbers_of_any_kind() -> None:
    values: Any = {"blur": np.float32(8), "grain": np.float64(0.05), "sharpen": 2}
    assert json.loads(json.dumps(EditCondition(**values).to_json())) == {
        "seed": 0, "blur": 8.0, "grain": 0.05, "sharpen": 2.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"blur": "8"}, "blur"),
        ({"grain": True}, "grain"),
        ({"sharpen": [1]}, "sharpen"),
        ({"seed": 1.5}, "seed"),
        ({"seed": True}, "seed"),
        ({"seed": -1}, "seed"),
        ({"grain_seed": 1.5}, "grain_seed"),
        ({"grain_seed": True}, "grain_seed"),
        ({"grain_seed": "7"}, "grain_seed"),
        ({"grain_seed": -1}, "grain seed"),
        ({"grain_seed": 2**63}, "grain seed"),
        ({"blur": 10**400}, "blur"),
        ({"blur_angle": {}}, "angle"),
    ],
)
def test_bad_json_values(values: dict[str, Any], word: str) -> None:
    with pytest.raises(ConditionError, match=word):
        EditCondition.from_json(values)


OTHER_REFERENCE = REFERENCE.copy()
OTHER_REFERENCE[0, 0, 0] += np.float32(1e-3)


OTHER_MASK = MASK.copy()
OTHER_MASK[3, 3] = 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("blur", 8.5),
        ("blur_angle", 31.0),
        ("blur_angle", None),
        ("grain", 0.051),
        ("sharpen", 1.55),
        ("color", 0.71),
        ("reference", OTHER_REFERENCE),
        ("mask", OTHER_MASK),
        ("seed", 10),
        ("grain_seed", 13),
        ("grain_seed", None),
        ("blur", None),
        ("grain", 0),
        ("sharpen", None),
        ("color", None),
        ("mask", None),
        ("reference", None),
    ],
)
def test_hash_follows_every_relevant_value(name: str, value: Any) -> None:
    assert EditCondition(**{**FULL, name: value}).hash != EditCondition(**FULL).hash


@pytest.mark.parametrize(
    ("base", "same"),
    [
        ({"sharpen": 1.0}, {"sharpen": 1.0, "blur_angle": 40.0}),
        ({"sharpen": 1.0}, {"sharpen": 1.0, "blur": 0.0}),
        ({"sharpen": 1.0}, {"sharpen": 1, "reference": REFERENCE}),
        ({"sharpen": 1.0}, {"sharpen": 1.0, "color": 0.5}),
        ({"sharpen": 1.0}, {"sharpen": 1.0, "mask": np.zeros((4, 7), np.float32)}),
        ({"sharpen": 1.0}, {"sharpen": 1.0, "grain_seed": 5}),
        ({"grain": 0.05, "seed": 5}, {"grain": 0.05, "seed": 5, "grain_seed": 5}),
        ({"blur": 8, "blur_angle": 20}, {"blur": 8.0, "blur_angle": 200.0}),
        ({"blur": 8.0, "blur_angle": 0.0}, {"blur": 8.0, "blur_angle": 180.0}),
    ],
)
def test_hash_ignores_what_changes_nothing(base: dict[str, Any], same: dict[str, Any]) -> None:
    assert EditCondition(**base).hash == EditCondition(**same).hash


def test_image_hash_tells_shapes_and_types_apart() -> None:
    image = np.zeros((2, 6), np.float32)
    hashes = {image_hash(image), image_hash(image.reshape(3, 4)), image_hash(image.view(np.int32))}
    assert len(hashes) == 3
    assert image_hash(None) is None
    wide = textured(4, 8)
    assert image_hash(wide[:, ::2]) == image_hash(wide[:, ::2].copy())


def test_a_mask_is_known_by_its_bytes_in_either_form() -> None:
    painted = np.array([[0, 1, 255], [128, 77, 3]], np.uint8)
    floats = painted.astype(np.float32) / np.float32(255)
    assert EditCondition(mask=painted).hash == EditCondition(mask=floats).hash
    assert EditCondition(mask=painted).hash != EditCondition(mask=painted // 2).hash
