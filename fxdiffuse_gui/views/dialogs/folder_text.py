"""Sentences about editing a folder: what is done to each photo, and how it ended."""

from pathlib import Path

from fxdiffuse_gui.app.effect_text import effect_value
from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr, translated
from fxdiffuse_gui.document.edit_settings import EditSettings
from fxdiffuse_gui.engine.conditions.tasks import TASKS


def edit_summary(settings: EditSettings, reference: Path | None) -> str:
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
        return tr("No effect is on: the photos are only saved again, in the format chosen below.")
    parts.append(tr("seed {seed}", seed=numbers["seed"]))
    if "grain_seed" in numbers:
        parts.append(tr("grain seed {seed}", seed=numbers["grain_seed"]))
    return " · ".join(parts)


def summary_text(summary: Summary) -> str:
    """A sentence on how a job ended."""
    if summary.problem is not None:
        return translated(summary.problem)
    parts = [tr("%n written", count=summary.written)]
    if summary.done_before:
        parts.append(tr("%n done before", count=summary.done_before))
    if summary.failures:
        parts.append(tr("%n failed", count=len(summary.failures)))
    text = ", ".join(parts)
    if summary.stopped:
        left = summary.count - summary.written - summary.done_before - len(summary.failures)
        return tr("Stopped: {parts}, {left} left. Start goes on from here.", parts=text, left=left)
    return tr("Done: {parts}.", parts=text)
