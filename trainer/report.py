"""An evaluation's rows as summary and as Markdown."""

from typing import Any

import numpy as np

from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from fxdiffuse_gui.engine.measure import linear_fit
from trainer.metrics import spearman


def summarize(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Means over the cases of a group, and its control figures."""
    summary: dict[str, Any] = {
        who: {name: _mean([r[who][name] for r in rows]) for name in rows[0][who]}
        for who in ("model", "identity")
    }
    measured = [r["measured"] for r in rows if "measured" in r]
    if measured:
        asked = [r["asked"] for r in rows]
        slope, r2 = linear_fit(asked, measured)
        summary["control"] = {"slope": slope, "r2": r2, "spearman": spearman(asked, measured)}
    if "grain" in rows[0]:
        summary["radii"] = {
            f"{radius:.3f}": _grain_figures([r for r in rows if r["asked"] == radius])
            for radius in GRAIN_RADII
        }
        summary["control"].pop("slope")  # std over radius is no line; the ratios say more
        summary["control"].pop("r2")
    if "delta_e" in rows[0]:
        summary["delta_e"] = _mean([r["delta_e"][0] for r in rows])
        summary["delta_e_identity"] = _mean([r["delta_e"][1] for r in rows])
    if "hole" in rows[0]:
        summary["hole"] = {
            name: {metric: _mean([r["hole"][name][metric] for r in rows]) for metric in figures}
            for name, figures in rows[0]["hole"].items()
        }
    return summary


def _grain_figures(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {
        "std_over_operator": _mean([r["grain"][1] / r["grain_operator"][1] for r in rows]),
        "lag_1": _mean([r["grain"][2] for r in rows]),
        "lag_1_operator": _mean([r["grain_operator"][2] for r in rows]),
        "mean_shift_levels": 255 * _mean([r["grain"][0] - r["grain_operator"][0] for r in rows]),
    }


def markdown(document: dict[str, Any]) -> str:
    """The document of `evaluate` as a page: effects, grain by radius, fills beside other methods."""
    summary: dict[str, Any] = document["summary"]
    lines = [
        f"# Evaluation of {document['card']} ({document['trained_steps']} steps)",
        "",
        f"{document['crops']} crops of {document['size']}² from photos that training never saw,"
        f" {document['steps']} evaluations per edit where chance has a part. Each cell: model / identity,"
        " both compared to the operator's output.",
        "",
        f"Model SHA-256 `{document['model']}`.",
        "",
        "| task | PSNR, dB | SSIM | ℓ1 | LPIPS | control |",
        "|---|---|---|---|---|---|",
    ]
    for group, figures in summary.items():
        cells = [_pair(figures, *column) for column in (("psnr", 2), ("ssim", 4), ("l1", 4), ("lpips", 3))]
        lines.append(f"| {group} | " + " | ".join(cells) + f" | {_control(figures)} |")
    lines += [
        "",
        "With grain, PSNR, SSIM and ℓ1 compare with the operator's mean over draws, where noise can only"
        " lose; what counts are the statistics beside one draw of the operator:",
        "",
        "| radius, px | std over the operator's | lag 1, model / operator | mean shift, levels |",
        "|---|---|---|---|",
    ]
    for radius, f in summary.get("grain", {}).get("radii", {}).items():
        lags = f"{f['lag_1']:.3f} / {f['lag_1_operator']:.3f}"
        lines.append(f"| {radius} | {f['std_over_operator']:.3f} | {lags} | {f['mean_shift_levels']:+.2f} |")
    lines += ["", "| fill | ℓ1 in the hole | LPIPS |", "|---|---|---|"]
    for name, f in summary.get("inpaint", {}).get("hole", {}).items():
        lines.append(f"| {name} | {f['l1']:.4f} | {f.get('lpips', float('nan')):.3f} |")
    return "\n".join([*lines, ""]).replace("nan", "not available")


def _pair(figures: dict[str, Any], metric: str, digits: int) -> str:
    if metric not in figures["model"]:
        return "not available"
    return f"{figures['model'][metric]:.{digits}f} / {figures['identity'][metric]:.{digits}f}"


def _control(figures: dict[str, Any]) -> str:
    if "delta_e" in figures:
        return f"ΔE {figures['delta_e']:.2f} / {figures['delta_e_identity']:.2f}"
    return ", ".join(f"{name} {value:.3f}" for name, value in figures.get("control", {}).items())


def _mean(values: list[float]) -> float:
    return float(np.mean(values))
