"""Small operations that the networks share."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def pixel_norm(x: Tensor) -> Tensor:
    """Unit RMS over channels at every position."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-4)


def silu(x: Tensor) -> Tensor:
    """Of a picture that nobody else needs: in its own memory, where no gradient wants the old values."""
    return F.silu(x, inplace=not torch.is_grad_enabled())


def modulate(x: Tensor, scale_shift: Tensor) -> Tensor:
    """x·(1 + scale) + shift, with (B, 2C) `scale_shift`."""
    scale, shift = scale_shift[..., None, None].chunk(2, 1)
    return torch.addcmul(shift, x, 1 + scale)


def zero(layer: nn.Conv2d | nn.Linear) -> None:
    """Starts a layer at 0: residual branches and modulations begin as the identity."""
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)
