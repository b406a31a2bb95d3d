"""Motion blur: the average of the photo along a path, in linear light.

Straight paths are the benchmark's blur of controlled intensity. `trajectory_blur` draws the random camera
paths of Boracchi & Foi, "Modeling the Performance of Image Restoration from Motion Blur" (2012).
"""

import cmath
import math

import numpy as np
import torch
from torch import Tensor

from fxdiffuse_gui.engine.effects.basics import Parameter, per_sample, reflect_pad, to_encoded, to_linear

_PATH_POINTS = 257
_STEP = 60 / 2000  # px per step of a random path
_ANXIETIES = (0.01, 0.009, 0.008, 0.007, 0.005, 0.003, 0.002, 0.001)
# Share of the public program's pull to the start, which keeps its paths on a canvas of 64 px and curls them
# up.
_CENTRIPETAL_SHARE = 0.3


def motion_blur(image: Tensor, extent: Parameter, angle: Parameter) -> Tensor:
    """Blurs along a straight path.

    image: (B, C, H, W) in [0, 1]. extent: length of the path in px, ≥ 0. angle: degrees counter-clockwise
    from the +x axis. Reflection at the borders. Returns the same shape.
    """
    kernel = straight_kernel(per_sample(extent, image).flatten(), per_sample(angle, image).flatten())
    return blur_with(image, kernel)


def straight_kernel(extent: Tensor, angle: Tensor) -> Tensor:
    """(B, k, k) kernels of straight, centered paths, each summing to 1; k is odd and fits the longest."""
    position = torch.linspace(-0.5, 0.5, _PATH_POINTS, dtype=extent.dtype, device=extent.device)
    radians = angle[:, None] * (math.pi / 180.0)
    along = extent[:, None] * position
    return rasterize_path(along * radians.cos(), -along * radians.sin())


def rasterize_path(x: Tensor, y: Tensor) -> Tensor:
    """Kernels (B, k, k) of paths: x, y, (B, N) points in px from the center, y down, splatted bilinearly."""
    reach = torch.stack([x.abs().amax(), y.abs().amax()]).amax()
    half = math.ceil(float(reach)) + 1
    size = 2 * half + 1
    left, top = x.floor(), y.floor()
    kernel = x.new_zeros(x.shape[0], size * size)
    for dx in (0, 1):
        for dy in (0, 1):
            weight = (1 - (x - left - dx).abs()) * (1 - (y - top - dy).abs())
            index = (top.long() + dy + half) * size + left.long() + dx + half
            kernel.scatter_add_(1, index, weight)
    return kernel.div_(x.shape[1]).unflatten(1, (size, size))


def blur_with(image: Tensor, kernel: Tensor) -> Tensor:
    """Convolves each sample of (B, C, H, W) with its own (B, k, k) kernel in linear light."""
    return to_encoded(convolve(to_linear(image), kernel)).clamp(0, 1)


def convolve(image: Tensor, kernel: Tensor) -> Tensor:
    """Convolves each sample of (B, C, H, W) with its own (B, k, k) kernel, k odd, with reflected borders.

    Keeps the shape. By FFT, since kernels of motion blur are large.
    """
    half = kernel.shape[-1] // 2
    padded = reflect_pad(image, half)
    height, width = padded.shape[-2:]
    spectrum = torch.fft.rfft2(padded) * torch.fft.rfft2(kernel, s=(height, width))[:, None]
    # The full kernel lies at the origin, so the valid part of the circular result starts at 2·half.
    return torch.fft.irfft2(spectrum, s=(height, width))[..., 2 * half :, 2 * half :]


def trajectory_blur(image: Tensor, extent: Parameter, *, generator: torch.Generator) -> Tensor:
    """Blurs along random camera paths whose lengths are `extent` px. Shapes as of `motion_blur`."""
    lengths = per_sample(extent, image).flatten()
    paths = [random_trajectory(float(length), generator=generator) for length in lengths.cpu()]
    points = torch.stack(paths).to(image)
    return blur_with(image, rasterize_path(points[..., 0], points[..., 1]))


def random_trajectory(extent: float, *, generator: torch.Generator, points: int = 512) -> Tensor:
    """One (points, 2) camera path (x, y) of total length `extent` px, centered on its mean.

    A particle with inertia, Gaussian perturbations, a centripetal pull and rare big shakes. The parameters
    are drawn from the ranges of the public program of this model, where a path is 60 px long in 2,000 steps.
    A shorter exposure takes the beginning of such a path: short paths are nearly straight, long ones wander.
    Points are uniform in time over the exposure.
    """

    def uniform(low: float, high: float) -> float:
        return low + (high - low) * float(torch.rand((), generator=generator, dtype=torch.float64))

    count = max(math.ceil(extent / _STEP), 2)
    anxiety = _ANXIETIES[int(torch.randint(len(_ANXIETIES), (), generator=generator))]
    pull, shake_chance = anxiety * _CENTRIPETAL_SHARE * uniform(0, 0.7), anxiety * uniform(0, 0.2)
    jitter, heading = anxiety * uniform(0, 10), uniform(0, 2 * math.pi)
    kicks = torch.randn(count, 2, generator=generator, dtype=torch.float64)
    chances = torch.rand(count, 2, generator=generator, dtype=torch.float64)
    velocity = complex(math.cos(heading), math.sin(heading)) * _STEP
    position, path = 0j, [0j]
    for kick, (chance, turn) in zip(kicks.tolist(), chances.tolist(), strict=True):
        push = (jitter * complex(*kick) - pull * position) * _STEP
        if chance < shake_chance:
            # A jerk nearly straight back.
            push += 2 * velocity * cmath.exp(1j * (math.pi + turn - 0.5))
        velocity += push
        velocity *= _STEP / max(abs(velocity), 1e-12)
        position += velocity
        path.append(position)
    times = np.linspace(0, count, points)
    x, y = (np.interp(times, np.arange(count + 1), axis) for axis in (np.real(path), np.imag(path)))
    track = torch.from_numpy(np.stack([x, y], 1))
    length = (track[1:] - track[:-1]).norm(dim=1).sum().clamp_min(1e-12)
    return ((track - track.mean(0)) * (extent / length)).float()
