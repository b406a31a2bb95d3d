"""Label features f_θ(C): conditions as tokens (supplement, section D).

One token per task: the sum of a task embedding, an embedding of the binary activation label, Fourier features
of the intensity, and the task's other parameters (blur direction, color statistics). A small transformer
mixes the tokens, if it has layers. The unmixed tokens are kept for the operator heads, so that each head sees
its own task alone.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import SPECS, TASKS, Task
from fxdiffuse_gui.engine.network.config import LabelConfig

_FREQUENCIES = 6
_EXTRAS = 2 + 12  # blur direction; color statistics of photo and reference
_LEAST_STD = 0.5  # of L*a*b*, so that even pictures have a logarithm


@dataclass(frozen=True)
class LabelFeatures:
    """own: (B, 5, d), the tokens before mixing. tokens: (B, 5, d), the tokens after it."""

    own: Tensor
    tokens: Tensor


class LabelEncoder(nn.Module):
    """f_θ: conditions to label features."""

    def __init__(self, config: LabelConfig) -> None:
        super().__init__()
        self.config = config
        count, width = len(TASKS), config.width
        # On the CPU explicitly: randn on the meta device, where model files are checked, imports for seconds.
        self.task = nn.Parameter(torch.randn(count, width, device="cpu") * 0.5)
        self.activation = nn.Parameter(torch.randn(2, count, width, device="cpu") * 0.5)
        self.intensity = nn.Linear(1 + 2 * _FREQUENCIES, width, bias=False)
        self.extras = nn.Linear(_EXTRAS, width, bias=False)
        self.own = nn.Sequential(nn.Linear(width, 2 * width), nn.SiLU(), nn.Linear(2 * width, width))
        self.mix = _mixer(config) if config.layers else nn.Identity()

    def forward(self, condition: ConditionBatch) -> LabelFeatures:
        """The tokens of B conditions; an inactive task contributes its 'off' embedding alone."""
        active = condition.active.to(self.task.dtype)[..., None]
        tokens = self.task + active * self.intensity(intensity_features(condition))
        tokens = tokens + active * self.extras(_extras(condition, self._scaled_statistics))
        if self.config.activation_labels:
            tokens = tokens + torch.where(condition.active[..., None], self.activation[1], self.activation[0])
        own = tokens + self.own(tokens)
        return LabelFeatures(own, self.mix(own))

    def _scaled_statistics(self, statistics: Tensor) -> Tensor:
        if self.config.log_statistics:
            return logarithmic_statistics(statistics)
        return normalized_statistics(statistics)


def _mixer(config: LabelConfig) -> nn.Module:
    layer = nn.TransformerEncoderLayer(
        config.width,
        config.heads,
        2 * config.width,
        dropout=0.0,
        batch_first=True,
        norm_first=True,
        activation="gelu",
    )
    # The fast path by nested tensors is meant for padded batches, and still a prototype in torch.
    return nn.TransformerEncoder(layer, config.layers, enable_nested_tensor=False)


def normalized_intensity(condition: ConditionBatch) -> Tensor:
    """(B, 5) intensities over each task's maximum, in [0, 1]."""
    maxima = condition.values.new_tensor([spec.maximum for spec in TASKS])
    return condition.values / maxima


def intensity_features(condition: ConditionBatch) -> Tensor:
    """(B, 5, 1 + 2·6): the normalized intensity and its Fourier features."""
    value = normalized_intensity(condition)[..., None]
    phase = value * (math.pi * 2.0 ** torch.arange(_FREQUENCIES, device=value.device) / 2)
    return torch.cat([value, phase.sin(), phase.cos()], -1)


def normalized_statistics(statistics: Tensor) -> Tensor:
    """(B, 6) L*a*b* means and standard deviations, scaled to about unit range."""
    return statistics / statistics.new_tensor([50.0, 50.0, 50.0, 25.0, 25.0, 25.0])


def logarithmic_statistics(statistics: Tensor) -> Tensor:
    """(B, 6) L*a*b* means, centered and scaled to about unit range, and logarithms of the standard deviations
    over usual ones. Color transfer multiplies by the ratio of two deviations: here a difference."""
    mean, std = statistics.split(3, 1)
    mean = (mean - mean.new_tensor([50.0, 0.0, 0.0])) / mean.new_tensor([25.0, 12.0, 12.0])
    return torch.cat([mean, (std.clamp_min(_LEAST_STD) / std.new_tensor([20.0, 8.0, 8.0])).log()], 1)


def _extras(condition: ConditionBatch, scaled: Callable[[Tensor], Tensor]) -> Tensor:
    """(B, 5, 14): cosine and sine of the doubled blur angle (a path has an orientation, not a direction), and
    the color statistics, scaled, each in the row of its task."""
    double = condition.angle * (2 * math.pi / 180)
    extras = condition.values.new_zeros(len(condition), len(SPECS), _EXTRAS)
    extras[:, TASK_INDEX[Task.BLUR], 0] = double.cos()
    extras[:, TASK_INDEX[Task.BLUR], 1] = double.sin()
    color = TASK_INDEX[Task.COLOR]
    extras[:, color, 2:8] = scaled(condition.image_statistics)
    extras[:, color, 8:14] = scaled(condition.reference_statistics)
    return extras
