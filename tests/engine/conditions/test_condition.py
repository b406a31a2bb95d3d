"""`EditCondition`: ranges, activation, JSON, hash, direction, zoom."""

import dataclasses
import json
import math
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from fxdiffuse_gui.engine.conditions.condition import MAX_SEED, ConditionError, EditCondition, image_hash
from fxdiffuse_gui.engine.conditions.grain_zoom import zoomed_grain
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task
from fxdiffuse_gui.engine.effects import film_grain
from tests.engine.tiny import textured

REFERENCE = textured(6, 5)
MASK = np.zeros((4, 7), np.float32)
MASK[1, 2] = 0.5
FULL: dict[str, Any] = {
    "blur": 8.0, "blur_angle": 30.0, "grain": 0.05, "sharpen": 1.5, "color": 0.7, "reference": REFERENCE,
    "mask": MASK, "seed": 9, "grain_seed": 12,
}  # fmt: skip
NUMERIC = [spec for spec in TASKS if spec.has_intensity]


@pytest.mark.parametrize("spec", NUMERIC, ids=lambda spec: spec.task.value)
def test_ends_of_each_range_are_allowed_and_beyond_is_not(spec: Any) -> None:
    name = spec.task.value
    for value in (None, 0, 0.0, spec.minimum, spec.maximum, spec.default):
        condition = EditCondition(**{name: value, "reference": REFERENCE})
        assert condition.is_active(spec.task) is bool(value)
    for value in (spec.minimum * 0.99, spec.maximum * 1.01, -1.0, math.nan, math.inf, -math.inf):
        with pytest.raises(ConditionError, match=spec.label):
            EditCondition(**{name: value, "reference": REFERENCE})


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1])
def test_seed_out_of_range(seed: int) -> None:
    with pytest.raises(ConditionError, match="seed"):
        EditCondition(seed=seed)


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1])
def test_grain_seed_out_of_range(seed: int) -> None:
    with pytest.raises(ConditionError, match="grain seed"):
        EditCondition(grain_seed=seed)


@pytest.mark.parametrize("angle", [math.nan, math.inf])
def test_angle_must_be_a_number(angle: float) -> None:
    with pytest.raises(ConditionError, match="angle"):
        EditCondition(blur=5.0, blur_angle=angle)


@pytest.mark.parametrize("shape", [(5, 5), (5, 5, 4), (1, 5, 5, 3), (0, 5, 3)])
def test_shape_of_the_reference(shape: tuple[int, ...]) -> None:
    with pytest.raises(ConditionError, match="reference"):
        EditCondition(color=1.0, reference=np.zeros(shape, np.float32))


def test_shape_of_the_mask() -> None:
    with pytest.raises(ConditionError, match="mask"):
        EditCondition(mask=np.zeros((4, 4, 3), np.float32))


def test_activation() -> None:
    assert EditCondition().active_tasks == ()
    assert EditCondition(color=1.0).active_tasks == ()  # no reference
    assert EditCondition(reference=REFERENCE).active_tasks == ()
    assert EditCondition(mask=np.zeros((3, 3), np.float32)).active_tasks == ()
    assert EditCondition(**FULL).active_tasks == tuple(Task)
    assert EditCondition(grain=0.05, blur=3.0).active_tasks == (Task.BLUR, Task.GRAIN)


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


def test_the_grain_seed_decides_the_noise_of_grain_alone() -> None:
    condition = EditCondition(blur=5.0, grain=0.05, seed=3, grain_seed=8)
    assert (condition.noise_seed, condition.seed) == (8, 3)
    assert condition.angle == EditCondition(blur=5.0, seed=3).angle
    assert condition.scaled(0.5).noise_seed == 8
    assert EditCondition(grain=0.05, seed=3, grain_seed=0).noise_seed == 0
    assert EditCondition(grain=0.05, seed=3).noise_seed == 3
    assert EditCondition(grain=0.0, seed=3, grain_seed=8).noise_seed == 3


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


