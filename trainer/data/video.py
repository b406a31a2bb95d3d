"""Videos as sources of blur: evenly spaced frames of a file, each at several exposure lengths."""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from trainer.data.clips import BlurredFrame
from trainer.data.exposures import exposure_series
from trainer.data.optical_flow import Frame
from trainer.errors import TrainerError

_MAX_FRAMES = 24
_SHORT_SIDE = 720  # larger videos are reduced: sharper, and as large as REDS
_MAX_PIXELS = 1 << 26


def video_frames(path: Path, lengths: Sequence[float], notes: list[str]) -> Iterator[BlurredFrame]:
    """At most 24 frames of a video, spread over its length, exposed for each of `lengths` (in frames).

    Frames too close to a cut between scenes are left out; `notes` gets their number. Raises TrainerError when
    the file cannot be read as a video or has fewer than three frames.
    """
    capture = cv2.VideoCapture(str(path))
    try:
        if not capture.isOpened():
            raise TrainerError("{name} cannot be read as a video.", name=path.name)
        width, height = (capture.get(p) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if not 0 < width * height <= _MAX_PIXELS:
            raise TrainerError(
                "{name} has frames of {width:.0f} × {height:.0f} px, which is too large.",
                name=path.name,
                width=width,
                height=height,
            )
        count = max(int(capture.get(cv2.CAP_PROP_FRAME_COUNT)), 0)
        half = max(math.ceil(max(lengths) / 2), 1)
        if count:
            half = min(half, max((count - 1) // 2, 1))
        window: deque[Frame] = deque(maxlen=2 * half + 1)
        stride = max((count - 2 * half) // _MAX_FRAMES, 1) if count else 2 * half + 1
        index = skipped = used = 0
        while used + skipped < _MAX_FRAMES:
            was_read, frame = capture.read()
            if not was_read:
                break
            window.append(_prepare(np.asarray(frame, np.uint8)))
            index += 1
            if len(window) < 2 * half + 1 or (index - 2 * half - 1) % stride:
                continue
            exposures = exposure_series(list(window), lengths)
            skipped += not exposures
            used += bool(exposures)
            if exposures:
                yield BlurredFrame(window[half], exposures)
        if index < 3:
            raise TrainerError("{name} has fewer than three frames that can be read.", name=path.name)
        if skipped:
            notes.append(f"{path.name}: {skipped} frames are too close to a cut between scenes.")
    finally:
        capture.release()


def _prepare(frame: Frame) -> Frame:
    """A decoded BGR frame as RGB, at most 720 px on the short side."""
    height, width = frame.shape[:2]
    zoom = _SHORT_SIDE / min(height, width)
    if zoom < 1:
        size = round(width * zoom), round(height * zoom)
        frame = np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8)
