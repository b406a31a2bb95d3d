"""The denoiser D(state; σ | x, C): preconditioning around the network, its loss and its use side by side.

`epsilon` is Eq. 1 of the supplement in σ-space: the state is y + σε and the network predicts ε.
`residual` diffuses r = y − h, where h is the photo after the operator heads, with the preconditioning of
Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022), and one change:
σ_data is not one number but s, the deviation of what x and C leave *open* at a pixel. Grain is open
everywhere it is asked for, a fill inside the mask; blur, sharpening and color leave nothing open. Where
s = 0 the noisy state is not even shown to the network: no noise can be left behind there, and one
evaluation is as good as fifty. Inside a hole the state is shown but not skipped to the output: a fill is
smooth compared with white noise, and a skip connection would make the network subtract that noise.
"""

import math
from dataclasses import dataclass, field
from enum import StrEnum

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.batch import ConditionBatch
from fxdiffuse_gui.engine.effects.fill import bridge_hole, nearest_known
from fxdiffuse_gui.engine.fill_head import FillHead
from fxdiffuse_gui.engine.heads import OperatorHeads
from fxdiffuse_gui.engine.labels import LabelConfig, LabelEncoder
from fxdiffuse_gui.engine.network import UNet, UNetConfig
from fxdiffuse_gui.engine.schedule import linear_beta_sigmas, log_uniform
from fxdiffuse_gui.engine.tasks import Task
from fxdiffuse_gui.engine.tiling import cut, round_up

FILL_STD = 0.15
"""Deviation of photographs around a smooth bridge over a hole (.13 on 24 training tiles, rounded up)."""
HEAD_ERROR = 0.03
"""p: deviation of what the heads miss although x and C decide it."""
GRAIN_SPAN = 10.0
"""Grain is visited at noise levels from s/10 to 10·s."""
FILL_LEVELS = (0.02, 0.2)
"""Noise levels of a fill. The walk starts from the completed photo, noised to the upper one: structure and
detail are the fill head's and recall's, and the diffusion joins them (cf. SDEdit, Meng et al. 2022)."""
FILL_CORRELATION = 0.9
"""Of the noise between color channels inside holes: photographs vary in brightness far more than in hue, and
noise of the same kind is what is left where the network is unsure."""
RECALL_WEIGHT = 0.1
"""Of the attention's loss beside the error of the expected fill."""
_HUBER = 3.0


class Preconditioning(StrEnum):
    """How the network's output becomes an estimate."""

    EPSILON = "epsilon"
    RESIDUAL = "residual"


@dataclass(frozen=True)
class ModelConfig:
    """All that is needed to rebuild a model. heads: whether the operator heads come before the U-Net. fill:
    whether a fill head comes before those."""

    network: UNetConfig = field(default_factory=UNetConfig)
    labels: LabelConfig = field(default_factory=LabelConfig)
    preconditioning: Preconditioning = Preconditioning.RESIDUAL
    heads: bool = True
    fill: bool = True


@dataclass(frozen=True)
class Context:
    """What an edit of one batch computes once, whatever the number of steps.

    base: h (B, 3, H, W). open_std: s (B, 1, H, W). grain_std: the part of s that is white enough to be
    skipped (B, 1, 1, 1). mask: (B, 1, H, W). tokens: (B, T, d). low, high: (B,) noise levels worth visiting.
    """

    base: Tensor
    open_std: Tensor
    grain_std: Tensor
    mask: Tensor
    tokens: Tensor
    low: Tensor
    high: Tensor

    @property
    def is_deterministic(self) -> bool:
        """Whether x and C decide every pixel, so that a second evaluation would change nothing."""
        return not bool((self.open_std > 0).any())


