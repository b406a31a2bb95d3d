"""Evaluation on photographs that training never saw: the model beside the operators and the identity.

Every case is edited through `pipeline.edit`, as the app does it. Random effects (grain, fills) are compared
by statistics or beside simple baselines, not by luck of the draw alone.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from fxdiffuse_gui.core.atomic import write_atomically
from fxdiffuse_gui.engine.checkpoint import Model, load_model
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.pipeline import DEFAULT_STEPS, edit
from trainer.errors import TrainerError
from trainer.evaluation.cases import SECTIONS, Case, make_cases
from trainer.evaluation.compare import compared, load_report
from trainer.evaluation.figures import figures
from trainer.evaluation.journal import Journal, row_key
from trainer.evaluation.lpips import Lpips, find_lpips
from trainer.evaluation.page import html, markdown
from trainer.evaluation.photos import load_subjects
from trainer.evaluation.seams import seam_figures
from trainer.evaluation.summary import summarize
from trainer.evaluation.tables import tables


@dataclass(frozen=True)
class EvaluateOptions:
    """crops: one per photo, in turn. few: how many of them the costly sections take (control, steps). size:
    side, px. steps: evaluations per edit (None: the app's). sections: of `SECTIONS`. quick: few values of
    each effect. lpips_weights: see `trainer.evaluation.lpips`; LPIPS is left out without them. compare: the
    report.json of another model on the same photos."""

    crops: int = 19
    size: int = 256
    steps: int | None = None
    device: str = "auto"
    lpips_weights: Path | None = None
    sections: tuple[str, ...] = SECTIONS
    few: int = 4
    quick: bool = False
    compare: Path | None = None


def evaluate(
    path: Path,
    folders: list[Path],
    output: Path,
    options: EvaluateOptions,
    *,
    report: Callable[[int, int, str], None],
) -> Path:
    """Writes report.json, report.md and report.html into `output`; returns the Markdown file.

    Rows are kept in journal.jsonl there; what it holds of the same model, cases and settings is not measured
    again. Raises TrainerError when no photo is large enough or an option is out of range, ModelError when the
    model cannot be used.
    """
    _check(options)
    model = load_model(path, options.device)
    lpips = find_lpips(options.lpips_weights)
    other = None if options.compare is None else load_report(options.compare)
    subjects = load_subjects(folders, options.crops, options.size)
    cases = list(make_cases(subjects, options.sections, few=options.few, quick=options.quick))
    pictures = output / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    journal = Journal(output / "journal.jsonl")
    rows: list[dict[str, Any]] = []
    shown: dict[str, Path] = {}
    for index, case in enumerate(cases):
        key = row_key(case.label, model=model.digest, steps=options.steps, lpips=lpips is not None)
        picture = pictures / f"{key[:16]}.jpg"
        title = _title(case)
        show = title not in shown and case.section not in ("control", "tones", "seams")
        row = journal.get(key)
        if row is None or (show and not picture.exists()):
            row, image = _measure(model, case, case.steps or options.steps, lpips)
            journal.add(key, row)
            if show:
                write_atomically(picture, _jpeg(image))
        if show:
            shown[title] = picture
        rows.append({**case.label, **row})
        report(index + 1, len(cases), title)
    document: dict[str, Any] = {
        "model": model.digest, "card": model.card.name, "trained_steps": model.card.steps,
        "steps": options.steps or DEFAULT_STEPS, "crops": len(subjects.crops), "size": options.size,
        "few": min(options.few, len(subjects.crops)), "sections": list(options.sections),
        "summary": summarize(rows), "cases": rows,
    }  # fmt: skip
    if other is not None:
        document["compared"] = compared(document, other)
    page = tables(document)
    write_atomically(output / "report.json", json.dumps(document, indent=1).encode())
    write_atomically(output / "report.html", html(document, page, shown).encode())
    write_atomically(output / "report.md", markdown(document, page).encode())
    return output / "report.md"


def _check(options: EvaluateOptions) -> None:
    if options.crops < 1 or options.few < 1 or options.size < 64:
        raise TrainerError("--crops and --few must be at least 1 and --size at least 64.")
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown or not options.sections:
        raise TrainerError(
            f"--sections takes some of {', '.join(SECTIONS)}, not {', '.join(unknown) or 'none'}."
        )


def _measure(
    model: Model, case: Case, steps: int | None, lpips: Lpips | None
) -> tuple[dict[str, Any], FloatImage]:
    image = edit(case.photo, case.condition, model, steps=steps)
    if case.section == "seams":
        return {"seams": seam_figures(model, case, image, steps)}, image
    return figures(case, image, lpips)


def _title(case: Case) -> str:
    steps = "" if case.steps is None else f", {case.steps} evaluations"
    return f"{case.section}: {case.group}{steps}"


def _jpeg(image: FloatImage) -> bytes:
    eight = cv2.cvtColor((image * 255).round().astype(np.uint8), cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", eight, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
