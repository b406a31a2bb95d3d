"""The class of every preconditioning, and `build_denoiser`, which makes the one that a config names."""

from fxdiffuse_gui.engine.diffusion.centered import CenteredDenoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.diffusion.epsilon import EpsilonDenoiser, VDenoiser
from fxdiffuse_gui.engine.diffusion.model_config import ModelConfig, Preconditioning
from fxdiffuse_gui.engine.diffusion.residual import ResidualDenoiser

DENOISERS: dict[Preconditioning, type[Denoiser]] = {
    Preconditioning.EPSILON: EpsilonDenoiser,
    Preconditioning.RESIDUAL: ResidualDenoiser,
    Preconditioning.V: VDenoiser,
    Preconditioning.CENTERED: CenteredDenoiser,
}


def build_denoiser(config: ModelConfig) -> Denoiser:
    """A denoiser with fresh weights, drawn from torch's global generator.

    Raises what torch raises for sizes that do not fit together (ValueError, AssertionError, RuntimeError).
    """
    return DENOISERS[config.preconditioning](config)
