"""What the effects share: parameters per sample, reflection at borders, the sRGB transfer curve."""

import torch
from torch import Tensor

from fxdiffuse_gui.core.samples import reflect_indices
from fxdiffuse_gui.engine.conditions.picture import Box

Parameter = float | Tensor
"""One value for the whole batch, or a tensor of length B."""


def per_sample(value: Parameter, image: Tensor) -> Tensor:
    """`value` as a (B, 1, 1, 1) tensor of the image's type and device.

    Raises ValueError when a tensor has neither one element nor one per sample.
    """
    tensor = torch.as_tensor(value, dtype=image.dtype, device=image.device).reshape(-1, 1, 1, 1)
    if tensor.shape[0] not in (1, image.shape[0]):
        raise ValueError(f"A parameter needs 1 or {image.shape[0]} values, not {tensor.shape[0]}.")
    return tensor.expand(image.shape[0], 1, 1, 1)


def crop_reflected(image: Tensor, box: Box) -> Tensor:
    """The pixels of `box` from (..., H, W), reflected beyond the borders by any overhang: (..., h, w)."""
    rows = torch.from_numpy(reflect_indices(box[1], box[3], image.shape[-2])).to(image.device)
    columns = torch.from_numpy(reflect_indices(box[0], box[2], image.shape[-1])).to(image.device)
    return image.index_select(-2, rows).index_select(-1, columns)


def reflect_pad(image: Tensor, amount: int) -> Tensor:
    """Pads the last two axes by `amount` px on every side by reflection (reflect-101)."""
    height, width = image.shape[-2:]
    return crop_reflected(image, (-amount, -amount, width + amount, height + amount))


def round_up(length: int, multiple: int) -> int:
    """The smallest multiple of `multiple` that is at least `length`."""
    return -(-length // multiple) * multiple


def to_linear(encoded: Tensor) -> Tensor:
    """sRGB-encoded values to linear light (IEC 61966-2-1), any shape; a straight line below 0."""
    high = ((encoded.clamp_min(0.04045) + 0.055) / 1.055) ** 2.4
    return torch.where(encoded <= 0.04045, encoded / 12.92, high)


def to_encoded(linear: Tensor) -> Tensor:
    """Linear light to sRGB-encoded values, any shape; the inverse of `to_linear`."""
    high = 1.055 * linear.clamp_min(0.0031308) ** (1 / 2.4) - 0.055
    return torch.where(linear <= 0.0031308, linear * 12.92, high)
