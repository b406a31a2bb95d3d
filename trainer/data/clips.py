"""Sharp/blurry pairs from clips: which tiles of which frames are worth keeping."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fxdiffuse_gui.engine.conditions.tasks import SPECS, Task
from trainer.data.exposures import Exposure
from trainer.data.optical_flow import Frame
from trainer.data.pack import PairTile
from trainer.data.tiles import FLAT_BELOW, PackOptions, encode_tile, sharpness, tile_starts

_MIN_DETAIL = 0.008  # mean slope along the motion, per px; below it the blur of a tile cannot be seen


@dataclass(frozen=True)
class BlurredFrame:
    """A sharp frame and the same frame really blurred, once or at several exposure lengths."""

    sharp: Frame
    exposures: list[Exposure]


@dataclass(frozen=True)
class _Candidate:
    score: float
    tile: bytes
    pairs: list[PairTile]

    @property
    def size(self) -> int:
        return len(self.tile) + sum(len(pair.data) for pair in self.pairs)


def cut_pairs(
    frames: Iterable[BlurredFrame], budget: float, options: PackOptions
) -> tuple[list[bytes], list[PairTile]]:
    """The sharpest tiles that moved, with their blurry versions; at most `budget` bytes of both.

    A blurry version is kept when its extent lies in the range of the blur control, most of the tile moves
    alike, and there is detail along the motion. Elsewhere the measured extent and angle would be wrong
    labels.
    """
    candidates = [c for frame in frames for c in _candidates(frame, options)]
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
    """Mean absolute slope of the gray tile along `angle`, per px: the detail that a blur in that direction
    changes. tile: (T, T, 3) in [0, 1]. angle: degrees counter-clockwise from +x."""
    gray = cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY)
    across, up = np.gradient(gray, axis=1), -np.gradient(gray, axis=0)
    radians = math.radians(angle)
    return float(np.abs(math.cos(radians) * across + math.sin(radians) * up).mean())


def _candidates(frame: BlurredFrame, options: PackOptions) -> Iterable[_Candidate]:
    side, quality, spec = options.tile, options.quality, SPECS[Task.BLUR]
    height, width = frame.sharp.shape[:2]
    for top in tile_starts(height, side):
        for left in tile_starts(width, side):
            rows, columns = slice(top, top + side), slice(left, left + side)
            tile = frame.sharp[rows, columns]
            scaled = np.asarray(tile, np.float32) / np.float32(255)
            score = sharpness(scaled)
            if score < FLAT_BELOW:
                continue
            pairs: list[PairTile] = []
            for exposure in frame.exposures:
                motion = exposure.motion
                extent, angle = motion.measure(rows, columns)
                in_range = spec.minimum <= extent <= spec.maximum
                if not (in_range and motion.is_uniform(rows, columns)):
                    continue
                if detail_along(scaled, angle) >= _MIN_DETAIL:
                    data = encode_tile(exposure.blurry[rows, columns], quality)
                    pairs.append(PairTile(0, extent, angle, data))
            if pairs:
                yield _Candidate(score, encode_tile(tile, quality), pairs)
