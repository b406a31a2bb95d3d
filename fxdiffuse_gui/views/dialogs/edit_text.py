"""What an edit does, in one line of words."""

from pathlib import Path

from fxdiffuse_gui.app.effect_text import effect_value
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.engine.conditions.tasks import TASKS


def edit_in_words(settings: EditSettings, reference: Path | None) -> str:
    """The effects that are on, with their values, and the seeds; `reference` is where colors come from."""
    numbers = settings.numbers()
    parts: list[str] = []
    for spec in TASKS:
        value = numbers.get(spec.task.value)
        if not value:
            continue
        text = effect_value(spec.task, value)
        if spec.needs_reference and reference is not None:
            text = tr("{effect} from {picture}", effect=text, picture=display_name(reference))
        parts.append(text)
    if not parts:
        return tr("No effect is on: the photos are only written anew, in the format chosen below.")
    parts.append(tr("seed {seed}", seed=numbers["seed"]))
    if "grain_seed" in numbers:
        parts.append(tr("grain seed {seed}", seed=numbers["grain_seed"]))
    return " · ".join(parts)
