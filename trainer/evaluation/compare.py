"""Two models on the same cases: whether one is better, or only luckier."""

import json
from pathlib import Path
from typing import Any

from trainer.errors import TrainerError
from trainer.evaluation.intervals import interval

_LABEL = ("section", "group", "photo", "condition", "moved", "steps")
_SMALLER_IS_BETTER = {"l1": True, "lpips": True, "psnr": False, "ssim": False}


def load_report(path: Path) -> dict[str, Any]:
    """A report.json written by `evaluate`. Raises TrainerError when the file is none."""
    try:
        document = json.loads(path.read_bytes())
        for row in document["cases"]:
            _key(row)
            for value in row.get("model", {}).values():
                float(value)
        if not all(isinstance(document[name], str) for name in ("card", "model")):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrainerError(
            f"{path} is no report.json of this command; evaluate the other model anew."
        ) from error
    return document


def compared(document: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """This model less the other, by section and group, over the cases that both reports have.

    verdict: "better" or "worse" where the 95 % interval of the paired difference leaves out 0, else "same".
    Raises TrainerError when the reports share no case.
    """
    known = {_key(row): row for row in other["cases"] if "model" in row}
    pairs = [(row, known[_key(row)]) for row in document["cases"] if "model" in row and _key(row) in known]
    if not pairs:
        raise TrainerError(
            "The two reports share no case; evaluate both models on the same photos and sections."
        )
    groups: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for mine, theirs in pairs:
        groups.setdefault(f"{mine['section']}: {mine['group']}", []).append((mine, theirs))
    differences: dict[str, Any] = {}
    for name, members in groups.items():
        differences[name] = {}
        for metric, smaller in _SMALLER_IS_BETTER.items():
            both = [(a, b) for a, b in members if metric in a["model"] and metric in b["model"]]
            if not both:
                continue
            change = interval(
                [a["model"][metric] - b["model"][metric] for a, b in both], [a["subject"] for a, _ in both]
            )
            differences[name][metric] = {"difference": change, "verdict": _verdict(change, smaller)}
    return {"with": other["card"], "model": other["model"], "differences": differences}


def _verdict(change: tuple[float, float, float], smaller_is_better: bool) -> str:
    _, low, high = change
    if low <= 0 <= high:
        return "same"
    return "better" if (high < 0) == smaller_is_better else "worse"


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in _LABEL)
