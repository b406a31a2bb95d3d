"""Real blur from video, as REDS was made: the same sharp frame at several exposure lengths.

Frames between the recorded ones are interpolated by optical flow, and averaged in linear light around one
center frame.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.optical_flow import (
    Flow,
    Frame,
    Motion,
    consistency_error,
    dense_flow,
    interpolate_frame,
    magnitude,
    match_error,
    pixel_grid,
    sample_at,
)

_CUT_PIXELS, _CUT_LEVELS = 1.0, 16.0  # above either `match_error`, two frames do not show the same scene
_STEP_UNIT, _MAX_STEPS = 8, 32  # interpolated steps per frame: a multiple of 8, so that quarters are whole

_code = np.arange(256, dtype=np.float64) / 255
_LINEAR = np.where(_code <= 0.04045, _code / 12.92, ((_code + 0.055) / 1.055) ** 2.4).astype(np.float32)


@dataclass(frozen=True)
class Exposure:
    """One exposure of a sharp frame. blurry: (H, W, 3) uint8 RGB."""

    blurry: Frame
    motion: Motion


def linear_light(frame: Frame) -> NDArray[np.float32]:
    """uint8 sRGB as linear light in [0, 1]."""
    return _LINEAR[frame]


def to_srgb(linear: NDArray[np.float32]) -> Frame:
    """Linear light as uint8 sRGB."""
    high = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    return (np.where(linear <= 0.0031308, linear * 12.92, high).clip(0, 1) * 255).round().astype(np.uint8)


def exposure_series(frames: Sequence[Frame], lengths: Sequence[float]) -> list[Exposure]:
    """The middle frame, exposed for each of `lengths` (in frames), shortest first.

    frames: an odd number of consecutive frames. Lengths that reach beyond them, or over a cut between scenes,
    are left out. Lengths are rounded to whole interpolated steps of about 1 px of motion, at least eight to a
    frame.
    """
    center = len(frames) // 2
    halves = [_HalfClip.of(frames[center:]), _HalfClip.of(frames[center::-1])]
    reach = min(half.reach for half in halves)
    speed = max((half.speed for half in halves), default=0.0)
    steps = min(max(math.ceil(speed / _STEP_UNIT), 1) * _STEP_UNIT, _MAX_STEPS)
    counts = sorted({max(round(e * steps / 2), 1) for e in lengths if e / 2 <= reach})
    exposures: list[Exposure] = []
    inner = linear_light(frames[center])  # a new array: the sum of all frames inside, without both ends
    done = 0
    for count in counts:
        for step in range(done + 1, count):
            inner += sum(half.frame(step, steps) for half in halves)
        ends = sum(half.frame(count, steps) for half in halves)
        mean = np.asarray((inner + np.float32(0.5) * ends) / np.float32(2 * count), np.float32)
        exposures.append(Exposure(to_srgb(mean), _motion(halves, count / steps)))
        inner += ends
        done = count
    return exposures


@dataclass(frozen=True)
class _HalfClip:
    """The frames that follow the center frame (or precede it, in reverse order), in linear light, and the
    flow both ways between neighbors."""

    linear: list[NDArray[np.float32]]
    flows: list[tuple[Flow, Flow]]

    @classmethod
    def of(cls, frames: Sequence[Frame]) -> "_HalfClip":
        """Stops at the first cut between scenes."""
        flows: list[tuple[Flow, Flow]] = []
        for first, second in pairwise(frames):
            forward, backward = dense_flow(first, second), dense_flow(second, first)
            pixels, levels = match_error(first, second, forward, backward)
            if pixels > _CUT_PIXELS or levels > _CUT_LEVELS:
                break
            flows.append((forward, backward))
        return cls([linear_light(f) for f in frames[: len(flows) + 1]], flows)

    @property
    def reach(self) -> int:
        """Frames from the center to the last one."""
        return len(self.flows)

    @property
    def speed(self) -> float:
        """95th percentile of the motion, px per frame."""
        return max((float(np.percentile(magnitude(f), 95)) for f, _ in self.flows), default=0.0)

    def frame(self, step: int, steps: int) -> NDArray[np.float32]:
        """The picture at `step`/`steps` frames from the center."""
        whole, rest = divmod(step, steps)
        if rest == 0:
            return self.linear[whole]
        first, second = self.linear[whole], self.linear[whole + 1]
        return interpolate_frame(first, second, *self.flows[whole], rest / steps)

    def path(self, reach: float) -> tuple[NDArray[np.float32], Flow]:
        """Length of each center pixel's path up to `reach` frames away, and its displacement, px."""
        height, width = self.linear[0].shape[:2]
        length, moved = np.zeros((height, width), np.float32), np.zeros((height, width, 2), np.float32)
        for number, (forward, _) in enumerate(self.flows[: math.ceil(reach)]):
            share = np.float32(min(reach - number, 1.0))
            motion = share * sample_at(forward, pixel_grid(forward) + moved, cv2.INTER_LINEAR)
            length += magnitude(motion)
            moved += motion
        return length, moved


def _motion(halves: Sequence[_HalfClip], reach: float) -> Motion:
    """Motion during an exposure from `reach` frames before the center to `reach` frames after it."""
    (length_after, after), (length_before, before) = (half.path(reach) for half in halves)
    errors = [consistency_error(*half.flows[0]) for half in halves]
    return Motion(length_after + length_before, after - before, np.maximum.reduce(errors))
