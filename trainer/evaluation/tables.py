"""The summary of an evaluation as tables, for Markdown and HTML alike."""

from dataclasses import dataclass
from typing import Any

_DISTANCES = (("psnr", 2), ("ssim", 4), ("l1", 4), ("lpips", 3))


@dataclass(frozen=True)
class Table:
    """note: what one must know to read it. Every row has a cell for each of `columns`."""

    title: str
    note: str
    columns: list[str]
    rows: list[list[str]]


def tables(document: dict[str, Any]) -> list[Table]:
    """Everything that was measured, section by section."""
    summary: dict[str, Any] = document["summary"]
    found: list[Table] = []
    for section, title in (("single", "Single effects and all five"), ("pairs", "Pairs")):
        if section in summary:
            found.append(_quality(title, summary[section]))
    if "single" in summary:
        found += [_single_control(summary["single"]), _radii(summary["single"])]
    if "control" in summary:
        found += [_control(summary["control"]["fits"]), _matrix(summary["control"]["matrix"])]
    if "steps" in summary:
        found.append(_steps(summary["steps"]))
    holes = {**summary.get("single", {}), **summary.get("fills", {})}
    found += (
        [_fills({name: f for name, f in holes.items() if "hole" in f})]
        if any("hole" in f for f in holes.values())
        else []
    )
    if summary.get("flat"):
        found.append(_flat(summary["flat"]))
    if "tones" in summary:
        found.append(_tones(summary["tones"]))
    if summary.get("seams"):
        found.append(_seams(summary["seams"]))
    if "compared" in document:
        found.append(_compared(document["compared"]))
    return found


def _quality(title: str, groups: dict[str, Any]) -> Table:
    rows = [
        [name, *(_both(f, metric, digits) for metric, digits in _DISTANCES), _extra(f)]
        for name, f in groups.items()
    ]
    note = (
        "Model / identity, both compared with the operators' output; in brackets 95 % intervals over photos"
        " of the model's mean. With grain, PSNR, SSIM and ℓ1 compare with the operator's mean over draws,"
        " where noise can only lose. Acutance and grain are ratios to the operator's. Most pixels of an"
        " inpainted crop are known, so judge fills by the figures of the hole."
    )
    return Table(title, note, ["effect", "PSNR, dB", "SSIM", "ℓ1", "LPIPS", "other"], rows)


def _both(figures: dict[str, Any], metric: str, digits: int) -> str:
    if metric not in figures["model"]:
        return "–"
    return f"{_with_interval(figures['model'][metric], digits)} / {figures['identity'][metric][0]:.{digits}f}"


def _with_interval(value: list[float], digits: int) -> str:
    mean, low, high = value
    return f"{mean:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def _extra(figures: dict[str, Any]) -> str:
    parts: list[str] = []
    if "delta_e" in figures:
        parts.append(f"ΔE {figures['delta_e'][0]:.2f} / {figures['delta_e_identity'][0]:.2f}")
    if "grain" in figures:
        parts.append(f"grain std {figures['grain']['std_over_operator'][0]:.3f}")
    if "hole" in figures:
        fills = figures["hole"]
        parts.append(
            f"in the hole {fills['model']['psnr'][0]:.2f} dB (Telea {fills['Telea']['psnr'][0]:.2f})"
        )
    if "acutance" in figures:
        parts.append(f"acutance {figures['acutance'][0]:.3f}")
    return ", ".join(parts) or "–"


def _fit_cells(fit: dict[str, Any]) -> list[str]:
    if fit["model"] is None:
        return ["–"] * 4
    return [f"{fit['model']['slope']:.3f}", f"{fit['operator']['slope']:.3f}", f"{fit['model']['r2']:.4f}",
            f"{fit['model']['spearman']:.3f}"]  # fmt: skip


def _single_control(groups: dict[str, Any]) -> Table:
    rows = [
        [task, *_fit_cells(fit)]
        for f in groups.values()
        for task, fit in f.get("control", {}).items()
        if fit["model"]
    ]
    note = "Measured over set intensity, on the whole range; the operator's slope is the estimator's own."
    return Table("Control", note, ["effect", "slope", "operator's", "R²", "Spearman"], rows)


def _radii(groups: dict[str, Any]) -> Table:
    rows = [
        [radius, _with_interval(f["std_over_operator"], 3),
         f"{f['lag_1'][0]:.3f} / {f['lag_1_operator'][0]:.3f}",
         f"{f['mean_shift_levels'][0]:+.2f}"]
        for radius, f in groups.get("grain", {}).get("radii", {}).items()
    ]  # fmt: skip
    columns = ["radius, px", "std over the operator's", "lag 1, model / operator", "mean shift, levels"]
    return Table("Grain by radius", "Statistics, compared with one draw of the operator.", columns, rows)


def _control(fits: dict[str, Any]) -> Table:
    rows: list[list[str]] = []
    for group, tasks in fits.items():
        for task, fit in tasks.items():
            alone = fits.get("alone", {}).get(task)
            change = "–"
            if group != "alone" and alone and fit["model"] and alone["model"]:
                change = f"{100 * (fit['model']['slope'] / alone['model']['slope'] - 1):+.1f} %"
            rows.append([group, task, *_fit_cells(fit), change])
    note = (
        "Three intensities of one effect while the others stay at their middle values. Last column: slope"
        " compared with that of the effect alone (goal: within 15 %)."
    )
    columns = ["among", "effect", "slope", "operator's", "R²", "Spearman", "to alone"]
    return Table("Control in compositions", note, columns, rows)


