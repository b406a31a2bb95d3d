"""Counter-based noise: Gaussian, independent, and tied to the picture's coordinates."""

import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.condition import MAX_SEED
from fxdiffuse_gui.engine.conditions.noise import image_noise

BOX = (0, 0, 300, 280)


def correlation(a: Tensor, b: Tensor) -> float:
    return float(np.corrcoef(a.flatten().double().numpy(), b.flatten().double().numpy())[0, 1])


@pytest.mark.parametrize("seed", [0, 1, 12345, MAX_SEED])
def test_moments_are_those_of_a_gaussian(seed: int) -> None:
    noise = image_noise(seed, BOX).double()
    count = noise.numel()
    assert noise.shape == (1, 3, 280, 300)
    assert abs(float(noise.mean())) < 4 / count**0.5
    assert float(noise.var()) == pytest.approx(1, abs=4 * (2 / count) ** 0.5)
    assert float((noise**3).mean()) == pytest.approx(0, abs=4 * (15 / count) ** 0.5)
    assert float((noise**4).mean()) == pytest.approx(3, abs=4 * (96 / count) ** 0.5)
    quantiles = torch.tensor([0.01, 0.25, 0.5, 0.9, 0.999], dtype=torch.float64)
    expected = torch.distributions.Normal(0.0, 1.0).icdf(quantiles)
    assert torch.allclose(noise.flatten().quantile(quantiles), expected.double(), atol=0.05)


def test_neighbors_are_independent() -> None:
    noise = image_noise(3, BOX)
    for dy, dx in ((0, 1), (1, 0), (1, 1), (0, 2), (7, 0), (64, 64)):
        shifted = noise[..., dy:, dx:]
        assert abs(correlation(shifted, noise[..., : 280 - dy, : 300 - dx])) < 0.015
    squares = noise.square()
    assert abs(correlation(squares[..., 1:], squares[..., :-1])) < 0.015
    # A transposed picture is another one: rows and columns are not exchanged in the counter.
    assert abs(correlation(noise[..., :280], noise[..., :280].mT)) < 0.02


def test_tiles_are_cut_from_the_whole() -> None:
    whole = image_noise(7, (-40, -30, 200, 150))
    for x0, y0, x1, y1 in ((-40, -30, 0, 0), (0, 0, 64, 64), (13, -5, 14, 150), (199, 149, 200, 150)):
        tile = image_noise(7, (x0, y0, x1, y1))
        assert torch.equal(tile, whole[..., y0 + 30 : y1 + 30, x0 + 40 : x1 + 40])


def test_channels_do_not_depend_on_their_number() -> None:
    assert torch.equal(image_noise(7, BOX, 1), image_noise(7, BOX, 3)[:, :1])


def test_seeds_channels_and_streams_are_independent() -> None:
    base = image_noise(1, BOX)
    assert abs(correlation(base[:, 0], base[:, 1])) < 0.02
    assert abs(correlation(base[:, 0], base[:, 2])) < 0.02
    for other in (image_noise(2, BOX), image_noise(1, BOX, stream=1), image_noise(1, BOX, stream=50)):
        assert abs(correlation(base, other)) < 0.01
    # The second stream of one seed is not the first of another one, nor a shifted copy of it.
    shared = torch.isin(image_noise(1, (0, 0, 40, 40), stream=1), base)
    assert shared.float().mean() < 0.05  # some by chance: there are few floats


def test_same_arguments_give_the_same_noise() -> None:
    assert torch.equal(image_noise(5, (3, 4, 30, 31), stream=2), image_noise(5, (3, 4, 30, 31), stream=2))


def test_values_are_pinned() -> None:
    """Saved edits name a seed: the grain that it means must not change between versions."""
    expected = torch.tensor(
        [
            -0.428842,
            0.720748,
            -0.536809,
            -1.250869,
            -0.060754,
            -1.201493,
            0.757463,
            -0.147572,
            -0.068334,
            0.232520,
            0.377100,
            -0.828737,
        ]
    ).reshape(1, 3, 2, 2)
    assert torch.allclose(image_noise(42, (10, 20, 12, 22)), expected, atol=1e-6)
