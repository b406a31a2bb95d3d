"""Evaluation on photographs that were not used in training: the model, the operators and the identity.

Every case is edited by `pipeline.edit`, exactly as in the app. Random effects (grain, fills) are also
compared by their statistics and with simple baselines, because pixels of two draws differ by chance.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from fxdiffuse_gui.engine.checkpoint import Model, load_model
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.diffusion.model_config import Preconditioning
from fxdiffuse_gui.engine.pipeline import edit
from trainer.data.fingerprints import SeenPhotos
from trainer.errors import TrainerError
from trainer.evaluation.case_metrics import case_metrics
from trainer.evaluation.cases import Case, make_cases
from trainer.evaluation.journal import Journal, row_key
from trainer.evaluation.lpips import Lpips, find_lpips
from trainer.evaluation.page import html, markdown
from trainer.evaluation.photos import load_evaluation_photos
from trainer.evaluation.reports import compare_reports, load_report
from trainer.evaluation.seams import seam_metrics
from trainer.evaluation.summary import summarize
from trainer.evaluation.tables import tables
from trainer.files import write_file
from trainer.names import SECTIONS
from trainer.progress import Advance

EPSILON_STEPS = 20
"""Evaluations of an `epsilon` or `v` model: with fewer even a perfect one leaves noise in the picture."""


@dataclass(frozen=True)
class EvaluateOptions:
    """What to measure.

    crops: number of photos, one crop of each. size: side of a crop, px, at least 64. steps: evaluations per
    edit (None: see `default_steps`). device: "auto", "cpu" or "cuda". lpips_weights: see
    `trainer.evaluation.lpips`; without them LPIPS is left out. sections: some of SECTIONS. few: how many of
    the crops the costly sections (control, steps) use. quick: fewer values of each effect. compare:
    report.json of another model on the same photos.
    """

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
    report: Advance,
) -> Path:
    """Measures the model in `path` and writes report.json, report.md and report.html into `output`.

    folders: of photos. report: called after each case. Rows are kept in journal.jsonl in `output`; those of
    the same model, case and settings are not measured again. Returns the path of the Markdown file. Raises
    TrainerError when no photo is large enough, when the model was trained on one of them, or when an option
    is out of range, and ModelError when the model cannot be used.
    """
    _check(options)
    model = load_model(path, options.device)
    lpips = find_lpips(options.lpips_weights)
    other = None if options.compare is None else load_report(options.compare)
    photos = load_evaluation_photos(folders, options.crops, options.size)
    seen = SeenPhotos.of_card(model.card.data)
    seen.check_held_out(photos.sources)
    steps = options.steps or default_steps(model)
    cases = list(make_cases(photos, options.sections, few=options.few, quick=options.quick))
    pictures = output / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    journal = Journal(output / "journal.jsonl")
    rows: list[dict[str, Any]] = []
    page_pictures: dict[str, Path] = {}
    for index, case in enumerate(cases):
        key = row_key(case.label, model=model.digest, steps=steps, lpips=lpips is not None)
        picture = pictures / f"{key[:16]}.jpg"
        title = _title(case)
        is_shown = title not in page_pictures and case.section not in ("control", "tones", "seams")
        row = journal.get(key)
        if row is None or (is_shown and not picture.exists()):
            row, image = _measure(model, case, case.steps or steps, lpips)
            journal.add(key, row)
            if is_shown:
                write_file(picture, _jpeg(image))
        if is_shown:
            page_pictures[title] = picture
        rows.append({**case.label, **row})
        report(index + 1, len(cases), title)
    document: dict[str, Any] = {
        "model": model.digest, "card": model.card.name, "trained_steps": model.card.steps,
        "steps": steps, "crops": len(photos.crops), "size": options.size,
        "few": min(options.few, len(photos.crops)), "sections": list(options.sections),
        "held_out_checked": seen.is_complete,
        "summary": summarize(rows), "cases": rows,
    }  # fmt: skip
    if other is not None:
        document["compared"] = compare_reports(document, other)
    page = tables(document)
    write_file(output / "report.json", json.dumps(document, indent=1))
    write_file(output / "report.html", html(document, page, page_pictures))
    write_file(output / "report.md", markdown(document, page))
    return output / "report.md"


def default_steps(model: Model) -> int:
    """The evaluations per edit that a model of its kind needs: its own number, or more for ε and v."""
    is_epsilon = model.denoiser.config.preconditioning in (Preconditioning.EPSILON, Preconditioning.V)
    return max(EPSILON_STEPS, model.sampling.steps) if is_epsilon else model.sampling.steps


def _check(options: EvaluateOptions) -> None:
    if options.crops < 1 or options.few < 1 or options.size < 64:
        raise TrainerError("--crops and --few must be at least 1 and --size at least 64.")
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown or not options.sections:
        raise TrainerError(
            "--sections takes some of {known}, not {unknown}.",
            known=", ".join(SECTIONS),
            unknown=", ".join(unknown) or "none",
        )


def _measure(model: Model, case: Case, steps: int, lpips: Lpips | None) -> tuple[dict[str, Any], FloatImage]:
    image = edit(case.photo, case.condition, model, steps=steps)
    if case.section == "seams":
        return {"seams": seam_metrics(model, case, image, steps)}, image
    return case_metrics(case, image, lpips)


def _title(case: Case) -> str:
    steps = "" if case.steps is None else f", {case.steps} evaluations"
    return f"{case.section}: {case.group}{steps}"


def _jpeg(image: FloatImage) -> bytes:
    eight = cv2.cvtColor((image * 255).round().astype(np.uint8), cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", eight, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
