"""What is shown side by side."""

from dataclasses import replace

import numpy as np
import pytest

from fxdiffuse_gui.app.edit.variants import depends_on_seed, draw_seeds, of_seeds, of_steps, stepped_tasks
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task

BASE = EditState(enabled=frozenset({Task.GRAIN, Task.SHARPEN, Task.COLOR}), seed=7)


def with_value(task: Task, value: float) -> EditState:
    return replace(BASE, values={**BASE.values, task: value})


def test_the_seed_in_use_comes_first_and_all_differ() -> None:
    seeds = draw_seeds(BASE, 6)
    assert seeds[0] == 7 and len(set(seeds)) == 6
    variants = of_seeds(BASE, seeds)
    assert [one.state.seed for one in variants] == seeds
    assert all(one.state.values == BASE.values for one in variants)
    with pytest.raises(KeyError):
        _ = variants[0].value


def test_a_grain_of_its_own_goes_with_the_seed_in_use_alone() -> None:
    state = replace(BASE, grain_seed=4)
    variants = of_seeds(state, [7, 8])
    assert [(one.state.seed, one.state.grain_seed) for one in variants] == [(7, 4), (8, None)]
    assert all(one.state.grain_seed == 4 for one in of_steps(state, Task.SHARPEN))


@pytest.mark.parametrize("task", stepped_tasks(BASE))
@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 1.0])
def test_steps_are_three_inside_the_range_and_one_is_in_use(task: Task, share: float) -> None:
    spec = SPECS[task]
    value = spec.minimum + share * (spec.maximum - spec.minimum)
    state = with_value(task, value)
    variants = of_steps(state, task)
    values = [one.value for one in variants]
    assert len(set(values)) == 3 and values == sorted(values) and value in values
    assert all(spec.minimum <= one <= spec.maximum for one in values)
    assert all(one.task is task and one.state.seed == 7 for one in variants)
    if share == 0.5:
        assert values[1] == value


def test_what_depends_on_the_seed() -> None:
    assert depends_on_seed(BASE)
    sharp = replace(BASE, enabled=frozenset({Task.SHARPEN}))
    assert not depends_on_seed(sharp) and stepped_tasks(sharp) == [Task.SHARPEN]
    blurred = replace(BASE, enabled=frozenset({Task.BLUR}))
    assert depends_on_seed(blurred) and not depends_on_seed(replace(blurred, blur_angle=30.0))
    painted = replace(sharp, enabled=frozenset({Task.INPAINT}), mask=np.full((4, 4), 255, np.uint8))
    assert depends_on_seed(painted) and stepped_tasks(painted) == []
