"""Random masks: the free-form masks of the benchmark, and masks like those that artists paint."""

import math

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_NATIVE_SIZE = 256  # px, the size that the parameters are given for


def free_form_mask(height: int, width: int, *, generator: torch.Generator, flip: bool = True) -> Tensor:
    """(1, H, W) of 0 and 1: a box and one to three polygonal strokes, after Yu et al., "Free-Form Image
    Inpainting with Gated Convolution" (2019), with the defaults of its public PyTorch port.

    Lengths are given for 256 px and scale with the smaller side. flip: mirrors the mask at random. The port
    means to and does not, so its strokes drift to the right; False reproduces that.
    """
    draw = _Draw(generator)
    scale = min(height, width) / _NATIVE_SIZE
    mask = np.zeros((height, width), np.uint8)
    top, left = draw.integer(0, max(height // 2 - 1, 0)), draw.integer(0, max(width // 2 - 1, 0))
    # A box of 128 px whose four sides move inwards by up to 16.
    inset_y, inset_x = (round(draw.integer(0, 16) * scale) for _ in range(2))
    side = round(128 * scale)
    mask[top + inset_y : top + side - inset_y, left + inset_x : left + side - inset_x] = 1
    for _ in range(draw.integer(1, 3)):
        _stroke(mask, draw, scale)
    if flip:
        mask = mask[:: 1 - 2 * draw.integer(0, 1), :: 1 - 2 * draw.integer(0, 1)]
    return torch.from_numpy(np.ascontiguousarray(mask)).float()[None]


def artist_mask(height: int, width: int, *, generator: torch.Generator) -> Tensor:
    """(1, H, W) of 0 and 1: a thin stroke, a few dabs, or a blob, covering about 0.5 % to 60 %."""
    draw = _Draw(generator)
    side = min(height, width)
    mask = np.zeros((height, width), np.uint8)
    kind = draw.integer(0, 2)
    if kind == 0:
        thickness = max(2, round(side * draw.uniform(0.015, 0.12)))
        points = _random_path(draw, height, width, draw.integer(3, 9), side * draw.uniform(0.08, 0.25))
        cv2.polylines(mask, [points], False, 1, thickness)
    elif kind == 1:
        for _ in range(draw.integer(1, 6)):
            center = (draw.integer(0, width - 1), draw.integer(0, height - 1))
            cv2.circle(mask, center, max(2, round(side * draw.uniform(0.02, 0.12))), 1, -1)
    else:
        angles = np.sort([draw.uniform(0, 2 * math.pi) for _ in range(draw.integer(5, 12))])
        center = np.array([draw.uniform(0.2, 0.8) * width, draw.uniform(0.2, 0.8) * height])
        size = side * draw.uniform(0.08, 0.45)
        radii = [size * draw.uniform(0.6, 1.2) for _ in angles]
        rim = [center + r * np.array([math.cos(a), math.sin(a)]) for a, r in zip(angles, radii, strict=True)]
        cv2.fillPoly(mask, [np.array(rim, np.int32)], 1)
    if not mask.any():
        mask[height // 2, width // 2] = 1
    return torch.from_numpy(mask).float()[None]


def _stroke(mask: NDArray[np.uint8], draw: "_Draw", scale: float) -> None:
    """One brush stroke: 4–11 segments whose headings alternate around ±72°."""
    height, width = mask.shape
    low = math.radians(72 - draw.uniform(0, 24))
    high = math.radians(72 + draw.uniform(0, 24))
    thickness = max(1, round(int(draw.uniform(12, 40)) * scale))
    x, y = draw.integer(0, width - 1), draw.integer(0, height - 1)
    vertices = [(x, y)]
    for segment in range(draw.integer(4, 11)):
        angle = draw.uniform(low, high)
        if segment % 2 == 0:
            angle = 2 * math.pi - angle
        length = float(np.clip(draw.normal(45.25, 22.0), 0, 90.5)) * scale
        x = int(np.clip(x + length * math.cos(angle), 0, width))
        y = int(np.clip(y + length * math.sin(angle), 0, height))
        vertices.append((x, y))
    cv2.polylines(mask, [np.array(vertices, np.int32)], False, 1, thickness)
    for vertex in vertices:
        cv2.circle(mask, vertex, thickness // 2, 1, -1)


def _random_path(draw: "_Draw", height: int, width: int, count: int, step: float) -> NDArray[np.int32]:
    heading = draw.uniform(0, 2 * math.pi)
    position = np.array([draw.uniform(0, width), draw.uniform(0, height)])
    points = [position]
    for _ in range(count):
        heading += draw.normal(0, 0.6)
        step_vector = step * np.array([math.cos(heading), math.sin(heading)])
        position = np.clip(position + step_vector, 0, [width, height])
        points.append(position)
    return np.array(points, np.int32)


class _Draw:
    """Scalar draws from an explicit generator."""

    def __init__(self, generator: torch.Generator) -> None:
        self._generator = generator

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * float(torch.rand((), generator=self._generator))

    def integer(self, low: int, high: int) -> int:
        """Uniform over low..high, both included."""
        return int(torch.randint(low, high + 1, (), generator=self._generator))

    def normal(self, mean: float, std: float) -> float:
        return mean + std * float(torch.randn((), generator=self._generator))
