"""`ValuePresets`: named values of one effect, the bundled ones and the artist's own."""

import json
from dataclasses import dataclass, replace

from PySide6.QtCore import QSettings

from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.core.strict_json import FieldError, Fields
from fxdiffuse_gui.document.snapshots import MAX_NAME
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task

MOST = 40
"""Own values of one effect, at most: more would not fit into a menu."""
_VERSION = 1
_MAX_BYTES = 64_000


@dataclass(frozen=True)
class NamedValue:
    """A `value` in the unit of its task, inside the task's range, under a name of 1 to 80 characters."""

    name: str
    value: float


def bundled_values(task: Task) -> list[NamedValue]:
    """The values of `task` that come with the program, weak to strong; none without an intensity."""
    match task:
        case Task.GRAIN:
            # The radii that the model was trained on most, and that the slider marks.
            names = (tr("Finest"), tr("Fine"), tr("Medium"), tr("Rough"), tr("Coarse"))
            return [NamedValue(*pair) for pair in zip(names, SPECS[task].ticks, strict=True)]
        case Task.BLUR:
            return [
                NamedValue(tr("Slight"), 4.0),
                NamedValue(tr("Passing by"), 12.0),
                NamedValue(tr("Panning"), 24.0),
            ]
        case Task.SHARPEN:
            return [
                NamedValue(tr("Web"), 0.8),
                NamedValue(tr("Print"), 1.5),
                NamedValue(tr("Strong"), 3.0),
            ]
        case Task.COLOR:
            return [
                NamedValue(tr("A hint"), 0.25),
                NamedValue(tr("Half"), 0.5),
                NamedValue(tr("Full"), 1.0),
            ]
        case Task.INPAINT:
            return []


class ValuePresets:
    """The artist's own values of one task, kept in the settings as JSON. What cannot be read there is
    ignored, and replaced when something is saved.

    Another window may change them: they are read again each time.
    """

    def __init__(self, task: Task, settings: QSettings | None = None) -> None:
        self._task = task
        self._settings = settings if settings is not None else QSettings()
        self._key = f"values/{task.value}"

    @property
    def values(self) -> list[NamedValue]:
        """All of them, from weak to strong."""
        stored = self._settings.value(self._key, "")
        try:
            return _parsed(stored, self._task) if isinstance(stored, str) and stored else []
        except FieldError:
            return []

    def has(self, name: str) -> bool:
        """Whether `name`, as it would be kept, is taken."""
        return any(one.name == _cleaned(name) for one in self.values)

    def save(self, name: str, value: float) -> NamedValue:
        """Saves `value`; one of the same name is replaced.

        Raises UserError for a name without a letter, or when there are too many.
        """
        kept = NamedValue(_checked(name), value)
        others = [one for one in self.values if one.name != kept.name]
        if len(others) >= MOST:
            raise UserError("There are {count} values already; remove one first.", count=MOST)
        self._store([*others, kept])
        return kept

    def rename(self, named: NamedValue, name: str) -> None:
        """Gives `named` another name. Raises UserError for a name without a letter, or one that is taken."""
        name = _checked(name)
        others = [one for one in self.values if one != named]
        if any(one.name == name for one in others):
            raise UserError("“{name}” exists already; choose another name.", name=name)
        self._store([*others, replace(named, name=name)])

    def remove(self, named: NamedValue) -> None:
        """Removes `named`."""
        self._store([one for one in self.values if one != named])

    def _store(self, values: list[NamedValue]) -> None:
        listed = [{"name": one.name, "value": one.value} for one in values]
        # One line of ASCII: an ini file is no place for more.
        self._settings.setValue(self._key, json.dumps({"version": _VERSION, "values": listed}))


def _parsed(text: str, task: Task) -> list[NamedValue]:
    """Untrusted input. Raises FieldError."""
    if len(text) > _MAX_BYTES:
        raise FieldError("it is too long")
    fields = Fields.parse(text.encode(errors="replace"))
    fields.whole("version", 1, _VERSION)
    spec = SPECS[task]
    found: dict[str, NamedValue] = {}
    for item in fields.objects("values", MOST):
        name = _cleaned(item.text("name"))
        if not name:
            raise FieldError("name must have a letter")
        found[name] = NamedValue(name, item.number("value", spec.minimum, spec.maximum))
    return sorted(found.values(), key=lambda one: (one.value, one.name))


def _checked(name: str) -> str:
    name = _cleaned(name)
    if not name:
        raise UserError("A value needs a name.")
    return name


def _cleaned(name: str) -> str:
    """Printable, on one line, of at most 80 characters."""
    return "".join(char for char in " ".join(name.split()) if char.isprintable())[:MAX_NAME].strip()
