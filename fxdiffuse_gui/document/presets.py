"""Presets: settings with a name, as JSON files; the clipboard carries settings as the same JSON."""

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

import resources
from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.strict_json import FieldError, Fields, to_json
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.photo_link import local_path
from fxdiffuse_gui.document.snapshots import MAX_NAME
from fxdiffuse_gui.engine.conditions.tasks import Task

FORMAT = "fxdiffuse preset"
VERSION = 1
SUFFIX = ".json"
MAX_BYTES = 64_000
_MAX_FILES = 500
_LISTED = 20


class PresetError(UserError):
    """A preset cannot be read or written; the sentence names it and says what to do."""


@dataclass(frozen=True)
class Preset:
    """Settings under a name of 1 to 80 printable characters; their seeds have no meaning.

    `reference` is the file of the picture whose colors are taken, if any; `file` is the preset's own, None
    until it is saved.
    """

    name: str
    settings: EditSettings
    reference: Path | None = None
    file: Path | None = None

    @classmethod
    def of(cls, state: EditState, name: str) -> "Preset":
        """The settings of `state`, without mask and seed. Raises PresetError for a name without a letter."""
        cleaned = "".join(char for char in " ".join(name.split()) if char.isprintable())[:MAX_NAME]
        if not cleaned:
            raise PresetError("A preset needs a name.")
        path = None if state.reference is None else state.reference.path
        reference = path.absolute() if path is not None and Task.COLOR in state.enabled else None
        return cls(cleaned, _without_inpainting(state.without_seeds()), reference)

    def to_bytes(self) -> bytes:
        """JSON that people can read."""
        return to_json(
            {
                "format": FORMAT,
                "version": VERSION,
                "name": self.name,
                **self.settings.to_json(seeds=False),
                "reference": None if self.reference is None else str(self.reference),
            }
        )

    def given(self) -> dict[str, Any]:
        """What is switched on, by the names of the settings; and the `reference`, if it takes colors."""
        reference = self.reference if Task.COLOR in self.settings.enabled else None
        return self.settings.numbers() | ({} if reference is None else {"reference": reference})

    @classmethod
    def from_bytes(cls, data: bytes) -> "Preset":
        """The inverse of `to_bytes`. Raises FieldError."""
        if len(data) > MAX_BYTES:
            raise FieldError("it is too long")
        fields = Fields.parse(data)
        if fields.text("format") != FORMAT:
            raise FieldError("it is of another kind")
        fields.whole("version", 1, VERSION)
        return cls(
            name=fields.text("name")[:MAX_NAME],
            settings=_without_inpainting(EditSettings.from_json(fields, seeds=False)),
            reference=local_path(fields, "reference"),
        )


def own_presets_folder() -> Path:
    """Where the artist's presets are; `app.settings.presets_folder`, which asks Qt, gives the same folder."""
    return platformdirs.user_config_path() / "fxdiffuse" / "presets"


def is_preset_file(given: str) -> bool:
    """Whether `given` means a file and not the name of a preset: it ends in .json or contains a slash."""
    return given.lower().endswith(SUFFIX) or bool({"/", os.sep} & set(given))


def find_preset(given: str) -> Preset:
    """The preset called `given`, one of the artist's before a bundled one, or the one in a file.

    Case does not matter in a name. Raises PresetError; for an unknown name it lists the known ones.
    """
    if is_preset_file(given):
        return read_preset(Path(given))
    known = [*PresetFolder(own_presets_folder()).presets, *bundled_presets()]
    exact = [preset for preset in known if preset.name == given]
    alike = exact or [preset for preset in known if preset.name.casefold() == given.strip().casefold()]
    if alike:
        return alike[0]
    names = list(dict.fromkeys(preset.name for preset in known))
    listed = ", ".join(f"“{name}”" for name in names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
    raise PresetError("There is no preset “{name}”; known are {known}.", name=given[:80], known=listed)


def read_preset(path: Path) -> Preset:
    """The preset in a file, which is not trusted. Raises PresetError."""
    name = display_name(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        return replace(Preset.from_bytes(data), file=path)
    except FieldError as error:
        raise PresetError(
            "{name} is no fxdiffuse preset ({error}); choose another file.", name=name, error=error
        ) from None
    except OSError as error:
        raise PresetError(
            "{name} cannot be read ({reason}); check the path.", name=name, reason=error.strerror or error
        ) from None


def write_preset(preset: Preset, path: Path) -> Preset:
    """Writes `preset` to `path`, atomically, and returns it as it is there. Raises PresetError."""
    try:
        with atomic_path(path) as temporary:
            temporary.write_bytes(preset.to_bytes())
    except OSError as error:
        raise PresetError(
            "“{name}” cannot be saved ({reason}); check {parent}.",
            name=preset.name,
            reason=error.strerror or error,
            parent=path.parent,
        ) from None
    return replace(preset, file=path)


def bundled_presets() -> list[Preset]:
    """The presets that come with the program; their English names are texts to translate."""
    return _presets_in(Path(resources.__file__).parent / "presets")


class PresetFolder:
    """The artist's own presets, one file each. Other files in the folder are ignored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def presets(self) -> list[Preset]:
        """All of them, by name."""
        return sorted(_presets_in(self._folder), key=lambda preset: preset.name.casefold())

    def save(self, preset: Preset) -> Preset:
        """Writes `preset`; one of the same name is replaced. Raises PresetError."""
        same = [one.file for one in self.presets if one.name == preset.name and one.file is not None]
        with suppress(OSError):  # without the folder, writing fails with a sentence
            self._folder.mkdir(parents=True, exist_ok=True)
        return write_preset(preset, same[0] if same else self._folder / _file_name(preset.name))

    def take_in(self, path: Path) -> Preset:
        """Copies the preset in `path` here; when its name is taken it gets a number. Raises PresetError."""
        preset = read_preset(path)
        names = {one.name for one in self.presets}
        numbered = (f"{preset.name[: MAX_NAME - 4]} {n}" for n in range(2, len(names) + 3))
        name = next(name for name in (preset.name, *numbered) if name not in names)
        return self.save(replace(preset, name=name))

    def delete(self, preset: Preset) -> None:
        """Deletes the file of `preset`. Raises PresetError."""
        try:
            if preset.file is not None and preset.file.parent == self._folder:
                preset.file.unlink(missing_ok=True)
        except OSError as error:
            raise PresetError(
                "“{name}” cannot be deleted ({reason}).", name=preset.name, reason=error.strerror or error
            ) from None


def _without_inpainting(settings: EditSettings) -> EditSettings:
    return replace(settings, enabled=settings.enabled - {Task.INPAINT})


def _presets_in(folder: Path) -> list[Preset]:
    found: list[Preset] = []
    with suppress(OSError):
        for path in sorted(folder.glob(f"*{SUFFIX}"))[:_MAX_FILES]:
            with suppress(PresetError):
                found.append(read_preset(path))
    return found


def _file_name(name: str) -> str:
    """A file name for any preset name: its letters and digits, and a hash that makes it unique."""
    letters = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{letters or 'preset'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}{SUFFIX}"
