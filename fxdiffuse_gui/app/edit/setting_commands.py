"""`SettingCommands`: the ways to change every setting but the mask."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.edit.edit_history import EditHistory
from fxdiffuse_gui.app.effect_text import effect_name, effect_within
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.effect_settings import EffectSettings
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.engine.conditions.condition import MAX_SEED
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task

DRAWN_SEEDS = 1_000_000
"""Random seeds stay below this, so that they are easy to read and type; any valid seed can be set."""


class SettingCommands(QObject):
    """Values, switches, direction, reference, seed and presets. Every change is a step of the history, except
    locking the seed."""

    message = Signal(str)
    """One sentence for the artist."""
    reference_needed = Signal(object)
    """Path of the reference that a preset takes its colors from."""

    def __init__(self, history: EditHistory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history

    @property
    def _state(self) -> EditState:
        return self._history.state

    def set_value(self, task: Task, value: float, *, dragging: bool = False) -> None:
        """Sets the intensity of `task`, clamped to its range, and switches the task on.

        While `dragging`, the changes become one step of the history, closed by `end_drag`.
        """
        spec = SPECS[task]
        value = min(max(float(value), spec.minimum), spec.maximum)
        fields = {
            "values": {**self._state.values, task: value},
            "enabled": self._state.enabled | {task},
        }
        self._history.change(_step_name(task, value), fields, dragging=dragging, merge_key=("value", task))

    def set_values(self, values: Mapping[Task, float], *, dragging: bool = False) -> None:
        """Sets several intensities in one step, each as `set_value` does. `values` must not be empty."""
        clamped = _clamped(values)
        fields = {
            "values": {**self._state.values, **clamped},
            "enabled": self._state.enabled | clamped.keys(),
        }
        text = ", ".join(_step_name(task, value) for task, value in clamped.items())
        self._history.change(text, fields, dragging=dragging, merge_key=("values", frozenset(values)))

    def reset_values(self, tasks: Iterable[Task], *, joins_drag: bool = False) -> None:
        """Resets the values of `tasks` to their defaults in one step; `joins_drag` as in `reset_task`."""
        defaults = {task: SPECS[task].default for task in tasks}
        text = tr("Reset {effect}").format(effect=", ".join(map(effect_within, defaults)))
        fields = {"values": {**self._state.values, **defaults}}
        if joins_drag:
            self._history.change_in_last_drag(text, fields, ("values", frozenset(defaults)))
        else:
            self._history.change(text, fields)

    def match_settings(
        self, values: Mapping[Task, float], blur_angle: float | None, reference: Reference | None, text: str
    ) -> None:
        """Sets what was measured in another photo, as one step; effects that are not in `values` stay as they
        are.

        `blur_angle`, in degrees or None for 'auto', is used only with a value for the blur, `reference` only
        with one for the color transfer.
        """
        clamped = _clamped(values)
        fields: dict[str, Any] = {
            "values": {**self._state.values, **clamped},
            "enabled": self._state.enabled | clamped.keys(),
        }
        if Task.BLUR in values:
            fields["blur_angle"] = None if blur_angle is None else blur_angle % 180.0
        if Task.COLOR in values:
            fields["reference"] = reference
        self._history.change(text, fields)

    def set_enabled(self, task: Task, enabled: bool) -> None:
        """Switches `task` on or off; its value is kept."""
        tasks = self._state.enabled | {task} if enabled else self._state.enabled - {task}
        text = tr("{effect} on") if enabled else tr("{effect} off")
        self._history.change(text.format(effect=effect_name(task)), {"enabled": tasks})

    def set_blur_angle(self, angle: float | None, *, dragging: bool = False) -> None:
        """Sets the direction of the blur in degrees counter-clockwise, or None for 'auto'.

        A chosen direction switches the blur on: without the blur it would change nothing.
        """
        fields: dict[str, Any] = {"blur_angle": None if angle is None else float(angle) % 180.0}
        text = tr("Blur direction auto")
        if angle is not None:
            fields["enabled"] = self._state.enabled | {Task.BLUR}
            text = tr("Blur direction {angle}°").format(angle=f"{fields['blur_angle']:.0f}")
        self._history.change(text, fields, dragging=dragging, merge_key="blur_angle")

    def set_reference(self, reference: Reference | None) -> None:
        """Sets the picture whose colors are taken, and switches color transfer on; None removes it."""
        if reference is None:
            fields: dict[str, Any] = {"reference": None, "enabled": self._state.enabled - {Task.COLOR}}
            self._history.change(tr("Remove reference"), fields)
        else:
            fields = {"reference": reference, "enabled": self._state.enabled | {Task.COLOR}}
            self._history.change(tr("Colors of {picture}").format(picture=reference.name), fields)

    def reset_task(self, task: Task, *, joins_drag: bool = False) -> None:
        """Resets the value of `task` to its default; for blur, the direction to 'auto' as well.

        With `joins_drag` the reset becomes one step with the drag of the same value that has just ended: the
        first click of a double click may have moved the handle.
        """
        spec = SPECS[task]
        fields: dict[str, Any] = {}
        if spec.has_intensity:
            fields["values"] = {**self._state.values, task: spec.default}
        if task is Task.BLUR:
            fields["blur_angle"] = None
        if task is Task.INPAINT:
            fields["mask"] = None
        text = tr("Reset {effect}").format(effect=effect_within(task))
        if joins_drag:
            self._history.change_in_last_drag(text, fields, ("value", task))
        else:
            self._history.change(text, fields)

    def reset_all(self) -> None:
        """Switches every task off and resets every value to its default. Removes reference and mask."""
        fields = {
            "values": {spec.task: spec.default for spec in TASKS if spec.has_intensity},
            "enabled": frozenset[Task](),
            "blur_angle": None,
            "reference": None,
            "mask": None,
        }
        self._history.change(tr("Reset all"), fields)

    def reroll_seed(self) -> None:
        """Draws another seed: another grain, another fill, another automatic direction. Not while it is
        locked."""
        if self._is_seed_free():
            self.set_seed(_another(self._state.seed))

    def reroll_grain(self) -> None:
        """Draws a seed for grain only: fill and automatic direction stay. Not while the seed is locked."""
        if self._is_seed_free():
            seed, own = self._state.seed, self._state.grain_seed
            self._history.change(tr("Another grain"), {"grain_seed": _another(seed if own is None else own)})

    def set_seed(self, seed: int) -> None:
        """Sets the seed, clamped to 0..2⁶³−1; from then on it determines grain too."""
        seed = min(max(int(seed), 0), MAX_SEED)
        self._history.change(tr("Seed {seed}").format(seed=seed), {"seed": seed, "grain_seed": None})

    def set_seed_locked(self, locked: bool) -> None:
        """Locks the seed, and that of grain, or unlocks them. A locked seed is not drawn again: neither by a
        re-roll nor for the next photo."""
        if locked != self._state.seed_locked:
            self._history.apply({"seed_locked": locked})

    def apply_settings(self, look: EffectSettings, text: str) -> None:
        """Sets values, switches and direction as one step of the history; inpainting stays as it is."""
        painted = self._state.enabled & {Task.INPAINT}
        fields = {
            "values": look.values,
            "enabled": (look.enabled - {Task.INPAINT}) | painted,
            "blur_angle": look.blur_angle,
        }
        self._history.change(text, fields)

    def apply_preset(self, preset: Preset, text: str = "") -> None:
        """Sets what `preset` says, and asks for its reference if it needs another one than is there.

        `text` is what the history calls it, instead of the preset's name.
        """
        self.apply_settings(preset.look, text or tr("Preset “{preset}”").format(preset=preset.name))
        current = None if self._state.reference is None else self._state.reference.path
        path = preset.reference
        if path is not None and Task.COLOR in preset.look.enabled and path != current:
            self.reference_needed.emit(path)

    def _is_seed_free(self) -> bool:
        """Whether another seed may be drawn; if not, a message says so."""
        if self._state.seed_locked:
            self.message.emit(tr("The seed is locked; unlock it to draw another one."))
        return not self._state.seed_locked


def first_state(state: EditState) -> EditState:
    """The settings for another photo, from those of the last one: every effect off and no mask. Values and
    reference stay, and so does the seed if it is locked."""
    state = replace(state, enabled=frozenset(), mask=None)
    return state if state.seed_locked else replace(state, seed=draw_seed(), grain_seed=None)


def draw_seed() -> int:
    """A random seed below `DRAWN_SEEDS`."""
    return secrets.randbelow(DRAWN_SEEDS)


def _step_name(task: Task, value: float) -> str:
    return f"{effect_name(task)} {SPECS[task].value_text(value)}"


def _clamped(values: Mapping[Task, float]) -> dict[Task, float]:
    return {
        task: min(max(float(value), SPECS[task].minimum), SPECS[task].maximum)
        for task, value in values.items()
    }


def _another(seed: int) -> int:
    """A random seed other than `seed`."""
    drawn = secrets.randbelow(DRAWN_SEEDS - 1)
    return drawn if drawn != seed else DRAWN_SEEDS - 1
