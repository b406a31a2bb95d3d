"""The fill head: inpaints holes before any effect, without diffusion.

A small U-Net, run once per hole, predicts the expected structure under the mask, and features by which
`PatchMatching` copies detail from the photo. Known pixels come back bit for bit.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.effects.basics import crop_reflected, round_up
from fxdiffuse_gui.engine.effects.fill import bridge_hole, nearest_known
from fxdiffuse_gui.engine.inpainting.patch_matching import STRIDE, PatchMatching
from fxdiffuse_gui.engine.network.layers import SelfAttention, pixel_norm, silu, zero

FILL_STD = 0.15
"""Standard deviation of photos around a smoothly bridged hole (.13 on 24 training tiles, rounded up)."""
MATCHING_WEIGHT = 0.1
"""Weight of patch matching's loss next to the error of the expected structure."""

_WIDTHS = (64, 96, 112, 112)
_BRANCH = 16


class FillHead(nn.Module):
    """Photo and mask to an inpainted photo.

    Self-attention at the two coarse levels lets a hole resemble distant parts of the photo; a thin branch at
    full resolution continues edges that end at its rim.
    """

    multiple = STRIDE * 2 ** (len(_WIDTHS) - 1)
    """Sides of the input of `forward` must be multiples of this, px."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(7 * STRIDE**2, _WIDTHS[0], 3, padding=1)
        self.down = nn.ModuleList()
        self.up = nn.ModuleList()
        for level, width in enumerate(_WIDTHS):
            before, below = _WIDTHS[max(level - 1, 0)], _WIDTHS[min(level + 1, len(_WIDTHS) - 1)]
            attends = level >= len(_WIDTHS) - 2
            self.down.append(_Residual(before, width, attends))
            self.up.append(_Residual(below + width, width, attends))
        self.join = nn.Conv2d(_WIDTHS[0], _BRANCH * STRIDE**2, 1)
        self.fine = nn.Conv2d(7, _BRANCH, 3, padding=1)
        self.mix = nn.Conv2d(_BRANCH, _BRANCH, 3, padding=1)
        self.out = nn.Conv2d(_BRANCH, 4, 3, padding=1)
        self.recall = PatchMatching(_WIDTHS[0])  # the name is a key in model files
        self.mixed_precision = False
        """Whether it runs in bfloat16; in training alone, because rounded features match other windows."""
        zero(self.out)

    def forward(self, bridged: Tensor, nearest: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The photo with the expected structure in its holes, and features for patch matching.

        bridged, nearest: (B, 3, H, W) in [0, 1], the photo with its holes filled smoothly and by the nearest
        known pixel. mask: (B, 1, H, W) of 0 and 1, 1 where to inpaint. Returns (B, 3, H, W), not clipped in
        the holes, elsewhere bit for bit, and (B, C, H/4, W/4).
        """
        full = torch.cat([2 * bridged - 1, 4 * (nearest - bridged), mask], 1)
        full = full.contiguous(memory_format=torch.channels_last)
        x = self.stem(F.pixel_unshuffle(full, STRIDE))
        skips: list[Tensor] = []
        for level, block in enumerate(self.down):
            x = block(F.avg_pool2d(x, 2) if level else x)
            skips.append(x)
        for level, block in reversed(list(enumerate(self.up))):
            if level < len(self.up) - 1:
                x = F.interpolate(x, scale_factor=2, mode="nearest")
            x = block(torch.cat([x, skips[level]], 1))
        fine = silu(self.fine(full)) + F.pixel_shuffle(self.join(silu(pixel_norm(x))), STRIDE)
        fine = fine + self.mix(silu(pixel_norm(fine)))
        change, nearest_share = self.out(silu(fine)).float().split([3, 1], 1)
        filled = bridged + change + nearest_share * (nearest - bridged)
        return torch.where(mask > 0, filled, bridged), x

    def inpaint(self, photo: Tensor, mask: Tensor, factor: int, seed: int) -> Tensor:
        """The photo with its holes inpainted; see `Denoiser.inpaint`."""
        height, width = mask.shape[-2:]
        photo, mask = (_padded_to(t, self.multiple * factor) for t in (photo, mask))
        small_mask = F.max_pool2d(mask, factor)
        bridged, expected, features = self._predict(F.avg_pool2d(photo, factor), small_mask)
        if factor > 1:
            change = F.interpolate(expected - bridged, size=photo.shape[-2:], mode="bilinear")
            whole = bridge_hole(photo, mask)
            expected = torch.where(mask > 0, whole + change, whole)
        filled = self.recall.synthesize(expected, mask, features, factor, seed)
        return filled[..., :height, :width]

    def loss(self, photo: Tensor, mask: Tensor) -> Tensor:
        """(B,) losses of the head and its patch matching. photo: (B, 3, H, W), the truth; mask: (B, 1, H, W).

        Mean absolute error inside the hole, at full and at an eighth of the resolution (the coarse part
        stands for structure), in units of `FILL_STD`, plus the loss of patch matching; times the root of the
        hole's share of the picture, so that strokes count next to large holes.
        """
        photo, mask = (_padded_to(t, self.multiple) for t in (photo, mask))
        _, expected, features = self._predict(photo, mask)
        error = (expected - photo) * mask / FILL_STD
        coarse = F.avg_pool2d(error, 8)
        share = mask.mean((1, 2, 3)).clamp_min(1e-4).sqrt()
        structure = (error.abs().mean((1, 2, 3)) + coarse.abs().mean((1, 2, 3))) / share
        attention = share * self.recall.loss(features, photo, mask, FILL_STD)
        return structure + MATCHING_WEIGHT * attention

    def _predict(self, photo: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The bridged photo, and what `forward` returns. Sides must be multiples of `multiple`."""
        bridged = bridge_hole(photo, mask)
        with torch.autocast(photo.device.type, torch.bfloat16, enabled=self.mixed_precision):
            return bridged, *self(bridged, nearest_known(photo, mask), mask)


class _Residual(nn.Module):
    """Two 3×3 convolutions, the second dilated for a wide view; then self-attention if `attends`."""

    def __init__(self, inputs: int, outputs: int, attends: bool) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=2, dilation=2)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        self.attend = SelfAttention(outputs) if attends else None

    def forward(self, x: Tensor) -> Tensor:
        h = self.first(silu(pixel_norm(x)))
        x = self.skip(x) + self.second(silu(pixel_norm(h)))
        return x if self.attend is None else x + self.attend(x)


def _padded_to(image: Tensor, multiple: int) -> Tensor:
    """(B, C, H, W) reflected to the right and below until the sides are multiples of `multiple`."""
    height, width = image.shape[-2:]
    return crop_reflected(image, (0, 0, round_up(width, multiple), round_up(height, multiple)))
