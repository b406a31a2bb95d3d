"""`Job`: one edit from file to file, as its paths and its settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.document.edit_settings import SETTINGS, EditSettings
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.diffusion.model_config import MAX_STEPS, SamplerName
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.writer import ExportOptions

_INPUTS = {
    "photo": Message("photo"),
    "mask": Message("mask"),
    "reference": Message("reference"),
    "project": Message("project"),
    "export": Message("export"),
}


class JobError(UserError):
    """A job cannot be understood or run; the sentence says what is wrong."""


@dataclass(frozen=True)
class Job:
    """One edit.

    `reference` is the picture whose colors are taken, `mask` the one that says where to fill. steps
    (1..1000), sampler: None for those of the model. quality, color_space: of the file that is written, None
    for what the whole command was given.

    Raises JobError for what can be checked without opening a file; ranges are checked by the condition.
    """

    input: Path
    output: Path
    settings: EditSettings = field(default_factory=EditSettings)
    reference: Path | None = None
    mask: Path | None = None
    steps: int | None = None
    sampler: SamplerName | None = None
    quality: int | None = None
    color_space: ColorSpace | None = None

    def __post_init__(self) -> None:
        if Task.COLOR in self.settings.enabled and self.reference is None:
            raise JobError("A color strength needs a reference picture.")
        check_steps(self.steps)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Job":
        """The job for values by the names of the settings (`SETTINGS`) and of the fields of `Job`.

        An effect without a value is off, but a `reference` without `color` means full strength.
        Raises JobError.
        """
        numbers = {one.name: given[one.name] for one in SETTINGS if one.name in given}
        if "blur_angle" in numbers and "blur" not in numbers:
            raise JobError("A blur angle needs a blur.")
        if "reference" in given:
            numbers.setdefault(Task.COLOR.value, SPECS[Task.COLOR].default)
        others = {name: value for name, value in given.items() if name not in numbers}
        return cls(settings=EditSettings.of_numbers(numbers), **others)

    def export_options(self, options: ExportOptions) -> ExportOptions:
        """`options` with what this job sets otherwise. Raises PhotoError when a value is out of range."""
        own: dict[str, Any] = {"quality": self.quality, "color_space": self.color_space}
        return replace(options, **{name: value for name, value in own.items() if value is not None})


def check_steps(steps: int | None) -> None:
    """Raises JobError for a number of evaluations that no edit is made with."""
    if steps is not None and not 1 <= steps <= MAX_STEPS:
        raise JobError("The steps must lie between 1 and {most}, not {steps}.", most=MAX_STEPS, steps=steps)


def check_not_an_input(output: Path, **inputs: Path | None) -> None:
    """Refuses to write to `output` what is made from that very file, also under another path.

    inputs: the files that an edit is made from, by the keys of `_INPUTS`. Raises JobError.
    """
    for kind, path in inputs.items():
        if path is not None and is_same_file(path, output):
            raise JobError(
                "{name} is the {what} that the edit is made from, and would be lost;"
                " give the result another name.",
                name=display_name(output),
                what=_INPUTS[kind],
            )


def is_same_file(path: Path, other: Path) -> bool:
    """Whether both lead to one file or folder, also through links; False when one of them does not exist."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False  # an invalid path is refused where it is opened
