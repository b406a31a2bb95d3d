"""`report.json` read back: two models compared on the same cases, and the figures for a model's card."""

import json
from pathlib import Path
from typing import Any

from fxdiffuse_gui.engine.conditions.tasks import Task
from trainer.errors import TrainerError
from trainer.evaluation.metrics import interval

_LABEL = ("section", "group", "photo", "condition", "moved", "steps")
_SMALLER_IS_BETTER = {"l1": True, "lpips": True, "psnr": False, "ssim": False}

_Pair = tuple[int, dict[str, float], dict[str, float]]
"""A photo's number, and the metrics of two models on one case."""


def load_report(path: Path) -> dict[str, Any]:
    """A report.json written by `evaluate`. Raises TrainerError when the file is something else."""
    try:
        document = json.loads(path.read_bytes())
        for row in document["cases"]:
            _case_key(row)
            for value in row.get("model", {}).values():
                float(value)
        if not all(isinstance(document[name], str) for name in ("card", "model")):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrainerError(
            "{path} is no report.json of this command; evaluate the other model again.", path=path
        ) from error
    return document


def compare_reports(document: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """This model's metrics minus the other's, by section and group, over the cases that both reports have.

    verdict: "better" or "worse" where the 95 % interval of the paired difference excludes 0, else "not
    shown": the cases may be too few to show a difference. Raises TrainerError when the reports have no case
    in common.
    """
    theirs = {_case_key(row): row for row in other["cases"] if "model" in row}
    pairs = [
        (row, theirs[_case_key(row)])
        for row in document["cases"]
        if "model" in row and _case_key(row) in theirs
    ]
    if not pairs:
        raise TrainerError(
            "The two reports share no case; evaluate both models on the same photos and sections."
        )
    groups: dict[str, list[_Pair]] = {}
    for this_row, other_row in pairs:
        name = f"{this_row['section']}: {this_row['group']}"
        groups.setdefault(name, []).append((this_row["subject"], this_row["model"], other_row["model"]))
        if "hole" in this_row and "hole" in other_row:
            holes = groups.setdefault(f"{name}, in the hole", [])
            holes.append((this_row["subject"], this_row["hole"]["model"], other_row["hole"]["model"]))
    differences = {name: _differences(members) for name, members in groups.items()}
    return {"with": other["card"], "model": other["model"], "differences": differences}


def card_quality(report: Path, digest: str) -> dict[str, Any]:
    """The few figures of an evaluation that a model file carries, for the app to show.

    report: a report.json with single effects. digest: SHA-256 of the model that will carry the figures.
    Returns crops, size: how many squares of how many px were measured; psnr: dB to the exact effect by task,
    for fills to the original; hole_psnr: the same in the hole only; grain: its standard deviation over the
    exact effect's. Raises TrainerError when the report is of another model or lacks these figures.
    """
    document = load_report(report)
    if document.get("model") != digest:
        raise TrainerError("{path} was measured with another model; evaluate this one first.", path=report)
    try:
        single = document["summary"]["single"]
        exact = (Task.INPAINT, Task.COLOR, Task.BLUR, Task.SHARPEN)
        return {
            "crops": int(document["crops"]),
            "size": int(document["size"]),
            "psnr": {task.value: float(single[task.value]["model"]["psnr"][0]) for task in exact},
            **_hole_psnr(single[Task.INPAINT.value]),
            "grain": float(single[Task.GRAIN.value]["grain"]["std_over_operator"][0]),
        }
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise TrainerError(
            "{path} holds no figures of single effects; evaluate them first.", path=report
        ) from error


def _hole_psnr(inpainting: dict[str, Any]) -> dict[str, float]:
    """Reports of older versions lack it."""
    hole = inpainting.get("hole", {}).get("model", {})
    return {"hole_psnr": float(hole["psnr"][0])} if "psnr" in hole else {}


def _differences(pairs: list[_Pair]) -> dict[str, Any]:
    """By metric: the mean paired difference with its interval, and the verdict."""
    found: dict[str, Any] = {}
    for metric, smaller_is_better in _SMALLER_IS_BETTER.items():
        both = [(subject, a[metric] - b[metric]) for subject, a, b in pairs if metric in a and metric in b]
        if both:
            change = interval([difference for _, difference in both], [subject for subject, _ in both])
            found[metric] = {"difference": change, "verdict": _verdict(change, smaller_is_better)}
    return found


def _verdict(change: tuple[float, float, float], smaller_is_better: bool) -> str:
    _, low, high = change
    if low <= 0 <= high:
        return "not shown"
    return "better" if (high < 0) == smaller_is_better else "worse"


def _case_key(row: dict[str, Any]) -> tuple[str, ...]:
    """What two rows of the same case share."""
    return tuple(str(row[name]) for name in _LABEL)
