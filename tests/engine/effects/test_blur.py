"""Motion blur: kernels, directions, borders; and reflection itself."""

import math

import numpy as np
import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects import motion_blur, trajectory_blur
from fxdiffuse_gui.engine.effects.basics import per_sample, reflect_pad, to_encoded, to_linear
from fxdiffuse_gui.engine.effects.blur import convolve, random_trajectory, rasterize_path, straight_kernel
from tests.engine.tiny import as_batch, textured

EXTENTS = [0.5, 1.0, 3.7, 8.0, 16.5, 32.0]
ANGLES = [0.0, 30.0, 90.0, 117.0, 179.0]


def impulse_response(extent: float, angle: float) -> Tensor:
    """(65, 65) linear light: what a white pixel becomes."""
    image = torch.zeros(1, 3, 65, 65)
    image[..., 32, 32] = 1
    return to_linear(motion_blur(image, extent, angle))[0, 0].double()


def spread(response: Tensor) -> tuple[float, float, float]:
    """Second moments xx, yy, xy about the middle, y up."""
    axis = torch.arange(-32, 33, dtype=torch.float64)
    x, y, mass = axis[None, :], -axis[:, None], response.sum()
    assert abs(float((response * x).sum() / mass)) < 1e-3
    assert abs(float((response * y).sum() / mass)) < 1e-3
    moments = [float((response * m).sum() / mass) for m in (x * x, y * y, x * y)]
    return moments[0], moments[1], moments[2]


@pytest.mark.parametrize("extent", [0.0, *EXTENTS])
@pytest.mark.parametrize("angle", ANGLES)
def test_kernels_sum_to_one(extent: float, angle: float) -> None:
    kernel = straight_kernel(torch.tensor([extent]), torch.tensor([angle]))
    assert float(kernel.sum()) == pytest.approx(1, abs=1e-5)
    assert float(kernel.min()) >= -1e-6
    assert kernel.shape[-1] % 2 == 1


@pytest.mark.parametrize("extent", EXTENTS)
@pytest.mark.parametrize("angle", [0.0, 90.0])
def test_impulse_response_is_as_long_as_the_extent(extent: float, angle: float) -> None:
    xx, yy, _ = spread(impulse_response(extent, angle))
    along, across = (xx, yy) if angle == 0 else (yy, xx)
    # A uniform path has the variance L²/12; spreading its points over pixels adds up to 1/6 when L is long.
    added = 1 / 6 if extent > 3 else along - extent**2 / 12
    assert 0 <= added < 0.3
    assert math.sqrt(12 * (along - added)) == pytest.approx(extent, rel=0.02)
    assert across == pytest.approx(0, abs=2e-3)  # px²; single precision, which differs between processors


@pytest.mark.parametrize("extent", [4.0, 12.0, 32.0])
def test_impulse_response_ends_where_the_path_ends(extent: float) -> None:
    row = impulse_response(extent, 0.0)[32]
    lit = (row > 1e-3 / extent).nonzero().flatten()
    assert int(lit[-1] - lit[0]) + 1 == int(extent) + 1
    inside = row[lit[0] + 1 : lit[-1]]
    assert torch.allclose(inside, torch.full_like(inside, 1 / extent), rtol=0.08)


@pytest.mark.parametrize("angle", [20.0, 45.0, 70.0, 110.0, 160.0])
def test_direction_is_counter_clockwise_from_x_with_y_down(angle: float) -> None:
    xx, yy, xy = spread(impulse_response(24.0, angle))
    measured = 0.5 * math.degrees(math.atan2(2 * xy, xx - yy)) % 180
    assert measured == pytest.approx(angle, abs=0.5)
    # Rising to the right on the screen: row numbers fall as columns grow.
    assert (xy > 0) == (angle < 90)


def test_angles_are_modulo_half_a_turn() -> None:
    image = as_batch(textured(30, 30))
    assert torch.allclose(motion_blur(image, 9.0, 25.0), motion_blur(image, 9.0, 205.0), atol=1e-5)


@pytest.mark.parametrize("angle", [0.0, 45.0])
def test_extent_zero_is_the_identity(angle: float) -> None:
    image = as_batch(textured(21, 34))
    assert torch.allclose(motion_blur(image, 0.0, angle), image, atol=2e-5)


