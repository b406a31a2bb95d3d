"""`FolderJob`: the same edit for every photo of a folder, as the window asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fxdiffuse_gui.batch.job import JobError
from fxdiffuse_gui.batch.preset_settings import settings_of
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.effect_settings import EffectSettings
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


@dataclass(frozen=True, eq=False)
class FolderEdit:
    """What is done to each photo. settings: fields of `Job`. reference: the pixels of the picture that
    `settings` names, when they are at hand; else its file is read."""

    settings: Mapping[str, Any]
    reference: FloatImage | None = None

    @classmethod
    def of_state(cls, state: EditState) -> "FolderEdit":
        """The settings as they are in the window, with their seed; the mask belongs to its photo alone."""
        look = EffectSettings.of(state)
        if state.reference is None:
            look = replace(look, enabled=look.enabled - {Task.COLOR})
        return cls._of(look, None, state)

    @classmethod
    def of_preset(cls, preset: Preset, state: EditState) -> "FolderEdit":
        """A preset, with the seed of the window, and its reference where the preset has none.

        Raises JobError when the preset takes colors and there is no picture to take them from.
        """
        if Task.COLOR in preset.look.enabled and preset.reference is None and state.reference is None:
            text = tr("“{name}” takes the colors of a picture, and none is chosen; choose one in the window.")
            raise JobError(text.format(name=preset.name))
        return cls._of(preset.look, preset.reference, state)

    @classmethod
    def _of(cls, look: EffectSettings, path: Path | None, state: EditState) -> "FolderEdit":
        held = None
        if path is None and state.reference is not None and Task.COLOR in look.enabled:
            path, held = state.reference.path or Path(state.reference.name), state.reference.pixels
        settings = {**settings_of(look, path), "seed": state.seed}
        if state.grain_seed is not None and Task.GRAIN in look.enabled:
            settings["grain_seed"] = state.grain_seed
        return cls(settings, held)


@dataclass(frozen=True, eq=False)
class FolderJob:
    """`edit` for the photos of `folder`, and with `recursive` of those inside it; results go to `output`.

    extension: as in `Naming`. overwrite: whether files in the way are replaced, those aside that were made by
    the same edit, which are never made again. model: its file, None for the bundled one.
    """

    folder: Path
    output: Path
    edit: FolderEdit
    options: "ExportOptions"
    extension: str | None = None
    recursive: bool = False
    overwrite: bool = False
    model: Path | None = None


@dataclass(frozen=True)
class Summary:
    """What came of a job. count: how many photos there are; failures: each with the reason, a sentence.

    stopped: it was canceled before its end. problem: the sentence that says why nothing could be done at all.
    """

    count: int = 0
    written: int = 0
    skipped: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    stopped: bool = False
    problem: str = ""
