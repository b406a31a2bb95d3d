"""`EditModel`: all settings of one photo, and whether anything has changed since they were saved. No threads,
no files."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from fxdiffuse_gui.app.edit.mask_model import MaskModel
from fxdiffuse_gui.app.edit.snapshot_list import SnapshotList
from fxdiffuse_gui.app.effect_text import effect_name, effect_value, effect_within
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.snapshots import Snapshot
from fxdiffuse_gui.engine.conditions.condition import MAX_SEED
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task

DRAWN_SEEDS = 1_000_000
"""Drawn seeds stay below this, so that they can be read out and typed; any valid seed can be set."""


class EditModel(MaskModel):
    """Values, switches, reference, seed and snapshots. `LiveEdit` builds on it."""

    modified_changed = Signal()
    """`is_modified` may have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(EditState(seed=secrets.randbelow(DRAWN_SEEDS)), parent)
        self.snapshots = SnapshotList(self)
        self._snapshots_changed = False
        self.undo_stack.cleanChanged.connect(self.modified_changed)
        self.snapshots.changed.connect(self._on_snapshots)

    @property
    def is_modified(self) -> bool:
        """Whether there are edits that have neither been saved nor exported."""
        return self.photo is not None and (self._snapshots_changed or not self.undo_stack.isClean())

    def forget_changes(self) -> None:
        """Lets everything count as saved: the artist gives the edits up."""
        self._snapshots_changed = False
        self.undo_stack.setClean()
        self.modified_changed.emit()

    def _start_over(self, project: Project | None = None) -> None:
        """Another photo: an empty history, and the edit of `project`.

        Without one every effect is off and there is neither mask nor snapshot; values and reference stay.
        """
        self.undo_stack.clear()
        self._dragging = False
        self.snapshots.items = () if project is None else project.snapshots
        self._snapshots_changed = False
        if project is None:
            self._state = replace(self._state, enabled=frozenset(), mask=None)
            if not self._state.seed_locked:
                seed = secrets.randbelow(DRAWN_SEEDS)
                self._state = replace(self._state, seed=seed, grain_seed=None)
        else:
            self._state = project.state

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
        self._change(effect_value(task, value), fields, dragging=dragging, merge_key=("value", task))

    def set_values(self, values: Mapping[Task, float], *, dragging: bool = False) -> None:
        """Sets several intensities in one step, each as `set_value` does. `values` must not be empty."""
        clamped = _clamped(values)
        fields = {
            "values": {**self._state.values, **clamped},
            "enabled": self._state.enabled | clamped.keys(),
        }
        text = ", ".join(effect_value(task, value) for task, value in clamped.items())
        self._change(text, fields, dragging=dragging, merge_key=("values", frozenset(values)))

    def reset_values(self, tasks: Iterable[Task], *, joins_drag: bool = False) -> None:
        """Puts the values of `tasks` back to their defaults in one step; `joins_drag` as in `reset_task`."""
        defaults = {task: SPECS[task].default for task in tasks}
        text = tr("Reset {effect}").format(effect=", ".join(map(effect_within, defaults)))
        fields = {"values": {**self._state.values, **defaults}}
        if joins_drag:
            self._join_drag(text, fields, ("values", frozenset(defaults)))
        else:
            self._change(text, fields)

    def match_settings(
        self, values: Mapping[Task, float], blur_angle: float | None, reference: Reference | None, text: str
    ) -> None:
        """Takes over what was found in another photo, as one step; what is not in `values` stays as it is.

        `blur_angle`, in degrees or None for 'auto', counts with a value for the blur alone, `reference` with
        one for the color transfer alone.
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
        self._change(text, fields)

    def set_enabled(self, task: Task, enabled: bool) -> None:
        """Switches `task` on or off; its value is kept."""
        tasks = self._state.enabled | {task} if enabled else self._state.enabled - {task}
        text = tr("{effect} on") if enabled else tr("{effect} off")
        self._change(text.format(effect=effect_name(task)), {"enabled": tasks})

    def set_blur_angle(self, angle: float | None, *, dragging: bool = False) -> None:
        """Sets the direction of the blur in degrees counter-clockwise, or None for 'auto'.

        A direction of one's own switches the blur on: without it, it would change nothing.
        """
        fields: dict[str, Any] = {"blur_angle": None if angle is None else float(angle) % 180.0}
        text = tr("Blur direction auto")
        if angle is not None:
            fields["enabled"] = self._state.enabled | {Task.BLUR}
            text = tr("Blur direction {angle}°").format(angle=f"{fields['blur_angle']:.0f}")
        self._change(text, fields, dragging=dragging, merge_key="blur_angle")

    def set_reference(self, reference: Reference | None) -> None:
        """Sets the picture whose colors are taken, and switches color transfer on; None removes it."""
        if reference is None:
            fields: dict[str, Any] = {"reference": None, "enabled": self._state.enabled - {Task.COLOR}}
            self._change(tr("Remove reference"), fields)
        else:
            fields = {"reference": reference, "enabled": self._state.enabled | {Task.COLOR}}
            self._change(tr("Colors of {picture}").format(picture=reference.name), fields)

    def reset_task(self, task: Task, *, joins_drag: bool = False) -> None:
        """Puts the value of `task` back to its default; for blur, the direction to 'auto' as well.

        With `joins_drag` the reset becomes one step with the drag of the same value that has just ended:
        the first click of a double click may have moved the handle.
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
            self._join_drag(text, fields, ("value", task))
        else:
            self._change(text, fields)

    def reset_all(self) -> None:
        """Switches every task off and puts every value back to its default. Reference and mask go."""
        fields = {
            "values": {spec.task: spec.default for spec in TASKS if spec.has_intensity},
            "enabled": frozenset[Task](),
            "blur_angle": None,
            "reference": None,
            "mask": None,
        }
        self._change(tr("Reset all"), fields)

    def reroll_seed(self) -> None:
        """Draws another seed: another grain, another fill, another automatic direction. Not when locked."""
        if self._may_draw():
            self.set_seed(_another(self._state.seed))

    def reroll_grain(self) -> None:
        """Draws a seed for grain alone: fill and automatic direction stay. Not while the seed is locked."""
        if self._may_draw():
            seed, own = self._state.seed, self._state.grain_seed
            self._change(tr("Another grain"), {"grain_seed": _another(seed if own is None else own)})

    def set_seed(self, seed: int) -> None:
        """Sets the seed, clamped to 0..2⁶³−1; from then on it decides grain too."""
        seed = min(max(int(seed), 0), MAX_SEED)
        self._change(tr("Seed {seed}").format(seed=seed), {"seed": seed, "grain_seed": None})

    def set_seed_locked(self, locked: bool) -> None:
        """A locked seed is kept when it would be drawn anew: on re-roll and for the next photo. So is that of
        grain."""
        if locked != self._state.seed_locked:
            self._apply_fields({"seed_locked": locked})

    def apply_settings(self, look: EditSettings, text: str) -> None:
        """Sets values, switches and direction as one step of the history; inpainting stays as it is."""
        painted = self._state.enabled & {Task.INPAINT}
        fields = {
            "values": look.values,
            "enabled": (look.enabled - {Task.INPAINT}) | painted,
            "blur_angle": look.blur_angle,
        }
        self._change(text, fields)

    def take_snapshot(self, name: str = "") -> None:
        """Keeps the settings under `name`; without one, under the next number."""
        problem = self.snapshots.problem(self._state)
        if problem:
            self.message.emit(problem)
        else:
            self.snapshots.add(self._state, name)

    def go_to_snapshot(self, snapshot: Snapshot) -> None:
        """Sets everything as it was when `snapshot` was taken, as one step of the history."""
        names = ("values", "enabled", "blur_angle", "reference", "mask", "seed", "grain_seed")
        self._change(
            tr("To “{snapshot}”").format(snapshot=snapshot.name),
            {name: getattr(snapshot.state, name) for name in names},
        )

    def _may_draw(self) -> bool:
        """Whether the seed is free; tells the artist if it is locked."""
        if self._state.seed_locked:
            self.message.emit(tr("The seed is locked; unlock it to draw another one."))
        return not self._state.seed_locked

    def _on_snapshots(self) -> None:
        self._snapshots_changed = True
        self.modified_changed.emit()


def _clamped(values: Mapping[Task, float]) -> dict[Task, float]:
    return {
        task: min(max(float(value), SPECS[task].minimum), SPECS[task].maximum)
        for task, value in values.items()
    }


def _another(seed: int) -> int:
    """A drawn seed that is not `seed`."""
    drawn = secrets.randbelow(DRAWN_SEEDS - 1)
    return drawn if drawn != seed else DRAWN_SEEDS - 1
