"""`EditSettings`: the numbers of an edit, once, and the table of settings that every written form follows.

The flags of the command line, jobs files, presets, projects and the engine's `EditCondition` are all derived
from `SETTINGS`. The effects in it come from the task table; a new effect needs no line here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from fxdiffuse_gui.core.strict_json import FieldError, Fields
from fxdiffuse_gui.engine.conditions.condition import MAX_SEED, EditCondition, FloatImage, Mask
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task, TaskSpec

Number = float | int


class Kind(Enum):
    """What a setting is. Presets carry intensities and details, not seeds."""

    INTENSITY = "intensity"
    """How strong an effect is; 0 is off."""
    DETAIL = "detail"
    """More about an effect; None is the automatic choice."""
    SEED = "seed"
    """A whole number that decides the noise."""


@dataclass(frozen=True)
class Setting:
    """One number of an edit.

    name: in jobs files, receipts, presets and projects. flag: the option of the command line without its
    dashes. task: the effect that it belongs to, None for the whole edit. help: what the command line says.
    """

    name: str
    flag: str
    kind: Kind
    task: Task | None
    minimum: float
    maximum: float
    metavar: str
    help: str

    @classmethod
    def of_task(cls, spec: TaskSpec) -> "Setting":
        """The intensity of an effect."""
        needs = " with --reference" if spec.needs_reference else ""
        text = f"{spec.help} {spec.minimum:g} to {spec.maximum:g}{needs}; 0 is off"
        name, flag = spec.task.value, spec.flag or spec.task.value
        return cls(name, flag, Kind.INTENSITY, spec.task, spec.minimum, spec.maximum, spec.metavar, text)


SETTINGS: tuple[Setting, ...] = (
    *(Setting.of_task(spec) for spec in TASKS if spec.has_intensity),
    Setting(
        "blur_angle", "blur-angle", Kind.DETAIL, Task.BLUR, 0.0, 180.0, "DEG",
        "blur direction in degrees counter-clockwise from the right; drawn from the seed when absent",
    ),
    Setting(
        "seed", "seed", Kind.SEED, None, 0, MAX_SEED, "N",
        "decides grain, fill, blur direction (default 0)",
    ),
    Setting(
        "grain_seed", "grain-seed", Kind.SEED, Task.GRAIN, 0, MAX_SEED, "N",
        "decides grain alone; fill and direction follow --seed",
    ),
)  # fmt: skip

_INTENSITIES = tuple(spec.task for spec in TASKS if spec.has_intensity)
_DETAILS = tuple(one for one in SETTINGS if one.kind is Kind.DETAIL)
_SEEDS = tuple(one for one in SETTINGS if one.kind is Kind.SEED)
_State = TypeVar("_State", bound="EditSettings")


def _default_values() -> Mapping[Task, float]:
    return MappingProxyType({task: SPECS[task].default for task in _INTENSITIES})


@dataclass(frozen=True)
class EditSettings:
    """The numbers of an edit, without its pictures.

    `values` holds the slider value of every task with an intensity, also while the task is switched off;
    `enabled` holds the switches. `blur_angle` is in degrees counter-clockwise, None for 'auto'. `seed`
    decides all noise; `grain_seed`, unless it is None, that of grain. `to_condition` checks the ranges.
    """

    values: Mapping[Task, float] = field(default_factory=_default_values)
    enabled: frozenset[Task] = frozenset()
    blur_angle: float | None = None
    seed: int = 0
    grain_seed: int | None = None

    @classmethod
    def of_numbers(cls, numbers: Mapping[str, Number]) -> "EditSettings":
        """The settings for values by the names in `SETTINGS`, as flags and jobs files give them.

        An effect without a value, or with the value 0, is off.
        """
        on = {task: numbers[task.value] for task in _INTENSITIES if numbers.get(task.value)}
        given: dict[str, Any] = {
            one.name: numbers[one.name] for one in (*_DETAILS, *_SEEDS) if one.name in numbers
        }
        return cls(MappingProxyType({**_default_values(), **on}), frozenset(on), **given)

    @classmethod
    def of_condition(cls, condition: EditCondition) -> "EditSettings":
        """The settings that ask for `condition`; effects that it leaves out are off, at their default."""
        active = condition.active_tasks
        on = {task: condition.intensity(task) or 0.0 for task in active if task in _INTENSITIES}
        others: dict[str, Any] = {one.name: getattr(condition, one.name) for one in (*_DETAILS, *_SEEDS)}
        return cls(MappingProxyType({**_default_values(), **on}), frozenset(active), **others)

    def numbers(self, tasks: Collection[Task] | None = None) -> dict[str, Number]:
        """Values by the names in `SETTINGS`: of what is switched on, or of `tasks`. The inverse of
        `of_numbers`."""
        tasks = self.enabled if tasks is None else tasks
        used = [one for one in SETTINGS if one.task is None or one.task in tasks]
        found = {one.name: self._value(one) for one in used}
        return {name: value for name, value in found.items() if value is not None}

    def to_condition(self, *, reference: FloatImage | None = None, mask: Mask | None = None) -> EditCondition:
        """The condition that these settings ask for with these pictures; switched-off tasks are left out.

        Raises ConditionError for a value outside its range.
        """
        numbers: dict[str, Any] = {
            one.name: self._value(one)
            for one in SETTINGS
            if one.kind is not Kind.INTENSITY or one.task in self.enabled
        }
        return EditCondition(**numbers, reference=reference, mask=mask)

    def applied_to(self, other: _State) -> _State:
        """`other` with these values, switches and details; it keeps its seeds."""
        details: dict[str, Any] = {one.name: self._value(one) for one in _DETAILS}
        return replace(other, values=self.values, enabled=self.enabled, **details)

    def without_seeds(self) -> "EditSettings":
        """The settings that a preset carries to another photo."""
        return self.applied_to(EditSettings())

    def to_json(self, *, seeds: bool) -> dict[str, Any]:
        """Plain values, the switches in the order in which the effects compose. A grain seed is left out when
        there is none."""
        drawn = {one.name: self._value(one) for one in _SEEDS if seeds}
        return {
            "values": {task.value: self.values[task] for task in _INTENSITIES},
            "on": [task.value for task in Task if task in self.enabled],
            **{one.name: self._value(one) for one in _DETAILS},
            **{name: seed for name, seed in drawn.items() if seed is not None},
        }

    @classmethod
    def from_json(cls, fields: Fields, *, seeds: bool) -> "EditSettings":
        """The inverse of `to_json`; a slider value that is missing is the default. Raises FieldError."""
        given = fields.object("values") if "values" in fields else Fields({})
        _refuse_unknown(given.names, _INTENSITIES)
        values = {
            task: _number(given, task.value, SPECS[task]) if task.value in given else SPECS[task].default
            for task in _INTENSITIES
        }
        on = fields.texts("on", len(Task))
        _refuse_unknown(on, tuple(Task))
        others: dict[str, Any] = {}
        for one in _DETAILS:
            if one.name in fields:
                # Both ends of the range of an angle are one direction.
                others[one.name] = _number(fields, one.name, one) % one.maximum
        for one in _SEEDS if seeds else ():
            if one.task is None or one.name in fields:
                others[one.name] = fields.whole(one.name, int(one.minimum), int(one.maximum))
        return cls(MappingProxyType(values), frozenset(Task(name) for name in on), **others)

    def _value(self, setting: Setting) -> Number | None:
        if setting.kind is Kind.INTENSITY:
            assert setting.task is not None
            return self.values[setting.task]
        return getattr(self, setting.name)


def _number(given: Fields, name: str, limits: Setting | TaskSpec) -> float:
    return given.number(name, limits.minimum, limits.maximum)


def _refuse_unknown(names: list[str], known: tuple[Task, ...]) -> None:
    for name in names:
        if name not in known:
            allowed = ", ".join(task.value for task in known)
            raise FieldError(
                "{name} is no effect; known are {allowed}", name=repr(name[:40]), allowed=allowed
            )
