"""The effects estimated from one photo: certain, guessed or unknown, as the photo allows."""

import threading

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.look_estimate import Certainty
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects import film_grain, motion_blur, unsharp_mask
from fxdiffuse_gui.engine.measure.match import MatchCancelledError, estimate_look
from fxdiffuse_gui.engine.measure.rough import luma_grain, sharpening_guess
from tests.engine.measure.test_estimators import photos


@pytest.fixture(scope="module")
def photo() -> Tensor:
    return photos(384)[1]


def pixels(image: Tensor) -> FloatImage:
    return np.ascontiguousarray(image[0].permute(1, 2, 0).numpy())


def grainy(image: Tensor, radius: float) -> Tensor:
    return film_grain(image, radius, generator=torch.Generator().manual_seed(1))


def as_jpeg(image: Tensor) -> FloatImage:
    samples = np.rint(pixels(image) * 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", samples, [cv2.IMWRITE_JPEG_QUALITY, 90])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded.astype(np.float32) / np.float32(255)


@pytest.mark.parametrize("radius", [0.05, 0.1])
def test_grain_is_sure_without_loss(photo: Tensor, radius: float) -> None:
    found = estimate_look(pixels(grainy(photo, radius)), lossy=False).estimates
    assert found[Task.GRAIN].certainty is Certainty.SURE
    assert found[Task.GRAIN].value == pytest.approx(radius, rel=0.15)
    assert found[Task.SHARPEN].certainty is Certainty.UNKNOWN  # grain hides it


def test_faint_grain_is_a_guess(photo: Tensor) -> None:
    found = estimate_look(pixels(grainy(photo, 0.02)), lossy=False).estimates[Task.GRAIN]
    assert found.certainty is Certainty.GUESS
    assert found.value == pytest.approx(0.02, abs=0.012)


def test_grain_in_a_jpeg_is_a_guess(photo: Tensor) -> None:
    look = estimate_look(as_jpeg(grainy(photo, 0.1)), lossy=True)
    found = look.estimates[Task.GRAIN]
    assert look.lossy and found.certainty is Certainty.GUESS
    assert found.value == pytest.approx(0.08, abs=0.03)


def test_grain_too_strong_is_the_largest(photo: Tensor) -> None:
    assert estimate_look(pixels(grainy(photo, 0.16)), lossy=False).estimates[Task.GRAIN].value == 0.1


def test_blur_is_sure_with_its_direction(photo: Tensor) -> None:
    look = estimate_look(pixels(motion_blur(photo, 12.0, 35.0)), lossy=False)
    found = look.estimates[Task.BLUR]
    assert found.certainty is Certainty.SURE
    assert found.value == pytest.approx(12.0, rel=0.1)
    assert look.angle == pytest.approx(35, abs=6)


def test_stripes_in_a_part_of_the_photo_are_no_sure_blur(photo: Tensor) -> None:
    mixed = photo.clone()
    mixed[..., :256] = motion_blur(photo, 12.0, 35.0)[..., :256]
    assert estimate_look(pixels(mixed), lossy=False).estimates[Task.BLUR].certainty is not Certainty.SURE


def test_a_photo_as_it_is_ticks_nothing() -> None:
    for one in photos(384):
        found = estimate_look(pixels(one), lossy=True).estimates
        assert all(estimate.certainty is not Certainty.SURE for estimate in found.values())


def test_sharpening_is_never_sure_but_rises(photo: Tensor) -> None:
    assert sharpening_guess(unsharp_mask(photo, 3.0)) > sharpening_guess(unsharp_mask(photo, 1.0))
    found = estimate_look(pixels(unsharp_mask(photo, 3.0)), lossy=False).estimates[Task.SHARPEN]
    assert found.certainty is Certainty.GUESS


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_a_flat_picture_has_nothing(value: float) -> None:
    look = estimate_look(np.full((200, 200, 3), value, np.float32), lossy=False)
    assert look.estimates[Task.BLUR].certainty is Certainty.NONE and look.angle is None
    assert look.estimates[Task.GRAIN].certainty is Certainty.NONE


def test_black_tells_nothing_of_grain_in_a_jpeg() -> None:
    black = torch.zeros(1, 3, 200, 200)
    assert luma_grain(black) is None
    found = estimate_look(pixels(black), lossy=True).estimates[Task.GRAIN]
    assert found.certainty is Certainty.UNKNOWN


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 300, 3), (63, 200, 3), (127, 127, 3), (2, 5000, 3)])
def test_small_pictures(shape: tuple[int, int, int]) -> None:
    noise = np.random.default_rng(0).random(shape, np.float32)
    found = estimate_look(noise, lossy=False).estimates
    assert found[Task.BLUR].certainty is Certainty.UNKNOWN
    assert (found[Task.GRAIN].certainty is Certainty.UNKNOWN) is (min(shape[:2]) < 64)


def test_it_can_be_cancelled(photo: Tensor) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(MatchCancelledError):
        estimate_look(pixels(photo), lossy=False, cancel=cancel)
