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

_EXTENT_PERCENTILE = 90
_MIN_MEDIAN = 0.6  # of the extent: how far the median pixel of a uniform region must move at least
_MAX_ERROR = 0.4  # px


@dataclass(frozen=True)
class Motion:
    """Motion of every pixel during an exposure, px.

    length: (H, W), of the path. displacement: (H, W, 2), from beginning to end. error: (H, W), the
    forward-backward consistency error of the flow.
    """

    length: NDArray[np.float32]
    displacement: Flow
    error: NDArray[np.float32]

    def measure(self, rows: slice, columns: slice) -> tuple[float, float]:
        """Blur extent (90th percentile of the path lengths, px) and direction (dominant axis, degrees
        counter-clockwise from +x, in [0, 180)) of a region."""
        extent = float(np.percentile(self.length[rows, columns], _EXTENT_PERCENTILE))
        return extent, dominant_axis(self.displacement[rows, columns])

    def is_uniform(self, rows: slice, columns: slice) -> bool:
        """Whether extent and direction hold for the region as a whole: most of it moves, not only a
        passer-by, and the flow is consistent."""
        length = self.length[rows, columns]
        extent = float(np.percentile(length, _EXTENT_PERCENTILE))
        most_moves = float(np.median(length)) >= _MIN_MEDIAN * extent
        return most_moves and float(np.percentile(self.error[rows, columns], 75)) <= _MAX_ERROR


def dense_flow(first: Frame, second: Frame) -> Flow:
    """Flow from `first` to `second` by dense inverse search (Kroeger et al., "Fast Optical Flow using Dense
    Inverse Search", 2016)."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0)  # small blur extents come from motion of half a pixel
    grays = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (first, second)]
    empty = np.zeros((*grays[0].shape, 2), np.float32)
    return np.asarray(search.calc(grays[0], grays[1], empty), np.float32)


def dominant_axis(flow: Flow) -> float:
    """Direction in degrees counter-clockwise from +x, in [0, 180), along which most of the motion is."""
    x, y = flow[..., 0].astype(np.float64), -flow[..., 1].astype(np.float64)
    radians = 0.5 * math.atan2(2 * float((x * y).sum()), float((x * x - y * y).sum()))
    return math.degrees(radians) % 180.0


def central_motion(sharp: Frame, before: Frame | None, after: Frame | None, duty: float) -> Motion:
    """Motion during an exposure centered on `sharp`, measured on its neighbors.

    duty: exposure time over the time between frames. Raises ValueError when neither neighbor is given.
    """
    flows: list[Flow] = []
    errors: list[NDArray[np.float32]] = []
    for other, sign in ((after, 1.0), (before, -1.0)):
        if other is None:
            continue
        forward, backward = dense_flow(sharp, other), dense_flow(other, sharp)
        flows.append(forward * np.float32(sign))
        errors.append(consistency_error(forward, backward))
    if not flows:
        raise ValueError("a frame without neighbors has no motion to measure")
    mean = np.asarray(sum(flows) / np.float32(len(flows)) * np.float32(duty), np.float32)
    return Motion(magnitude(mean), mean, np.maximum.reduce(errors))


def magnitude(flow: Flow) -> NDArray[np.float32]:
    """(H, W) lengths of the displacements, px."""
    return np.asarray(np.hypot(flow[..., 0], flow[..., 1]), np.float32)


def consistency_error(forward: Flow, backward: Flow) -> NDArray[np.float32]:
    """(H, W): how many px the forward and then the backward flow miss their start by."""
    return magnitude(forward + sample_at(backward, pixel_grid(forward) + forward, cv2.INTER_LINEAR))


def pixel_grid(flow: Flow) -> NDArray[np.float32]:
    """(H, W, 2) pixel positions of a flow field, x first."""
    height, width = flow.shape[:2]
    return np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1).astype(np.float32)


def sample_at(
    image: NDArray[np.float32], position: NDArray[np.float32], interpolation: int
) -> NDArray[np.float32]:
    """`image` sampled at (H, W, 2) positions, x first; beyond the border its edge is repeated.

    interpolation: a flag of OpenCV.
    """
    return cv2.remap(image, position, None, interpolation, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def match_error(first: Frame, second: Frame, forward: Flow, backward: Flow) -> tuple[float, float]:
    """How badly two frames match: median consistency error in px, and mean gray difference after warping in
    levels of 255. Both are large across a cut between scenes."""
    position = pixel_grid(forward) + forward
    grays = [cv2.cvtColor(f, cv2.COLOR_RGB2GRAY).astype(np.float32) for f in (first, second)]
    difference = np.abs(grays[0] - sample_at(grays[1], position, cv2.INTER_LINEAR))
    return float(np.median(consistency_error(forward, backward))), float(difference.mean())


def interpolate_frame(
    first: NDArray[np.float32], second: NDArray[np.float32], forward: Flow, backward: Flow, time: float
) -> NDArray[np.float32]:
    """The frame at `time` in (0, 1) between two (H, W, 3) frames in linear light.

    The flows from that time to both frames are approximated from the flows between the frames (Jiang et al.,
    "Super SloMo", 2018, eq. 4). What lies outside one frame is taken from the other alone.
    """
    grid, s = pixel_grid(forward), np.float32(time)
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
        result += share[..., None] * sample_at(image, position, cv2.INTER_CUBIC)
        total += share
    return np.maximum(result / total[..., None], 0)
