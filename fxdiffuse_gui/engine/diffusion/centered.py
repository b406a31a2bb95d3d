"""Eq. 1 of the paper with its mean moved to x: the state is r + σε, where r = y − x.

All that an edit changes is diffused, from pure noise, by one conditional network without operator heads. The
preconditioning is in the form of Karras et al., "Elucidating the Design Space of Diffusion-Based Generative
Models" (2022). Theirs reckons with one standard deviation of the data. Here there are two, because given x
and C most of r is certain: the noise decides only `OPEN` of it, while the network has to answer all of it,
whose deviation is about `SCALE`:

    c_skip = OPEN² / (OPEN² + σ²)
    c_out² = ((1 − c_skip)·SCALE)² + (c_skip·σ)²
    c_in   = c_skip / SCALE

So the network sees the share of the state that can be told from noise. Above σ ≈ OPEN that is little next to
x and the conditions, which a state of unit deviation would drown.
"""

import torch
from torch import Tensor

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.denoiser import FULL_GRAIN, Denoiser, DenoiserContext
from fxdiffuse_gui.engine.diffusion.schedule import log_uniform, random_like

OPEN = 0.025
"""Standard deviation of what x and C leave open of r."""
SCALE = 0.1
"""Standard deviation of r as a whole."""
SIGMA_MIN, SIGMA_MAX = 0.003, 10.0
"""Noise levels of a sample."""
SIGMA_MIDDLE = 0.5
"""Training draws half of its noise levels above this one, where r is as good as hidden, and half below."""
LEAST_ERROR = 0.004
"""Errors below this one count little in the loss."""
CONTRAST = 4.0
"""x − ½ is shown to the network times this, at about unit deviation."""


class CenteredDenoiser(Denoiser):
    """Diffuses r = y − x, x with its holes bridged; the U-Net fills the holes itself.

    A model without heads and fill head is the paper's: one network, for every effect. With heads, r = y − h.
    """

    inpaints_first = False
    samples_every_edit = True

    def prepare(
        self, photo: Tensor, condition: ConditionBatch, grain_shares: tuple[float, float] = FULL_GRAIN
    ) -> DenoiserContext:
        """See `Denoiser.prepare`; `grain_shares` has no effect."""
        features = self.labels(condition)
        image = photo if self.heads is None else self.heads(photo, condition, features)
        ones = condition.angle.new_ones(len(condition))
        return DenoiserContext(
            image=CONTRAST * (image - 0.5),
            sigma_data=SCALE * ones[:, None, None, None],
            mask=condition.mask,
            tokens=features.tokens,
            sigma_min=SIGMA_MIN * ones,
            sigma_max=SIGMA_MAX * ones,
            output_image=image,
        )

    def to_image(self, clean: Tensor, context: DenoiserContext) -> Tensor:
        """See `Denoiser.to_image`: x plus r."""
        assert context.output_image is not None
        return (context.output_image + clean).clamp(0, 1)

    def _diffusion_loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        """The logarithm of each sample's mean squared error.

        Errors of effects and noise levels differ by orders of magnitude; the logarithm, the error in dB,
        makes them count alike without a weight for each.
        """
        photo = self.inpaint(photo, condition.mask).detach().clamp(0, 1)
        context = self.prepare(photo, condition)
        assert context.output_image is not None
        residual = target - context.output_image
        sigma = training_sigma(context.sigma_max, *generators)
        noise = random_like(target, torch.randn, *generators)
        estimate = self.denoise(residual + sigma[:, None, None, None] * noise, sigma, context)
        return ((estimate - residual).square().mean((1, 2, 3)) + LEAST_ERROR**2).log()

    def _network_input(self, state: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        return _skip(sigma) / SCALE * state

    def _estimate(self, state: Tensor, output: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        skip = _skip(sigma)
        c_out = (((1 - skip) * SCALE).square() + (skip * sigma).square()).sqrt()
        return skip * state + c_out * output


def training_sigma(like: Tensor, *generators: torch.Generator) -> Tensor:
    """(B,) noise levels: half of them even in ln σ between half of the lowest of a sample and `SIGMA_MIDDLE`,
    half from there to twice the highest. See `random_like`."""
    is_high = random_like(like, torch.rand, *generators) < 0.5
    low = torch.where(is_high, SIGMA_MIDDLE, SIGMA_MIN / 2)
    high = torch.where(is_high, 2 * SIGMA_MAX, SIGMA_MIDDLE)
    return log_uniform(low, high, *generators)


def _skip(sigma: Tensor) -> Tensor:
    return OPEN**2 / (OPEN**2 + sigma.square())
