"""Presets and looks as the fields of a `Job`: for edits without a window."""

import os
from pathlib import Path
from typing import Any

import platformdirs

from fxdiffuse_gui.document.effect_settings import EffectSettings
from fxdiffuse_gui.document.presets import (
    SUFFIX,
    Preset,
    PresetError,
    PresetFolder,
    bundled_presets,
    read_preset,
)
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task

_NAMED = 20


def own_presets_folder() -> Path:
    """Where the artist's presets lie; `app.settings.presets_folder`, which asks Qt, tells the same."""
    return platformdirs.user_config_path() / "fxdiffuse" / "presets"


def find_preset(given: str, own: Path) -> Preset:
    """The preset called `given`, the artist's in the folder `own` before a bundled one; or that in a file.

    What ends in .json, or leads to a folder, is a file; case does not matter in a name.
    Raises PresetError; for a name that nobody knows it lists those that there are.
    """
    if given.lower().endswith(SUFFIX) or {"/", os.sep} & set(given):
        return read_preset(Path(given))
    known = [*PresetFolder(own).presets, *bundled_presets()]
    exact = [preset for preset in known if preset.name == given]
    alike = exact or [preset for preset in known if preset.name.casefold() == given.strip().casefold()]
    if alike:
        return alike[0]
    names = list(dict.fromkeys(preset.name for preset in known))
    more = ", …" if len(names) > _NAMED else ""
    listed = ", ".join(f"“{name}”" for name in names[:_NAMED])
    raise PresetError(f"There is no preset “{given[:80]}”; known are {listed}{more}.")


def settings_of(look: EffectSettings, reference: Path | None) -> dict[str, Any]:
    """The fields of `Job` for what is switched on in `look`; `reference` is where its colors come from."""
    on = [task for task in Task if task in look.enabled and SPECS[task].has_intensity]
    settings: dict[str, Any] = {task.value: look.values[task] for task in on}
    if Task.BLUR in on and look.blur_angle is not None:
        settings["blur_angle"] = look.blur_angle
    if Task.COLOR in on and reference is not None:
        settings["reference"] = reference
    return settings


def preset_settings(given: str) -> dict[str, Any]:
    """The fields of `Job` that the preset `given`, a name or a file, asks for. Raises PresetError."""
    preset = find_preset(given, own_presets_folder())
    return settings_of(preset.look, preset.reference)
