"""`FolderJob`: the same edit for every photo of a folder, as the folder dialog asks for it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fxdiffuse_gui.batch.job import Job, JobError
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.i18n import Message
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.presets import Preset
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.tasks import Task

if TYPE_CHECKING:
    from fxdiffuse_gui.photo.writer import ExportOptions


@dataclass(frozen=True, eq=False)
class FolderEdit:
    """What is done to each photo. reference: the file of the picture whose colors are taken. pixels: its
    pixels, when they are in memory; else the file is read."""

    settings: EditSettings
    reference: Path | None = None
    pixels: FloatImage | None = None

    @classmethod
    def of_state(cls, state: EditState) -> "FolderEdit":
        """The settings in the window, with their seeds; the mask belongs to its own photo only."""
        settings = state.settings
        if state.reference is None:
            settings = replace(settings, enabled=settings.enabled - {Task.COLOR})
        return cls._of(settings, None, state)

    @classmethod
    def of_preset(cls, preset: Preset, state: EditState) -> "FolderEdit":
        """A preset, with the seeds of the window, and its reference where the preset has none.

        Raises JobError when the preset takes colors and there is no picture to take them from.
        """
        if Task.COLOR in preset.settings.enabled and preset.reference is None and state.reference is None:
            raise JobError(
                "“{name}” takes the colors of a picture, and none is chosen; choose one in the window.",
                name=preset.name,
            )
        return cls._of(preset.settings.applied_to(state.settings), preset.reference, state)

    @classmethod
    def _of(cls, settings: EditSettings, reference: Path | None, state: EditState) -> "FolderEdit":
        if Task.COLOR not in settings.enabled:
            return cls(settings)
        if reference is not None or state.reference is None:
            return cls(settings, reference)
        shown = state.reference
        return cls(settings, shown.path or Path(shown.name), shown.pixels)

    def job(self, folder: Path, output: Path) -> Job:
        """The job of every photo, with the folders in the place of its files."""
        return Job(folder, output, self.settings, self.reference)


@dataclass(frozen=True, eq=False)
class FolderJob:
    """`edit` for the photos of `folder`, and with `recursive` of the folders inside; results go to `output`.

    extension: as in `Naming`. overwrite: whether files in the way are replaced; those that the same edit has
    made are always kept. model: its file, None for the bundled one.
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
    """How a job ended. count: how many photos there are; failures: each with its name and the reason.

    done_before: how many results were there already. stopped: it was canceled before its end. problem: why
    nothing could be done at all.
    """

    count: int = 0
    written: int = 0
    done_before: int = 0
    failures: tuple[tuple[str, UserError], ...] = ()
    stopped: bool = False
    problem: Message | None = None
