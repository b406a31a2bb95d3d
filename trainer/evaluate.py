"""Evaluation on photographs that training never saw: the model beside the operator and the identity.

Every case is edited through `pipeline.edit`, as the app does it. Random effects (grain, fills) are compared
by statistics or beside simple baselines, not by luck of the draw alone.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.batch import ConditionBatch
from fxdiffuse_gui.engine.checkpoint import Model, load_model, write_atomically
from fxdiffuse_gui.engine.condition import EditCondition, FloatImage, FloatMask
from fxdiffuse_gui.engine.effects import bridge_hole, compose, film_grain
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from fxdiffuse_gui.engine.measure import blur_extent, grain_statistics, sharpen_amount
from fxdiffuse_gui.engine.pipeline import DEFAULT_STEPS, edit
from fxdiffuse_gui.engine.statistics import photo_statistics
from fxdiffuse_gui.engine.tasks import Task
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_pixels
from trainer.cases import Case, make_cases
from trainer.errors import TrainerError
from trainer.lpips import Lpips, find_lpips
from trainer.metrics import delta_e, l1, psnr, ssim
from trainer.pack import find_photos
from trainer.report import markdown, summarize

_GRAIN_DRAWS = 8  # of the operator, averaged to know the picture without noise


@dataclass(frozen=True)
class EvaluateOptions:
    """crops: one per photo, in turn. size: side, px. steps: evaluations per edit (None: the app's).
    lpips_weights: see `trainer.lpips`; LPIPS is left out without them."""

    crops: int = 19
    size: int = 256
    steps: int | None = None
    device: str = "auto"
    lpips_weights: Path | None = None


def evaluate(
    path: Path,
    folders: list[Path],
    output: Path,
    options: EvaluateOptions,
    *,
    report: Callable[[int, int, str], None],
) -> Path:
    """Writes report.json, report.md and sheet.png into `output`; returns the Markdown file.

    Raises TrainerError when no photo is large enough, ModelError when the model cannot be used.
    """
    if options.crops < 1 or options.size < 64:
        raise TrainerError("--crops must be at least 1 and --size at least 64.")
    model = load_model(path, options.device)
    lpips = find_lpips(options.lpips_weights)
    crops = load_crops(folders, options)
    cases = list(make_cases(crops))
    output.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    sheet: dict[str, FloatImage] = {}
    for index, case in enumerate(cases):
        row, images = measure_case(model, crops, case, options.steps, lpips)
        rows.append(row)
        sheet.setdefault(case.group, images)
        report(index + 1, len(cases), case.group)
    summary = {group: summarize([r for r in rows if r["group"] == group]) for group in sheet}
    document = {
        "model": model.digest, "card": model.card.name, "trained_steps": model.card.steps,
        "steps": options.steps or DEFAULT_STEPS, "crops": len(crops), "size": options.size,
        "summary": summary, "cases": rows,
    }  # fmt: skip
    write_atomically(output / "report.json", json.dumps(document, indent=1).encode())
    write_atomically(output / "report.md", markdown(document).encode())
    stacked = np.concatenate(list(sheet.values()), 0)
    picture = cv2.cvtColor((stacked * 255).round().astype(np.uint8), cv2.COLOR_RGB2BGR)
    write_atomically(output / "sheet.png", cv2.imencode(".png", picture)[1].tobytes())
    return output / "report.md"


def load_crops(folders: list[Path], options: EvaluateOptions) -> list[FloatImage]:
    """The most textured crop of each photo, photo by photo."""
    crops: list[FloatImage] = []
    size = options.size
    for path in find_photos(folders):
        if len(crops) == options.crops:
            break
        try:
            pixels = read_pixels(path)
        except PhotoError:
            continue
        if min(pixels.shape[:2]) < size:
            continue
        gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        detail = cv2.boxFilter(np.abs(cv2.Laplacian(gray, cv2.CV_32F)), -1, (size, size), anchor=(0, 0))
        valid = detail[: detail.shape[0] - size + 1, : detail.shape[1] - size + 1]
        top, left = np.unravel_index(int(valid.argmax()), valid.shape)
        crops.append(np.ascontiguousarray(pixels[top : top + size, left : left + size]))
    if not crops:
        raise TrainerError(f"No photo of at least {size} px on both sides was found.")
    return crops


def measure_case(
    model: Model, crops: list[FloatImage], case: Case, steps: int | None, lpips: Lpips | None
) -> tuple[dict[str, Any], FloatImage]:
    """The figures of one case, and input | model | operator side by side."""
    photo = crops[case.crop]
    result = _tensor(list(edit(photo, case.condition, model, steps=steps))[-1].image)
    source = _tensor(photo)
    target, expected = operator_output(photo, case.condition)
    given = source
    if case.condition.mask is not None:
        hole = torch.from_numpy(case.condition.mask)[None, None]
        given = torch.where(hole > 0, 0.5, source)
    row: dict[str, Any] = {"group": case.group, "asked": case.asked, "crop": case.crop}
    for name, image in (("model", result), ("identity", given)):
        row[name] = {"l1": l1(image, expected), "psnr": psnr(image, expected), "ssim": ssim(image, expected)}
        if lpips is not None:
            row[name]["lpips"] = lpips(image, target)
    if case.group == "blur":
        row["measured"] = blur_extent(source, result, case.condition.angle)
    elif case.group == "sharpen":
        row["measured"] = sharpen_amount(source, result)
    elif case.group == "grain":
        row["grain"] = grain_statistics(expected, result)
        row["grain_operator"] = grain_statistics(expected, target)
        row["measured"] = row["grain"][1]
    elif case.group == "color":
        row["delta_e"] = delta_e(result, target), delta_e(source, target)
    elif case.condition.mask is not None and case.group == "inpaint":
        row["hole"] = _hole_figures(photo, case.condition.mask, result, lpips)
    images = [_array(image) for image in (given, result, target)]
    return row, np.concatenate(images, 1)


def operator_output(photo: FloatImage, condition: EditCondition) -> tuple[Tensor, Tensor]:
    """The reference operators' output and, where grain is random, its mean over draws (else the same)."""
    source = _tensor(photo)
    zeros = torch.zeros(1, 6)
    image_statistics, reference_statistics = zeros, zeros
    if condition.is_active(Task.COLOR) and condition.reference is not None:
        known = None if condition.mask is None else condition.mask <= 0
        image_statistics = photo_statistics(photo, known)
        reference_statistics = photo_statistics(condition.reference)
    batch = ConditionBatch.of(
        condition, torch.zeros_like(source[:, :1]), image_statistics, reference_statistics
    )
    generator = torch.Generator().manual_seed(condition.seed + 1)
    target = compose(source, batch, generator=generator)
    if not condition.is_active(Task.GRAIN):
        return target, target
    no_mask = torch.zeros_like(source[:, :1])
    quiet = ConditionBatch.of(
        replace(condition, grain=None, mask=None), no_mask, image_statistics, reference_statistics
    )
    plain = compose(source, quiet, generator=generator)
    draws = plain.expand(_GRAIN_DRAWS, -1, -1, -1)
    # At the smallest radius the noise is weakest, so the mean over few draws is nearest to the mean.
    return target, film_grain(draws, GRAIN_RADII[0], generator=generator).mean(0, keepdim=True)


def _hole_figures(
    photo: FloatImage, mask: FloatMask, result: Tensor, lpips: Lpips | None
) -> dict[str, dict[str, float]]:
    """ℓ1 inside the hole, and LPIPS of the filled photo, for the model, OpenCV's two methods, the bridge."""
    inside = mask > 0
    eight = (photo * 255).round().astype(np.uint8)
    hole = inside.astype(np.uint8)
    fills = {
        "model": _array(result),
        "Telea": cv2.inpaint(eight, hole, 5, cv2.INPAINT_TELEA).astype(np.float32) / 255,
        "Navier–Stokes": cv2.inpaint(eight, hole, 5, cv2.INPAINT_NS).astype(np.float32) / 255,
        "bridge": _array(bridge_hole(_tensor(photo), torch.from_numpy(mask)[None, None])),
    }
    figures: dict[str, dict[str, float]] = {}
    for name, fill in fills.items():
        figures[name] = {"l1": float(np.abs(fill - photo)[inside].mean())}
        if lpips is not None:
            filled = np.where(inside[..., None], fill, photo)
            figures[name]["lpips"] = lpips(_tensor(filled), _tensor(photo))
    return figures


def _tensor(image: FloatImage) -> Tensor:
    return torch.from_numpy(image).permute(2, 0, 1)[None]


def _array(image: Tensor) -> FloatImage:
    return np.ascontiguousarray(image[0].permute(1, 2, 0).cpu().numpy())
