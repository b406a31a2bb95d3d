"""The denoiser D(state; σ | x, C): what samplers, pipeline and trainer use, whatever the preconditioning.

All denoisers are made of the same networks: label encoder, operator heads, fill head and U-Net. A class per
preconditioning decides what the state is and how the U-Net's input and output are scaled (compare the
denoisers of k-diffusion). σ is the standard deviation of the noise in the state; with σ = √((1 − ᾱ)/ᾱ) it
stands for a step of DDPM too.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig
from fxdiffuse_gui.engine.diffusion.schedule import NoiseRange
from fxdiffuse_gui.engine.effects.fill import bridge_hole
from fxdiffuse_gui.engine.inpainting.fill_head import FillHead
from fxdiffuse_gui.engine.network.heads import OperatorHeads
from fxdiffuse_gui.engine.network.labels import LabelEncoder
from fxdiffuse_gui.engine.network.unet import UNet

FULL_GRAIN = (1.0, 1.0)
"""The shares of the grain and of its lens' softness in a photo at full size."""


@dataclass(frozen=True)
class DenoiserContext:
    """What the edit of one batch computes once, whatever the number of steps.

    image: (B, 3, H, W), the conditioning image that the U-Net sees next to the state.
    sigma_data: (B, 1, 1, 1), standard deviation of the clean state.
    mask: (B, 1, H, W), where the U-Net has to inpaint.
    tokens: (B, T, d), the label features.
    sigma_min, sigma_max: (B,), the noise levels worth visiting.
    output_image: (B, 3, H, W), what a clean state is added to, if that is not `image`.
    grain_gain: the share of a clean state that is added.
    trunk_reuse: see `ModelConfig`.
    """

    image: Tensor
    sigma_data: Tensor
    mask: Tensor
    tokens: Tensor
    sigma_min: Tensor
    sigma_max: Tensor
    output_image: Tensor | None = None
    grain_gain: float = 1.0
    trunk_reuse: float = 1.0

    @property
    def is_deterministic(self) -> bool:
        """Whether x and C decide every pixel, so that a second evaluation would change nothing."""
        return not bool((self.sigma_data > 0).any())


class Denoiser(nn.Module, ABC):
    """The networks of a model, and the interface of every preconditioning.

    A subclass defines `inpaints_first`, `prepare`, the scaling of the U-Net's input and output, and its loss;
    it may define how a clean state becomes an image, and the noise levels of a sample. `build.DENOISERS`
    lists it.
    """

    inpaints_first: bool
    """Whether holes are inpainted before diffusion, which then treats them like the rest of the photo."""
    samples_every_edit = False
    """Whether every edit begins with noise and takes all evaluations, not only those that add grain."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.labels = LabelEncoder(config.labels)
        self.heads = OperatorHeads(config.labels.width) if config.heads else None
        self.fill = FillHead() if config.fill else None
        self.network = UNet(config.network, config.labels.width)
        self.mixed_precision = False
        """Whether the U-Net runs in bfloat16; heads and preconditioning never do."""

    def inpaint(self, photo: Tensor, mask: Tensor, factor: int = 1, seed: int = 0) -> Tensor:
        """The photo with its holes inpainted before any effect, (B, 3, H, W); known pixels bit for bit.

        The fill head predicts the structure, patch matching copies detail; without a fill head holes are
        bridged.

        photo: (B, 3, H, W) in [0, 1], of any size. mask: (B, 1, H, W) of 0 and 1, 1 where to inpaint. factor:
        how many times smaller the fill head sees both, ≥ 1, for holes larger than its view; detail is copied
        at full size in any case. seed: decides between details that match about equally well.
        """
        if self.fill is None or not bool(mask.any()):
            return bridge_hole(photo, mask)
        return self.fill.inpaint(photo, mask, factor, seed)

    @abstractmethod
    def prepare(
        self, photo: Tensor, condition: ConditionBatch, grain_shares: tuple[float, float] = FULL_GRAIN
    ) -> DenoiserContext:
        """The context for `denoise`.

        photo: (B, 3, H, W) in [0, 1], its holes inpainted (over the whole photo when this is a tile), sides
        multiples of `config.network.multiple`. grain_shares: the shares of the grain and of its lens'
        softness to show, see `EditCondition.scaled`; a preconditioning that cannot show less shows all.
        """

    def sigmas(self, context: DenoiserContext, steps: int) -> tuple[list[float], float]:
        """The falling noise levels of a sample of `steps` ≥ 1 evaluations, without the final 0, and the
        standard deviation of the initial state."""
        levels = NoiseRange(float(context.sigma_min.amin()), float(context.sigma_max.amax())).levels(steps)
        return levels, levels[0]

    def trunk_features(self, state: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        """The features of the U-Net's trunk, to be cached; arguments as of `denoise`."""
        arguments = self._network_arguments(state, sigma, context)
        with self._precision(state.device):
            return self.network.trunk_features(*arguments)

    def denoise(
        self, state: Tensor, sigma: Tensor, context: DenoiserContext, cached: Tensor | None = None
    ) -> Tensor:
        """The estimate of the clean state, (B, 3, H, W).

        state: (B, 3, H, W), clean + σ·noise. sigma: (B,) > 0. cached: `trunk_features` of this sample at a
        noise level at most `context.trunk_reuse` times higher; None computes those of this state.
        """
        arguments = self._network_arguments(state, sigma, context)
        with self._precision(state.device):
            output = self.network(*arguments, cached)
        return self._estimate(state, output.float(), sigma[:, None, None, None], context)

    def to_image(self, clean: Tensor, context: DenoiserContext) -> Tensor:
        """A clean state as an image (B, 3, H, W) in [0, 1]."""
        return clean.clamp(0, 1)

    def loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        """(B,) diffusion loss at a random σ per sample, plus the loss of the fill head.

        photo, target: (B, 3, H, W), x and y. What x shows under the mask is the truth for the fill head.
        generators: one for each equal share of the batch, see `random_like`.
        """
        fill_loss = 0.0 if self.fill is None else self.fill.loss(photo, condition.mask)
        return self._diffusion_loss(photo, target, condition, *generators) + fill_loss

    @abstractmethod
    def _diffusion_loss(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *generators: torch.Generator
    ) -> Tensor:
        """(B,) losses of all parts but the fill head; arguments as of `loss`."""

    @abstractmethod
    def _network_input(self, state: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        """c_in·state: the state at about unit standard deviation. sigma: (B, 1, 1, 1)."""

    @abstractmethod
    def _estimate(self, state: Tensor, output: Tensor, sigma: Tensor, context: DenoiserContext) -> Tensor:
        """c_skip·state + c_out·output: the clean state. output: of the U-Net; sigma: (B, 1, 1, 1)."""

    def _network_arguments(
        self, state: Tensor, sigma: Tensor, context: DenoiserContext
    ) -> tuple[Tensor, ...]:
        scaled = self._network_input(state, sigma[:, None, None, None], context)
        return scaled, context.image, context.mask, sigma.log() / 4, context.tokens

    def _precision(self, device: torch.device) -> torch.autocast:
        return torch.autocast(device.type, torch.bfloat16, enabled=self.mixed_precision)
