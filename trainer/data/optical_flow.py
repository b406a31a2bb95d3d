"""Motion between frames: dense optical flow, paths over several frames, and frames in between."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Flow = NDArray[np.float32]
"""(H, W, 2): where each pixel of one frame lies in the other, as a displacement (x right, y down) in px."""

Frame = NDArray[np.uint8]
"""(H, W, 3) RGB."""

_PERCENTILE = 90
_SHARED = 0.6  # of the extent, that the median pixel of a telling part moves at least
_DOUBT = 0.4  # px


@dataclass(frozen=True)
class Motion:
    """length: (H, W), the path in px that each pixel takes during an exposure. displacement: (H, W, 2), from
    its beginning to its end. doubt: (H, W), how far the flow forth and back misses its start, px."""

    length: NDArray[np.float32]
    displacement: Flow
    doubt: NDArray[np.float32]

    def measure(self, rows: slice, columns: slice) -> tuple[float, float]:
        """Blur extent (90th percentile, px) and direction (dominant axis, degrees counter-clockwise from
        +x, in [0, 180)) of a part of the picture."""
        extent = float(np.percentile(self.length[rows, columns], _PERCENTILE))
        return extent, dominant_axis(self.displacement[rows, columns])

    def is_telling(self, rows: slice, columns: slice) -> bool:
        """Whether extent and direction say something of the part as a whole: most of it moves, not a
        passer-by alone, and the flow is sure of it."""
        length = self.length[rows, columns]
        moving = float(np.median(length)) >= _SHARED * float(np.percentile(length, _PERCENTILE))
        return moving and float(np.percentile(self.doubt[rows, columns], 75)) <= _DOUBT


def dense_flow(first: Frame, second: Frame) -> Flow:
    """Flow from `first` to `second` by dense inverse search (Kroeger et al. 2016)."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0)  # half-pixel motion is what small blur extents are made of
    grays = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (first, second)]
    empty = np.zeros((*grays[0].shape, 2), np.float32)
    return np.asarray(search.calc(grays[0], grays[1], empty), np.float32)


def dominant_axis(flow: Flow) -> float:
    """Direction in degrees counter-clockwise from +x, in [0, 180), along which most of the motion is."""
    x, y = flow[..., 0].astype(np.float64), -flow[..., 1].astype(np.float64)
    radians = 0.5 * math.atan2(2 * float((x * y).sum()), float((x * x - y * y).sum()))
    return math.degrees(radians) % 180.0


def central_motion(sharp: Frame, before: Frame | None, after: Frame | None, duty: float) -> Motion:
    """Motion during the share `duty` of the time between frames, centered on `sharp`, from its neighbors.

    Raises ValueError when neither neighbor is given.
    """
    flows: list[Flow] = []
    doubts: list[NDArray[np.float32]] = []
    for other, sign in ((after, 1.0), (before, -1.0)):
        if other is None:
            continue
        forward, backward = dense_flow(sharp, other), dense_flow(other, sharp)
        flows.append(forward * np.float32(sign))
        doubts.append(doubt(forward, backward))
    if not flows:
        raise ValueError("a frame without neighbors has no motion to measure")
    mean = np.asarray(sum(flows) / np.float32(len(flows)) * np.float32(duty), np.float32)
    return Motion(norm(mean), mean, np.maximum.reduce(doubts))


def norm(flow: Flow) -> NDArray[np.float32]:
    """(H, W) lengths."""
    return np.asarray(np.hypot(flow[..., 0], flow[..., 1]), np.float32)


def doubt(forward: Flow, backward: Flow) -> NDArray[np.float32]:
    """(H, W): by how many px the way forth and back misses where it started."""
    return norm(forward + sample(backward, grid_of(forward) + forward, cv2.INTER_LINEAR))


def grid_of(flow: Flow) -> NDArray[np.float32]:
    """(H, W, 2) pixel positions, x first."""
    height, width = flow.shape[:2]
    return np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1).astype(np.float32)


def sample(
    image: NDArray[np.float32], position: NDArray[np.float32], interpolation: int
) -> NDArray[np.float32]:
    """`image` looked up at (H, W, 2) positions; beyond the border its edge is repeated."""
    return cv2.remap(image, position, None, interpolation, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def mismatch(first: Frame, second: Frame, forward: Flow, backward: Flow) -> tuple[float, float]:
    """How badly two frames match: median forth-and-back error in px, mean gray difference in levels after
    warping. Large over a cut between scenes."""
    position = grid_of(forward) + forward
    grays = [cv2.cvtColor(f, cv2.COLOR_RGB2GRAY).astype(np.float32) for f in (first, second)]
    difference = np.abs(grays[0] - sample(grays[1], position, cv2.INTER_LINEAR))
    return float(np.median(doubt(forward, backward))), float(difference.mean())


def between(
    first: NDArray[np.float32], second: NDArray[np.float32], forward: Flow, backward: Flow, place: float
) -> NDArray[np.float32]:
    """The frame at `place` in (0, 1) between two frames (linear light), as both see it.

    The flows from the moment in between are approximated from those of its neighbors (Jiang et al.,
    "Super SloMo", 2018, eq. 4); what one of them has out of the picture is taken from the other alone.
    """
    grid, s = grid_of(forward), np.float32(place)
    rest = np.float32(1) - s
    positions = (
        np.asarray(grid - rest * s * forward + s * s * backward, np.float32),
        np.asarray(grid + rest * rest * forward - s * rest * backward, np.float32),
    )
    limit = np.array([first.shape[1] - 1, first.shape[0] - 1], np.float32)
    total = np.zeros(first.shape[:2], np.float32)
    result = np.zeros_like(first)
    for image, position, weight in zip((first, second), positions, (rest, s), strict=True):
        inside = ((position >= -0.5) & (position <= limit + 0.5)).all(2)
        share = np.where(inside, weight, np.float32(1e-4))
        result += share[..., None] * sample(image, position, cv2.INTER_CUBIC)
        total += share
    return np.maximum(result / total[..., None], 0)
