"""Checks the estimators of strength on the exact operators, over the whole range of each slider.

Set and measured strengths over all photos give a line per effect; a good estimator has slope 1.
"""

import math
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from fxdiffuse_gui.engine import measure
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects import color_transfer, film_grain, lab_statistics, motion_blur, unsharp_mask
from fxdiffuse_gui.engine.effects.grain import flat_std
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_pixels
from trainer.data.sources import find_photos
from trainer.errors import TrainerError
from trainer.evaluation.match_table import each_matched, match_rows
from trainer.progress import Advance

_STEPS = 8
Pair = tuple[str, float, float]
"""What is measured, the value that was set, and the measured value."""


def strengths(task: Task) -> list[float]:
    """Eight values, evenly over the whole range of the slider."""
    spec = SPECS[task]
    return [spec.minimum + (spec.maximum - spec.minimum) * i / (_STEPS - 1) for i in range(_STEPS)]


def load_middles(folders: list[Path], count: int, size: int) -> list[Tensor]:
    """The (1, 3, size, size) middles of the photos that are large enough, at most `count` of them."""
    middles: list[Tensor] = []
    for path in find_photos(folders):
        if len(middles) == count:
            break
        try:
            pixels = read_pixels(path)
        except PhotoError:
            continue
        top, left = ((length - size) // 2 for length in pixels.shape[:2])
        if min(top, left) >= 0:
            part = torch.from_numpy(pixels[top : top + size, left : left + size])
            middles.append(part.permute(2, 0, 1)[None].contiguous())
    return middles


def measure_photo(whole: Tensor, reference: Tensor, generator: torch.Generator) -> Iterator[Pair]:
    """Every effect at every strength on one (1, 3, H, W) photo.

    Estimates that compare with the original use only the middle quarter; blind estimates use the whole photo.
    """
    quarter = whole.shape[-1] // 4
    photo = whole[..., quarter:-quarter, quarter:-quarter]
    for extent in strengths(Task.BLUR):
        angle = 180 * float(torch.rand((), generator=generator))
        found, direction = measure.blur_path(photo, motion_blur(photo, extent, angle))
        yield "blur extent", extent, found
        if extent >= 2:  # a path within one pixel has no measurable direction
            yield "blur angle", angle, angle + (direction - angle + 90) % 180 - 90
    for amount in strengths(Task.SHARPEN):
        yield "sharpening", amount, measure.sharpen_amount(photo, unsharp_mask(photo, amount))
    statistics = lab_statistics(reference)
    for share in strengths(Task.COLOR):
        changed = color_transfer(photo, reference_statistics=statistics, strength=share)
        yield "color", share, measure.color_strength(photo, changed, statistics)
    for radius in strengths(Task.GRAIN):
        grainy = film_grain(photo, radius, generator=generator)
        yield "grain radius", radius, measure.grain_radius(photo, grainy)
        blind = measure.blind_grain(film_grain(whole, radius, generator=generator))
        yield "blind grain std", float(flat_std(radius, 0.5)) * 255, blind.std * 255
        if radius >= 0.045:  # below, nearly all noise comes from the sampling of Newson's model
            yield "blind grain radius", radius, blind.radius


def table(pairs: list[Pair]) -> str:
    """Markdown: slope, R², and the median and 95th percentile of the relative error of every estimator."""
    lines = ["| what | n | slope | R² | median error | 95 % below |", "|---|---|---|---|---|---|"]
    for name in dict.fromkeys(name for name, _, _ in pairs):
        asked, found = zip(*[(a, m) for what, a, m in pairs if what == name], strict=True)
        slope, r2 = measure.linear_fit(list(asked), list(found))
        angular = name.endswith("angle")
        errors = sorted(abs(m - a) / (1 if angular else a) for a, m in zip(asked, found, strict=True))
        middle, most = (errors[math.floor(share * (len(errors) - 1))] for share in (0.5, 0.95))
        text = f"{middle:.2f}° | {most:.2f}°" if angular else f"{100 * middle:.1f} % | {100 * most:.1f} %"
        lines.append(f"| {name} | {len(errors)} | {slope:.4f} | {r2:.4f} | {text} |")
    return "\n".join(lines)


@torch.inference_mode()
def calibrate(folders: list[Path], count: int, size: int, report: Advance, *, match: bool = False) -> str:
    """The table, in Markdown, for the middles of at most `count` photos below the folders.

    size: side of a middle, px, at least 256. match: return the table of what "match a look" finds in photos
    with a known look instead. Raises TrainerError when fewer than two photos are large enough or `size` is
    too small.
    """
    if size < 256:
        raise TrainerError("--size must be at least 256.")
    photos = load_middles(folders, count, size)
    if len(photos) < 2:
        raise TrainerError("Two photos of at least {size} px on both sides are needed.", size=size)
    generator = torch.Generator().manual_seed(0)
    if match:
        return f"{len(photos)} photos\n\n{match_rows(each_matched(photos, generator, report))}"
    pairs: list[Pair] = []
    for index, photo in enumerate(photos):
        pairs += measure_photo(photo, photos[(index + 1) % len(photos)], generator)
        report(index + 1, len(photos), "")
    return f"{len(photos)} photos\n\n{table(pairs)}"
