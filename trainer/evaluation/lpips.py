"""LPIPS on AlexNet features, version 0.1, from a weights file that the user provides.

Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", 2018. The weights are
not part of fxdiffuse: pass `--lpips-weights FILE` or set FXDIFFUSE_LPIPS. The file is safetensors with
`backbone.conv1..5` and `heads.0..4`. Without it, reports leave LPIPS out.
"""

import os
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from trainer.errors import TrainerError

ENVIRONMENT = "FXDIFFUSE_LPIPS"
_SHIFT, _SCALE = (-0.030, -0.088, -0.188), (0.458, 0.448, 0.450)
_GEOMETRY = ((4, 2), (1, 2), (1, 1), (1, 1), (1, 1))  # stride, padding of the five convolutions
_MINIMUM = 64  # px; smaller images leave nothing of AlexNet's last features


class Lpips:
    """The distance as a callable on (1, 3, H, W) images in [0, 1] with sides of at least 64 px."""

    def __init__(self, path: Path) -> None:
        """Raises TrainerError when the file cannot be read or lacks a layer."""
        try:
            weights = load_file(path)
            self.layers = [
                (weights[f"backbone.conv{i}.weight"], weights[f"backbone.conv{i}.bias"]) for i in range(1, 6)
            ]
            self.heads = [_head(weights, i) for i in range(5)]
        except (OSError, SafetensorError, KeyError) as error:
            raise TrainerError(
                "{path} does not hold LPIPS weights of AlexNet in safetensors.", path=path
            ) from error

    @torch.inference_mode()
    def __call__(self, a: Tensor, b: Tensor) -> float:
        """The mean over positions, summed over layers. Raises ValueError for images that are too small."""
        if min(a.shape[-2:]) < _MINIMUM:
            raise ValueError(f"LPIPS needs images of at least {_MINIMUM} px.")
        total = 0.0
        for first, second, head in zip(self._features(a), self._features(b), self.heads, strict=True):
            total += float(((first - second).square() * head).sum(1).mean())
        return total

    def _features(self, image: Tensor) -> list[Tensor]:
        """Unit-normalized activations after each of the five convolutions."""
        x = (image.cpu() * 2 - 1 - image.new_tensor(_SHIFT)[:, None, None].cpu()) / torch.tensor(_SCALE)[
            :, None, None
        ]
        found: list[Tensor] = []
        for index, ((weight, bias), (stride, padding)) in enumerate(zip(self.layers, _GEOMETRY, strict=True)):
            if index in (1, 2):
                x = F.max_pool2d(x, 3, 2)
            x = F.relu(F.conv2d(x, weight, bias, stride, padding))
            found.append(x / (x.square().sum(1, keepdim=True).sqrt() + 1e-10))
        return found


def find_lpips(path: Path | None) -> Lpips | None:
    """The distance from the weights in `path`, or in the file that FXDIFFUSE_LPIPS names; None without
    either.

    Raises TrainerError when the file cannot be used.
    """
    if path is None and os.environ.get(ENVIRONMENT):
        path = Path(os.environ[ENVIRONMENT])
    return None if path is None else Lpips(path)


def _head(weights: dict[str, Tensor], index: int) -> Tensor:
    name = next((n for n in weights if n.startswith(f"heads.{index}")), f"heads.{index}")
    return weights[name].reshape(1, -1, 1, 1)
