"""`EditCondition`: ranges, activation, direction, seeds; and the task table."""

import math
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.engine.conditions.condition import MAX_SEED, ConditionError, EditCondition
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task
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


def test_the_grain_seed_decides_the_noise_of_grain_alone() -> None:
    condition = EditCondition(blur=5.0, grain=0.05, seed=3, grain_seed=8)
    assert (condition.noise_seed, condition.seed) == (8, 3)
    assert condition.angle == EditCondition(blur=5.0, seed=3).angle
    assert condition.scaled(0.5).noise_seed == 8
    assert EditCondition(grain=0.05, seed=3, grain_seed=0).noise_seed == 0
    assert EditCondition(grain=0.05, seed=3).noise_seed == 3
    assert EditCondition(grain=0.0, seed=3, grain_seed=8).noise_seed == 3


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


def test_task_table_is_complete() -> None:
    assert tuple(spec.task for spec in TASKS) == tuple(Task) == tuple(SPECS)
    for spec in TASKS:
        assert spec.minimum <= spec.default <= spec.maximum
        assert all(spec.minimum <= tick <= spec.maximum for tick in spec.ticks)
        assert spec.has_intensity or spec.needs_mask
