"""`EffectSettings`: the settings that can be carried from one photo to another, and their JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.core.strict_json import FieldError, Fields
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task

_MEASURED = tuple(task for task in Task if SPECS[task].has_intensity)


@dataclass(frozen=True)
class EffectSettings:
    """Slider values, switches and blur direction; not the mask, the reference or the seed.

    `values` has every task with an intensity, inside its range; `blur_angle` is in degrees, None for 'auto'.
    """

    values: Mapping[Task, float]
    enabled: frozenset[Task]
    blur_angle: float | None

    @classmethod
    def of(cls, state: EditState) -> "EffectSettings":
        """The look of `state`."""
        return cls(MappingProxyType(dict(state.values)), state.enabled, state.blur_angle)

    def applied_to(self, state: EditState) -> EditState:
        """`state` with these values, switches and direction."""
        return replace(state, values=self.values, enabled=self.enabled, blur_angle=self.blur_angle)

    def to_json(self) -> dict[str, Any]:
        """Plain values, the switches in the order in which the effects compose."""
        return {
            "values": {task.value: self.values[task] for task in _MEASURED},
            "on": [task.value for task in Task if task in self.enabled],
            "blur_angle": self.blur_angle,
        }

    @classmethod
    def from_json(cls, fields: Fields) -> "EffectSettings":
        """The inverse of `to_json`; a value that is missing is the default. Raises FieldError."""
        given = fields.object("values") if "values" in fields else Fields({})
        _refuse_unknown(given.names, _MEASURED)
        values = {task: _value(given, task) for task in _MEASURED}
        on = fields.texts("on", len(Task))
        _refuse_unknown(on, tuple(Task))
        angle = fields.number("blur_angle", 0.0, 180.0) % 180.0 if "blur_angle" in fields else None
        return cls(MappingProxyType(values), frozenset(Task(name) for name in on), angle)


def _value(given: Fields, task: Task) -> float:
    spec = SPECS[task]
    if task.value not in given:
        return spec.default
    return given.number(task.value, spec.minimum, spec.maximum)


def _refuse_unknown(names: list[str], known: tuple[Task, ...]) -> None:
    for name in names:
        if name not in known:
            allowed = ", ".join(task.value for task in known)
            raise FieldError(
                tr("{name} is no effect; known are {allowed}").format(name=repr(name[:40]), allowed=allowed)
            )
