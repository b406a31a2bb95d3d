"""An evaluation's rows as summary and as Markdown."""

from typing import Any

import numpy as np

from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from fxdiffuse_gui.engine.measure import linear_fit
from trainer.metrics import spearman


def summarize(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Means over the cases of a group, and its control figures."""
    summary: dict[str, Any] = {
        who: {name: _mean([r[who][name] for r in rows]) for name in ("l1", "psnr", "ssim")}
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
        summary["hole"] = {name: _mean([r["hole"][name] for r in rows]) for name in rows[0]["hole"]}
    return summary


def _grain_figures(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {
        "std_over_operator": _mean([r["grain"][1] / r["grain_operator"][1] for r in rows]),
        "lag_1": _mean([r["grain"][2] for r in rows]),
        "lag_1_operator": _mean([r["grain_operator"][2] for r in rows]),
        "mean_shift_levels": 255 * _mean([r["grain"][0] - r["grain_operator"][0] for r in rows]),
    }


def markdown(document: dict[str, Any]) -> str:
    """The document of `evaluate` as a page with one table."""
    lines = [
        f"# Evaluation of {document['card']} ({document['trained_steps']} steps)",
        "",
        f"{document['crops']} crops of {document['size']}² from photos that training never saw,"
        f" {document['steps']} evaluations per edit where chance has a part.",
        "",
        f"Model SHA-256 `{document['model']}`.",
        "",
        "| task | PSNR model / identity, dB | SSIM | ℓ1 | control |",
        "|---|---|---|---|---|",
    ]
    for group, s in document["summary"].items():
        control = ", ".join(f"{k} {v:.3f}" for k, v in s.get("control", {}).items())
        if "delta_e" in s:
            control = f"ΔE {s['delta_e']:.2f}, identity {s['delta_e_identity']:.2f}"
        if "hole" in s:
            control = "in the hole, ℓ1: " + ", ".join(f"{k} {v:.4f}" for k, v in s["hole"].items())
        model, identity = s["model"], s["identity"]
        lines.append(
            f"| {group} | {model['psnr']:.2f} / {identity['psnr']:.2f} | {model['ssim']:.4f} /"
            f" {identity['ssim']:.4f} | {model['l1']:.4f} / {identity['l1']:.4f} | {control} |"
        )
    for radius, f in document["summary"].get("grain", {}).get("radii", {}).items():
        lines.append(
            f"| grain {radius} | | | | std / operator's {f['std_over_operator']:.3f}, lag 1 {f['lag_1']:.3f}"
            f" (operator {f['lag_1_operator']:.3f}), mean shift {f['mean_shift_levels']:+.2f} levels |"
        )
    note = (
        "With grain, pixels are compared to the operator's mean over draws, where noise can only lose;"
        " what counts there are the statistics, compared to one draw of the operator."
    )
    return "\n".join([*lines, "", note, ""])


def _mean(values: list[float]) -> float:
    return float(np.mean(values))
