"""The U-Net's thin branch at full resolution."""

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.network.layers import modulate, pixel_norm, silu, zero

if TYPE_CHECKING:
    from fxdiffuse_gui.engine.network.unet import UNetConfig


class Branch(nn.Module):
    """Full resolution: two thin convolutions joined by the trunk's features, and the output.

    Its output has a plain part and, per channel, gains for learned filters of the noisy state. So the
    network can subtract noise, or let through just the spectrum and strength that grain has at this tone,
    pixel by pixel, which a trunk at a quarter of the resolution cannot. inputs, trunk: channels of the
    network's input and of the trunk's last features.
    """

    def __init__(self, config: "UNetConfig", inputs: int, trunk: int) -> None:
        super().__init__()
        width, self.unshuffle, self.filters = config.branch, config.unshuffle, config.filters
        self.stem = nn.Conv2d(inputs, width, 3, padding=1)
        self.join = nn.Conv2d(trunk, width * config.unshuffle**2, 1)
        self.mix = nn.Conv2d(width, width, 3, padding=1)
        self.modulation = nn.Linear(config.embedding, 4 * width)
        self.out = nn.Conv2d(width, 3 * (1 + self.filters), 3, padding=1)
        zero(self.modulation)
        zero(self.out)
        if self.filters:
            self.bank = nn.Parameter(_initial_filters(self.filters))

    def joined(self, trunk: Tensor) -> Tensor:
        """The trunk's last features (B, C, H/u, W/u), as (B, branch, H, W)."""
        return F.pixel_shuffle(self.join(silu(pixel_norm(trunk))), self.unshuffle)

    def forward(self, state: Tensor, full: Tensor, seen: Tensor, emb: Tensor) -> Tensor:
        """full: the network's inputs (B, 7, H, W); seen: what `joined` returned."""
        first, second = self.modulation(emb).chunk(2, -1)
        x = silu(modulate(self.stem(full), first))
        x = x + seen
        x = x + self.mix(silu(modulate(pixel_norm(x), second)))
        out = self._output(silu(x))
        if not self.filters:
            return out
        plain, gains = out.split([3, 3 * self.filters], 1)
        batch, _, height, width = state.shape
        planes = state.reshape(batch * 3, 1, height, width)
        responses = F.conv2d(planes, self.bank, padding=self.bank.shape[-1] // 2)
        responses = responses.view(batch, 3, self.filters, height, width)
        return plain + (gains.unflatten(1, (3, self.filters)) * responses).sum(2)

    def _output(self, x: Tensor) -> Tensor:
        """`out`, computed with whole vectors of eight channels: a quarter faster on a processor."""
        channels = self.out.out_channels
        more = -channels % 8
        weight = F.pad(self.out.weight, (0, 0, 0, 0, 0, 0, 0, more))
        bias = None if self.out.bias is None else F.pad(self.out.bias, (0, more))
        return F.conv2d(x, weight, bias, padding=1)[:, :channels]


def _initial_filters(count: int) -> Tensor:
    """(count, 1, 7, 7): a pixel and Gaussians of growing width, perturbed; learned from there on."""
    # On the CPU by name: on the meta device arithmetic makes torch import a computer algebra system.
    axis = torch.arange(-3, 4, dtype=torch.float32, device="cpu")
    squared = axis[:, None] ** 2 + axis**2
    bank = torch.stack([torch.exp(-squared / (2 * (0.3 * 2**i) ** 2)) for i in range(count)])
    bank = bank / bank.square().sum((1, 2), keepdim=True).sqrt()
    return (bank + 0.01 * torch.randn_like(bank))[:, None]
