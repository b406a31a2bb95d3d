"""Pairs from clips: which tiles of which moments are worth keeping."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from trainer.data.blur_ladder import Exposure
from trainer.data.optical_flow import Frame
from trainer.data.packfile import PairTile
from trainer.data.tiles import FLAT_BELOW, PackOptions, encode_tile, sharpness, starts

_DETAIL = 0.008


@dataclass(frozen=True)
class Moment:
    """A sharp frame, and the same one really blurred, once or at several exposure lengths."""

    sharp: Frame
    rungs: list[Exposure]


@dataclass(frozen=True)
class _Candidate:
    score: float
    tile: bytes
    pairs: list[PairTile]

    @property
    def size(self) -> int:
        return len(self.tile) + sum(len(pair.data) for pair in self.pairs)


def cut_moments(
    moments: Iterable[Moment], budget: float, options: PackOptions
) -> tuple[list[bytes], list[PairTile]]:
    """The sharpest tiles that moved, with their blurry versions, at most `budget` bytes of both.

    A blurry version counts when its extent lies in the range of the blur control, most of the tile shares
    the motion, and there is detail across it; elsewhere the measured numbers would teach nonsense.
    """
    candidates = [c for moment in moments for c in _candidates(moment, options)]
    tiles: list[bytes] = []
    pairs: list[PairTile] = []
    size = 0
    for candidate in sorted(candidates, key=lambda c: -c.score):
        if size + candidate.size > budget:
            continue
        size += candidate.size
        pairs += [PairTile(len(tiles), p.extent, p.angle, p.data) for p in candidate.pairs]
        tiles.append(candidate.tile)
    return tiles, pairs


def detail_along(tile: NDArray[np.float32], angle: float) -> float:
    """Mean absolute slope of the gray (T, T, 3) tile per px along `angle` degrees: what a blur in that
    direction can be seen by."""
    gray = cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY)
    across, up = np.gradient(gray, axis=1), -np.gradient(gray, axis=0)
    radians = math.radians(angle)
    return float(np.abs(math.cos(radians) * across + math.sin(radians) * up).mean())


def _candidates(moment: Moment, options: PackOptions) -> Iterable[_Candidate]:
    side, quality, spec = options.tile, options.quality, SPECS[Task.BLUR]
    height, width = moment.sharp.shape[:2]
    for top in starts(height, side):
        for left in starts(width, side):
            rows, columns = slice(top, top + side), slice(left, left + side)
            tile = moment.sharp[rows, columns]
            scaled = np.asarray(tile, np.float32) / np.float32(255)
            score = sharpness(scaled)
            if score < FLAT_BELOW:
                continue
            pairs: list[PairTile] = []
            for rung in moment.rungs:
                extent, angle = rung.motion.measure(rows, columns)
                if not (spec.minimum <= extent <= spec.maximum and rung.motion.is_telling(rows, columns)):
                    continue
                if detail_along(scaled, angle) >= _DETAIL:
                    data = encode_tile(rung.blurry[rows, columns], quality)
                    pairs.append(PairTile(0, extent, angle, data))
            if pairs:
                yield _Candidate(score, encode_tile(tile, quality), pairs)
