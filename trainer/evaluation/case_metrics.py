"""The metrics of one case: distances to the operators, measured strengths, grain, fills, flat regions."""

from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import FloatImage, Mask
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import bridge_hole
from fxdiffuse_gui.engine.effects.grain import flat_std
from fxdiffuse_gui.engine.measure import grain_statistics
from trainer.evaluation.cases import ALL, Case
from trainer.evaluation.lpips import Lpips
from trainer.evaluation.metrics import acutance, delta_e, l1, pattern, psnr, ssim
from trainer.evaluation.operators import as_tensor, operator_output
from trainer.evaluation.strength import measured_strengths

_PERIODS = (4, 8, 16)  # px: pixel unshuffling and pooling repeat so


def case_metrics(case: Case, image: FloatImage, lpips: Lpips | None) -> tuple[dict[str, Any], FloatImage]:
    """The row of metrics of one case; and input, edit and operators' output side by side as (H, 3W, 3).

    image: the edit, (H, W, 3). lpips: None leaves LPIPS out.
    """
    result = as_tensor(image)
    target, expected = operator_output(case.photo, case.condition)
    given = as_tensor(case.photo)
    mask = case.condition.mask
    if mask is not None:
        given = torch.where(torch.from_numpy(mask)[None, None] > 0, 0.5, given)
    row: dict[str, Any] = {}
    if case.section == "control" or (case.section == "single" and case.group not in ("inpaint", ALL)):
        row["strength"] = _strengths(case, result, target)
    if case.section == "flat":
        row["flat"] = _flat_metrics(_right(result, mask), _right(expected, mask))
    if case.section == "tones":
        row["tone"] = _tone_metrics(case, result)
    if case.section in ("single", "pairs", "steps", "fills"):
        row |= _distances({"model": result, "identity": given}, target, expected, lpips)
        row |= _task_metrics(case, result, target, expected)
        if mask is not None and case.condition.active_tasks == (Task.INPAINT,):
            row["hole"] = _hole_metrics(case.photo, mask, result, lpips)
    pictures = [_array(picture) for picture in (given, result, target)]
    return row, np.concatenate(pictures, 1)


def _strengths(case: Case, result: Tensor, target: Tensor) -> dict[str, dict[str, float]]:
    measured = measured_strengths(case.photo, case.condition, (result, target))
    return {
        task.value: {
            "asked": case.condition.intensity(task) or 0.0, "model": of_model, "operator": of_operator,
        }
        for task, (of_model, of_operator) in measured.items()
    }  # fmt: skip


def _distances(
    images: dict[str, Tensor], target: Tensor, expected: Tensor, lpips: Lpips | None
) -> dict[str, dict[str, float]]:
    """Distances of each image to the operators' mean over draws of the grain, where any noise can only lose;
    LPIPS, which judges as an eye does, to one draw."""
    found: dict[str, dict[str, float]] = {}
    for name, image in images.items():
        found[name] = {
            "l1": l1(image, expected),
            "psnr": psnr(image, expected),
            "ssim": ssim(image, expected),
        }
        if lpips is not None:
            found[name]["lpips"] = lpips(image, target)
    return found


def _task_metrics(case: Case, result: Tensor, target: Tensor, expected: Tensor) -> dict[str, Any]:
    """What some effects are judged by besides distances."""
    found: dict[str, Any] = {}
    mask = case.condition.mask
    if case.condition.active_tasks == (Task.INPAINT,):
        return found  # outside the hole nothing changes; inside it see `_hole_metrics`
    if not case.condition.is_active(Task.GRAIN):
        found["acutance"] = acutance(_right(result, mask)) / max(acutance(_right(target, mask)), 1e-9)
    elif case.section != "single" or case.group == "grain":
        shown = [_right(picture, mask) for picture in (expected, result, target)]
        found["grain"] = grain_statistics(shown[0], shown[1])
        found["grain_operator"] = grain_statistics(shown[0], shown[2])
    if case.condition.active_tasks == (Task.COLOR,):
        found["delta_e"] = delta_e(result, target)
        found["delta_e_identity"] = delta_e(as_tensor(case.photo), target)
    return found


def _flat_metrics(result: Tensor, expected: Tensor) -> dict[str, float]:
    """psnr: dB. tint: shift of the mean, pattern: what repeats with a period of the network's, both in levels
    of 255. acutance: over the operators'."""
    difference = result - expected
    return {
        "psnr": psnr(result, expected),
        "tint": 255 * float(difference.mean((2, 3)).abs().max()),
        "pattern": 255 * max(pattern(difference, period) for period in _PERIODS),
        "acutance": acutance(result) / max(acutance(expected), 1e-9),
    }


def _tone_metrics(case: Case, result: Tensor) -> dict[str, float]:
    """level: of the uniform field, in [0, 1]. std: the grain's standard deviation there over theory's."""
    level, radius = float(case.photo[0, 0, 0]), case.condition.intensity(Task.GRAIN)
    assert radius is not None
    return {"level": round(level, 4), "std": float(result.std() / flat_std(radius, level))}


def _hole_metrics(
    photo: FloatImage, mask: Mask, result: Tensor, lpips: Lpips | None
) -> dict[str, dict[str, float]]:
    """Metrics of the fill by the model, by OpenCV's two methods and by the smooth bridge.

    l1, psnr: inside the hole only, because outside nothing changes. texture: acutance inside the hole over
    the photo's (a fill may be sharp without being right, so this is not a distance). lpips: of the whole
    picture.
    """
    inside = mask > 0
    eight = (photo * 255).round().astype(np.uint8)
    hole = inside.astype(np.uint8)
    fills = {
        "model": _array(result),
        "Telea": cv2.inpaint(eight, hole, 5, cv2.INPAINT_TELEA).astype(np.float32) / 255,
        "Navier–Stokes": cv2.inpaint(eight, hole, 5, cv2.INPAINT_NS).astype(np.float32) / 255,
        "bridge": _array(bridge_hole(as_tensor(photo), torch.from_numpy(mask)[None, None])),
    }
    region = torch.from_numpy(inside)[None, None]
    original = as_tensor(photo)
    found: dict[str, dict[str, float]] = {}
    for name, fill in fills.items():
        filled = as_tensor(np.where(inside[..., None], fill, photo))
        pixels = [picture[0, :, region[0, 0]][None, :, None] for picture in (filled, original)]
        found[name] = {
            "l1": l1(*pixels),
            "psnr": psnr(*pixels),
            "texture": acutance(filled, region) / max(acutance(original, region), 1e-9),
        }
        if lpips is not None:
            found[name]["lpips"] = lpips(filled, original)
    return found


def _right(picture: Tensor, mask: Mask | None) -> Tensor:
    """The right half where there is a mask: it has no hole (see `cases.left_hole`)."""
    return picture if mask is None else picture[..., picture.shape[-1] // 2 :]


def _array(image: Tensor) -> FloatImage:
    return np.ascontiguousarray(image[0].permute(1, 2, 0).cpu().numpy())
