"""The denoiser D(state; σ | x, C): preconditioning around the network, its loss and its use side by side.

`epsilon` is Eq. 1 of the supplement in σ-space: the state is y + σε and the network predicts ε.
`residual` diffuses r = y − h, where h is the photo, its holes filled, after the operator heads, with the
preconditioning of Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022),
and one change: σ_data is not one number but s, the deviation of what x and C leave *open*. Grain is open
where it is asked for; blur, sharpening and color leave nothing open. Where s = 0 the noisy state is not even
shown to the network: no noise can be left behind there, and one evaluation is as good as fifty.

A residual model fills holes before it diffuses (`complete`), so what follows treats a fill as it treats the
photo. Diffusing the fill as well was tried and measured (trainer/README.md): the higher the noise level at
which the walk began, the further from the photo the fill ended, in ℓ1 and in LPIPS.
"""

import math
from dataclasses import dataclass, field
from enum import StrEnum

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.schedule import drawn_like, linear_beta_sigmas, log_uniform
from fxdiffuse_gui.engine.effects.fill import bridge_hole
from fxdiffuse_gui.engine.inpainting.fill_head import FillHead
from fxdiffuse_gui.engine.network.heads import OperatorHeads
from fxdiffuse_gui.engine.network.labels import LabelConfig, LabelEncoder
from fxdiffuse_gui.engine.network.unet import UNet, UNetConfig

HEAD_ERROR = 0.03
"""p: deviation of what the heads miss although x and C decide it."""
GRAIN_SPAN = 10.0
"""Grain is visited at noise levels from s/10 to 10·s."""
SURE_LEVEL = 0.15
"""The one noise level that is visited where nothing is open."""
_HUBER = 3.0


class Preconditioning(StrEnum):
    """How the network's output becomes an estimate."""

    EPSILON = "epsilon"
    RESIDUAL = "residual"


@dataclass(frozen=True)
class ModelConfig:
    """All that is needed to rebuild a model. heads: whether the operator heads come before the U-Net. fill:
    whether a fill head comes before those. reuse: how many times lower the noise level may be at which a
    residual model still works with what the trunk of its U-Net has seen; 1: it looks at every level."""

    network: UNetConfig = field(default_factory=UNetConfig)
    labels: LabelConfig = field(default_factory=LabelConfig)
    preconditioning: Preconditioning = Preconditioning.RESIDUAL
    heads: bool = True
    fill: bool = True
    reuse: float = 128.0


