"""`measured_strengths` on edits by the operators themselves: it finds the intensities that were set."""

import threading
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from fxdiffuse_gui.app.render import measured_crop
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import compose
from fxdiffuse_gui.engine.effects.grain import grain_mean
from fxdiffuse_gui.engine.effects.statistics import photo_statistics
from fxdiffuse_gui.engine.measure.measured_strength import LEAST_SIDE, measured_strengths
from tests.engine.golden import GOLDEN

SIDE, BOX = 420, (90, 70, 346, 326)
ONE: list[dict[Task, float]] = [
    {Task.BLUR: 4.0},
    {Task.BLUR: 24.0},
    {Task.SHARPEN: 0.3},
    {Task.SHARPEN: 3.0},
    {Task.GRAIN: 0.025},
    {Task.GRAIN: 0.1},
    {Task.COLOR: 0.3},
    {Task.COLOR: 1.0},
]
SEVERAL: list[dict[Task, float]] = [
    {Task.BLUR: 9.0, Task.COLOR: 0.8},
    {Task.SHARPEN: 1.5, Task.GRAIN: 0.05},
    {Task.BLUR: 6.0, Task.SHARPEN: 2.0, Task.GRAIN: 0.04, Task.COLOR: 0.6},
]


def photo(number: int = 0) -> FloatImage:
    path = sorted((GOLDEN.parents[1] / "resources" / "samples").glob("*.jpg"))[number]
    pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert pixels is not None
    top, left = ((length - SIDE) // 2 for length in pixels.shape[:2])
    return pixels[top : top + SIDE, left : left + SIDE].astype(np.float32) / 255


def condition_of(values: dict[Task, float]) -> EditCondition:
    given: dict[str, Any] = {task.value: value for task, value in values.items()}
    reference = photo(1) ** 1.5 if Task.COLOR in values else None
    return EditCondition(**given, blur_angle=25.0, reference=reference, seed=4)


def rendered(image: FloatImage, condition: EditCondition) -> FloatImage:
    """The operators' edit of the whole photo, cut to `BOX`."""
    tensor = torch.from_numpy(image).permute(2, 0, 1)[None]
    statistics = references = torch.zeros(1, 6)
    if condition.reference is not None:
        statistics, references = photo_statistics(image), photo_statistics(condition.reference)
    batch = ConditionBatch.of(condition, torch.zeros_like(tensor[:, :1]), statistics, references)
    edited = compose(tensor, batch, generator=torch.Generator().manual_seed(3))
    return cut(edited[0].permute(1, 2, 0).numpy())


def cut(image: FloatImage) -> FloatImage:
    x0, y0, x1, y1 = BOX
    return np.ascontiguousarray(image[y0:y1, x0:x1])


@pytest.mark.parametrize("values", ONE + SEVERAL, ids=str)
def test_the_set_intensities_are_measured(values: dict[Task, float]) -> None:
    image = photo()
    condition = condition_of(values)
    measured = measured_strengths(Picture(image), condition, BOX, rendered(image, condition))
    assert measured == pytest.approx(values, rel=0.1)


@pytest.mark.parametrize("values", ONE, ids=str)
def test_half_as_much_is_measured_as_half(values: dict[Task, float]) -> None:
    image = photo()
    half = {task: value / 2 for task, value in values.items()}
    measured = measured_strengths(
        Picture(image), condition_of(values), BOX, rendered(image, condition_of(half))
    )
    assert measured == pytest.approx(half, rel=0.15)


def test_one_of_several_that_came_out_half_as_strong_is_told_from_the_others() -> None:
    image = photo()
    values = {Task.BLUR: 6.0, Task.SHARPEN: 2.0, Task.GRAIN: 0.05}
    measured = measured_strengths(
        Picture(image),
        condition_of(values),
        BOX,
        rendered(image, condition_of({**values, Task.GRAIN: 0.025})),
    )
    assert measured == pytest.approx({**values, Task.GRAIN: 0.025}, rel=0.15)


def test_a_missing_effect_is_measured_as_zero() -> None:
    image = photo()
    for values in ({Task.BLUR: 8.0}, {Task.SHARPEN: 1.0}, {Task.COLOR: 0.5}):
        ((task, measured),) = measured_strengths(
            Picture(image), condition_of(values), BOX, cut(image)
        ).items()
        assert measured / values[task] == pytest.approx(0.0, abs=0.01)
    lens_alone = grain_mean(torch.from_numpy(image).permute(2, 0, 1)[None])[0].permute(1, 2, 0).numpy()
    assert measured_strengths(Picture(image), condition_of({Task.GRAIN: 0.05}), BOX, cut(lens_alone)) == {
        Task.GRAIN: 0
    }


@pytest.mark.parametrize("level", [0.5, 1.0])
def test_a_flat_crop_gives_no_blur_and_sharpening(level: float) -> None:
    image = np.full((SIDE, SIDE, 3), level, np.float32)
    assert (
        measured_strengths(Picture(image), condition_of({Task.BLUR: 8.0, Task.SHARPEN: 1.0}), BOX, cut(image))
        == {}
    )


def test_a_white_crop_gives_no_grain_and_a_gray_one_does() -> None:
    condition = condition_of({Task.GRAIN: 0.05})
    white, gray = (np.full((SIDE, SIDE, 3), level, np.float32) for level in (1.0, 0.5))
    assert measured_strengths(Picture(white), condition, BOX, rendered(white, condition)) == {}
    measured = measured_strengths(Picture(gray), condition, BOX, rendered(gray, condition))
    assert measured == pytest.approx({Task.GRAIN: 0.05}, rel=0.1)


def test_what_grain_hides_is_not_measured() -> None:
    """Hardly any detail, strong grain: a little sharpening would be a guess."""
    rng = np.random.default_rng(2)
    image = (0.5 + 0.002 * rng.standard_normal((SIDE, SIDE, 3))).astype(np.float32)
    condition = condition_of({Task.SHARPEN: 0.2, Task.GRAIN: 0.1})
    assert set(measured_strengths(Picture(image), condition, BOX, rendered(image, condition))) == {Task.GRAIN}


def test_a_crop_that_is_too_small_gives_nothing() -> None:
    image = photo()
    condition = condition_of({Task.SHARPEN: 1.0})
    assert LEAST_SIDE == measured_crop.LEAST_SIDE
    small = np.ascontiguousarray(rendered(image, condition)[:60])
    assert measured_strengths(Picture(image), condition, (90, 70, 346, 130), small) == {}


def test_colors_are_counted_outside_what_is_painted_over() -> None:
    image = photo()
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[360:, :] = 255
    image[360:] = (1.0, 0.0, 0.0)
    condition = condition_of({Task.COLOR: 0.7})
    assert condition.reference is not None
    tensor = torch.from_numpy(image).permute(2, 0, 1)[None]
    known, wanted = photo_statistics(image, mask), photo_statistics(condition.reference)
    batch = ConditionBatch.of(condition, torch.zeros_like(tensor[:, :1]), known, wanted)
    edited = compose(tensor, batch, generator=torch.Generator())[0].permute(1, 2, 0).numpy()
    measured = measured_strengths(Picture(image), replace(condition, mask=mask), BOX, cut(edited))
    assert measured == pytest.approx({Task.COLOR: 0.7}, rel=0.01)


def test_a_cancelled_measurement_is_empty() -> None:
    image = photo()
    cancel = threading.Event()
    cancel.set()
    condition = condition_of({Task.SHARPEN: 1.0})
    assert measured_strengths(Picture(image), condition, BOX, rendered(image, condition), cancel) == {}
