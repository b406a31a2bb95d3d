"""Operator heads: learned operators on the photo, driven by the label features.

To first order, four of the effects are one simple operator whose coefficients depend on the condition: a
color map, a blur kernel, a small filter. Each head has the form of such an operator and learns its
coefficients from data; the U-Net models the rest (clipping, grain, the heads' errors). A head whose task is
inactive is the identity, so inactive tasks leave no trace. Compare dynamic filter networks (De Brabandere et
al. 2016), kernel prediction (Bako et al. 2017) and adaptive instance normalization (Huang & Belongie 2017).
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.batch import TASK_INDEX, ConditionBatch
from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from fxdiffuse_gui.engine.effects.basics import reflect_pad, to_encoded, to_linear
from fxdiffuse_gui.engine.effects.blur import convolve
from fxdiffuse_gui.engine.effects.color import lab_to_rgb, rgb_to_lab
from fxdiffuse_gui.engine.network.labels import LabelFeatures, normalized_intensity, normalized_statistics


class OperatorHeads(nn.Module):
    """The heads in the order of the task table: color, blur, sharpen, grain."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.color = ColorHead(width)
        self.blur = BlurHead(width)
        self.sharpen = FilterHead(width, Task.SHARPEN)
        self.grain = FilterHead(width, Task.GRAIN)

    def forward(self, image: Tensor, condition: ConditionBatch, features: LabelFeatures) -> Tensor:
        """The heads' estimate of the edit: image (B, 3, H, W) in [0, 1] to the same shape and range."""
        for head in (self.color, self.blur, self.sharpen, self.grain):
            rows = condition.is_active(head.task).nonzero().flatten()
            if rows.numel():
                changed = head(image[rows], condition, features.own[rows, TASK_INDEX[head.task]], rows)
                image = image.index_copy(0, rows, changed)
        return image.clamp(0, 1)


class ColorHead(nn.Module):
    """A 3×4 color matrix on L*a*b* values normalized by the photo's own statistics.

    As in adaptive instance normalization the affine parameters come from the label features; the matrix maps
    normalized values directly to the new color. The strength of the task mixes the result with the input.
    """

    task = Task.COLOR

    def __init__(self, width: int) -> None:
        super().__init__()
        self.coefficients = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, 12))
        self.direct = nn.Linear(12, 12)  # from the statistics, in which nearly all of the map is linear
        with torch.no_grad():  # start at the identity: the photo's own standard deviations and means
            self.direct.weight.zero_()
            self.direct.bias.zero_()
            for channel in range(3):
                self.direct.weight[4 * channel, 3 + channel] = 0.5
                self.direct.weight[9 + channel, channel] = 1.0

    def forward(self, image: Tensor, condition: ConditionBatch, token: Tensor, rows: Tensor) -> Tensor:
        """image: (N, 3, H, W) of the batch's `rows`, (N,); token: (N, d) of the color task."""
        source = normalized_statistics(condition.image_statistics[rows])
        target = normalized_statistics(condition.reference_statistics[rows])
        unit = image.new_tensor([50.0, 50.0, 50.0])[:, None, None]
        mean, std = source[:, :3, None, None], source[:, 3:, None, None] * 0.5
        normalized = (rgb_to_lab(image) / unit - mean) / std.clamp_min(0.01)
        matrix = self.direct(torch.cat([source, target], 1)) + 0.1 * self.coefficients(token)
        scale, shift = matrix[:, :9].unflatten(1, (3, 3)), matrix[:, 9:, None, None]
        mapped = torch.einsum("bij,bjhw->bihw", scale, normalized) + shift
        new = lab_to_rgb(mapped * unit).clamp(-0.2, 1.2)
        strength = condition.value(Task.COLOR)[rows, None, None, None]
        return (image + strength * (new.clamp(0, 1) - image)).clamp(0, 1)


