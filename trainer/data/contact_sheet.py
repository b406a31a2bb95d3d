"""A contact sheet: what a pack holds and what training makes of it, to check before hours of training."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from fxdiffuse_gui.core.atomic import atomic_path
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects import artist_mask, compose, free_form_mask, lab_statistics
from trainer.data.pack import Pack
from trainer.errors import TrainerError

_COLUMNS = 6
_LABEL_HEIGHT = 20  # px, above every picture
_GAP = 4
_INTENSITIES = {
    Task.BLUR: (4.0, 8.0, 14.0, 22.0, 32.0),
    Task.SHARPEN: (0.5, 1.0, 2.0, 3.0, 5.0),
    Task.GRAIN: (0.010, 0.025, 0.050, 0.075, 0.100),
}
_COMPOSITIONS: tuple[tuple[Task, ...], ...] = (
    (Task.BLUR, Task.GRAIN), (Task.COLOR, Task.SHARPEN), (Task.INPAINT, Task.COLOR),
    (Task.SHARPEN, Task.GRAIN), tuple(Task),
)  # fmt: skip
_PAIR_ROWS = 6


@dataclass(frozen=True)
class _Cell:
    label: str
    image: Tensor  # (1, 3, S, S)


def write_sheet(path: Path, pack: Pack, seed: int, size: int) -> None:
    """Writes a PNG: every effect at several intensities, compositions, masks, and real pairs with their
    measured extent and angle.

    size: side of each picture, px. Raises TrainerError when it cannot be compressed, OSError when it cannot
    be written.
    """
    rows = list(_effect_rows(pack, seed)) + _pair_rows(pack, seed)
    width = _COLUMNS * (size + _GAP) + _GAP
    sheet = np.full((len(rows) * (size + _LABEL_HEIGHT + _GAP) + _GAP, width, 3), 24, np.uint8)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            top = _GAP + number * (size + _LABEL_HEIGHT + _GAP)
            left = _GAP + column * (size + _GAP)
            origin = (left + 2, top + _LABEL_HEIGHT - 6)
            cv2.putText(
                sheet, cell.label, origin, cv2.FONT_HERSHEY_SIMPLEX, 0.42, (230, 230, 230), 1, cv2.LINE_AA
            )
            below = top + _LABEL_HEIGHT
            sheet[below : below + size, left : left + size] = _picture(cell.image, size)
    ok, data = cv2.imencode(".png", cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR))
    if not ok:
        raise TrainerError("The contact sheet could not be compressed as PNG.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(path) as temporary:
        temporary.write_bytes(data.tobytes())


def _effect_rows(pack: Pack, seed: int) -> list[list[_Cell]]:
    generator = torch.Generator().manual_seed(seed)
    chosen = torch.randperm(len(pack.tiles), generator=generator)

    def tile(number: int) -> Tensor:
        return _tensor(pack.tiles[int(chosen[number % len(chosen)])])

    rows: list[list[_Cell]] = []
    for task, intensities in _INTENSITIES.items():
        photo, spec = tile(len(rows)), SPECS[task]
        cells = [_Cell("input", photo)]
        for intensity in intensities:
            condition = replace(EditCondition(blur_angle=30.0), **{task.value: intensity})
            result = _edited(photo, condition, None, generator)
            cells.append(_Cell(f"{task} {intensity:.{spec.decimals}f} {_ascii(spec.unit)}", result))
        rows.append(cells)
    photo, reference = tile(3), tile(4)
    cells = [_Cell("input", photo), _Cell("reference", reference)]
    for strength in (0.25, 0.5, 0.75, 1.0):
        condition = EditCondition(color=strength, reference=_array(reference))
        cells.append(_Cell(f"color {strength:.2f}", _edited(photo, condition, reference, generator)))
    rows += [cells, _mask_cells(tile(5), generator)]
    photo, reference = tile(6), tile(7)
    cells = [_Cell("input", photo)]
    for tasks in _COMPOSITIONS:
        label = "all five" if len(tasks) == len(Task) else " + ".join(tasks)
        cells.append(_Cell(label, _composed(photo, reference, tasks, generator)))
    return [*rows, cells]


def _mask_cells(photo: Tensor, generator: torch.Generator) -> list[_Cell]:
    """Masks of both kinds, red on the photo."""
    side = photo.shape[2]
    kinds: tuple[tuple[str, Callable[..., Tensor]], ...] = (
        ("benchmark mask", free_form_mask), ("artist's mask", artist_mask)
    )  # fmt: skip
    cells: list[_Cell] = []
    red = photo.new_tensor([0.9, 0.15, 0.1])[:, None, None]
    for name, draw in (kinds[0], kinds[0], kinds[1], kinds[1], kinds[1], kinds[1]):
        mask = draw(side, side, generator=generator)[None]
        shown = torch.where(mask > 0, 0.35 * photo + 0.65 * red, photo)
        cells.append(_Cell(f"{name}, {float(mask.mean()):.0%}", shown))
    return cells


def _composed(
    photo: Tensor, reference: Tensor, tasks: tuple[Task, ...], generator: torch.Generator
) -> Tensor:
    """Several tasks at once; the hole of an inpainting is gray."""
    values = {t.value: SPECS[t].default for t in tasks if t not in (Task.INPAINT, Task.COLOR)}
    condition = replace(EditCondition(blur_angle=30.0), **values)
    if Task.COLOR in tasks:
        condition = replace(condition, color=1.0, reference=_array(reference))
    result = _edited(photo, condition, reference, generator)
    if Task.INPAINT in tasks:
        mask = free_form_mask(photo.shape[2], photo.shape[3], generator=generator)[None]
        result = torch.where(mask > 0, 0.5, result)
    return result


def _pair_rows(pack: Pack, seed: int) -> list[list[_Cell]]:
    """Some tiles that have real blur: the sharp tile first, then its exposures, shortest first."""
    if pack.pairs is None:
        return []
    owners = np.unique(pack.pairs.tile)
    order = np.random.default_rng(seed).permutation(owners)[:_PAIR_ROWS]
    rows: list[list[_Cell]] = []
    for owner in np.sort(order):
        own = np.flatnonzero(pack.pairs.tile == owner)
        cells = [_Cell("sharp", _tensor(pack.tiles[owner]))]
        for index in own[np.argsort(pack.pairs.extent[own], kind="stable")][: _COLUMNS - 1]:
            label = f"real {pack.pairs.extent[index]:.1f} px, {pack.pairs.angle[index]:.0f} deg"
            cells.append(_Cell(label, _tensor(pack.pairs.blurry[index])))
        rows.append(cells)
    return rows


def _edited(
    photo: Tensor, condition: EditCondition, reference: Tensor | None, generator: torch.Generator
) -> Tensor:
    statistics = lab_statistics(photo)
    other = statistics if reference is None else lab_statistics(reference)
    batch = ConditionBatch.of(condition, torch.zeros_like(photo[:, :1]), statistics, other)
    return compose(photo, batch, generator=generator)


def _ascii(unit: str) -> str:
    """The unit, or nothing when OpenCV's font lacks its letters."""
    return unit if unit.isascii() else ""


def _tensor(tile: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(tile).permute(2, 0, 1)[None].float() / 255


def _array(image: Tensor) -> NDArray[np.float32]:
    return np.ascontiguousarray(image[0].permute(1, 2, 0).numpy())


def _picture(image: Tensor, size: int) -> NDArray[np.uint8]:
    """The middle of a larger picture, so that grain and sharpness show pixel by pixel; a smaller one
    enlarged."""
    picture = (_array(image) * 255).round().astype(np.uint8)
    if picture.shape[0] >= size:
        start = (picture.shape[0] - size) // 2
        return picture[start : start + size, start : start + size]
    return np.asarray(cv2.resize(picture, (size, size), interpolation=cv2.INTER_NEAREST), np.uint8)
