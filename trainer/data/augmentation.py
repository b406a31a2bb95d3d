"""Augmentation of crops: turns, flips, exposure, white balance, saturation and the range of tones."""

from dataclasses import dataclass

import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import to_encoded, to_linear


@dataclass(frozen=True)
class Augmentation:
    """One augmentation for a batch of B samples.

    turns: quarter turns counter-clockwise, of the whole batch. flip: (B,) bool, mirror left to right. gain:
    (B, 3, 1, 1), exposure and white balance. saturation: (B, 1, 1, 1). darkest, brightest: (B, 1, 1, 1), the
    range that black and white are mapped to.

    Tones change in linear light, so that they mean the same before and after a blur. Photos are mostly
    detailed mid-tones; the narrow ranges of tones teach grain on skies, walls and night as well.
    """

    turns: int
    flip: Tensor
    gain: Tensor
    saturation: Tensor
    darkest: Tensor
    brightest: Tensor

    @classmethod
    def draw(cls, count: int, generator: torch.Generator, device: torch.device) -> "Augmentation":
        """A random augmentation for `count` samples. generator: on the CPU. device: of the crops."""

        def normal(*shape: int) -> Tensor:
            return torch.randn(shape, generator=generator).to(device)

        turns = int(torch.randint(4, (), generator=generator))
        flip = torch.rand(count, generator=generator) < 0.5
        keep = (torch.rand(count, 1, 1, 1, generator=generator) < 0.4).to(device)
        gain = torch.exp2(0.4 * normal(count, 1, 1, 1) + 0.15 * normal(count, 3, 1, 1))
        saturation = (1 + 0.25 * normal(count, 1, 1, 1)).clamp(0, 2)
        low, share, narrow = torch.rand(3, count, 1, 1, 1, generator=generator).to(device)
        extent = torch.where(narrow < 0.3, 10 ** (-1.5 * share), 1.0)
        darkest = low * (1 - extent)
        return cls(
            turns,
            flip,
            gain.masked_fill(keep, 1.0),
            saturation.masked_fill(keep, 1.0),
            to_linear(darkest),
            to_linear(darkest + extent),
        )

    def of_crops(self, crops: Tensor) -> Tensor:
        """(B, 3, S, S) crops in [0, 1], turned, flipped and toned."""
        crops = torch.rot90(crops, self.turns, (2, 3))
        return self.tone(torch.where(self.flip.to(crops.device)[:, None, None, None], crops.flip(3), crops))

    def tone(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) in [0, 1] with other tones: the same change for a crop and for the view around it."""
        linear = to_linear(image) * self.gain
        weights = linear.new_tensor([0.2126, 0.7152, 0.0722])[:, None, None]
        luminance = (linear * weights).sum(1, keepdim=True)
        linear = torch.lerp(luminance, linear, self.saturation)
        linear = torch.lerp(self.darkest, self.brightest, linear.clamp(0, 1))
        return to_encoded(linear).clamp(0, 1)