class BlurHead(nn.Module):
    """A predicted blur kernel, applied in linear light.

    A coordinate network computes the weight of every offset from its position along and across the blur
    direction, the extent and the label token; weights are positive and sum to 1.
    """

    task = Task.BLUR

    def __init__(self, width: int, hidden: int = 48) -> None:
        super().__init__()
        self.reach = math.ceil(SPECS[Task.BLUR].maximum / 2) + 2
        self.token = nn.Linear(width, hidden)
        self.offsets = nn.Linear(11, hidden)
        self.layers = nn.Sequential(
            nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU()
        )
        self.weight = nn.Linear(hidden, 1)

    def forward(self, image: Tensor, condition: ConditionBatch, token: Tensor, rows: Tensor) -> Tensor:
        """image: (N, 3, H, W) of the batch's `rows`, (N,); token: (N, d) of the blur task."""
        kernel = self.kernel(condition.value(Task.BLUR)[rows], condition.angle[rows], token)
        return to_encoded(convolve(to_linear(image), kernel)).clamp(0, 1)

    def kernel(self, extent: Tensor, angle: Tensor, token: Tensor) -> Tensor:
        """(N, k, k) kernels that sum to 1. extent: (N,) px; angle: (N,) degrees; token: (N, d)."""
        axis = torch.arange(-self.reach, self.reach + 1, device=extent.device, dtype=extent.dtype)
        y, x = torch.meshgrid(axis, axis, indexing="ij")
        radians = (angle * (math.pi / 180))[:, None, None]
        cos, sin = radians.cos(), radians.sin()
        along, across = x * cos - y * sin, x * sin + y * cos
        beyond = along.abs() - extent[:, None, None] / 2
        size = extent[:, None, None].expand_as(along)
        coordinates = torch.stack(
            [
                along / 8, across / 8, along.abs() / 8, across.abs(), beyond / 8, beyond.clamp(-1.5, 1.5),
                across.clamp(-1.5, 1.5), across.abs().clamp(max=2.0), size / 16,
                (2 * radians).cos().expand_as(along), (2 * radians).sin().expand_as(along),
            ],
            -1,
        )  # fmt: skip
        hidden = self.offsets(coordinates) + self.token(token)[:, None, None, :]
        logits = self.weight(self.layers(hidden)).squeeze(-1)
        # Offsets that a path cannot reach are excluded: their many small weights would veil the photo.
        reachable = (beyond < 1.5) & (across.abs() < 1.5)
        logits = logits.masked_fill(~reachable, -1e4)
        return logits.flatten(1).softmax(1).view_as(logits)


class FilterHead(nn.Module):
    """A bank of learned depthwise 5×5 filters, mixed by the label token, added to the photo.

    A part of the coefficients is proportional to the intensity, so that the response extrapolates.
    """

    def __init__(self, width: int, task: Task, filters: int = 4) -> None:
        super().__init__()
        self.task = task
        self.bank = nn.Parameter(torch.randn(filters, 1, 5, 5, device="cpu") * 0.05)
        self.mix = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, 2 * filters))

    def forward(self, image: Tensor, condition: ConditionBatch, token: Tensor, rows: Tensor) -> Tensor:
        """image: (N, 3, H, W) of the batch's `rows`, (N,); token: (N, d) of the task."""
        count = self.bank.shape[0]
        constant, slope = self.mix(token).split(count, 1)
        intensity = normalized_intensity(condition)[rows, TASK_INDEX[self.task], None]
        coefficients = constant + slope * intensity
        # One mixed kernel per sample instead of a bank of responses per sample.
        kernel = torch.einsum("nf,fhw->nhw", coefficients, self.bank[:, 0])
        kernel = kernel - kernel.mean((1, 2), keepdim=True)  # flat areas stay unchanged
        samples, channels, height, width = image.shape
        stacked = reflect_pad(image, 2).reshape(1, samples * channels, height + 4, width + 4)
        weights = kernel[:, None].repeat_interleave(channels, 0)
        change = F.conv2d(stacked, weights, groups=samples * channels).view_as(image)
        return (image + change).clamp(0, 1)
