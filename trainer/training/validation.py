"""The validation loss: the loss of the averaged weights on photos that are not used in training.

Every measurement uses the same crops, conditions and noise, so the numbers of one run, and of runs with the
same recipe, can be compared. It is there to choose by: the recipe, the number of steps, the model to keep.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from fxdiffuse_gui.engine.conditions.tasks import Task
from trainer.data.dataset import draw_batch, step_generator
from trainer.data.fingerprints import Fingerprint
from trainer.data.pack import Pack, Pairs
from trainer.evaluation.photos import load_evaluation_photos
from trainer.recipes import Phase, TrainConfig

_SAMPLES = 64
_SEED = -1  # no run has it, so no run trains on these draws
_ALL = 100_000


@dataclass(frozen=True)
class ValidationSet:
    """What the validation loss is measured on.

    tiles: (N, T, T, 3) uint8 sRGB. sources: names and fingerprints of the photos. pairs: see `Pack`.
    """

    tiles: NDArray[np.uint8]
    sources: list[tuple[str, Fingerprint]]
    pairs: Pairs | None = None

    @classmethod
    def of_folders(cls, folders: list[Path], side: int) -> "ValidationSet":
        """The most textured square of `side` px of every photo below the folders.

        Raises TrainerError when no photo is large enough.
        """
        photos = load_evaluation_photos(folders, _ALL, side)
        tiles = [(crop * 255).round().astype(np.uint8) for crop in photos.crops]
        return cls(np.stack(tiles), photos.sources)

    @classmethod
    def of_pack(cls, pack: Pack) -> "ValidationSet":
        """The validation split of a pack."""
        sources = [
            (photo.file, Fingerprint(bytes.fromhex(photo.sha256)[:8], bytes.fromhex(phash)))
            for photo in pack.photos
            for phash in photo.phashes
        ]
        return cls(pack.tiles, sources, pack.pairs)


@dataclass(frozen=True)
class MeanLoss:
    """mean: over all samples. tasks: by task, over the samples in which it is active (rounded)."""

    mean: float
    tasks: dict[str, float]


@torch.no_grad()
def validation_loss(
    loss: Callable[..., Tensor], config: TrainConfig, held_out: ValidationSet, device: torch.device
) -> MeanLoss:
    """The mean loss of 64 samples, drawn as the recipe draws its first phase.

    loss: (photo, target, condition, noise generator) → (B,) losses.
    """
    first = config.phases[0]
    phase = Phase(1.0, first.crop, min(first.batch, _SAMPLES))
    fixed = replace(config, phases=(phase,), shares=1, seed=_SEED)
    tiles = torch.from_numpy(held_out.tiles)
    losses: list[Tensor] = []
    active: list[Tensor] = []
    for index in range(-(-_SAMPLES // phase.batch)):
        photo, target, condition = draw_batch(tiles, fixed, index, device, pairs=held_out.pairs)
        noise = step_generator(_SEED, index, 0, "noise", device)
        losses.append(loss(photo, target, condition, noise))
        active.append(condition.active)
    return mean_losses(torch.cat(losses), torch.cat(active))


def mean_losses(losses: Tensor, active: Tensor) -> MeanLoss:
    """losses: (B,). active: (B, 5) bool, the tasks of each sample."""
    tasks = {
        task.value: round(float(losses[active[:, i]].mean()), 5)
        for i, task in enumerate(Task)
        if bool(active[:, i].any())
    }
    return MeanLoss(float(losses.mean()), tasks)
