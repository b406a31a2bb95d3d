"""Sentences about editing a folder: what is done to each photo, and how it ended."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fxdiffuse_gui.app.effect_text import effect_value
from fxdiffuse_gui.app.folder.folder_job import Summary
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.i18n import tr
from fxdiffuse_gui.engine.conditions.tasks import TASKS, Task


def edit_summary(settings: Mapping[str, Any]) -> str:
    """The settings of a job in one line: effects with their values, and the seeds."""
    parts: list[str] = []
    for spec in TASKS:
        value = settings.get(spec.task.value)
        if not spec.has_intensity or not value:
            continue
        text = effect_value(spec.task, value)
        reference = settings.get("reference")
        if spec.task is Task.COLOR and isinstance(reference, Path):
            text = tr("{effect} from {picture}", effect=text, picture=display_name(reference))
        parts.append(text)
    if not parts:
        return tr("No effect is on: the photos are only saved again, in the format chosen below.")
    parts.append(tr("seed {seed}", seed=settings.get("seed", 0)))
    if "grain_seed" in settings:
        parts.append(tr("grain seed {seed}", seed=settings["grain_seed"]))
    return " · ".join(parts)


def summary_text(summary: Summary) -> str:
    """A sentence on how a job ended."""
    if summary.problem:
        return summary.problem
    parts = [tr("%n written", count=summary.written)]
    if summary.skipped:
        parts.append(tr("%n done before", count=summary.skipped))
    if summary.failures:
        parts.append(tr("%n failed", count=len(summary.failures)))
    text = ", ".join(parts)
    if summary.stopped:
        left = summary.count - summary.written - summary.skipped - len(summary.failures)
        return tr("Stopped: {parts}, {left} left. Start goes on from here.", parts=text, left=left)
    return tr("Done: {parts}.", parts=text)