@pytest.mark.parametrize(("given", "expected"), [(0, 0), (180, 0), (190, 10), (-30, 150), (540.5, 0.5)])
def test_angle_is_modulo_half_a_turn(given: float, expected: float) -> None:
    assert EditCondition(blur=5.0, blur_angle=given).angle == pytest.approx(expected)


def test_automatic_angle_depends_on_the_seed_alone() -> None:
    angle = EditCondition(blur=5.0, seed=3).angle
    assert EditCondition(blur=20.0, grain=0.05, sharpen=2.0, mask=MASK, seed=3).angle == angle
    drawn = [EditCondition(seed=seed).angle for seed in range(400)]
    assert all(0 <= a < 180 for a in drawn)
    counts, _ = np.histogram(drawn, 6, (0, 180))
    assert counts.min() > 40
    assert EditCondition(blur=5.0, seed=3, blur_angle=12.0).angle == 12.0


def test_scaled_shrinks_lengths() -> None:
    condition = EditCondition(**FULL)
    half = condition.scaled(0.5)
    assert half.blur == 4.0
    assert (half.color, half.seed, half.grain_lens) == (0.7, 9, 0.25)
    assert half.grain is not None and 0.03 < half.grain < 0.05 and 0.5 < half.grain_gain < 1
    assert half.sharpen == pytest.approx(1.5 * 0.334, abs=1e-3)
    assert half.blur_angle == 30.0
    assert condition.scaled(1.0) is condition
    tiny = condition.scaled(0.01)
    assert tiny.blur is None and tiny.sharpen is None  # too little to see
    assert EditCondition(grain=0.05).scaled(0.1).grain is not None  # however weak: it has no end


def test_scaled_keeps_the_automatic_direction() -> None:
    condition = EditCondition(blur=8.0, seed=5)
    assert condition.scaled(0.5).angle == condition.angle


def test_task_table_is_complete() -> None:
    assert tuple(spec.task for spec in TASKS) == tuple(Task) == tuple(SPECS)
    for spec in TASKS:
        assert spec.minimum <= spec.default <= spec.maximum
        assert all(spec.minimum <= tick <= spec.maximum for tick in spec.ticks)
        assert spec.has_intensity or spec.needs_mask


@pytest.mark.parametrize("radius", [0.01, 0.05, 0.1])
@pytest.mark.parametrize("zoom", [0.84, 0.5, 0.35, 0.25])
def test_scaled_grain_is_that_of_a_picture_made_smaller(radius: float, zoom: float) -> None:
    """Against the operator: grain at full size averaged, and grain named for the small picture."""
    side = 512
    small = round(side * zoom)
    flat = torch.full((1, 3, side, side), 0.5)
    grainy = film_grain(flat, radius, generator=torch.Generator().manual_seed(1))[0].permute(1, 2, 0).numpy()
    averaged = cv2.resize(grainy, (small, small), interpolation=cv2.INTER_AREA)
    named, gain = zoomed_grain(radius, small / side)
    ours = film_grain(flat[..., :small, :small], named, generator=torch.Generator().manual_seed(2))
    std = float(ours.std()) * gain
    assert std == pytest.approx(float(averaged.std()), rel=0.06)


def test_at_full_size_grain_stays_as_it_is() -> None:
    radius, gain = zoomed_grain(0.07, 1.0)
    assert radius == pytest.approx(0.07, rel=1e-6) and gain == pytest.approx(1.0, rel=1e-6)


def test_a_mask_is_known_by_its_bytes_in_either_form() -> None:
    painted = np.array([[0, 1, 255], [128, 77, 3]], np.uint8)
    floats = painted.astype(np.float32) / np.float32(255)
    assert EditCondition(mask=painted).hash == EditCondition(mask=floats).hash
    assert EditCondition(mask=painted).hash != EditCondition(mask=painted // 2).hash
