"""Sharpening and color transfer against the outputs of the reference programs."""

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from fxdiffuse_gui.engine.effects import color_transfer, lab_statistics, statistics, unsharp_mask
from fxdiffuse_gui.engine.effects.color import Ratio, lab_to_rgb, rgb_to_lab
from fxdiffuse_gui.engine.effects.sharpen import gaussian_3x3
from fxdiffuse_gui.engine.effects.statistics import photo_statistics
from tests.engine.golden import GOLDEN, levels, picture
from tests.engine.tiny import as_batch, textured


@pytest.mark.parametrize("amount", [0.5, 1.0, 2.0, 5.0])
@pytest.mark.parametrize("threshold", [0.0, 0.01, 0.05])
def test_unsharp_mask_is_the_reference(amount: float, threshold: float) -> None:
    with np.load(GOLDEN / "unsharp" / "astronaut.npz") as archive:
        expected = torch.from_numpy(archive[f"astronaut_lam{amount}_mu{threshold}"]).permute(2, 0, 1)[None]
    result = levels(unsharp_mask(picture("astronaut_rgb.png"), amount, threshold))
    difference = (result - expected).abs()
    assert difference.max() <= 1
    assert difference.mean() < 0.002


def test_unsharp_mask_per_sample_is_one_by_one() -> None:
    images = torch.cat([as_batch(textured(24, 31, seed)) for seed in range(3)])
    amounts, thresholds = torch.tensor([0.5, 2.0, 5.0]), torch.tensor([0.0, 0.02, 0.1])
    together = unsharp_mask(images, amounts, thresholds)
    for i in range(3):
        alone = unsharp_mask(images[i : i + 1], float(amounts[i]), float(thresholds[i]))
        assert torch.equal(together[i : i + 1], alone)


def test_unsharp_mask_of_zero_amount_or_a_flat_picture_changes_nothing() -> None:
    image = as_batch(textured(20, 20))
    assert torch.equal(unsharp_mask(image, 0.0), image)
    flat = torch.full((1, 3, 9, 9), 0.3)
    assert torch.allclose(unsharp_mask(flat, 5.0), flat, atol=1e-6)
    assert torch.allclose(gaussian_3x3(flat), flat, atol=1e-6)


@pytest.mark.parametrize(("image", "reference"), [("astronaut", "chelsea"), ("chelsea", "astronaut")])
@pytest.mark.parametrize(("ratio", "flag"), [("published", "False"), ("inverted", "True")])
def test_color_transfer_is_near_the_reference(image: str, reference: str, ratio: Ratio, flag: str) -> None:
    """The reference works in 8-bit L*a*b* and truncates the result to it; the float path does neither.

    Truncation lowers L*, a* and b* by half a level on average, which no float path does; hence the mean
    difference of up to 1.5 levels. The next test shows that quantization is all that differs.
    """
    expected = picture(f"color/reference-{reference}_image-{image}_preserve_paper-{flag}.png") * 255
    result = color_transfer(picture(f"{image}_rgb.png"), picture(f"{reference}_rgb.png"), ratio) * 255
    difference = (result - expected).abs()
    assert difference.mean() <= 1.5
    assert difference.flatten().quantile(0.99) <= 6


@pytest.mark.parametrize("ratio", ["published", "inverted"])
def test_color_transfer_differs_from_the_reference_by_quantization_alone(ratio: Ratio) -> None:
    flag = ratio == "inverted"
    image, reference = picture("astronaut_rgb.png"), picture("chelsea_rgb.png")
    expected = picture(f"color/reference-chelsea_image-astronaut_preserve_paper-{flag}.png")
    in_bytes = _by_opencv(image, reference, ratio, quantized=True)
    assert (in_bytes - expected).abs().max() * 255 <= 2.01
    assert (in_bytes - expected).abs().mean() * 255 <= 0.3
    in_floats = _by_opencv(image, reference, ratio, quantized=False)
    difference = (color_transfer(image, reference, ratio) - in_floats).abs() * 255
    assert difference.mean() <= 0.3  # OpenCV interpolates its curves in tables
    assert difference.flatten().quantile(0.999) <= 2


def _by_opencv(image: Tensor, reference: Tensor, ratio: Ratio, *, quantized: bool) -> Tensor:
    """Reinhard's transfer in OpenCV's L*a*b*, of bytes or of floats."""

    def to_lab(tensor: Tensor) -> NDArray[np.float32]:
        array = tensor[0].permute(1, 2, 0).contiguous().numpy()
        if quantized:
            array = (array * 255).round().astype(np.uint8)
        return cv2.cvtColor(array, cv2.COLOR_RGB2LAB).astype(np.float32)

    source, target = to_lab(image), to_lab(reference)
    scale = target.std((0, 1)) / source.std((0, 1))
    if ratio == "inverted":
        scale = 1 / scale
    lab = (source - source.mean((0, 1))) * scale + target.mean((0, 1))
    if quantized:
        rgb = cv2.cvtColor(lab.clip(0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB).astype(np.float32) / 255
    else:
        lab = lab.clip([0, -128, -128], [100, 127, 127]).astype(np.float32)
        rgb = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB).clip(0, 1)
    return torch.from_numpy(rgb).permute(2, 0, 1)[None]


def test_color_transfer_gives_the_statistics_of_the_reference() -> None:
    image, reference = picture("astronaut_rgb.png"), picture("chelsea_rgb.png") * 0.5 + 0.25
    result = color_transfer(image, reference, strength=1.0)
    # Clipping at the gamut's border costs a little.
    assert torch.allclose(lab_statistics(result), lab_statistics(reference), atol=1.0)


