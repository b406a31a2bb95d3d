"""Proxy previews: the reference operators on a small picture."""

import numpy as np
import pytest

from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.effects import unsharp_mask
from fxdiffuse_gui.engine.proxy_preview import proxy_preview
from tests.engine.golden import picture as golden

MASK = np.ones((60, 80), np.float32)


def picture(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((60, 80, 3), np.float32) * 0.5 + 0.2


@pytest.mark.parametrize("task", ["blur", "sharpen", "grain", "color"])
def test_every_effect_but_inpainting_has_one(task: str) -> None:
    photo = picture()
    condition = EditCondition(**{task: 1.0 if task != "grain" else 0.05}, reference=picture(2) ** 2)  # type: ignore[arg-type]
    before = photo.copy()
    edited = proxy_preview(photo, condition, photo)
    assert edited.shape == photo.shape and edited.dtype == np.float32 and edited.base is not photo
    assert np.abs(edited - photo).mean() > 0.005
    np.testing.assert_array_equal(photo, before)


def test_a_hole_stays_as_it_is() -> None:
    np.testing.assert_array_equal(proxy_preview(picture(), EditCondition(mask=MASK), picture()), picture())


def test_grain_stays_put_while_its_slider_moves() -> None:
    flat = np.full((60, 80, 3), 0.5, np.float32)
    weak, strong = (proxy_preview(flat, EditCondition(grain=r, seed=3), flat) - 0.5 for r in (0.08, 0.1))
    assert np.corrcoef(weak.ravel(), strong.ravel())[0, 1] > 0.9


def test_another_grain_seed_is_another_grain_and_none_is_that_of_the_seed() -> None:
    photo = picture()
    first, same, other, again = (
        proxy_preview(photo, EditCondition(grain=0.08, blur=6.0, seed=3, grain_seed=seed), photo)
        for seed in (None, 3, 4, 4)
    )
    np.testing.assert_array_equal(first, same)
    np.testing.assert_array_equal(other, again)
    assert np.abs(first - other).mean() > 0.005


@pytest.mark.parametrize("zoom", [0.25, 0.5])
def test_sharpening_a_small_copy_is_close_to_a_small_copy_of_the_sharpened(zoom: float) -> None:
    import cv2

    tensor = golden("astronaut_rgb.png")
    photo = tensor[0].permute(1, 2, 0).contiguous().numpy()

    def small(image: np.ndarray) -> np.ndarray:
        return cv2.resize(image, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA).clip(0, 1)

    wanted = small(unsharp_mask(tensor, 2.0)[0].permute(1, 2, 0).numpy())
    copy, condition = small(photo), EditCondition(sharpen=2.0)
    scaled, plain = (proxy_preview(copy, one, copy) for one in (condition.scaled(zoom), condition))
    error = np.abs(scaled - wanted).mean()
    print(f"zoom {zoom}: error {error:.4f}; unscaled {np.abs(plain - wanted).mean():.4f}")
    assert error < 0.012 and error < 0.4 * np.abs(plain - wanted).mean()
