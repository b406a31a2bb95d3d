"""Diffusion of the residual r = y − h, where h is the photo, inpainted, after the operator heads.

The preconditioning is that of Karras et al., "Elucidating the Design Space of Diffusion-Based Generative
Models" (2022), with one change: σ_data is not one number, but per sample the standard deviation of what x and
C leave undecided. Grain is undecided where it is active; blur, sharpening and color decide every pixel. Where
σ_data = 0 the U-Net does not see the noisy state at all, so no noise can remain, and one evaluation is as
good as fifty.

Holes are inpainted before diffusion, so that what follows treats them like the rest of the photo. Diffusing
inpainted holes as well was measured (trainer/README.md): the higher the first noise level, the further the
result was from the photo, in ℓ1 and in LPIPS.
"""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.conditions.grain_model import GRAIN_SAMPLES, LENS_SIGMA
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.diffusion.denoiser import FULL_GRAIN, Denoiser, DenoiserContext
from fxdiffuse_gui.engine.diffusion.schedule import FEW_STEP_SIGMAS, init_sigma, log_uniform, random_like

HEAD_ERROR = 0.03
"""Standard deviation of what the heads miss although x and C decide it."""
GRAIN_SPAN = 10.0
"""Grain is sampled at noise levels from σ_data/10 to 10·σ_data."""
DETERMINISTIC_SIGMA = 0.15
"""The only noise level of samples that x and C decide."""
_HUBER_DELTA = 3.0
_HEAD_WEIGHT = 0.25  # of the heads' own loss next to the diffusion loss


class Scalings(NamedTuple):
    """(B, 1, 1, 1) each; named as by Karras et al. (2022)."""

    c_skip: Tensor
    c_out: Tensor
    c_in: Tensor


class ResidualDenoiser(Denoiser):
    """Diffuses r = y − h; the loss also fits h to y directly, so that the heads learn from the first step."""

    inpaints_first = True

    def prepare(
        self, photo: Tensor, condition: ConditionBatch, grain_shares: tuple[float, float] = FULL_GRAIN
    ) -> DenoiserContext:
        """See `Denoiser.prepare`."""
        condition = condition.without(Task.INPAINT)
        features = self.labels(condition)
        image = photo if self.heads is None else self.heads(photo, condition, features)
        grain = grain_std(condition)
        sigma_min, sigma_max = (
            torch.where(grain > 0, level, DETERMINISTIC_SIGMA)
            for level in (grain / GRAIN_SPAN, grain * GRAIN_SPAN)
        )
        grain_gain, lens_share = grain_shares
        output_image = None
        if lens_share != 1.0 and self.heads is not None:
            sharp = self.heads(photo, condition.without(Task.GRAIN), features)
            output_image = torch.lerp(sharp, image, lens_share)
        return DenoiserContext(
            image=image,
            sigma_data=grain[:, None, None, None],
            mask=condition.mask,
            tokens=features.tokens,
            sigma_min=sigma_min,
            sigma_max=sigma_max,
            output_image=output_image,
            grain_gain=grain_gain,
            trunk_reuse=self.config.trunk_reuse,
        )

    def sigmas(self, context: DenoiserContext, steps: int) -> tuple[list[float], float]:
        """See `Denoiser.sigmas`; for few steps the levels of `FEW_STEP_SIGMAS`, in units of σ_data."""
        levels, first = super().sigmas(context, steps)
        if context.is_deterministic:
            return levels, first
        sigma_data = float(context.sigma_data.amax())
        if steps in FEW_STEP_SIGMAS:
            levels = [sigma_data * level for level in FEW_STEP_SIGMAS[steps]]
        return levels, init_sigma(sigma_data, levels[0])

    def to_image(self, clean: Tensor, context: DenoiserContext) -> Tensor:
        """See `Denoiser.to_image`: h plus the residual, as much of both as the grain shares say."""
        image = context.image if context.output_image is None else context.output_image
        return (image + context.grain_gain * clean).clamp(0, 1)

    def cached_sigma(self, sigma: Tensor, context: DenoiserContext, *generators: torch.Generator) -> Tensor:
        """(B,) noise level of the trunk features in training: for half of the samples σ, else higher."""
        draw = random_like(sigma, torch.rand, *generators)
        higher = sigma * self.config.trunk_reuse ** (2 * draw - 1).clamp_min(0)
        return higher.minimum(context.sigma_max.maximum(sigma))

    def _diffusion_loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        """Huber loss of the residual and of the heads, each pixel in units of its own uncertainty.

        The edit is learned on the undamaged photo, because it will be given inpainted ones.
        """
        context = self.prepare(photo, condition)
        noise = random_like(target, torch.randn, *generators)
        sigma = log_uniform(context.sigma_min, context.sigma_max, *generators)
        level = sigma[:, None, None, None]
        residual = target - context.image
        trunk_sigma = self.cached_sigma(sigma, context, *generators)
        trunk_state = residual + trunk_sigma[:, None, None, None] * noise
        cached = self.trunk_features(trunk_state, trunk_sigma, context)
        estimate = self.denoise(residual + level * noise, sigma, context, cached)
        loss = _huber((estimate - residual) / _scalings(context, level).c_out)
        head_loss = _huber(residual / (context.sigma_data.square() + HEAD_ERROR**2).sqrt())
        return (loss + _HEAD_WEIGHT * head_loss).mean((1, 2, 3))

    def _network_input(self, state: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return _scalings(context, sigma).c_in * state

    def _estimate(self, state: Tensor, output: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        c_skip, c_out, _ = _scalings(context, sigma)
        return c_skip * state + c_out * output


def grain_std(condition: ConditionBatch) -> Tensor:
    """(B,) standard deviation of grain at mid-tones by Newson's theory, 0 where grain is inactive: the
    binomial noise of the query points plus the covered area seen through the lens."""
    radius = condition.value(Task.GRAIN)
    variance = 0.2 / GRAIN_SAMPLES + 0.5 * radius.square() / (4 * math.pi * LENS_SIGMA**2)
    return torch.where(condition.is_active(Task.GRAIN), variance.sqrt(), torch.zeros_like(radius))


def _scalings(context: DenoiserContext, sigma: Tensor) -> Scalings:
    """sigma: (B, 1, 1, 1). c_in is 0 where nothing is undecided."""
    variance = context.sigma_data.square()
    c_skip = variance / (variance + sigma.square())
    # The network has to model the noise that c_skip lets through, and the signal that it does not.
    rest = (1 - c_skip).square() * (variance + HEAD_ERROR**2)
    c_out = (c_skip.square() * sigma.square() + rest).sqrt()
    c_in = (variance > 0) / (sigma.square() + variance + HEAD_ERROR**2).sqrt()
    return Scalings(c_skip, c_out, c_in)


def _huber(error: Tensor) -> Tensor:
    """Twice the Huber loss of every element, which is the square of small errors."""
    return 2 * F.huber_loss(error, torch.zeros_like(error), reduction="none", delta=_HUBER_DELTA)
