"""Both ways to make grain beside the patches of the reference program."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from fxdiffuse_gui.core.atomic import write_atomically
from fxdiffuse_gui.engine.effects import film_grain
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII, Method
from trainer.errors import TrainerError

_SIDE = 128
_PLOT = (560, 420)
_METHODS: tuple[Method, ...] = ("monte_carlo", "fast")
_COLORS = {"reference": (40, 40, 40), "monte_carlo": (200, 90, 20), "fast": (30, 80, 220)}  # BGR
_LEVELS = (26, 77, 128, 179, 230)


def patch(level: int, radius: float, method: Method) -> NDArray[np.float64]:
    """(n, n) of grain on a flat patch, in 8-bit levels."""
    flat = torch.full((1, 1, 2 * _SIDE, 2 * _SIDE), level / 255)
    generator = torch.Generator().manual_seed(round(1000 * radius) + level)
    return film_grain(flat, radius, generator=generator, method=method)[0, 0].double().numpy() * 255


def statistics(image: NDArray[np.float64]) -> dict[str, float]:
    """std, lag-1 autocorrelation and skew."""
    grain = image - image.mean()
    variance = np.square(grain).mean()
    lag = ((grain[:, 1:] * grain[:, :-1]).mean() + (grain[1:] * grain[:-1]).mean()) / 2
    return {
        "std": float(variance**0.5),
        "lag1": float(lag / variance),
        "skew": float((grain**3).mean() / variance**1.5),
    }


def reference(entry: dict[str, Any]) -> dict[str, float]:
    """The same figures of the reference program."""
    return {"std": entry["std"], "lag1": (entry["acx"][0] + entry["acy"][0]) / 2, "skew": entry["skew"]}


def draw_plot(title: str, values: dict[str, list[list[float]]]) -> NDArray[np.uint8]:
    """One figure against the level: a curve per radius and source."""
    width, height = _PLOT
    canvas = np.full((height, width, 3), 255, np.uint8)
    everything = [v for curves in values.values() for curve in curves for v in curve]
    low, high = min(*everything, 0.0), max(everything) * 1.05

    def place(level: float, value: float) -> tuple[int, int]:
        x = 60 + (width - 90) * level / 255
        return round(x), round(height - 40 - (height - 90) * (value - low) / (high - low))

    for i in range(6):
        value = low + (high - low) * i / 5
        cv2.line(canvas, place(0, value), place(255, value), (225, 225, 225), 1)
        _text(canvas, f"{value:.2f}", (8, place(0, value)[1] + 4))
    for level in _LEVELS:
        _text(canvas, str(level), (place(level, low)[0] - 10, height - 20))
    for source, curves in values.items():
        for curve in curves:
            points = [place(level, value) for level, value in zip(_LEVELS, curve, strict=True)]
            cv2.polylines(canvas, [np.array(points, np.int32)], False, _COLORS[source], 1, cv2.LINE_AA)
            for point in points if source == "reference" else ():
                cv2.circle(canvas, point, 4, _COLORS[source], 1, cv2.LINE_AA)
    _text(canvas, title, (60, 24), 0.6)
    for i, source in enumerate(values):
        _text(canvas, source, (250 + 100 * i, 24), 0.45, _COLORS[source])
    return canvas


def _text(
    canvas: NDArray[np.uint8],
    text: str,
    at: tuple[int, int],
    size: float = 0.4,
    color: tuple[int, int, int] = (60, 60, 60),
) -> None:
    cv2.putText(canvas, text, at, cv2.FONT_HERSHEY_SIMPLEX, size, color, 1, cv2.LINE_AA)


def write_plot(folder: Path, output: Path) -> None:
    """Writes one PNG: patches above, figures against level below.

    folder: of the reference's patches and statistics. Raises TrainerError when they are not there.
    """
    figures_file, patches_file = folder / "flat_patch_statistics.json", folder / "flat_patches.npz"
    if not (figures_file.is_file() and patches_file.is_file()):
        raise TrainerError(
            f"{folder} has no {figures_file.name} and {patches_file.name}; name another with --reference."
        )
    entries = json.loads(figures_file.read_text())
    rows: list[NDArray[np.uint8]] = []
    with np.load(patches_file) as patches:
        columns = [[patches[f"level128_r{radius:.3f}"]] for radius in GRAIN_RADII]
    for column, radius in zip(columns, GRAIN_RADII, strict=True):
        column += [patch(128, radius, method)[:_SIDE, :_SIDE] for method in _METHODS]
    for index, name in enumerate(("reference", *_METHODS)):
        row = np.concatenate([_shown(column[index]) for column in columns], 1)
        _text(
            row,
            f"{name}, level 128, radius {' '.join(f'{r:.3f}' for r in GRAIN_RADII)}",
            (8, 20),
            0.5,
            (0, 255, 255),
        )
        rows.append(row)

    figures: dict[str, list[list[dict[str, float]]]] = {
        "reference": [[reference(entries[f"r{r:.3f}_v{v}"]) for v in _LEVELS] for r in GRAIN_RADII]
    }
    for method in _METHODS:
        figures[method] = [[statistics(patch(v, r, method)) for v in _LEVELS] for r in GRAIN_RADII]
    plots = [
        draw_plot(key, {s: [[cell[key] for cell in curve] for curve in c] for s, c in figures.items()})
        for key in ("std", "lag1", "skew")
    ]
    below = np.concatenate(plots, 1)
    above = np.concatenate(rows, 0)
    page = np.full((above.shape[0] + below.shape[0], max(above.shape[1], below.shape[1]), 3), 255, np.uint8)
    page[: above.shape[0], : above.shape[1]] = above
    page[above.shape[0] :, : below.shape[1]] = below
    write_atomically(output, cv2.imencode(".png", page)[1].tobytes())


def _shown(image: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    """A patch at twice its size, contrast tripled about mid-gray."""
    levels = np.clip(128 + 3 * (image[:_SIDE, :_SIDE] - 128), 0, 255).astype(np.uint8)
    large = cv2.resize(levels, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    return np.repeat(large[..., None], 3, 2).astype(np.uint8)
