"""Color transfer on 8-bit levels, the statistics of 2,000 masks, the shapes of random camera paths."""

import math

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from fxdiffuse_gui.engine.effects import color_transfer_levels, free_form_mask
from fxdiffuse_gui.engine.effects.blur import random_trajectory
from tests.engine.golden import levels, picture
from tests.engine.tiny import as_batch, textured


@pytest.mark.parametrize(("photo", "reference"), [("astronaut", "chelsea"), ("chelsea", "astronaut")])
@pytest.mark.parametrize("inverted", [False, True])
def test_levels_are_those_of_the_reference(photo: str, reference: str, *, inverted: bool) -> None:
    expected = picture(f"color/reference-{reference}_image-{photo}_preserve_paper-{inverted}.png")
    arguments = picture(f"{photo}_rgb.png"), picture(f"{reference}_rgb.png")
    ratio = "inverted" if inverted else "published"
    difference = (levels(color_transfer_levels(*arguments, ratio)) - levels(expected)).abs()
    assert difference.max() <= 2
    assert difference.mean() <= 0.3


def test_levels_of_batches_and_of_constant_pictures() -> None:
    photos = torch.cat([as_batch(textured(20, 30, seed)) for seed in (0, 1)])
    reference = as_batch(textured(25, 18, 2))
    together = color_transfer_levels(photos, reference)
    assert torch.equal(together[1:], color_transfer_levels(photos[1:], reference))
    gray = color_transfer_levels(torch.full((1, 3, 6, 6), 0.5), reference)
    assert gray.std((2, 3)).max() == 0
    assert color_transfer_levels(photos, torch.full((1, 3, 4, 4), 0.3), "inverted").isfinite().all()


def test_levels_refuse_what_does_not_match() -> None:
    with pytest.raises(ValueError, match="references"):
        color_transfer_levels(torch.zeros(3, 3, 4, 4), torch.zeros(2, 3, 4, 4))
    with pytest.raises(ValueError, match="ratio"):
        color_transfer_levels(torch.zeros(1, 3, 4, 4), torch.zeros(1, 3, 4, 4), "other")  # type: ignore[arg-type]


def masks(*, flip: bool) -> NDArray[np.uint8]:
    generator = torch.Generator().manual_seed(11)
    drawn = [free_form_mask(256, 256, generator=generator, flip=flip)[0].byte().numpy() for _ in range(2000)]
    return np.stack(drawn)


@pytest.mark.parametrize("flip", [False, True])
def test_statistics_of_two_thousand_masks(*, flip: bool) -> None:
    drawn = masks(flip=flip)
    coverage = drawn.mean((1, 2))
    assert coverage.mean() == pytest.approx(0.311, abs=0.006)
    assert coverage.std() == pytest.approx(0.069, abs=0.005)
    assert np.percentile(coverage, [5, 50, 95]) == pytest.approx([0.210, 0.304, 0.432], abs=0.012)
    counts = np.array([cv2.connectedComponents(mask, connectivity=8)[0] - 1 for mask in drawn])
    shares = [float((counts == n).mean()) for n in (1, 2, 3, 4)]
    assert shares == pytest.approx([0.50, 0.41, 0.08, 0.005], abs=0.04)
    bands = [float(band.mean()) for band in np.split(drawn, 8, axis=2)]
    if flip:
        assert bands == pytest.approx(bands[::-1], abs=0.03)
    else:
        # Columns of the reference's 2,000, whose strokes drift to the right.
        expected = [0.0762, 0.2242, 0.3543, 0.4533, 0.4569, 0.3814, 0.2948, 0.2472]
        assert bands == pytest.approx(expected, abs=0.02)


def reaches(extent: float, count: int) -> NDArray[np.float64]:
    """Lengths of the straight paths that blur as far as these random ones, as shares of `extent`."""
    generator = torch.Generator().manual_seed(1)
    paths = [random_trajectory(extent, generator=generator).double() for _ in range(count)]
    for path in paths:
        assert float((path[1:] - path[:-1]).norm(dim=1).sum()) == pytest.approx(extent, rel=1e-3)
    return np.array([math.sqrt(12 * float(torch.linalg.eigvalsh(torch.cov(p.T))[1])) / extent for p in paths])


@pytest.mark.parametrize(("extent", "least", "most"), [(4.0, 0.95, 1.0), (12.0, 0.85, 1.0), (28.0, 0.5, 0.9)])
def test_short_paths_are_nearly_straight_and_long_ones_wander(
    extent: float, least: float, most: float
) -> None:
    median = float(np.median(reaches(extent, 60)))
    assert least <= median <= most + 0.01


def test_a_path_of_no_length_is_a_point() -> None:
    assert not random_trajectory(0.0, generator=torch.Generator()).any()
