"""What several effects share: per-sample parameters, reflection at borders, the sRGB transfer curve."""

import torch
from torch import Tensor

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


def reflect_indices(start: int, stop: int, size: int) -> Tensor:
    """Indices start..stop−1 folded into [0, size) by reflection without repeating the edge (reflect-101).

    Unlike torch's own padding this holds for any overhang, down to a single pixel.
    """
    period = max(2 * (size - 1), 1)
    folded = torch.arange(start, stop).remainder(period)
    return torch.minimum(folded, (period - folded).abs()).clamp_(max=size - 1)


def reflect_pad(image: Tensor, amount: int) -> Tensor:
    """Pads the last two axes by `amount` on every side by reflection."""
    height, width = image.shape[-2:]
    rows = reflect_indices(-amount, height + amount, height).to(image.device)
    columns = reflect_indices(-amount, width + amount, width).to(image.device)
    return image.index_select(-2, rows).index_select(-1, columns)


def to_linear(encoded: Tensor) -> Tensor:
    """sRGB-encoded to linear light (IEC 61966-2-1); odd-symmetric below 0, so that gradients stay finite."""
    high = ((encoded.clamp_min(0.04045) + 0.055) / 1.055) ** 2.4
    return torch.where(encoded <= 0.04045, encoded / 12.92, high)


def to_encoded(linear: Tensor) -> Tensor:
    """Linear light to sRGB-encoded; the inverse of `to_linear`."""
    high = 1.055 * linear.clamp_min(0.0031308) ** (1 / 2.4) - 0.055
    return torch.where(linear <= 0.0031308, linear * 12.92, high)