def _matrix(matrix: dict[str, Any]) -> Table:
    model, operator = matrix["model"], matrix["operator"]
    rows = [
        [moved, *(f"{value:+.1f} ({operator[moved][task]:+.1f})" for task, value in line.items())]
        for moved, line in model.items()
    ]
    note = (
        "All five active, one slider moved over its range (rows): change of each measured effect in % of its"
        " own range, in parentheses the operators' (goal: at most 10 off the diagonal)."
    )
    return Table("Disentanglement", note, ["moved", *(f"measured {task}" for task in model)], rows)


def _steps(groups: dict[str, Any]) -> Table:
    rows: list[list[str]] = []
    for group, f in groups.items():
        for count, g in f["counts"].items():
            grain = g.get("grain")
            rows.append([
                group, count + (" ←" if int(count) == f["knee"] else ""), f"{g['model']['l1'][0]:.4f}",
                f"{g['model']['lpips'][0]:.3f}" if "lpips" in g["model"] else "–",
                f"{grain['std_over_operator'][0]:.3f}" if grain else "–",
                f"{grain['lag_1'][0]:.3f} / {grain['lag_1_operator'][0]:.3f}" if grain else "–",
            ])  # fmt: skip
    note = (
        "← marks the smallest number of evaluations beyond which LPIPS (ℓ1 without it) falls by no more than"
        " 2 %. Blur, sharpening and color are not random and always take one evaluation."
    )
    columns = ["effect", "evaluations", "ℓ1", "LPIPS", "grain std ratio", "lag 1, model / operator"]
    return Table("Evaluations", note, columns, rows)


def _fills(groups: dict[str, Any]) -> Table:
    rows: list[list[str]] = []
    for group, f in groups.items():
        for method, g in f["hole"].items():
            gain = f["hole_gain"].get(method, {}).get("l1")
            rows.append([
                "free-form" if group == "inpaint" else group, method, f"{g['l1'][0]:.4f}",
                f"{g['psnr'][0]:.2f}", f"{g['texture'][0]:.2f}",
                f"{g['lpips'][0]:.3f}" if "lpips" in g else "–",
                "–" if gain is None else f"{gain[0]:+.4f} [{gain[1]:+.4f}, {gain[2]:+.4f}]",
            ])  # fmt: skip
    note = (
        "ℓ1 and PSNR count the pixels of the hole only. Texture: acutance in the hole over the photo's. Last"
        " column: the model's ℓ1 in the hole minus that of the method; below 0 the model is better."
    )
    return Table(
        "Fills",
        note,
        ["mask", "fill", "ℓ1 in the hole", "PSNR in the hole, dB", "texture", "LPIPS", "model minus this"],
        rows,
    )


def _flat(groups: dict[str, Any]) -> Table:
    rows = [
        [name, str(f["cases"]), _with_interval(f["flat"]["psnr"], 1), f"{f['flat']['tint'][0]:.3f}",
         f"{f['flat']['pattern'][0]:.3f}", f"{f['flat']['acutance'][0]:.3f}"]
        for name, f in groups.items()
    ]  # fmt: skip
    note = (
        "Smooth regions, compared with the operators (goal: at least 45 dB). Tint: shift of the mean;"
        " pattern: what repeats every 4, 8 or 16 px; both in levels of 255."
    )
    return Table(
        "Flat regions", note, ["edit", "regions", "PSNR, dB", "tint", "pattern", "acutance ratio"], rows
    )


def _tones(groups: dict[str, dict[str, float]]) -> Table:
    levels = list(next(iter(groups.values())))
    rows = [[radius, *(f"{std:.3f}" for std in of_radius.values())] for radius, of_radius in groups.items()]
    note = (
        "Grain on uniform gray: its standard deviation over that of Newson's model. Columns: gray levels, 1"
        " is white."
    )
    return Table("Grain by tone", note, ["radius, px", *levels], rows)


def _seams(groups: dict[str, Any]) -> Table:
    rows: list[list[str]] = []
    for name, f in groups.items():
        s = {key: value[0] for key, value in f["seams"].items()}
        ratios = ("grain_border", "grain_whole", "grain_operator")
        grain = " / ".join(f"{s[key]:.3f}" for key in ratios) if "grain_border" in s else "–"
        rows.append([name, f"{s['max']:.3f}", f"{s['border']:.4f}", f"{s['interior']:.4f}", grain])
    note = (
        "1100 × 700 px in tiles and in one piece, differences in levels of 255; grain: standard deviation"
        " near borders over that elsewhere, in tiles / in one piece / of the operator; the latter two have no"
        " borders, and differ from 1 only by the tones that lie there."
    )
    return Table(
        "Seams", note, ["effect", "largest", "mean at borders", "mean elsewhere", "grain at borders"], rows
    )


def _compared(document: dict[str, Any]) -> Table:
    rows: list[list[str]] = []
    for name, metrics in document["differences"].items():
        cells: list[str] = []
        for metric, digits in _DISTANCES:
            f = metrics.get(metric)
            cells.append("–" if f is None else f"{f['difference'][0]:+.{digits}f}, {f['verdict']}")
        rows.append([name, *cells])
    note = (
        f"This model minus {document['with']} (SHA-256 {document['model'][:16]}…) on the same cases;"
        " “not shown” where the 95 % interval of the paired difference includes 0: these cases do not show"
        " which is better."
    )
    return Table("Compared", note, ["case", "PSNR, dB", "SSIM", "ℓ1", "LPIPS"], rows)
