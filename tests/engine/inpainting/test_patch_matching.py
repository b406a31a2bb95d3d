"""Patch matching: detail comes from known windows, from coherent pieces, at any scale."""

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.effects import nearest_known
from fxdiffuse_gui.engine.inpainting.patch_matching import STRIDE, PatchMatching, _attend  # pyright: ignore[reportPrivateUsage]

SIDE = 128


def matching_of_colors() -> PatchMatching:
    """Patch matching whose features are the three colors of the picture."""
    matching = PatchMatching(3)
    with torch.no_grad():
        for layer in (matching.query, matching.key):
            layer.weight.zero_()
            layer.bias.zero_()
            layer.weight[:3, :, 0, 0] = torch.eye(3)
    return matching


def stripes(factor: int = 1) -> tuple[Tensor, Tensor, Tensor]:
    """Fine stripes on two grounds of different color, the same with a softened hole, and the hole."""
    side = SIDE * factor
    x = torch.arange(side)
    wave = 0.15 * torch.where(x // (2 * factor) % 2 == 0, 1.0, -1.0)
    ground = torch.where(x < side // 2, 0.3, 0.7)
    truth = torch.stack([ground + wave, 1 - ground + wave, 0.5 + wave]).expand(side, 3, side)
    truth = truth.permute(1, 0, 2)[None].contiguous()
    mask = torch.zeros(1, 1, side, side)
    mask[..., side // 4 : side // 2, side // 8 : 3 * side // 8] = 1
    soft = F.avg_pool2d(truth, 4 * factor + 1, 1, 2 * factor, count_include_pad=False)
    return truth, torch.where(mask > 0, soft, truth), mask


def features_of(picture: Tensor, factor: int = 1) -> Tensor:
    return F.avg_pool2d(picture, STRIDE * factor) - 0.5


def detail(picture: Tensor, mask: Tensor) -> float:
    """Mean step from pixel to pixel inside the hole."""
    inside = (mask[..., 1:] * mask[..., :-1] > 0).expand(-1, 3, -1, -1)
    return float(picture.diff(dim=-1).abs()[inside].mean())


def test_detail_comes_back_and_known_pixels_stay() -> None:
    truth, expected, mask = stripes()
    filled = matching_of_colors().synthesize(expected, mask, features_of(expected))
    known = (mask == 0).expand_as(truth)
    assert torch.equal(filled[known], truth[known])
    assert detail(filled, mask) > 0.5 * detail(truth, mask) > 2 * detail(expected, mask)


def test_detail_comes_from_the_ground_that_looks_alike() -> None:
    truth, expected, mask = stripes()
    marked = truth.clone()
    marked[..., SIDE // 2 :] += 0.2 * torch.rand(SIDE, SIDE // 2, generator=torch.Generator().manual_seed(0))
    expected = torch.where(mask > 0, expected, marked)
    filled = matching_of_colors().synthesize(expected, mask, features_of(expected))
    along = filled.diff(dim=-2).abs()[..., SIDE // 4 : SIDE // 2 - 1, SIDE // 8 : 3 * SIDE // 8]
    assert float(along.mean()) < 0.01  # the left ground has no noise along its stripes


def test_a_larger_picture_seen_smaller_gets_detail_at_full_size() -> None:
    truth, expected, mask = stripes(2)
    filled = matching_of_colors().synthesize(expected, mask, features_of(expected, 2), 2)
    assert detail(filled, mask) > 0.5 * detail(truth, mask)


def test_the_seed_decides_between_equal_windows() -> None:
    """Among windows that match equally well; the same seed chooses the same."""
    _, expected, mask = stripes()
    noise = 0.1 * torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    expected = torch.where(mask > 0, expected, expected + noise)
    matching, features = matching_of_colors(), features_of(expected)
    first, again, other = (matching.synthesize(expected, mask, features, seed=seed) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert (first - other).abs().max() > 0.01


def test_one_window_is_not_copied_over_and_over() -> None:
    generator = torch.Generator().manual_seed(0)
    queries, keys = torch.randn(8, 60, generator=generator), torch.randn(8, 40, generator=generator)
    queries[-1], keys[-1] = 1.0, 0.0
    keys[-1, 0] = 6.0  # most queries like this one a little better than the next
    plain = (queries.T @ keys).argmax(1)
    assert (plain == 0).sum() > 2 * (_attend(queries, keys) == 0).sum()
    keys[-1, 0] = 100.0
    assert _attend(queries, keys).tolist() == [0] * 60


def test_with_nothing_known_nothing_changes() -> None:
    _, expected, _ = stripes()
    mask = torch.ones(1, 1, SIDE, SIDE)
    assert torch.equal(matching_of_colors().synthesize(expected, mask, features_of(expected)), expected)


def test_attention_that_finds_what_is_alike_has_the_lower_loss() -> None:
    truth, _, mask = stripes()
    matching = matching_of_colors()
    knowing = matching.loss(features_of(truth), truth, mask, 0.15).detach()
    guessing = matching.loss(torch.zeros_like(features_of(truth)), truth, mask, 0.15).detach()
    assert 0 <= float(knowing) < float(guessing)
    assert matching.loss(features_of(truth), truth, torch.zeros_like(mask), 0.15).tolist() == [0]


def test_nearest_known_continues_what_ends_at_the_rim() -> None:
    image = torch.zeros(1, 3, 8, 12)
    image[..., 6:] = 1
    mask = torch.zeros(1, 1, 8, 12)
    mask[..., 2:6, 3:9] = 1
    filled = nearest_known(image, mask)
    assert torch.equal(filled[..., 3, 3:5], torch.zeros(1, 3, 2))
    assert torch.equal(filled[..., 3, 7:9], torch.ones(1, 3, 2))
    assert torch.equal(nearest_known(image, torch.ones_like(mask)), image)
