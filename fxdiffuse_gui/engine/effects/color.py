"""Color transfer of Reinhard et al., "Color Transfer between Images" (2001), in CIE L*a*b* (D65)."""

from typing import Literal

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import Parameter, per_sample, to_encoded, to_linear

_RGB_TO_XYZ = ((0.412453, 0.357580, 0.180423), (0.212671, 0.715160, 0.072169), (0.019334, 0.119193, 0.950227))
_WHITE = (0.950456, 1.0, 1.088754)
_EPSILON = 0.008856
_MIN_STD = 1e-2  # L*a*b* units; a channel that is constant has no contrast to scale

Ratio = Literal["published", "inverted"]


def rgb_to_lab(image: Tensor) -> Tensor:
    """(B, 3, H, W) sRGB in [0, 1] to L* in 0..100 and a*, b* in about −128..127."""
    matrix = image.new_tensor(_RGB_TO_XYZ) / image.new_tensor(_WHITE)[:, None]
    xyz = torch.einsum("ij,bjhw->bihw", matrix, to_linear(image))
    cube_root = xyz.clamp_min(_EPSILON) ** (1 / 3)
    f = torch.where(xyz > _EPSILON, cube_root, 7.787 * xyz + 16 / 116)
    x, y, z = f.unbind(1)
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], 1)


def lab_to_rgb(lab: Tensor) -> Tensor:
    """The inverse of `rgb_to_lab`; colors outside sRGB come out below 0 or above 1."""
    lightness, a, b = lab.unbind(1)
    y = (lightness + 16) / 116
    f = torch.stack([y + a / 500, y, y - b / 200], 1)
    xyz = torch.where(f**3 > _EPSILON, f**3, (f - 16 / 116) / 7.787)
    matrix = torch.linalg.inv(lab.new_tensor(_RGB_TO_XYZ).double()).to(lab)
    scaled = matrix * lab.new_tensor(_WHITE)[None, :]
    return to_encoded(torch.einsum("ij,bjhw->bihw", scaled, xyz))


def lab_statistics(image: Tensor, weight: Tensor | None = None) -> Tensor:
    """(B, 6): mean and population standard deviation of L*, a*, b* over the whole image.

    weight: (B, 1, H, W), 0 for pixels to leave out (under the mask); None counts all.
    """
    lab = rgb_to_lab(image)
    if weight is None:
        mean = lab.mean((2, 3))
        variance = lab.var((2, 3), correction=0)
    else:
        total = weight.sum((2, 3)).clamp_min(1e-6)
        mean = (lab * weight).sum((2, 3)) / total
        variance = ((lab - mean[..., None, None]) ** 2 * weight).sum((2, 3)) / total
    return torch.cat([mean, variance.sqrt()], 1)


def color_transfer(
    image: Tensor,
    reference: Tensor | None = None,
    ratio: Ratio = "published",
    *,
    image_statistics: Tensor | None = None,
    reference_statistics: Tensor | None = None,
    strength: Parameter = 1.0,
) -> Tensor:
    """Gives `image` the L*a*b* means and standard deviations of `reference`.

    image: (B, 3, H, W) in [0, 1]; reference: B or 1 of any size. ratio: "published" scales by σ_ref/σ_img;
    "inverted" by σ_img/σ_ref, the default of the public program that the benchmark used. Statistics, (B, 6)
    as of `lab_statistics`, replace those measured on the arguments: give them when `image` is a tile.
    strength in [0, 1] mixes with the input. Returns (B, 3, H, W) in [0, 1].

    Raises ValueError when neither `reference` nor its statistics are given, or for another `ratio`.
    """
    if reference_statistics is None:
        if reference is None:
            raise ValueError("Color transfer needs a reference image or its statistics.")
        reference_statistics = lab_statistics(reference)
    if image_statistics is None:
        image_statistics = lab_statistics(image)
    mean, std = (part[..., None, None] for part in image_statistics.split(3, 1))
    target_mean, target_std = (part[..., None, None] for part in reference_statistics.split(3, 1))
    usable = (std > _MIN_STD) & (target_std > _MIN_STD)
    scale = target_std / std.clamp_min(_MIN_STD)
    if ratio == "inverted":
        scale = std / target_std.clamp_min(_MIN_STD)
    elif ratio != "published":
        raise ValueError(f'ratio must be "published" or "inverted", not {ratio!r}.')
    lab = (rgb_to_lab(image) - mean) * torch.where(usable, scale, torch.ones_like(scale)) + target_mean
    low, high = lab.new_tensor([0.0, -128, -128]), lab.new_tensor([100.0, 127, 127])
    lab = torch.minimum(torch.maximum(lab, low[:, None, None]), high[:, None, None])
    transferred = lab_to_rgb(lab).clamp(0, 1)
    return torch.lerp(image, transferred, per_sample(strength, image))