def test_constant_picture_stays() -> None:
    for value in (0.0, 0.2, 1.0):
        flat = torch.full((1, 3, 25, 18), value)
        assert torch.allclose(motion_blur(flat, 20.0, 33.0), flat, atol=2e-5)


def test_light_is_averaged_linearly() -> None:
    """A fine checkerboard blurred along a row becomes half the light, not half the code value."""
    board = torch.zeros(1, 3, 8, 40)
    board[..., ::2] = 1
    middle = motion_blur(board, 16.0, 0.0)[0, 0, 4, 20]
    assert float(middle) == pytest.approx(float(to_encoded(torch.tensor(0.5))), abs=0.02)


def test_borders_reflect() -> None:
    image = as_batch(textured(12, 12))
    whole = motion_blur(torch.nn.functional.pad(image, (8,) * 4, mode="reflect"), 9.0, 40.0)
    assert torch.allclose(whole[..., 8:-8, 8:-8], motion_blur(image, 9.0, 40.0), atol=2e-5)


def test_extents_and_angles_per_sample_are_one_by_one() -> None:
    images = torch.cat([as_batch(textured(40, 33, s)) for s in range(3)])
    extents, angles = torch.tensor([1.0, 12.0, 30.0]), torch.tensor([0.0, 64.0, 150.0])
    together = motion_blur(images, extents, angles)
    for i in range(3):
        alone = motion_blur(images[i : i + 1], float(extents[i]), float(angles[i]))
        assert torch.allclose(together[i : i + 1], alone, atol=3e-5)


def test_convolution_is_that_of_torch() -> None:
    generator = torch.Generator().manual_seed(0)
    image, kernel = torch.rand(1, 2, 17, 22, generator=generator), torch.rand(1, 5, 5, generator=generator)
    padded = torch.nn.functional.pad(image, (2, 2, 2, 2), mode="reflect")
    weight = kernel.flip(1, 2)[None].expand(2, 1, 5, 5)  # torch correlates
    expected = torch.nn.functional.conv2d(padded, weight, groups=2)
    assert torch.allclose(convolve(image, kernel), expected, atol=1e-4)


def test_parameter_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or 2 values"):
        per_sample(torch.ones(3), torch.zeros(2, 3, 4, 4))


@pytest.mark.parametrize("extent", [2.0, 17.0])
def test_trajectories_are_as_long_as_asked_and_centered(extent: float) -> None:
    path = random_trajectory(extent, generator=torch.Generator().manual_seed(3))
    assert float((path[1:] - path[:-1]).norm(dim=1).sum()) == pytest.approx(extent, rel=1e-4)
    assert torch.allclose(path.mean(0), torch.zeros(2), atol=1e-4)
    kernel = rasterize_path(path[None, :, 0], path[None, :, 1])
    assert float(kernel.sum()) == pytest.approx(1, abs=1e-4)


def test_trajectory_blur_is_decided_by_its_generator() -> None:
    image = as_batch(textured(40, 40))
    first, again, other = (
        trajectory_blur(image, 15.0, generator=torch.Generator().manual_seed(s)) for s in (1, 1, 2)
    )
    assert torch.equal(first, again)
    assert not torch.allclose(first, other, atol=1e-3)
    assert first.std() < image.std()


@pytest.mark.parametrize("shape", [(7, 5), (1, 6), (5, 1), (1, 1), (2, 3)])
@pytest.mark.parametrize("amount", [0, 1, 4, 13])
def test_reflect_pad_is_that_of_numpy(shape: tuple[int, int], amount: int) -> None:
    array = np.arange(shape[0] * shape[1], dtype=np.float32).reshape(shape)
    expected = np.pad(array, amount, mode="reflect")
    result = reflect_pad(torch.from_numpy(array)[None, None], amount)
    assert np.array_equal(result[0, 0].numpy(), expected)


def test_transfer_curve_goes_back() -> None:
    values = torch.linspace(0, 1, 1001)
    assert torch.allclose(to_encoded(to_linear(values)), values, atol=1e-5)
    assert float(to_linear(torch.tensor(0.5))) == pytest.approx(0.21404, abs=1e-4)
