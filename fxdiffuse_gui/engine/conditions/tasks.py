"""The task table: the five effects, once.

Sliders, command-line flags and the label encoder are all built from `TASKS`, so a range or a default
is changed here and nowhere else. The order of the table is the order in which effects compose in one
edit: scene (inpaint) → camera (color, blur) → lab (sharpen, grain).
"""

from dataclasses import dataclass
from enum import StrEnum


class Task(StrEnum):
    """An effect; its value is the name used in JSON, flags and file metadata."""

    INPAINT = "inpaint"
    COLOR = "color"
    BLUR = "blur"
    SHARPEN = "sharpen"
    GRAIN = "grain"


@dataclass(frozen=True)
class TaskSpec:
    """What a control for one task needs to know.

    `minimum` is the smallest *active* value: a task whose value is 0 or absent is inactive. `ticks` are
    values worth marking on a slider. A task without `has_intensity` is switched by its image alone.
    """

    task: Task
    label: str
    unit: str
    minimum: float
    maximum: float
    default: float
    step: float
    decimals: int
    help: str
    ticks: tuple[float, ...] = ()
    has_intensity: bool = True
    needs_mask: bool = False
    needs_reference: bool = False

    def value_text(self, value: float) -> str:
        """`value` with its usual decimals and its unit: "0.050 px"."""
        return f"{value:.{self.decimals}f} {self.unit}".rstrip()


TASKS: tuple[TaskSpec, ...] = (
    TaskSpec(
        Task.INPAINT, "Inpaint", "", 0.0, 1.0, 1.0, 1.0, 0,
        "Fills what is painted over.", has_intensity=False, needs_mask=True,
    ),
    TaskSpec(
        Task.COLOR, "Color transfer", "", 0.01, 1.0, 1.0, 0.01, 2,
        "Gives the photo the colors of a reference picture.", needs_reference=True,
    ),
    TaskSpec(
        Task.BLUR, "Motion blur", "px", 0.5, 32.0, 12.0, 0.5, 1,
        "Length of the path a point travels during the exposure.",
    ),
    TaskSpec(
        Task.SHARPEN, "Sharpen", "λ", 0.05, 5.0, 1.5, 0.05, 2,
        "Amount of the unsharp mask.",
    ),
    TaskSpec(
        Task.GRAIN, "Film grain", "px", 0.010, 0.100, 0.050, 0.001, 3,
        "Radius of the film grains.", ticks=(0.010, 0.025, 0.050, 0.075, 0.100),
    ),
)  # fmt: skip

SPECS: dict[Task, TaskSpec] = {spec.task: spec for spec in TASKS}
