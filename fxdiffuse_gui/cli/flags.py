"""The flags that several commands share: the effects, and how and where they are computed."""

import argparse
from pathlib import Path
from typing import Any

from fxdiffuse_gui.engine.conditions.tasks import TASKS, Task, TaskSpec
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.writer import ExportOptions

# Flags whose name is not the task's.
_FLAGS = {Task.COLOR: "--color-strength"}
_METAVARS = {Task.BLUR: "PX", Task.GRAIN: "R", Task.SHARPEN: "λ", Task.COLOR: "S"}

_SETTINGS = (
    "blur", "blur_angle", "grain", "sharpen", "color", "reference", "mask", "seed", "grain_seed", "steps",
)  # fmt: skip


def add_effect_flags(parser: argparse.ArgumentParser) -> None:
    """Adds what decides an edit; every destination is the name of a field of `Job`."""
    effect = parser.add_argument_group("effects").add_argument
    for spec in TASKS:
        if spec.has_intensity:
            effect(
                _FLAGS.get(spec.task, f"--{spec.task.value}"),
                dest=spec.task.value,
                type=float,
                metavar=_METAVARS[spec.task],
                help=_describe(spec),
            )
    effect(
        "--blur-angle",
        type=float,
        metavar="DEG",
        help="blur direction in degrees counter-clockwise from the right; drawn from the seed when absent",
    )
    effect("--reference", type=Path, metavar="IMG", help="picture whose colors the photo takes")
    effect(
        "--mask", type=Path, metavar="PNG", help="picture of the photo's size, white where it is filled in"
    )
    add = parser.add_argument
    add(
        "--preset",
        metavar="NAME|FILE",
        help="settings under a name, bundled or saved in the app, or in a file; flags beside it come first",
    )
    add("--seed", type=int, metavar="N", help="decides grain, fill, blur direction (default 0)")
    add("--grain-seed", type=int, metavar="N", help="decides grain alone; fill and direction follow --seed")
    add("--steps", type=int, metavar="N", help="evaluations of the model where grain is drawn (4)")


def add_computing_flags(parser: argparse.ArgumentParser) -> None:
    """Adds the model and the device."""
    parser.add_argument("--model", type=Path, metavar="FILE", help="another model than the bundled one")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute")


def add_export_flags(parser: argparse.ArgumentParser) -> None:
    """Adds how results are written, and the kind of report."""
    quality = ExportOptions().quality
    parser.add_argument(
        "--quality",
        type=int,
        default=quality,
        metavar="Q",
        help=f"of a JPEG, WebP or AVIF, 1 to 100 ({quality}); at 100 the latter two lose nothing",
    )
    parser.add_argument(
        "--color-space",
        choices=[space.value for space in ColorSpace],
        default=ColorSpace.KEEP.value,
        help="what colors are converted to (keep: the photo's own, untouched pixels bit for bit)",
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON on stdout")


def export_options(options: argparse.Namespace) -> ExportOptions:
    """What `add_export_flags` was given. Raises PhotoError when a value is out of range."""
    return ExportOptions(quality=options.quality, color_space=ColorSpace(options.color_space))


def given_settings(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of `Job` that were given as flags of `add_effect_flags`, by themselves or as a preset.

    Raises ValueError with a sentence when there is no such preset.
    """
    flags = {name: value for name in _SETTINGS if (value := getattr(options, name)) is not None}
    if options.preset is None:
        return flags
    from fxdiffuse_gui.batch.preset_settings import preset_settings

    return {**preset_settings(options.preset), **flags}


def _describe(spec: TaskSpec) -> str:
    needs = " with --reference" if spec.needs_reference else ""
    return f"{spec.help} {spec.minimum:g} to {spec.maximum:g}{needs}; 0 is off"
