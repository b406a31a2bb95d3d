"""What film grain looks like once a photo has been made smaller, by the theory of `effects.grain`.

Grain of radius r has at mid-tones the covariance A·[h = 0] + B(r)·exp(−|h|²/4σ²): the binomial noise of the
query points, and the grains seen through the lens. Averaging n × n pixels makes both weaker and, pixel for
pixel, more alike. The model knows grain by its radius alone, so the averaged grain is named by the radius of
the same correlation between neighbors and by a gain. No torch.
"""

import math

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task

_SIGMA = 0.8  # px, of the lens
_SAMPLES = 800
_POWER = 0.643  # K at mid-gray
_WHITE = 0.25 / _SAMPLES
_NODES = 64
_WHOLE = 0.005  # nearer to a whole number of pixels, averages hold no parts of pixels


def zoomed_grain(radius: float, zoom: float) -> tuple[float, float]:
    """The radius whose grain is most like that of `radius` in a picture `zoom` (0..1] times as large, and
    how many times weaker the latter is (0..1]."""
    size = 1 / zoom
    if abs(size - round(size)) < _WHOLE:
        white, white_beside, box = 1 / size, 0.0, math.sqrt(size**2 - 1)
    else:  # pixels at the edges of the average count in part, and for both of two neighbors
        white, white_beside, box = (size - 1 / 3) / size**2, 1 / (6 * size**2), size
    near, seen = _lens(box, 0.0), _seen(radius)
    variance = _WHITE * white**2 + seen * near**2
    beside = _WHITE * white * white_beside + seen * near * _lens(box, size)
    share = beside / variance
    # The same share of the variance seen through the lens, at the distance of one pixel.
    neighbor = math.exp(-1 / (4 * _SIGMA**2))
    alike = _WHITE * share / max(neighbor - share, 1e-9)
    limits = SPECS[Task.GRAIN].minimum, SPECS[Task.GRAIN].maximum
    found = min(max(math.sqrt(alike / _seen(1.0)), limits[0]), limits[1])
    return found, math.sqrt(variance / (_WHITE + _seen(found)))


def _seen(radius: float) -> float:
    """B(r): the variance of the grains themselves."""
    return radius**2 * _POWER / (4 * math.pi * _SIGMA**2)


def _lens(box: float, distance: float) -> float:
    """∫ tri(t)·exp(−(t + distance)²/4σ²) dt: the lens' correlation along one axis, averaged over a box."""
    if box == 0:
        return math.exp(-(distance**2) / (4 * _SIGMA**2))
    total = 0.0
    for node in range(-_NODES, _NODES + 1):
        t = node / _NODES
        total += (1 - abs(t)) * math.exp(-((t * box + distance) ** 2) / (4 * _SIGMA**2))
    return total / _NODES
