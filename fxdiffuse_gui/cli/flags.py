"""The flags that several commands share: the settings, how they are computed and how results are written."""

import argparse
from pathlib import Path
from typing import Any

from fxdiffuse_gui.document.edit_settings import SETTINGS, Kind, Setting
from fxdiffuse_gui.engine.diffusion.model_config import DEFAULT_STEPS, SamplerName
from fxdiffuse_gui.photo.color.color_space import ColorSpace
from fxdiffuse_gui.photo.writer import ExportOptions


def add_edit_flags(parser: argparse.ArgumentParser) -> None:
    """Adds the settings of an edit and its pictures; see `given_edit`."""
    effects = parser.add_argument_group("effects")
    for setting in SETTINGS:
        if setting.kind is not Kind.SEED:
            effects.add_argument(f"--{setting.flag}", type=float, **_described(setting))
    effect = effects.add_argument
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
    for setting in SETTINGS:
        if setting.kind is Kind.SEED:
            add(f"--{setting.flag}", type=int, **_described(setting))
    add(
        "--steps",
        type=int,
        metavar="N",
        help=f"evaluations of the model where grain is drawn ({DEFAULT_STEPS}), or its own number",
    )
    add(
        "--sampler",
        choices=[sampler.value for sampler in SamplerName],
        help="how the evaluations are used (dpm++, or the model's own)",
    )


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


def given_edit(options: argparse.Namespace) -> dict[str, Any]:
    """What `add_edit_flags` was given, by the names of `Job.of`; flags come before the preset.

    Raises PresetError when there is no such preset.
    """
    names = (*(setting.name for setting in SETTINGS), "reference", "mask", "steps")
    flags = {name: value for name in names if (value := getattr(options, name)) is not None}
    if options.sampler is not None:
        flags["sampler"] = SamplerName(options.sampler)
    if options.preset is None:
        return flags
    from fxdiffuse_gui.document.presets import find_preset

    return {**find_preset(options.preset).given(), **flags}


def _described(setting: Setting) -> dict[str, Any]:
    return {"dest": setting.name, "metavar": setting.metavar, "help": setting.help}
