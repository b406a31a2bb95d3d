"""The U-Net F_θ, with a thin full-resolution branch beside its pixel-unshuffled trunk."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.network.branch import Branch
from fxdiffuse_gui.engine.network.layers import modulate, pixel_norm, silu, zero

INPUTS = 7
"""Channels of the network's input: noisy state (3), what it is conditioned on (3), mask (1)."""


@dataclass(frozen=True)
class UNetConfig:
    """unshuffle: pixels per side folded into channels before the trunk. widths: channels per level, each
    at half the resolution of the one before. blocks: residual blocks per level and direction.
    attention: levels (0 = finest) whose blocks attend to the label tokens. self_attention: levels with
    attention between positions. branch: channels of the full-resolution branch. filters: learned filters
    of the noisy state that the branch mixes pixel by pixel (0 for none). cross_attention: labels enter by
    attention (the paper) or, if False, by modulation alone."""

    unshuffle: int = 4
    widths: tuple[int, ...] = (48, 96, 128, 160)
    blocks: int = 1
    attention: tuple[int, ...] = (2, 3)
    self_attention: tuple[int, ...] = ()
    branch: int = 16
    filters: int = 4
    embedding: int = 128
    cross_attention: bool = True

    @property
    def multiple(self) -> int:
        """Heights and widths must be multiples of this."""
        return self.unshuffle * 2 ** (len(self.widths) - 1)


class UNet(nn.Module):
    """F_θ(state, conditioning image, mask; σ, label tokens).

    Normalization is per pixel over channels (Karras et al. 2024), never over positions: what the network
    does at a pixel depends on its neighborhood alone, so tiles of a photo agree.
    """

    def __init__(self, config: UNetConfig, label_width: int) -> None:
        super().__init__()
        self.config = config
        widths, embedding = config.widths, config.embedding
        self.noise = nn.Sequential(nn.Linear(32, embedding), nn.SiLU(), nn.Linear(embedding, embedding))
        self.label = nn.Linear(label_width, embedding)
        self.stem = nn.Conv2d(INPUTS * config.unshuffle**2, widths[0], 3, padding=1)

        def block(inputs: int, outputs: int, level: int) -> "Block":
            cross = label_width if config.cross_attention and level in config.attention else 0
            return Block(inputs, outputs, embedding, cross, level in config.self_attention)

        self.down = nn.ModuleList()
        self.up = nn.ModuleList()
        for level, width in enumerate(widths):
            before = widths[max(level - 1, 0)]
            self.down.append(
                nn.ModuleList(block(before if i == 0 else width, width, level) for i in range(config.blocks))
            )
            below = widths[min(level + 1, len(widths) - 1)]
            self.up.append(
                nn.ModuleList(
                    block(below + width if i == 0 else width, width, level) for i in range(config.blocks)
                )
            )
        self.middle = block(widths[-1], widths[-1], len(widths) - 1)
        self.branch = Branch(config, INPUTS, widths[0])

    def forward(
        self,
        state: Tensor,
        image: Tensor,
        mask: Tensor,
        noise_label: Tensor,
        tokens: Tensor,
        seen: Tensor | None = None,
    ) -> Tensor:
        """state, image: (B, 3, H, W), mask: (B, 1, H, W), H and W multiples of `config.multiple`;
        noise_label: (B,) ¼·ln σ; tokens: (B, T, d). seen: what `trunk` returned for this state or a noisier
        one; by default it looks at this one. Returns (B, 3, H, W)."""
        if seen is None:
            seen = self.trunk(state, image, mask, noise_label, tokens)
        return self.branch(state, _inputs(state, image, mask), seen, self._embedding(noise_label, tokens))

    def trunk(
        self, state: Tensor, image: Tensor, mask: Tensor, noise_label: Tensor, tokens: Tensor
    ) -> Tensor:
        """All but the branch and most of the work; arguments as of `forward`. Returns features
        (B, branch, H, W) for the branch."""
        emb = self._embedding(noise_label, tokens)
        x = self.stem(F.pixel_unshuffle(_inputs(state, image, mask), self.config.unshuffle))
        skips: list[Tensor] = []
        for level, blocks in enumerate(self.down):
            if level:
                x = F.avg_pool2d(x, 2)
            assert isinstance(blocks, nn.ModuleList)
            for block in blocks:
                x = block(x, emb, tokens)
            skips.append(x)
        x = self.middle(x, emb, tokens)
        for level, blocks in reversed(list(enumerate(self.up))):
            if level < len(self.up) - 1:
                x = F.interpolate(x, scale_factor=2, mode="nearest")
            x = torch.cat([x, skips[level]], 1)
            assert isinstance(blocks, nn.ModuleList)
            for block in blocks:
                x = block(x, emb, tokens)
        return self.branch.joined(x)

    def _embedding(self, noise_label: Tensor, tokens: Tensor) -> Tensor:
        return self.noise(_fourier(noise_label)) + self.label(tokens.mean(1))


class Block(nn.Module):
    """Residual block: two modulated 3×3 convolutions, then attention where the level has it."""

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
        h = self.first(silu(pixel_norm(x)))
        h = self.second(silu(modulate(pixel_norm(h), self.modulation(emb))))
        x = self.skip(x) + h
        if self.cross is not None:
            x = x + self.cross(x, tokens)
        if self.attend is not None:
            x = x + self.attend(x)
        return x


class CrossAttention(nn.Module):
    """Every position attends to the label tokens."""

    def __init__(self, width: int, context: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Conv2d(width, width, 1)
        self.key_value = nn.Linear(context, 2 * width)
        self.out = nn.Conv2d(width, width, 1)
        zero(self.out)

    def forward(self, x: Tensor, tokens: Tensor) -> Tensor:
        queries = _heads(self.query(pixel_norm(x)).flatten(2).transpose(1, 2), self.heads)
        keys, values = (_heads(t, self.heads) for t in self.key_value(tokens).chunk(2, -1))
        mixed = F.scaled_dot_product_attention(queries, keys, values)
        return self.out(_image(mixed, x))


class SelfAttention(nn.Module):
    """Positions attend to each other (the `paper` preset)."""

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Conv2d(width, 3 * width, 1)
        self.out = nn.Conv2d(width, width, 1)
        zero(self.out)

    def forward(self, x: Tensor) -> Tensor:
        sequence = self.qkv(pixel_norm(x)).flatten(2).transpose(1, 2)
        queries, keys, values = (_heads(t, self.heads) for t in sequence.chunk(3, -1))
        return self.out(_image(F.scaled_dot_product_attention(queries, keys, values), x))


def _inputs(state: Tensor, image: Tensor, mask: Tensor) -> Tensor:
    return torch.cat([state, image, mask], 1).contiguous(memory_format=torch.channels_last)


def _fourier(label: Tensor) -> Tensor:
    """(B,) → (B, 32)."""
    frequencies = torch.exp(torch.linspace(math.log(0.5), math.log(16.0), 16, device=label.device))
    phase = label[:, None] * frequencies * math.pi
    return torch.cat([phase.sin(), phase.cos()], 1)


def _heads(sequence: Tensor, heads: int) -> Tensor:
    return sequence.unflatten(-1, (heads, -1)).transpose(1, 2)


def _image(sequence: Tensor, like: Tensor) -> Tensor:
    """(B, heads, N, d) back to the shape of `like`."""
    return sequence.transpose(1, 2).flatten(2).transpose(1, 2).reshape(like.shape)
