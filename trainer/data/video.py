"""Videos as sources of blur: evenly spaced moments of a file, each with its ladder of exposures."""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from trainer.data.blur_ladder import exposure_ladder
from trainer.data.clips import Moment
from trainer.data.optical_flow import Frame
from trainer.errors import TrainerError

_MOMENTS = 24
_SHORT_SIDE = 720  # larger videos are reduced: sharper, and as large as REDS
_MAX_PIXELS = 1 << 26


def video_moments(path: Path, exposures: Sequence[float], notes: list[str]) -> Iterator[Moment]:
    """At most 24 moments of a video, spread over its length. exposures: in frames.

    Moments with a cut between scenes too near are left out; how many is said in `notes`. Raises
    TrainerError when the file cannot be read as a video or has fewer than three frames.
    """
    capture = cv2.VideoCapture(str(path))
    try:
        if not capture.isOpened():
            raise TrainerError(f"{path.name} cannot be read as a video.")
        width, height = (capture.get(p) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if not 0 < width * height <= _MAX_PIXELS:
            raise TrainerError(
                f"{path.name} has frames of {width:.0f} × {height:.0f} px, which is too large."
            )
        count = max(int(capture.get(cv2.CAP_PROP_FRAME_COUNT)), 0)
        half = max(math.ceil(max(exposures) / 2), 1)
        if count:
            half = min(half, max((count - 1) // 2, 1))
        window: deque[Frame] = deque(maxlen=2 * half + 1)
        stride = max((count - 2 * half) // _MOMENTS, 1) if count else 2 * half + 1
        index = skipped = used = 0
        while used + skipped < _MOMENTS:
            there, frame = capture.read()
            if not there:
                break
            window.append(_prepare(np.asarray(frame, np.uint8)))
            index += 1
            if len(window) < 2 * half + 1 or (index - 2 * half - 1) % stride:
                continue
            rungs = exposure_ladder(list(window), exposures)
            skipped += not rungs
            used += bool(rungs)
            if rungs:
                yield Moment(window[half], rungs)
        if index < 3:
            raise TrainerError(f"{path.name} has fewer than three frames that can be read.")
        if skipped:
            notes.append(f"{path.name}: {skipped} moments lie too near to a cut between scenes.")
    finally:
        capture.release()


def _prepare(frame: Frame) -> Frame:
    """BGR as decoded to RGB, at most 720 px on the short side."""
    height, width = frame.shape[:2]
    zoom = _SHORT_SIDE / min(height, width)
    if zoom < 1:
        size = round(width * zoom), round(height * zoom)
        frame = np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8)
