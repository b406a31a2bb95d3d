"""Presets: looks with a name, as JSON files; the same JSON carries settings over the clipboard."""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import resources
from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.core.strict_json import FieldError, Fields, to_json
from fxdiffuse_gui.document.edit_state import EditState
from fxdiffuse_gui.document.effect_settings import EffectSettings
from fxdiffuse_gui.document.photo_link import local_path
from fxdiffuse_gui.document.snapshots import MAX_NAME
from fxdiffuse_gui.engine.conditions.tasks import Task

FORMAT = "fxdiffuse preset"
VERSION = 1
SUFFIX = ".json"
MAX_BYTES = 64_000
_MAX_FILES = 500


class PresetError(ValueError):
    """A preset cannot be read or written; the message is one sentence that names it and says what to do."""


@dataclass(frozen=True)
class Preset:
    """A look under a name of 1 to 80 printable characters; `reference` is where its picture lies, if any.

    `file` is where the preset itself lies, None until it is saved.
    """

    name: str
    look: EffectSettings
    reference: Path | None = None
    file: Path | None = None

    @classmethod
    def of(cls, state: EditState, name: str) -> "Preset":
        """The settings of `state`, without mask and seed. Raises PresetError for a name without a letter."""
        cleaned = "".join(char for char in " ".join(name.split()) if char.isprintable())[:MAX_NAME]
        if not cleaned:
            raise PresetError(tr("A preset needs a name."))
        look = EffectSettings.of(state)
        path = None if state.reference is None else state.reference.path
        reference = path.absolute() if path is not None and Task.COLOR in look.enabled else None
        return cls(cleaned, replace(look, enabled=look.enabled - {Task.INPAINT}), reference)

    def to_bytes(self) -> bytes:
        """JSON that people can read."""
        return to_json(
            {
                "format": FORMAT,
                "version": VERSION,
                "name": self.name,
                **self.look.to_json(),
                "reference": None if self.reference is None else str(self.reference),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Preset":
        """The inverse of `to_bytes`. Raises FieldError."""
        if len(data) > MAX_BYTES:
            raise FieldError(tr("it is too long"))
        fields = Fields.parse(data)
        if fields.text("format") != FORMAT:
            raise FieldError(tr("it is of another kind"))
        fields.whole("version", 1, VERSION)
        look = EffectSettings.from_json(fields)
        return cls(
            name=fields.text("name")[:MAX_NAME],
            look=replace(look, enabled=look.enabled - {Task.INPAINT}),
            reference=local_path(fields, "reference"),
        )


def read_preset(path: Path) -> Preset:
    """The preset in a file that anyone may have written. Raises PresetError."""
    name = display_name(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        return replace(Preset.from_bytes(data), file=path)
    except FieldError as error:
        raise PresetError(
            tr("{name} is no fxdiffuse preset ({error}); choose another file.").format(name=name, error=error)
        ) from None
    except OSError as error:
        raise PresetError(
            tr("{name} cannot be read ({reason}); check the path.").format(
                name=name, reason=error.strerror or error
            )
        ) from None


def write_preset(preset: Preset, path: Path) -> Preset:
    """Writes `preset` to `path`, atomically, and returns it as it is there. Raises PresetError."""
    try:
        with atomic_path(path) as temporary:
            temporary.write_bytes(preset.to_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise PresetError(
            tr("“{name}” cannot be saved ({reason}); check {parent}.").format(
                name=preset.name, reason=reason, parent=path.parent
            )
        ) from None
    return replace(preset, file=path)


def bundled_presets() -> list[Preset]:
    """The presets that come with the program, named in the language of the window."""
    found = _presets_in(Path(resources.__file__).parent / "presets")
    return [replace(preset, name=tr(preset.name)) for preset in found]


class PresetFolder:
    """The artist's own presets, one file each. Files in it that are no presets are passed over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def presets(self) -> list[Preset]:
        """All of them, by name."""
        return sorted(_presets_in(self._folder), key=lambda preset: preset.name.casefold())

    def save(self, preset: Preset) -> Preset:
        """Keeps `preset`; one of the same name is replaced. Raises PresetError."""
        same = [one.file for one in self.presets if one.name == preset.name and one.file is not None]
        with suppress(OSError):  # what cannot be made cannot be written to either, and that is told
            self._folder.mkdir(parents=True, exist_ok=True)
        return write_preset(preset, same[0] if same else self._folder / _file_name(preset.name))

    def take_in(self, path: Path) -> Preset:
        """Copies the preset in `path`; when its name is taken it gets a number. Raises PresetError."""
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
                tr("“{name}” cannot be deleted ({reason}).").format(
                    name=preset.name, reason=error.strerror or error
                )
            ) from None


def _presets_in(folder: Path) -> list[Preset]:
    found: list[Preset] = []
    with suppress(OSError):
        for path in sorted(folder.glob(f"*{SUFFIX}"))[:_MAX_FILES]:
            with suppress(PresetError):
                found.append(read_preset(path))
    return found


def _file_name(name: str) -> str:
    """A file name for any preset name: its letters and digits, and a hash that tells similar ones apart."""
    letters = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{letters or 'preset'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}{SUFFIX}"
