"""The film grain model in numbers: its constants, and the grain of a photo made smaller. No torch.

Grain is that of Newson, Delon & Galerne (2017), see `effects.grain`. By that theory grain of radius r has at
mid-tones the covariance A·[h = 0] + B(r)·exp(−|h|²/4σ²) at the distance h: the binomial noise of the query
points, and the grains seen through the lens. Averaging n × n pixels weakens both and correlates neighboring
pixels. The model knows grain by its radius alone, so the averaged grain is described by the radius with the
same correlation between neighbors, and by a gain.
"""

import math

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task

GRAIN_SAMPLES = 800
"""Query points per pixel: their Monte Carlo noise is part of the effect."""
LENS_SIGMA = 0.8
"""σ of the Gaussian lens that grain is seen through, px."""
EXPOSURE_SCALE = 255.0 / 255.1
"""Exposure u of a white pixel: below 1, where the number of grains would be infinite."""

_POWER = 0.643  # K at mid-gray, see `effects.grain.grain_power`
_WHITE_NOISE = 0.25 / GRAIN_SAMPLES  # A
_NODES = 64
_INTEGER_TOLERANCE = 0.005  # nearer to a whole number of pixels, averages hold no parts of pixels


def zoomed_grain(radius: float, zoom: float) -> tuple[float, float]:
    """(radius, gain) of the grain that averaging leaves.

    radius: px at full size, in the range of the task. zoom: 0..1]. Returns the radius in px, in the range of
    the task, whose grain at zoom 1 correlates alike, and the standard deviation left over that of this
    radius, 0..1].
    """
    size = 1 / zoom
    if abs(size - round(size)) < _INTEGER_TOLERANCE:
        white, white_neighbor, box = 1 / size, 0.0, math.sqrt(size**2 - 1)
    else:  # pixels at the edges of an average count in part, and for two neighboring averages
        white, white_neighbor, box = (size - 1 / 3) / size**2, 1 / (6 * size**2), size
    lens, grains = _lens_correlation(box, 0.0), _grain_variance(radius)
    variance = _WHITE_NOISE * white**2 + grains * lens**2
    covariance = _WHITE_NOISE * white * white_neighbor + grains * lens * _lens_correlation(box, size)
    correlation = covariance / variance
    # The same share of the variance seen through the lens, at the distance of one pixel.
    neighbor = math.exp(-1 / (4 * LENS_SIGMA**2))
    similar = _WHITE_NOISE * correlation / max(neighbor - correlation, 1e-9)
    spec = SPECS[Task.GRAIN]
    found = min(max(math.sqrt(similar / _grain_variance(1.0)), spec.minimum), spec.maximum)
    return found, math.sqrt(variance / (_WHITE_NOISE + _grain_variance(found)))


def _grain_variance(radius: float) -> float:
    """B(r): the variance of the grains themselves."""
    return radius**2 * _POWER / (4 * math.pi * LENS_SIGMA**2)


def _lens_correlation(box: float, distance: float) -> float:
    """∫ tri(t)·exp(−(t + distance)²/4σ²) dt: the lens' correlation along one axis, averaged over a box."""
    if box == 0:
        return math.exp(-(distance**2) / (4 * LENS_SIGMA**2))
    total = 0.0
    for node in range(-_NODES, _NODES + 1):
        t = node / _NODES
        total += (1 - abs(t)) * math.exp(-((t * box + distance) ** 2) / (4 * LENS_SIGMA**2))
    return total / _NODES
