"""Eq. 1 of the paper in σ-space: the state is y + σε, and the network predicts the noise ε."""

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.denoiser import FULL_GRAIN, Denoiser, DenoiserContext
from fxdiffuse_gui.engine.diffusion.schedule import linear_beta_sigmas, random_like


class EpsilonDenoiser(Denoiser):
    """c_skip = 1, c_out = −σ, c_in = 1/√(1 + σ²), on the noise levels of Palette (Saharia et al. 2022).

    The U-Net inpaints holes itself, starting from an inpainted photo.
    """

    inpaints_first = False

    def prepare(
        self, photo: Tensor, condition: ConditionBatch, grain_shares: tuple[float, float] = FULL_GRAIN
    ) -> DenoiserContext:
        """See `Denoiser.prepare`; `grain_shares` has no effect."""
        features = self.labels(condition)
        image = photo if self.heads is None else self.heads(photo, condition, features)
        table = linear_beta_sigmas()
        ones = condition.angle.new_ones(len(condition))
        return DenoiserContext(
            image=image,
            sigma_data=ones[:, None, None, None],
            mask=condition.mask,
            tokens=features.tokens,
            sigma_min=ones * float(table[0]),
            sigma_max=ones * float(table[-1]),
        )

    def _diffusion_loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        """Mean squared error of the predicted noise, at a step of the schedule drawn for every sample."""
        photo = self.inpaint(photo, condition.mask).detach().clamp(0, 1)
        context = self.prepare(photo, condition)
        noise = random_like(target, torch.randn, *generators)
        table = linear_beta_sigmas().to(target)
        position = random_like(condition.angle, torch.rand, *generators)
        sigma = table[(position * len(table)).long()]
        level = sigma[:, None, None, None]
        estimate = self.denoise(target + level * noise, sigma, context)
        return ((estimate - target) / level).square().mean((1, 2, 3))

    def _network_input(self, state: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return state / (1 + sigma**2).sqrt()

    def _estimate(self, state: Tensor, output: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return state - sigma * output
