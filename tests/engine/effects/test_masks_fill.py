"""Masks against those of the reference program; bridged holes."""

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from fxdiffuse_gui.engine.effects import artist_mask, bridge_hole, free_form_mask
from tests.engine.golden import GOLDEN
from tests.engine.tiny import as_batch, textured

COUNT = 600


def draw(*, flip: bool) -> NDArray[np.bool_]:
    generator = torch.Generator().manual_seed(7)
    masks = [free_form_mask(256, 256, generator=generator, flip=flip)[0] for _ in range(COUNT)]
    return torch.stack(masks).numpy() > 0


def components(masks: NDArray[np.bool_]) -> float:
    """Share of masks that hang together."""
    counts = [cv2.connectedComponents(m.astype(np.uint8), connectivity=8)[0] - 1 for m in masks]
    return float(np.mean(np.array(counts) == 1))


def reference_masks() -> NDArray[np.bool_]:
    with np.load(GOLDEN / "masks" / "masks200.npz") as archive:
        shape = tuple(archive["shape"])
        return np.unpackbits(archive["packed"])[: np.prod(shape)].reshape(shape) > 0


@pytest.fixture(scope="module")
def unflipped() -> NDArray[np.bool_]:
    return draw(flip=False)


@pytest.fixture(scope="module")
def flipped() -> NDArray[np.bool_]:
    return draw(flip=True)


def test_coverage_is_that_of_the_reference(unflipped: NDArray[np.bool_]) -> None:
    """Figures of 2,000 reference masks; the tolerances are three standard errors of 600 draws."""
    coverage = unflipped.mean((1, 2))
    assert coverage.mean() == pytest.approx(0.311, abs=0.009)
    assert coverage.std() == pytest.approx(0.0687, abs=0.007)
    assert np.percentile(coverage, [5, 50, 95]) == pytest.approx([0.210, 0.304, 0.432], abs=0.02)
    assert components(unflipped) == pytest.approx(0.50, abs=0.065)


def test_places_are_those_of_the_reference(unflipped: NDArray[np.bool_]) -> None:
    expected = reference_masks().mean(0)
    ours = unflipped.mean(0)
    bands = [band.mean() for band in np.split(ours.mean(0), 8)]
    assert bands == pytest.approx([band.mean() for band in np.split(expected.mean(0), 8)], abs=0.06)


def test_flips_remove_the_bias(unflipped: NDArray[np.bool_], flipped: NDArray[np.bool_]) -> None:
    def bias(masks: NDArray[np.bool_]) -> float:
        return float(masks[..., 224:].mean() - masks[..., :32].mean())

    assert bias(unflipped) > 0.12
    assert abs(bias(flipped)) < 0.04
    rows = flipped.mean((0, 2))
    assert abs(rows[:64].mean() - rows[-64:].mean()) < 0.04
    assert flipped.mean() == pytest.approx(float(unflipped.mean()), abs=0.012)


@pytest.mark.parametrize("size", [(32, 32), (64, 200), (97, 41), (8, 8)])
def test_free_form_masks_scale_with_the_picture(size: tuple[int, int]) -> None:
    generator = torch.Generator().manual_seed(0)
    masks = torch.stack([free_form_mask(*size, generator=generator) for _ in range(40)])
    assert masks.shape == (40, 1, *size)
    assert set(masks.unique().tolist()) == {0.0, 1.0}
    assert 0.05 < float(masks.mean()) < 0.65


def test_artist_masks_cover_little_and_much() -> None:
    generator = torch.Generator().manual_seed(0)
    masks = torch.stack([artist_mask(96, 128, generator=generator) for _ in range(300)])
    coverage = masks.mean((1, 2, 3))
    assert masks.shape == (300, 1, 96, 128)
    assert set(masks.unique().tolist()) == {0.0, 1.0}
    assert 0 < float(coverage.min()) < 0.01
    assert 0.3 < float(coverage.max()) < 0.75
    assert 0.03 < float(coverage.mean()) < 0.2


def test_masks_are_decided_by_their_generator() -> None:
    for make in (free_form_mask, artist_mask):
        a, b, c = (make(40, 40, generator=torch.Generator().manual_seed(s)) for s in (1, 1, 2))
        assert torch.equal(a, b)
        assert not torch.equal(a, c)


@pytest.mark.parametrize("size", [(30, 41), (64, 64), (1, 17), (33, 2)])
def test_bridge_leaves_known_pixels_alone(size: tuple[int, int]) -> None:
    image = as_batch(textured(*size))
    mask = (torch.rand(1, 1, *size, generator=torch.Generator().manual_seed(0)) < 0.5).float()
    filled = bridge_hole(image, mask)
    known = (mask == 0).expand_as(image)
    assert torch.equal(filled[known], image[known])
    assert torch.isfinite(filled).all()
    assert float(filled.min()) >= float(image[known].min()) - 1e-5
    assert float(filled.max()) <= float(image[known].max()) + 1e-5


def test_bridge_ignores_what_lies_under_the_mask() -> None:
    image, mask = as_batch(textured(40, 40)), torch.zeros(1, 1, 40, 40)
    mask[..., 10:30, 5:35] = 1
    painted = torch.where(mask > 0, 1.0, image)
    assert torch.equal(bridge_hole(image, mask), bridge_hole(painted, mask))


@pytest.mark.parametrize("size", [(37, 53), (128, 128)])
def test_bridge_fills_a_constant_photo_with_its_constant(size: tuple[int, int]) -> None:
    image, mask = torch.full((1, 3, *size), 0.3), torch.zeros(1, 1, *size)
    mask[..., 3:-3, 5:-2] = 1
    assert torch.allclose(bridge_hole(image, mask), image, atol=1e-4)


def test_bridge_is_smooth_and_near_the_surroundings() -> None:
    ramp = torch.linspace(0, 1, 64).expand(1, 3, 64, 64)
    mask = torch.zeros(1, 1, 64, 64)
    mask[..., 24:40, 24:40] = 1
    filled = bridge_hole(ramp, mask)
    assert (filled - ramp).abs().max() < 0.12
    assert (filled - ramp).abs()[mask.expand_as(ramp) > 0].mean() < 0.05


def test_bridge_over_everything_is_gray() -> None:
    for size in ((1, 1), (7, 12)):
        image = torch.rand(1, 3, *size, generator=torch.Generator().manual_seed(0))
        assert torch.allclose(bridge_hole(image, torch.ones(1, 1, *size)), torch.full_like(image, 0.5))


def test_bridge_per_sample_is_one_by_one() -> None:
    images = torch.cat([as_batch(textured(30, 22, s)) for s in range(2)])
    masks = torch.zeros(2, 1, 30, 22)
    masks[0, :, 4:20, 3:9] = 1
    masks[1] = 1
    together = bridge_hole(images, masks)
    for i in range(2):
        alone = bridge_hole(images[i : i + 1], masks[i : i + 1])
        assert torch.allclose(together[i : i + 1], alone, atol=1e-6)