@dataclass(frozen=True)
class Context:
    """What an edit of one batch computes once, whatever the number of steps.

    base: h (B, 3, H, W). open_std: s (B, 1, 1, 1). mask: what is left to fill (B, 1, H, W).
    tokens: (B, T, d). low, high: (B,) noise levels worth visiting. shown: h as it is shown, where that is not
    `base`; gain: how much of r is shown with it. reuse: see `ModelConfig`; it takes training.
    """

    base: Tensor
    open_std: Tensor
    mask: Tensor
    tokens: Tensor
    low: Tensor
    high: Tensor
    shown: Tensor | None = None
    gain: float = 1.0
    reuse: float = 1.0

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
        """Whether the U-Net runs in bfloat16; heads and preconditioning never do."""

    def complete(self, photo: Tensor, mask: Tensor, factor: int = 1, seed: int = 0) -> Tensor:
        """The photo with its holes filled before any effect: structure by the fill head, detail recalled
        from the photo itself; without a fill head, bridged.

        photo: (B, 3, H, W) in [0, 1], of any size; mask: (B, 1, H, W) of 0 and 1, 1 where to fill. Known
        pixels come back bit for bit. factor: how many times smaller the fill head sees both, ≥ 1, for holes
        beyond its view; detail is recalled at full size all the same. seed: decides between details that
        would do about equally well.
        """
        if self.fill is None or not bool(mask.any()):
            return bridge_hole(photo, mask)
        return self.fill.complete(photo, mask, factor, seed)

    def prepare(
        self, photo: Tensor, condition: ConditionBatch, grain_left: tuple[float, float] = (1.0, 1.0)
    ) -> Context:
        """photo: (B, 3, H, W) in [0, 1], holes filled (`complete`; over the whole photo when this is a
        tile), sides multiples of `config.network.multiple`. Returns the context for `denoise`.

        grain_left: the shares of the grain and of its lens' softness to be shown (see
        `EditCondition.scaled`); residual models alone can show less than all.
        """
        if self.config.preconditioning is Preconditioning.RESIDUAL:
            condition = condition.without(Task.INPAINT)
        features = self.labels(condition)
        base = photo if self.heads is None else self.heads(photo, condition, features)
        if self.config.preconditioning is Preconditioning.EPSILON:
            sigmas = linear_beta_sigmas()
            ones = condition.angle.new_ones(len(condition))
            return Context(
                base, ones[:, None, None, None], condition.mask, features.tokens,
                ones * float(sigmas[0]), ones * float(sigmas[-1]),
            )  # fmt: skip
        grain = grain_std(condition)
        low, high = (
            torch.where(grain > 0, level, SURE_LEVEL) for level in (grain / GRAIN_SPAN, grain * GRAIN_SPAN)
        )
        gain, lens = grain_left
        shown = None
        if lens != 1.0 and self.heads is not None:
            sharp = self.heads(photo, condition.without(Task.GRAIN), features)
            shown = torch.lerp(sharp, base, lens)
        open_std = grain[:, None, None, None]
        reuse = self.config.reuse
        return Context(base, open_std, condition.mask, features.tokens, low, high, shown, gain, reuse)

    def look(self, state: Tensor, sigma: Tensor, context: Context) -> Tensor:
        """What the trunk of the U-Net sees in a state; arguments as of `denoise`."""
        arguments = self._arguments(state, sigma, context)
        with self._precision(state.device):
            return self.network.trunk(*arguments)

    def denoise(self, state: Tensor, sigma: Tensor, context: Context, seen: Tensor | None = None) -> Tensor:
        """The estimate of the clean state. state: (B, 3, H, W), clean + σ·noise. sigma: (B,). seen: what
        `look` returned on the way here, at most `config.reuse` times noisier; by default it looks now."""
        arguments = self._arguments(state, sigma, context)
        with self._precision(state.device):
            output = self.network(*arguments, seen)
        output, level = output.float(), sigma[:, None, None, None]
        if self.config.preconditioning is Preconditioning.EPSILON:
            return state - level * output
        skip, out, _ = _residual_factors(context, level)
        return skip * state + out * output

    def to_image(self, clean: Tensor, context: Context) -> Tensor:
        """A clean state as an image (B, 3, H, W) in [0, 1]."""
        if self.config.preconditioning is Preconditioning.RESIDUAL:
            shown = context.base if context.shown is None else context.shown
            clean = shown + context.gain * clean
        return clean.clamp(0, 1)

    def loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        """(B,) denoising loss at a random σ per sample, each pixel in units of its own uncertainty, plus the
        loss of the fill head.

        photo, target: (B, 3, H, W), x and y. generators: see `drawn_like`. What x shows under the mask is
        the fill head's truth; a residual model's edit is learned on the unharmed photo, since that is what
        it will be given.
        Residual models also fit h to y directly, so that heads learn from the first step on.
        """
        fill_loss = 0.0 if self.fill is None else self.fill.loss(photo, condition.mask)
        if self.config.preconditioning is Preconditioning.EPSILON:
            photo = self.complete(photo, condition.mask).detach().clamp(0, 1)
        context = self.prepare(photo, condition)
        noise = drawn_like(target, torch.randn, *generators)
        if self.config.preconditioning is Preconditioning.EPSILON:
            table = linear_beta_sigmas().to(target)
            place = drawn_like(condition.angle, torch.rand, *generators)
            sigma = table[(place * len(table)).long()]
            level = sigma[:, None, None, None]
            estimate = self.denoise(target + level * noise, sigma, context)
            return ((estimate - target) / level).square().mean((1, 2, 3)) + fill_loss
        sigma = log_uniform(context.low, context.high, *generators)
        level = sigma[:, None, None, None]
        residual = target - context.base
        seen_at = self.noisier(sigma, context, *generators)
        seen = self.look(residual + seen_at[:, None, None, None] * noise, seen_at, context)
        estimate = self.denoise(residual + level * noise, sigma, context, seen)
        _, out, _ = _residual_factors(context, level)
        error = (estimate - residual) / out
        loss = 2 * F.huber_loss(error, torch.zeros_like(error), reduction="none", delta=_HUBER)
        head_error = residual / (context.open_std.square() + HEAD_ERROR**2).sqrt()
        head_loss = 2 * F.huber_loss(head_error, torch.zeros_like(error), reduction="none", delta=_HUBER)
        return (loss + 0.25 * head_loss).mean((1, 2, 3)) + fill_loss

    def noisier(self, sigma: Tensor, context: Context, *generators: torch.Generator) -> Tensor:
        """(B,) where the trunk looks in training: for half of the samples at σ, for the others earlier."""
        draw = drawn_like(sigma, torch.rand, *generators)
        return (sigma * self.config.reuse ** (2 * draw - 1).clamp_min(0)).minimum(context.high.maximum(sigma))

    def _arguments(self, state: Tensor, sigma: Tensor, context: Context) -> tuple[Tensor, ...]:
        """What the network is given, its input scaled to unit deviation or, where nothing is open, to 0."""
        level = sigma[:, None, None, None]
        if self.config.preconditioning is Preconditioning.EPSILON:
            scaled = state / (1 + level**2).sqrt()
        else:
            scaled = _residual_factors(context, level)[2] * state
        return scaled, context.base, context.mask, sigma.log() / 4, context.tokens

    def _precision(self, device: torch.device) -> torch.autocast:
        return torch.autocast(device.type, torch.bfloat16, enabled=self.mixed_precision)


def grain_std(condition: ConditionBatch) -> Tensor:
    """(B,) deviation of grain at mid-tones by Newson's theory: binomial noise of 800 queries plus the
    covered area seen through a lens of .8 px. 0 where grain is off."""
    radius = condition.value(Task.GRAIN)
    variance = 0.2 / 800 + 0.5 * radius.square() / (4 * math.pi * 0.8**2)
    return torch.where(condition.is_active(Task.GRAIN), variance.sqrt(), torch.zeros_like(radius))


def _residual_factors(context: Context, sigma: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """c_skip, c_out, c_in; sigma: (B, 1, 1, 1)."""
    s = context.open_std.square()
    skip = s / (s + sigma.square())
    # What is left for the network: noise let through by the skip, and what the skip does not bring.
    left = (1 - skip).square() * (s + HEAD_ERROR**2)
    out = (skip.square() * sigma.square() + left).sqrt()
    scaled_in = (s > 0) / (sigma.square() + s + HEAD_ERROR**2).sqrt()
    return skip, out, scaled_in
