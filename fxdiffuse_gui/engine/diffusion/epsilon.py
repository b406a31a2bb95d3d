"""Eq. 1 of the paper in σ-space: the state is y + σε, and the network predicts the noise ε, or v.

v = √ᾱ·ε − √(1−ᾱ)·y (Salimans & Ho, "Progressive Distillation for Fast Sampling of Diffusion Models", 2022) is
as well posed at the highest noise level as at the lowest, where ε says nothing of y.
"""

from abc import abstractmethod

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.denoiser import FULL_GRAIN, Denoiser, DenoiserContext
from fxdiffuse_gui.engine.diffusion.schedule import linear_beta_sigmas, random_like


class LinearScheduleDenoiser(Denoiser):
    """c_in = 1/√(1 + σ²), on the noise levels of Palette (Saharia et al. 2022).

    The U-Net inpaints holes itself, starting from an inpainted photo. A subclass says what it predicts.
    """

    inpaints_first = False
    samples_every_edit = True

    def prepare(
        self, photo: Tensor, condition: ConditionBatch, grain_shares: tuple[float, float] = FULL_GRAIN
    ) -> DenoiserContext:
        """See `Denoiser.prepare`; `grain_shares` has no effect."""
        features = self.labels(condition)
        image = photo if self.heads is None else self.heads(photo, condition, features)
        table = linear_beta_sigmas()
        ones = condition.angle.new_ones(len(condition))
        return DenoiserContext(
            image=self._to_state(image),
            sigma_data=ones[:, None, None, None],
            mask=condition.mask,
            tokens=features.tokens,
            sigma_min=ones * float(table[0]),
            sigma_max=ones * float(table[-1]),
        )

    def _diffusion_loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        """Mean squared error of the prediction, at a step of the schedule drawn for every sample."""
        photo = self.inpaint(photo, condition.mask).detach().clamp(0, 1)
        context = self.prepare(photo, condition)
        clean = self._to_state(target)
        noise = random_like(clean, torch.randn, *generators)
        table = linear_beta_sigmas().to(clean)
        position = random_like(condition.angle, torch.rand, *generators)
        sigma = table[(position * len(table)).long()]
        level = sigma[:, None, None, None]
        estimate = self.denoise(clean + level * noise, sigma, context)
        return ((estimate - clean) / self._output_scale(level)).square().mean((1, 2, 3))

    def _network_input(self, state: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return state / (1 + sigma**2).sqrt()

    def _to_state(self, image: Tensor) -> Tensor:
        """An image in [0, 1] as a clean state."""
        return image

    @abstractmethod
    def _output_scale(self, sigma: Tensor) -> Tensor:
        """|c_out|: how far the estimate moves when the prediction does. sigma: (B, 1, 1, 1)."""


class EpsilonDenoiser(LinearScheduleDenoiser):
    """Predicts ε: c_skip = 1, c_out = −σ. The state is y as it is, in [0, 1]."""

    def _output_scale(self, sigma: Tensor) -> Tensor:
        return sigma

    def _estimate(self, state: Tensor, output: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return state - sigma * output


class VDenoiser(LinearScheduleDenoiser):
    """Predicts v: c_skip = 1/(1 + σ²), c_out = −σ/√(1 + σ²). The state is 2y − 1, of about zero mean."""

    def to_image(self, clean: Tensor, context: DenoiserContext) -> Tensor:
        """See `Denoiser.to_image`."""
        return ((clean + 1) / 2).clamp(0, 1)

    def _to_state(self, image: Tensor) -> Tensor:
        return 2 * image - 1

    def _output_scale(self, sigma: Tensor) -> Tensor:
        return sigma / (1 + sigma**2).sqrt()

    def _estimate(self, state: Tensor, output: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return state / (1 + sigma**2) - self._output_scale(sigma) * output
