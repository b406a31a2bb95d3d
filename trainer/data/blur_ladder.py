"""Ladders of blur from video, as REDS was made: the same sharp frame at several exposure lengths.

Frames in between are interpolated by flow and averaged in linear light around one center frame.
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
    between,
    dense_flow,
    doubt,
    grid_of,
    mismatch,
    norm,
    sample,
)

_CUT_PIXELS, _CUT_LEVELS = 1.0, 16.0
_UNIT, _MOST = 8, 32  # interpolated steps per frame: a multiple, so that quarters of a frame are whole

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


def encoded(linear: NDArray[np.float32]) -> Frame:
    """Linear light as uint8 sRGB."""
    high = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    return (np.where(linear <= 0.0031308, linear * 12.92, high).clip(0, 1) * 255).round().astype(np.uint8)


def exposure_ladder(frames: Sequence[Frame], exposures: Sequence[float]) -> list[Exposure]:
    """The middle frame exposed for each of `exposures` (in frames), shortest first.

    frames: an odd number of consecutive frames. Exposures that reach beyond them or over a cut between
    scenes are left out, and lengths are rounded to whole interpolated steps (of about 1 px, and an eighth of
    a frame at most).
    """
    center = len(frames) // 2
    halves = [_Half.look(frames[center:]), _Half.look(frames[center::-1])]
    reach = min(half.reach for half in halves)
    fastest = max((half.speed for half in halves), default=0.0)
    steps = min(max(math.ceil(fastest / _UNIT), 1) * _UNIT, _MOST)
    counts = sorted({max(round(e * steps / 2), 1) for e in exposures if e / 2 <= reach})
    rungs: list[Exposure] = []
    middle = linear_light(frames[center])
    inner = middle.copy()  # the sum of all that lies within the exposure, its two ends not counted
    done = 0
    for count in counts:
        for step in range(done + 1, count):
            inner += sum(half.frame(step, steps) for half in halves)
        ends = sum(half.frame(count, steps) for half in halves)
        mean = np.asarray((inner + np.float32(0.5) * ends) / np.float32(2 * count), np.float32)
        rungs.append(Exposure(encoded(mean), _motion(halves, count / steps)))
        inner += ends
        done = count
    return rungs


@dataclass(frozen=True)
class _Half:
    """What follows (or, run backwards, precedes) the center frame, with flow both ways between neighbors."""

    linear: list[NDArray[np.float32]]
    flows: list[tuple[Flow, Flow]]

    @classmethod
    def look(cls, frames: Sequence[Frame]) -> "_Half":
        """Goes as far as the frames belong together."""
        flows: list[tuple[Flow, Flow]] = []
        for first, second in pairwise(frames):
            forward, backward = dense_flow(first, second), dense_flow(second, first)
            pixels, levels = mismatch(first, second, forward, backward)
            if pixels > _CUT_PIXELS or levels > _CUT_LEVELS:
                break
            flows.append((forward, backward))
        return cls([linear_light(f) for f in frames[: len(flows) + 1]], flows)

    @property
    def reach(self) -> int:
        return len(self.flows)

    @property
    def speed(self) -> float:
        """95th percentile of the motion per frame, px."""
        return max((float(np.percentile(norm(f), 95)) for f, _ in self.flows), default=0.0)

    def frame(self, step: int, steps: int) -> NDArray[np.float32]:
        """The picture `step`/`steps` frames away from the center."""
        whole, rest = divmod(step, steps)
        if rest == 0:
            return self.linear[whole]
        return between(self.linear[whole], self.linear[whole + 1], *self.flows[whole], rest / steps)

    def path(self, reach: float) -> tuple[NDArray[np.float32], Flow]:
        """Length of, and displacement along, each center pixel's path until `reach` frames away."""
        height, width = self.linear[0].shape[:2]
        length, moved = np.zeros((height, width), np.float32), np.zeros((height, width, 2), np.float32)
        for number, (forward, _) in enumerate(self.flows[: math.ceil(reach)]):
            share = np.float32(min(reach - number, 1.0))
            leap = share * sample(forward, grid_of(forward) + moved, cv2.INTER_LINEAR)
            length += norm(leap)
            moved += leap
        return length, moved


def _motion(halves: Sequence[_Half], reach: float) -> Motion:
    (length_after, after), (length_before, before) = (half.path(reach) for half in halves)
    doubts = [doubt(*half.flows[0]) for half in halves]
    return Motion(length_after + length_before, after - before, np.maximum.reduce(doubts))
