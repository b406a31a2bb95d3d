"""The U-Net F_θ: a pixel-unshuffled trunk, and a thin branch at full resolution next to it."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.network.branch import Branch
from fxdiffuse_gui.engine.network.config import UNetConfig
from fxdiffuse_gui.engine.network.layers import ResidualBlock

INPUTS = 7
"""Channels of the network's input: noisy state (3), conditioning image (3), mask (1)."""


class UNet(nn.Module):
    """F_θ(state, conditioning image, mask; σ, label tokens).

    Its output at a pixel depends on the pixel's neighborhood alone, since no layer normalizes over positions;
    so tiles of a photo agree. (Self-attention between positions, of the `paper` recipe, gives that up.)
    """

    def __init__(self, config: UNetConfig, label_width: int) -> None:
        super().__init__()
        self.config = config
        widths, embedding = config.widths, config.embedding
        self.noise = nn.Sequential(nn.Linear(32, embedding), nn.SiLU(), nn.Linear(embedding, embedding))
        self.label = nn.Linear(label_width, embedding)
        self.stem = nn.Conv2d(INPUTS * config.unshuffle**2, widths[0], 3, padding=1)

        def block(inputs: int, outputs: int, level: int) -> ResidualBlock:
            cross = label_width if config.cross_attention and level in config.attention else 0
            return ResidualBlock(inputs, outputs, embedding, cross, level in config.self_attention)

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
        cached: Tensor | None = None,
    ) -> Tensor:
        """The output (B, 3, H, W), in the units of the preconditioning.

        state, image: (B, 3, H, W) and mask: (B, 1, H, W), H and W multiples of `config.multiple`.
        noise_label: (B,) ¼·ln σ. tokens: (B, T, d). cached: the `trunk_features` of this state or of a
        noisier one; None computes those of this state.
        """
        if cached is None:
            cached = self.trunk_features(state, image, mask, noise_label, tokens)
        return self.branch(state, _inputs(state, image, mask), cached, self._embedding(noise_label, tokens))

    def trunk_features(
        self, state: Tensor, image: Tensor, mask: Tensor, noise_label: Tensor, tokens: Tensor
    ) -> Tensor:
        """The trunk's features for the branch, (B, branch, H, W): nearly all of the network's work.

        Arguments as of `forward`.
        """
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
        return self.branch.upsampled(x)

    def _embedding(self, noise_label: Tensor, tokens: Tensor) -> Tensor:
        return self.noise(_fourier(noise_label)) + self.label(tokens.mean(1))


def _inputs(state: Tensor, image: Tensor, mask: Tensor) -> Tensor:
    return torch.cat([state, image, mask], 1).contiguous(memory_format=torch.channels_last)


def _fourier(label: Tensor) -> Tensor:
    """Fourier features of the noise label: (B,) to (B, 32)."""
    frequencies = torch.exp(torch.linspace(math.log(0.5), math.log(16.0), 16, device=label.device))
    phase = label[:, None] * frequencies * math.pi
    return torch.cat([phase.sin(), phase.cos()], 1)
