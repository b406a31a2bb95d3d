"""`Variant`: the settings in use with another seed, or with one effect weaker or stronger."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fxdiffuse_gui.app.edit.setting_commands import DRAWN_SEEDS
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task

STEP = 1.6
"""Factor from one intensity to the next: the choices must differ at a glance."""


@dataclass(frozen=True, eq=False)
class Variant:
    """`state` differs from the settings in use only in the seeds, or only in the value of `task`."""

    state: EditState
    task: Task | None = None

    @property
    def value(self) -> float:
        """The intensity of `task`. Raises KeyError for a variant with another seed."""
        if self.task is None:
            raise KeyError("seed")
        return self.state.values[self.task]


def depends_on_seed(state: EditState) -> bool:
    """Whether another seed would give another picture."""
    tasks = state.active_tasks
    return Task.GRAIN in tasks or Task.INPAINT in tasks or (Task.BLUR in tasks and state.blur_angle is None)


def stepped_tasks(state: EditState) -> list[Task]:
    """The active effects that have an intensity, in the order in which they compose."""
    return [task for task in state.active_tasks if SPECS[task].has_intensity]


def draw_seeds(state: EditState, count: int) -> list[int]:
    """`count` different seeds, the one in use first."""
    seeds = {state.seed: None}
    while len(seeds) < count:
        seeds[secrets.randbelow(DRAWN_SEEDS)] = None
    return list(seeds)


def of_seeds(state: EditState, seeds: Sequence[int]) -> list[Variant]:
    """One variant for each of `seeds`, which also determines grain; for the seed in use, `state` as it is."""
    return [Variant(_with_seed(state, seed)) for seed in seeds]


def of_steps(state: EditState, task: Task) -> list[Variant]:
    """`task` weaker, as it is, and stronger; at an end of its range two steps to the other side."""
    spec, value = SPECS[task], state.values[task]
    factors = (1 / STEP, 1.0, STEP)
    if value * STEP > spec.maximum:
        factors = (1 / STEP**2, 1 / STEP, 1.0)
    elif value / STEP < spec.minimum:
        factors = (1.0, STEP, STEP**2)
    return [Variant(_with_value(state, task, value * factor), task) for factor in factors]


def _with_seed(state: EditState, seed: int) -> EditState:
    return state if seed == state.seed else replace(state, seed=seed, grain_seed=None)


def _with_value(state: EditState, task: Task, value: float) -> EditState:
    spec = SPECS[task]
    # The value in use may be finer than what the card shows, and must not change.
    if value != state.values[task]:
        value = min(max(round(value, spec.decimals), spec.minimum), spec.maximum)
    return replace(state, values={**state.values, task: value})
