"""The layers that the networks share: normalization, modulation, attention and the residual block.

Normalization is per pixel over channels (Karras et al. 2024), never over positions.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def pixel_norm(x: Tensor) -> Tensor:
    """(B, C, H, W) scaled to unit RMS over channels at every position."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-4)


def silu(x: Tensor) -> Tensor:
    """SiLU, in place where no gradient needs the old values; for tensors that nothing else uses."""
    return F.silu(x, inplace=not torch.is_grad_enabled())


def modulate(x: Tensor, scale_shift: Tensor) -> Tensor:
    """x·(1 + scale) + shift for x (B, C, H, W), with (B, 2C) `scale_shift`."""
    scale, shift = scale_shift[..., None, None].chunk(2, 1)
    return torch.addcmul(shift, x, 1 + scale)


def zero(layer: nn.Conv2d | nn.Linear) -> None:
    """Initializes a layer to 0, so that residual branches and modulations start as the identity."""
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions, the second modulated by the embedding, then attention where the level has it.

    inputs, outputs: channels. embedding: width of the modulation's input. cross: width of the tokens to
    attend to, 0 for none. self_attention: whether positions attend to each other.
    """

    def __init__(self, inputs: int, outputs: int, embedding: int, cross: int, self_attention: bool) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        self.modulation = nn.Linear(embedding, 2 * outputs)
        self.cross = CrossAttention(outputs, cross) if cross else None
        self.attend = SelfAttention(outputs) if self_attention else None
        nn.init.zeros_(self.second.weight)
        zero(self.modulation)

    def forward(self, x: Tensor, emb: Tensor, tokens: Tensor) -> Tensor:
        """x: (B, inputs, H, W); emb: (B, embedding); tokens: (B, T, d). Returns (B, outputs, H, W)."""
        h = self.first(silu(pixel_norm(x)))
        h = self.second(silu(modulate(pixel_norm(h), self.modulation(emb))))
        x = self.skip(x) + h
        if self.cross is not None:
            x = x + self.cross(x, tokens)
        if self.attend is not None:
            x = x + self.attend(x)
        return x


class CrossAttention(nn.Module):
    """Every position attends to the label tokens. width: channels; context: width of the tokens."""

    def __init__(self, width: int, context: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Conv2d(width, width, 1)
        self.key_value = nn.Linear(context, 2 * width)
        self.out = nn.Conv2d(width, width, 1)
        zero(self.out)

    def forward(self, x: Tensor, tokens: Tensor) -> Tensor:
        """x: (B, width, H, W); tokens: (B, T, context). Returns the shape of x."""
        queries = _split_heads(self.query(pixel_norm(x)).flatten(2).transpose(1, 2), self.heads)
        keys, values = (_split_heads(t, self.heads) for t in self.key_value(tokens).chunk(2, -1))
        mixed = F.scaled_dot_product_attention(queries, keys, values)
        return self.out(_as_image(mixed, x))


class SelfAttention(nn.Module):
    """Positions attend to each other. width: channels."""

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Conv2d(width, 3 * width, 1)
        self.out = nn.Conv2d(width, width, 1)
        zero(self.out)

    def forward(self, x: Tensor) -> Tensor:
        """x: (B, width, H, W). Returns the same shape."""
        sequence = self.qkv(pixel_norm(x)).flatten(2).transpose(1, 2)
        queries, keys, values = (_split_heads(t, self.heads) for t in sequence.chunk(3, -1))
        return self.out(_as_image(F.scaled_dot_product_attention(queries, keys, values), x))


def _split_heads(sequence: Tensor, heads: int) -> Tensor:
    """(B, N, heads·d) to (B, heads, N, d)."""
    return sequence.unflatten(-1, (heads, -1)).transpose(1, 2)


def _as_image(sequence: Tensor, like: Tensor) -> Tensor:
    """(B, heads, N, d) back to the shape of `like`."""
    return sequence.transpose(1, 2).flatten(2).transpose(1, 2).reshape(like.shape)
