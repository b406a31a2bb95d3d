"""Jobs files: JSON lines, one job each, with the names that the flags of the command line have."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from fxdiffuse_gui.batch.job import Job, JobError
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.document.edit_settings import SETTINGS, Kind
from fxdiffuse_gui.document.presets import find_preset, is_preset_file
from fxdiffuse_gui.engine.diffusion.model_config import SamplerName
from fxdiffuse_gui.photo.color.color_space import ColorSpace

_EXAMPLE = '{"input": "a.jpg", "output": "b.jpg"}'


def read_jobs(path: Path) -> Iterator[tuple[int, Job | UserError]]:
    """Yields (line number from 1, job or what is wrong with the line); blank lines are skipped.

    Relative paths in the file are relative to its folder. Raises JobError when the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise JobError(
            "The jobs file {name} is not UTF-8 text; save it as JSON lines.", name=path.name
        ) from None
    except (OSError, ValueError) as error:
        raise JobError(
            "The jobs file {name} cannot be read ({reason}); check its path.",
            name=path.name,
            reason=getattr(error, "strerror", None) or Message("invalid path"),
        ) from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, parse_job(line, path.parent)
            except UserError as error:
                yield number, error


def parse_job(line: str, folder: Path) -> Job:
    """The job in one line of JSON; relative paths are taken from `folder`. Raises JobError, PresetError."""
    try:
        values: object = json.loads(line)
    except (ValueError, RecursionError):
        raise JobError("This is not JSON; a job looks like {example}.", example=_EXAMPLE) from None
    if not isinstance(values, dict):
        raise JobError("A job must be a JSON object like {example}.", example=_EXAMPLE)
    given = _read_values(cast("dict[str, Any]", values), folder)
    for name in ("input", "output"):
        if name not in given:
            raise JobError('"{name}" is missing; every job needs an input and an output.', name=name)
    preset = given.pop("preset", {})
    return Job.of({**preset, **given})


def _read_values(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """What a line gives, by the names of `Job.of`. A null counts as missing."""
    unknown = [name for name in values if name not in _READERS]
    if unknown:
        raise JobError(
            "Unknown name {name}; known are {known}.", name=repr(unknown[0]), known=", ".join(_READERS)
        )
    given: dict[str, Any] = {}
    for name, value in values.items():
        if value is not None:
            own_name = _OTHER_NAMES.get(name, name)
            if own_name in given:
                raise JobError(
                    "{name} and {other} are one value; give one of them.",
                    name=own_name,
                    other=_FLAG_NAMES[own_name],
                )
            given[own_name] = _READERS[name](name, value, folder)
    return given


def _number(name: str, value: object, _folder: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise JobError("{name} must be a number, not {value}.", name=name, value=_short(value))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise JobError("{name} must be a finite number.", name=name)
    return number


def _whole(name: str, value: object, _folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise JobError("{name} must be a whole number, not {value}.", name=name, value=_short(value))
    return value


def _path(name: str, value: object, folder: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise JobError("{name} must be a file name, not {value}.", name=name, value=_short(value))
    return folder / value


def _color_space(name: str, value: object, _folder: Path) -> ColorSpace:
    try:
        return ColorSpace(cast("str", value))
    except ValueError:
        raise JobError(
            "{name} must be one of {known}, not {value}.",
            name=name,
            known=", ".join(ColorSpace),
            value=_short(value),
        ) from None


def _sampler(name: str, value: object, _folder: Path) -> SamplerName:
    try:
        return SamplerName(cast("str", value))
    except ValueError:
        raise JobError(
            "{name} must be one of {known}, not {value}.",
            name=name,
            known=", ".join(SamplerName),
            value=_short(value),
        ) from None


def _preset(name: str, value: object, folder: Path) -> dict[str, Any]:
    if not isinstance(value, str) or not value:
        raise JobError("{name} must be the name or the file of a preset.", name=name)
    return find_preset(str(folder / value) if is_preset_file(value) else value).given()


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "…"


_FLAG_NAMES = {one.name: one.flag.replace("-", "_") for one in SETTINGS}
_OTHER_NAMES = {flag: name for name, flag in _FLAG_NAMES.items() if flag != name}
_READERS: Mapping[str, Callable[[str, object, Path], Any]] = {
    "input": _path,
    "output": _path,
    **{
        name: _whole if one.kind is Kind.SEED else _number
        for one in SETTINGS
        for name in dict.fromkeys((_FLAG_NAMES[one.name], one.name))
    },
    "reference": _path,
    "mask": _path,
    "preset": _preset,
    "steps": _whole,
    "sampler": _sampler,
    "quality": _whole,
    "color_space": _color_space,
}
