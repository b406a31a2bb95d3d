"""What "match a look" finds in photos with a known look: set and matched values side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.look_estimate import Certainty
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects import film_grain, motion_blur, unsharp_mask
from fxdiffuse_gui.engine.measure import estimate_look
from trainer.progress import Advance

VALUES = {
    Task.GRAIN: (0.025, 0.05, 0.075, 0.1),
    Task.BLUR: (6.0, 12.0, 20.0, 28.0),
    Task.SHARPEN: (0.5, 1.5, 3.0, 5.0),
}
_QUALITY = 90
_GRAIN_ON_BLUR = 0.05
_LABELS = {Task.GRAIN: "grain radius", Task.BLUR: "blur length", Task.SHARPEN: "sharpening λ"}


@dataclass(frozen=True)
class Matched:
    """What was found of one effect in one photo.

    asked: the value that was set, 0 for an unedited photo. found: None when nothing was found. sure: whether
    the dialog would tick it. turn: error of a blur's direction, degrees.
    """

    what: str
    task: Task
    asked: float
    found: float | None
    sure: bool
    turn: float | None = None


def match_photo(photo: Tensor, generator: torch.Generator) -> Iterator[Matched]:
    """Every effect at four values on one (1, 3, H, W) photo, lossless and as JPEG; and the unedited photo."""
    plain, jpeg = "", f", JPEG {_QUALITY}"
    for suffix in (plain, jpeg):
        for task in VALUES:
            yield _matched(photo, task, 0.0, suffix, lossy=suffix == jpeg)
    for task, values in VALUES.items():
        for value in values:
            angle = 180 * float(torch.rand((), generator=generator))
            edited = _edited(photo, task, value, angle, generator)
            yield _matched(edited, task, value, plain, angle=angle)
            if task is Task.SHARPEN:  # it cannot be estimated even without JPEG
                continue
            yield _matched(edited, task, value, jpeg, angle=angle, lossy=True)
            if task is Task.BLUR:
                grainy = film_grain(edited, _GRAIN_ON_BLUR, generator=generator)
                yield _matched(grainy, task, value, f", grain {_GRAIN_ON_BLUR:.3f} over it", angle=angle)


def _edited(photo: Tensor, task: Task, value: float, angle: float, generator: torch.Generator) -> Tensor:
    match task:
        case Task.GRAIN:
            return film_grain(photo, value, generator=generator)
        case Task.BLUR:
            return motion_blur(photo, value, angle)
        case _:
            return unsharp_mask(photo, value)


def _matched(
    photo: Tensor, task: Task, asked: float, suffix: str, *, angle: float = 0.0, lossy: bool = False
) -> Matched:
    """suffix: what else was done to the photo, for the label. lossy: whether to compress it first."""
    pixels = np.ascontiguousarray(photo[0].permute(1, 2, 0).clamp(0, 1).numpy())
    look = estimate_look(_compressed(pixels) if lossy else pixels, lossy=lossy)
    estimate = look.estimates[task]
    turn = None
    if task is Task.BLUR and asked > 0 and look.angle is not None:
        turn = abs((look.angle - angle + 90) % 180 - 90)
    sure = estimate.certainty is Certainty.SURE
    return Matched(_LABELS[task] + suffix, task, asked, estimate.value, sure, turn)


def _compressed(pixels: FloatImage) -> FloatImage:
    samples = np.rint(pixels[..., ::-1] * 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", samples, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB)
    assert decoded is not None
    return decoded.astype(np.float32) / np.float32(255)


def match_rows(matched: list[Matched]) -> str:
    """Markdown: for every effect and value, how often it was found and ticked, and the values found."""
    lines = [
        "| what | asked | seen | median | 10 to 90 % | ticked | of these within 15 % | direction off by |",
        "|---|---|---|---|---|---|---|---|",
    ]
    keys = dict.fromkeys((m.what, m.asked) for m in matched)
    for what, asked in sorted(keys, key=lambda key: (key[0], key[1])):
        lines.append(_row([m for m in matched if (m.what, m.asked) == (what, asked)]))
    return "\n".join(lines)


def _row(group: list[Matched]) -> str:
    first, decimals = group[0], SPECS[group[0].task].decimals
    found = [m.found for m in group if m.found is not None]
    turns = [m.turn for m in group if m.turn is not None]
    ticked = [m.found for m in group if m.sure and m.found is not None]
    close = sum(abs(value / first.asked - 1) <= 0.15 for value in ticked) if first.asked else 0

    def at(values: list[float], share: float, digits: int) -> str:
        return f"{float(np.quantile(values, share)):.{digits}f}"

    span = f"{at(found, 0.1, decimals)}–{at(found, 0.9, decimals)}" if found else "–"
    cells = (
        first.what,
        f"{first.asked:.{decimals}f}" if first.asked else "none",
        f"{len(found)} of {len(group)}",
        at(found, 0.5, decimals) if found else "–",
        span,
        str(len(ticked)),
        str(close),
        f"{at(turns, 0.5, 0)}°" if turns else "–",
    )
    return f"| {' | '.join(cells)} |"


def each_matched(photos: list[Tensor], generator: torch.Generator, report: Advance) -> list[Matched]:
    """The results of `match_photo` on all photos."""
    matched: list[Matched] = []
    for index, photo in enumerate(photos):
        matched += match_photo(photo, generator)
        report(index + 1, len(photos), "")
    return matched
