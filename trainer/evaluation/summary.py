"""An evaluation's rows summarized: means with intervals, control slopes, disentanglement matrices."""

from collections.abc import Callable
from typing import Any

import numpy as np

from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.measure import linear_fit
from trainer.evaluation.cases import ALL, LEVELS
from trainer.evaluation.metrics import interval, spearman

Row = dict[str, Any]
_MIN_GAIN = 0.02  # share of LPIPS or ℓ1 that more evaluations must gain to be worth their time


def summarize(rows: list[Row]) -> dict[str, Any]:
    """By section, as JSON values: what `trainer.evaluation.tables` lays out."""
    by_section = {
        name: [r for r in rows if r["section"] == name] for name in dict.fromkeys(r["section"] for r in rows)
    }
    summary: dict[str, Any] = {}
    for name, mine in by_section.items():
        if name == "control":
            summary[name] = _control(mine)
        elif name == "tones":
            summary[name] = {
                radius: {f"{r['tone']['level']:g}": r["tone"]["std"] for r in members}
                for radius, members in grouped(mine, "group").items()
            }
        elif name == "steps":
            summary[name] = _steps(mine)
        else:
            summary[name] = {group: _group(members) for group, members in grouped(mine, "group").items()}
    return summary


def grouped(rows: list[Row], field: str) -> dict[Any, list[Row]]:
    """Rows by the value of a field, in order of appearance."""
    return {value: [r for r in rows if r[field] == value] for value in dict.fromkeys(r[field] for r in rows)}


def _group(rows: list[Row]) -> dict[str, Any]:
    """Means with 95 % intervals over photos, gains over the identity, and what only some effects have."""
    found: dict[str, Any] = {"cases": len(rows)}
    for who in ("model", "identity"):
        if who in rows[0]:
            found[who] = {m: _mean(rows, lambda r, w=who, m=m: r[w][m]) for m in rows[0][who]}
    if "identity" in found:
        found["gain"] = {
            m: _mean(rows, lambda r, m=m: r["model"][m] - r["identity"][m]) for m in found["model"]
        }
    for name in ("acutance", "delta_e", "delta_e_identity"):
        if all(name in r for r in rows):
            found[name] = _mean(rows, lambda r, n=name: r[n])
    for name in ("flat", "seams"):
        if name in rows[0]:
            found[name] = {m: _mean(rows, lambda r, n=name, m=m: r[n][m]) for m in rows[0][name]}
    if "strength" in rows[0]:
        found["control"] = {task: _fit(rows, task) for task in rows[0]["strength"]}
    if "grain" in rows[0]:
        found["grain"] = _grain(rows)
        if rows[0]["section"] == "single":
            radii = {r["strength"][Task.GRAIN]["asked"] for r in rows}
            found["radii"] = {
                f"{v:.3f}": _grain([r for r in rows if r["strength"][Task.GRAIN]["asked"] == v])
                for v in sorted(radii)
            }
    if "hole" in rows[0]:
        found["hole"] = {
            method: {m: _mean(rows, lambda r, k=method, m=m: r["hole"][k][m]) for m in of_method}
            for method, of_method in rows[0]["hole"].items()
        }
        found["hole_gain"] = {
            method: {
                m: _mean(rows, lambda r, k=method, m=m: r["hole"]["model"][m] - r["hole"][k][m])
                for m in of_method
            }
            for method, of_method in rows[0]["hole"].items() if method != "model"
        }  # fmt: skip
    return found


def _mean(rows: list[Row], value: Callable[[Row], float]) -> tuple[float, float, float]:
    return interval([value(r) for r in rows], [r["subject"] for r in rows])


def _grain(rows: list[Row]) -> dict[str, Any]:
    return {
        "std_over_operator": _mean(rows, lambda r: r["grain"][1] / r["grain_operator"][1]),
        "lag_1": _mean(rows, lambda r: r["grain"][2]),
        "lag_1_operator": _mean(rows, lambda r: r["grain_operator"][2]),
        "mean_shift_levels": _mean(rows, lambda r: 255 * (r["grain"][0] - r["grain_operator"][0])),
    }


def _fit(rows: list[Row], task: str) -> dict[str, Any]:
    """Set over measured intensities, for the model and for the operators by the same estimator."""
    measured = [r["strength"][task] for r in rows]
    asked = [m["asked"] for m in measured]
    found: dict[str, Any] = {}
    for who in ("model", "operator"):
        values = [m[who] for m in measured]
        found[who] = None
        if len(set(asked)) > 1:
            slope, r2 = linear_fit(asked, values)
            found[who] = {"slope": slope, "r2": r2, "spearman": spearman(asked, values)}
    return found


def _control(rows: list[Row]) -> dict[str, Any]:
    """Fits of every effect alone, in pairs and among all five, and the disentanglement matrices of the
    last."""
    fits: dict[str, Any] = {}
    for group, members in grouped(rows, "group").items():
        fits[group] = {}
        for task in LEVELS:
            moved = [r for r in members if task in r["strength"] and r["moved"] in (task, None)]
            if moved:
                fits[group][task.value] = _fit(moved, task.value)
    together = [r for r in rows if r["group"] == ALL]
    return {"fits": fits, "matrix": {who: _matrix(together, who) for who in ("model", "operator")}}


def _matrix(rows: list[Row], who: str) -> dict[str, dict[str, float]]:
    """How much measured effect j changes when slider i moves over its range, in % of j's range; mean over
    photos."""
    matrix: dict[str, dict[str, float]] = {}
    for moved, levels in LEVELS.items():
        of_slider = [r for r in rows if r["moved"] == moved]
        ends = [
            [r for r in of_slider if r["strength"][moved]["asked"] == level]
            for level in (levels[0], levels[2])
        ]
        matrix[moved.value] = {}
        for task, span in LEVELS.items():
            low, high = (np.mean([r["strength"][task][who] for r in end]) for end in ends)
            matrix[moved.value][task.value] = float(100 * (high - low) / (span[2] - span[0]))
    return matrix


def _steps(rows: list[Row]) -> dict[str, Any]:
    """Metrics by number of evaluations, and the smallest number beyond which nothing improves."""
    found: dict[str, Any] = {}
    for group, members in grouped(rows, "group").items():
        counts = {str(count): _group(mine) for count, mine in grouped(members, "steps").items()}
        found[group] = {"counts": counts, "knee": _knee(counts)}
    return found


def _knee(counts: dict[str, Any]) -> int:
    """The smallest number of evaluations that no larger one beats by more than 2 % in LPIPS (ℓ1 without
    it)."""
    metric = "lpips" if all("lpips" in figures["model"] for figures in counts.values()) else "l1"
    costs = {int(count): figures["model"][metric][0] for count, figures in counts.items()}
    return min(
        count for count, cost in costs.items()
        if all(other > (1 - _MIN_GAIN) * cost for more, other in costs.items() if more > count)
    )  # fmt: skip
