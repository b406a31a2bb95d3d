"""What a run starts with: the network, its loss as a module, its parameter groups, its photos."""

from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.batch import ConditionBatch
from fxdiffuse_gui.engine.diffusion.build import build_denoiser
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from trainer.data.fingerprints import SeenPhotos
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.recipes import TrainConfig


class LossModule(torch.nn.Module):
    """The loss as a forward pass, which is what accelerate's wrappers synchronize."""

    def __init__(self, denoiser: Denoiser, fill_alone: bool) -> None:
        super().__init__()
        self.denoiser, self.fill_alone = denoiser, fill_alone

    def forward(
        self, photo: Tensor, target: Tensor, condition: ConditionBatch, *noise: torch.Generator
    ) -> Tensor:
        """(B,) losses."""
        if self.fill_alone and self.denoiser.fill is not None:
            return self.denoiser.fill.loss(photo, condition.mask)
        return self.denoiser.loss(photo, target, condition, *noise)


def seen_photos(pack: Pack, start: Model | None) -> SeenPhotos:
    """The photos that the trained model will have learned from."""
    seen = SeenPhotos.of_pack(pack.photos)
    return seen if start is None else seen.union(SeenPhotos.of_card(start.card.data))


def parameter_groups(denoiser: Denoiser, config: TrainConfig) -> list[dict[str, Any]]:
    """The operator heads have few coefficients, and each matters much: they learn faster than the network."""
    heads = [] if denoiser.heads is None else list(denoiser.heads.parameters())
    head_ids = {id(p) for p in heads}
    others = [p for p in denoiser.parameters() if id(p) not in head_ids]
    groups = (
        ([p for p in group if p.requires_grad], speed)
        for group, speed in ((others, 1.0), (heads, config.head_speed))
    )
    return [{"params": p, "lr": config.learning_rate, "speed": speed} for p, speed in groups if p]


def new_denoiser(config: TrainConfig, start: Model | None, *, bf16: bool) -> Denoiser:
    """New weights that depend on the seed alone, overwritten by those of the model to start from.

    A model without a fill head may get a new one, and where the U-Net is trained it may learn to use
    cached features of its trunk; everything else must be the same network. Raises TrainerError otherwise.
    """
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.seed)
        denoiser = build_denoiser(config.model)
    if start is not None:
        network = start.denoiser.config
        trunk_reuse = network.trunk_reuse if config.fill_alone else config.model.trunk_reuse
        if replace(network, fill=config.model.fill, trunk_reuse=trunk_reuse) != config.model:
            raise TrainerError(
                "{name} has another network than the recipe {recipe}.",
                name=start.path.name,
                recipe=config.name,
            )
        denoiser.load_state_dict(start.denoiser.state_dict(), strict=False)
    denoiser.mixed_precision = bf16
    if denoiser.fill is not None:
        denoiser.fill.mixed_precision = bf16
    if config.fill_alone:
        denoiser.requires_grad_(False)
        assert denoiser.fill is not None
        denoiser.fill.requires_grad_(True)
    return denoiser
