"""`Job`, one edit as numbers and file names, and the JSON-lines files that list many of them."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fxdiffuse_gui.core.file_names import display_name

MAX_STEPS = 1000


class JobError(ValueError):
    """A job cannot be understood; the message is one sentence that says what is wrong."""


@dataclass(frozen=True)
class Job:
    """One edit. Field names are the names in a jobs file; an absent value is an inactive task.

    blur in px, blur_angle in degrees, grain radius in px, sharpen λ, color strength 0..1; a `reference`
    without `color` means strength 1. grain_seed: decides grain in the stead of `seed`. steps: 1..1000, None
    leaves it to the engine.
    Raises JobError for what can be told without opening a file; ranges are the condition's to check.
    """

    input: Path
    output: Path
    blur: float | None = None
    blur_angle: float | None = None
    grain: float | None = None
    sharpen: float | None = None
    color: float | None = None
    reference: Path | None = None
    mask: Path | None = None
    seed: int = 0
    grain_seed: int | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        if self.color and self.reference is None:
            raise JobError("A color strength needs a reference picture.")
        if self.blur_angle is not None and self.blur is None:
            raise JobError("A blur angle needs a blur.")
        if self.steps is not None and not 1 <= self.steps <= MAX_STEPS:
            raise JobError(f"The steps must lie between 1 and {MAX_STEPS}, not {self.steps}.")

    @property
    def color_strength(self) -> float | None:
        """The strength of the color transfer: 1 when only a reference is given."""
        return 1.0 if self.color is None and self.reference is not None else self.color


def check_spared(output: Path, **inputs: Path | None) -> None:
    """Refuses to write to `output` what is made from that very file, by whatever path it is named.

    inputs: the files that an edit is made from, by what they are. Raises JobError.
    """
    for what, path in inputs.items():
        if path is not None and is_same_file(path, output):
            raise JobError(
                f"{display_name(output)} is the {what} that the edit is made from, and would be lost;"
                " give the result another name."
            )


def is_same_file(path: Path, other: Path) -> bool:
    """Whether both lead to one file or folder, also through links; not when one of them is not there."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False  # whether they can be used shows later


def read_jobs(path: Path) -> Iterator[tuple[int, Job | JobError]]:
    """Yields (line number from 1, job or what is wrong with the line); blank lines are skipped.

    Relative paths in the file are relative to its folder. Raises JobError when the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise JobError(f"The jobs file {path.name} is not UTF-8 text; save it as JSON lines.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "invalid path"
        raise JobError(f"The jobs file {path.name} cannot be read ({reason}); check its path.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, parse_job(line, path.parent)
            except JobError as error:
                yield number, error


def parse_job(line: str, folder: Path) -> Job:
    """The job written in one line of JSON; relative paths are taken from `folder`. Raises JobError."""
    try:
        values: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise JobError('This is not JSON; a job looks like {"input": "a.jpg", "output": "b.jpg"}.') from None
    if not isinstance(values, dict):
        raise JobError('A job must be a JSON object like {"input": "a.jpg", "output": "b.jpg"}.')
    unknown = [name for name in values if name not in _READERS]
    if unknown:
        raise JobError(f"Unknown name {unknown[0]!r}; known are {', '.join(_READERS)}.")
    for name in ("input", "output"):
        if values.get(name) is None:
            raise JobError(f'"{name}" is missing; every job needs an input and an output.')
    return Job(**_read_values(values, folder))


def _read_values(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    given = {name: value for name, value in values.items() if value is not None}
    return {name: _READERS[name](name, value, folder) for name, value in given.items()}


def _number(name: str, value: object, _folder: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise JobError(f"{name} must be a number, not {_shown(value)}.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise JobError(f"{name} must be a finite number.")
    return number


def _whole(name: str, value: object, _folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise JobError(f"{name} must be a whole number, not {_shown(value)}.")
    return value


def _path(name: str, value: object, folder: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise JobError(f"{name} must be a file name, not {_shown(value)}.")
    return folder / value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "…"


_READERS: dict[str, Callable[[str, object, Path], Any]] = {
    "input": _path,
    "output": _path,
    "blur": _number,
    "blur_angle": _number,
    "grain": _number,
    "sharpen": _number,
    "color": _number,
    "reference": _path,
    "mask": _path,
    "seed": _whole,
    "grain_seed": _whole,
    "steps": _whole,
}
