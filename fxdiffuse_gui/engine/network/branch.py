"""The U-Net's thin branch at full resolution."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.network.config import UNetConfig
from fxdiffuse_gui.engine.network.layers import modulate, pixel_norm, silu, zero


class Branch(nn.Module):
    """Two thin convolutions at full resolution, to which the trunk's features are added, and the output.

    The output has a plain part and, per channel, gains for learned filters of the noisy state. So the network
    can subtract noise, or let through the spectrum and strength that grain has at this tone, pixel by pixel,
    which a trunk at a quarter of the resolution cannot. inputs, trunk: channels of the network's input and of
    the trunk's last features.
    """

    def __init__(self, config: UNetConfig, inputs: int, trunk: int) -> None:
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

    def upsampled(self, trunk: Tensor) -> Tensor:
        """The trunk's last features (B, C, H/u, W/u) as (B, branch, H, W), u the unshuffle factor."""
        return F.pixel_shuffle(self.join(silu(pixel_norm(trunk))), self.unshuffle)

    def forward(self, state: Tensor, full: Tensor, features: Tensor, emb: Tensor) -> Tensor:
        """The network's output (B, 3, H, W).

        state: (B, 3, H, W), the noisy state. full: (B, inputs, H, W), all inputs of the network. features: as
        `upsampled` returns them. emb: (B, embedding).
        """
        first, second = self.modulation(emb).chunk(2, -1)
        x = silu(modulate(self.stem(full), first))
        x = x + features
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
        """`out`, with its channels padded to a multiple of eight: a quarter faster on a CPU."""
        channels = self.out.out_channels
        extra = -channels % 8
        weight = F.pad(self.out.weight, (0, 0, 0, 0, 0, 0, 0, extra))
        bias = None if self.out.bias is None else F.pad(self.out.bias, (0, extra))
        return F.conv2d(x, weight, bias, padding=1)[:, :channels]


def _initial_filters(count: int) -> Tensor:
    """(count, 1, 7, 7): a pixel and Gaussians of growing width, perturbed, to start training from."""
    # On the CPU explicitly: arithmetic on the meta device makes torch import sympy, which takes seconds.
    axis = torch.arange(-3, 4, dtype=torch.float32, device="cpu")
    squared = axis[:, None] ** 2 + axis**2
    bank = torch.stack([torch.exp(-squared / (2 * (0.3 * 2**i) ** 2)) for i in range(count)])
    bank = bank / bank.square().sum((1, 2), keepdim=True).sqrt()
    return (bank + 0.01 * torch.randn_like(bank))[:, None]