def test_color_transfer_with_statistics_given_equals_measured() -> None:
    image, reference = as_batch(textured(40, 30)), as_batch(textured(25, 50, 4)) * 0.6
    given = color_transfer(
        image, image_statistics=lab_statistics(image), reference_statistics=lab_statistics(reference)
    )
    assert torch.equal(given, color_transfer(image, reference))


def test_color_transfer_of_tiles_with_the_whole_statistics_is_that_of_the_whole() -> None:
    image, reference = as_batch(textured(40, 30)), as_batch(textured(25, 50, 4)) * 0.6
    whole = color_transfer(image, reference)
    tile = color_transfer(image[..., :16, 8:], reference, image_statistics=lab_statistics(image))
    assert torch.allclose(tile, whole[..., :16, 8:], atol=1e-6)
    assert not torch.allclose(color_transfer(image[..., :16, 8:], reference), tile, atol=1e-3)


@pytest.mark.parametrize("ratio", ["published", "inverted"])
def test_color_transfer_of_constant_pictures_is_finite(ratio: Ratio) -> None:
    image, gray = as_batch(textured(20, 20)), torch.full((1, 3, 20, 20), 0.5)
    red = torch.tensor([0.7, 0.2, 0.1])[None, :, None, None].expand(1, 3, 8, 8)
    onto_constant = color_transfer(image, red, ratio)
    from_constant = color_transfer(gray, image, ratio)
    both = color_transfer(gray, red, ratio)
    for result in (onto_constant, from_constant, both):
        assert torch.isfinite(result).all()
        assert 0 <= result.min() <= result.max() <= 1
    assert torch.allclose(both, red[..., :1, :1].expand_as(both), atol=2e-3)
    assert from_constant.std((2, 3)).max() < 1e-4
    assert torch.allclose(lab_statistics(onto_constant)[:, 0], lab_statistics(red)[:, 0], atol=3)


def test_color_transfer_strength_mixes_with_the_input() -> None:
    images = torch.cat([as_batch(textured(20, 20, s)) for s in range(3)])
    references = images.flip(0) * 0.5
    full = color_transfer(images, references)
    mixed = color_transfer(images, references, strength=torch.tensor([0.0, 0.25, 1.0]))
    assert torch.equal(mixed[0], images[0])
    assert torch.allclose(mixed[1], images[1] + 0.25 * (full[1] - images[1]), atol=1e-6)
    assert torch.allclose(mixed[2], full[2], atol=1e-6)


def test_color_transfer_per_sample_is_one_by_one() -> None:
    images = torch.cat([as_batch(textured(20, 26, s)) for s in range(3)])
    references = images.roll(1, 0) * 0.7
    together = color_transfer(images, references)
    for i in range(3):
        alone = color_transfer(images[i : i + 1], references[i : i + 1])
        assert torch.allclose(together[i : i + 1], alone, atol=1e-6)


def test_color_transfer_needs_a_reference_and_a_known_ratio() -> None:
    image = as_batch(textured(8, 8))
    with pytest.raises(ValueError, match="reference"):
        color_transfer(image)
    with pytest.raises(ValueError, match="ratio"):
        color_transfer(image, image, "other")  # type: ignore[arg-type]


def test_lab_is_that_of_opencv_and_goes_back() -> None:
    image = textured(30, 30)
    expected = torch.from_numpy(cv2.cvtColor(image, cv2.COLOR_RGB2LAB)).permute(2, 0, 1)[None]
    lab = rgb_to_lab(as_batch(image))
    assert torch.allclose(lab, expected, atol=0.3)  # OpenCV interpolates the cube root in a table
    assert torch.allclose(lab_to_rgb(lab), as_batch(image), atol=1e-4)


def test_statistics_in_bands_are_those_of_the_whole() -> None:
    image = textured(600, 37, 3)
    known = np.random.default_rng(0).random((600, 37)) > 0.4
    weight = torch.from_numpy(known)[None, None].float()
    assert torch.allclose(photo_statistics(image), lab_statistics(as_batch(image)), atol=1e-3)
    of_known = lab_statistics(as_batch(image), weight)
    mask = np.where(known, 0, 255).astype(np.uint8)
    assert torch.allclose(photo_statistics(image, mask), of_known, atol=1e-3)
    painted = np.where(known[..., None], image, np.float32(1.0))
    assert torch.allclose(photo_statistics(painted, mask), of_known, atol=1e-3)


def test_statistics_without_a_known_pixel_count_all() -> None:
    image = textured(10, 10)
    assert torch.equal(photo_statistics(image, np.ones((10, 10), np.float32)), photo_statistics(image))


def test_statistics_are_computed_once_for_a_photo_and_mask() -> None:
    image, mask = textured(40, 40), np.zeros((40, 40), np.uint8)
    mask[:20] = 255
    whole, part = photo_statistics(image), photo_statistics(image, mask)
    assert photo_statistics(image) is whole and photo_statistics(image, mask) is part
    assert not torch.equal(whole, part) and not torch.equal(
        photo_statistics(image.copy(), mask.copy()), whole
    )


def test_of_a_large_photo_a_lattice_says_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    image = textured(300, 400, 2)
    whole = photo_statistics(image)
    monkeypatch.setattr(statistics, "MAX_PIXELS", 20_000)
    assert torch.allclose(photo_statistics(image.copy()), whole, atol=0.3)