class Denoiser(nn.Module):
    """Label encoder, operator heads and U-Net under one preconditioning."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.labels = LabelEncoder(config.labels)
        self.heads = OperatorHeads(config.labels.width) if config.heads else None
        self.fill = FillHead() if config.fill else None
        self.network = UNet(config.network, config.labels.width)
        self.mixed_precision = False
        """Whether U-Net and fill head run in bfloat16; the other heads and the preconditioning never do."""

    def complete(self, photo: Tensor, mask: Tensor, factor: int = 1) -> Tensor:
        """The photo with its holes filled before any effect: structure by the fill head, detail recalled
        from the photo itself; without a fill head, bridged.

        photo: (B, 3, H, W) in [0, 1], of any size; mask: (B, 1, H, W) of 0 and 1, 1 where to fill. Known
        pixels come back bit for bit. factor: how many times smaller the fill head sees both, ≥ 1, for holes
        beyond its view; detail is recalled at full size all the same.
        """
        if self.fill is None or not bool(mask.any()):
            return bridge_hole(photo, mask)
        height, width = mask.shape[-2:]
        photo, mask = (_extended(t, FillHead.multiple * factor) for t in (photo, mask))
        small_mask = F.max_pool2d(mask, factor)
        bridged, expected, features = self._expect(F.avg_pool2d(photo, factor), small_mask)
        if factor > 1:
            change = F.interpolate(expected - bridged, size=photo.shape[-2:], mode="bilinear")
            whole = bridge_hole(photo, mask)
            expected = torch.where(mask > 0, whole + change, whole)
        filled = self.fill.recall.assemble(expected, mask, features, factor)
        return filled[..., :height, :width]

    def _expect(self, photo: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The bridged photo, the fill head's answer, and its features. Sides must be whole multiples."""
        assert self.fill is not None
        bridged = bridge_hole(photo, mask)
        with torch.autocast(photo.device.type, torch.bfloat16, enabled=self.mixed_precision):
            return bridged, *self.fill(bridged, nearest_known(photo, mask), mask)

    def prepare(self, photo: Tensor, condition: ConditionBatch) -> Context:
        """photo: (B, 3, H, W) in [0, 1], holes filled (`complete`; over the whole photo when this is a
        tile), sides multiples of `config.network.multiple`. Returns the context for `denoise`."""
        features = self.labels(condition)
        base = photo if self.heads is None else self.heads(photo, condition, features)
        if self.config.preconditioning is Preconditioning.EPSILON:
            sigmas = linear_beta_sigmas()
            ones = condition.angle.new_ones(len(condition))
            return Context(
                base, torch.ones_like(condition.mask), ones[:, None, None, None], condition.mask,
                features.tokens, ones * float(sigmas[0]), ones * float(sigmas[-1]),
            )  # fmt: skip
        grain = grain_std(condition)[:, None, None, None]
        open_std = (grain.square() + (FILL_STD * condition.mask).square()).sqrt()
        levels = _noise_levels(grain.flatten(), condition.is_active(Task.INPAINT))
        return Context(base, open_std, grain, condition.mask, features.tokens, *levels)

    def denoise(self, state: Tensor, sigma: Tensor, context: Context) -> Tensor:
        """The estimate of the clean state. state: (B, 3, H, W), clean + σ·noise. sigma: (B,)."""
        level = sigma[:, None, None, None]
        if self.config.preconditioning is Preconditioning.EPSILON:
            output = self._network(state / (1 + level**2).sqrt(), sigma, context)
            return state - level * output
        skip, out, scaled_in = _residual_factors(context, level)
        return skip * state + out * self._network(scaled_in * state, sigma, context)

    def color_noise(self, noise: Tensor, context: Context) -> Tensor:
        """Unit noise (B, 3, H, W), independent everywhere, as this model diffuses with it: correlated
        between channels inside holes."""
        if self.config.preconditioning is Preconditioning.EPSILON:
            return noise
        own = (1 - FILL_CORRELATION) ** 0.5
        shared = ((1 + 2 * FILL_CORRELATION) ** 0.5 - own) / 3  # the square root of (1 − ρ)·I + ρ·J
        correlated = own * noise + shared * noise.sum(1, keepdim=True)
        return torch.where(context.mask > 0, correlated, noise)

    def to_image(self, clean: Tensor, context: Context) -> Tensor:
        """A clean state as an image (B, 3, H, W) in [0, 1]."""
        if self.config.preconditioning is Preconditioning.RESIDUAL:
            clean = context.base + clean
        return clean.clamp(0, 1)

    def loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *, generator: torch.Generator
    ) -> Tensor:
        """(B,) denoising loss at a random σ per sample, each pixel in units of its own uncertainty.

        photo, target: (B, 3, H, W), x and y. What x shows under the mask is the fill head's truth, no more.
        Residual models also fit h to y directly, so that heads learn from the first step on.
        """
        if self.fill is None:
            fill_loss, filled = 0.0, bridge_hole(photo, condition.mask)
        else:
            fill_loss, filled = self.fill_loss(photo, condition.mask)
        context = self.prepare(filled.clamp(0, 1), condition)
        noise = torch.randn(target.shape, generator=generator, device=generator.device).to(target)
        if self.config.preconditioning is Preconditioning.EPSILON:
            table = linear_beta_sigmas().to(target)
            index = torch.randint(len(table), (len(condition),), generator=generator, device=generator.device)
            sigma = table[index.to(target.device)]
            level = sigma[:, None, None, None]
            estimate = self.denoise(target + level * noise, sigma, context)
            return ((estimate - target) / level).square().mean((1, 2, 3)) + fill_loss
        sigma = log_uniform(context.low, context.high, generator)
        level = sigma[:, None, None, None]
        residual = target - context.base
        state = residual + level * self.color_noise(noise, context)
        estimate = self.denoise(state, sigma, context)
        _, out, _ = _residual_factors(context, level)
        error = (estimate - residual) / out
        loss = 2 * F.huber_loss(error, torch.zeros_like(error), reduction="none", delta=_HUBER)
        head_error = residual / (context.open_std.square() + HEAD_ERROR**2).sqrt()
        head_loss = 2 * F.huber_loss(head_error, torch.zeros_like(error), reduction="none", delta=_HUBER)
        return (loss + 0.25 * head_loss).mean((1, 2, 3)) + fill_loss

    def fill_loss(self, photo: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What the fill head learns from: (B,) losses; and the completed photo.

        Mean absolute error inside the hole, at full and at an eighth of the resolution (the coarse part
        stands for structure), in units of `FILL_STD`, plus the loss of recall; times the root of the hole's
        share of the picture, so that strokes count beside large holes.
        """
        assert self.fill is not None
        height, width = mask.shape[-2:]
        photo, mask = (_extended(t, FillHead.multiple) for t in (photo, mask))
        _, expected, features = self._expect(photo, mask)
        error = (expected - photo) * mask / FILL_STD
        coarse = F.avg_pool2d(error, 8)
        share = mask.mean((1, 2, 3)).clamp_min(1e-4).sqrt()
        missed = (error.abs().mean((1, 2, 3)) + coarse.abs().mean((1, 2, 3))) / share
        attention = share * self.fill.recall.loss(features, photo, mask, FILL_STD)
        completed = self.fill.recall.assemble(expected.detach(), mask, features.detach())
        return missed + RECALL_WEIGHT * attention, completed[..., :height, :width]

    def _network(self, scaled: Tensor, sigma: Tensor, context: Context) -> Tensor:
        with torch.autocast(scaled.device.type, torch.bfloat16, enabled=self.mixed_precision):
            output = self.network(scaled, context.base, context.mask, sigma.log() / 4, context.tokens)
        return output.float()


def _extended(image: Tensor, multiple: int) -> Tensor:
    """Continued to the right and below until the sides are multiples of `multiple`."""
    height, width = image.shape[-2:]
    return cut(image, (0, 0, round_up(width, multiple), round_up(height, multiple)))


def grain_std(condition: ConditionBatch) -> Tensor:
    """(B,) deviation of grain at mid-tones by Newson's theory: binomial noise of 800 queries plus the
    covered area seen through a lens of .8 px. 0 where grain is off."""
    radius = condition.value(Task.GRAIN)
    variance = 0.2 / 800 + 0.5 * radius.square() / (4 * math.pi * 0.8**2)
    return torch.where(condition.is_active(Task.GRAIN), variance.sqrt(), torch.zeros_like(radius))


def _noise_levels(grain: Tensor, fills: Tensor) -> tuple[Tensor, Tensor]:
    """(B,) lowest and highest σ worth visiting; one middling level where nothing is open."""
    low = torch.where(grain > 0, grain / GRAIN_SPAN, torch.where(fills, FILL_LEVELS[0], FILL_STD))
    most = torch.where(grain > 0, grain * GRAIN_SPAN, FILL_STD)
    high = torch.where(fills, torch.where(grain > 0, most, 0.0).clamp_min(FILL_LEVELS[1]), most)
    return low, high


def _residual_factors(context: Context, sigma: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """c_skip, c_out, c_in for every pixel; sigma: (B, 1, 1, 1)."""
    grain, everything = context.grain_std.square(), context.open_std.square()
    skip = grain / (grain + sigma.square())
    # What is left for the network: noise let through by the skip, and what the skip does not bring.
    left = (1 - skip).square() * (everything + HEAD_ERROR**2)
    out = (skip.square() * sigma.square() + left).sqrt()
    scaled_in = (everything > 0) / (sigma.square() + everything + HEAD_ERROR**2).sqrt()
    return skip, out, scaled_in
