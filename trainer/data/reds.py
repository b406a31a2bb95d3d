"""REDS (Nah et al. 2019): clips of sharp frames beside the really blurred ones, and what moved between them.

Layout: `train/train_sharp/000/00000000.png`, `train/train_blur/000/00000000.png`; `val` likewise.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_pixels
from trainer.data.blur_ladder import Exposure
from trainer.data.clips import Moment
from trainer.data.optical_flow import Frame, central_motion
from trainer.data.packfile import Split
from trainer.errors import TrainerError

DUTY = 0.8
"""The share of the time between frames that REDS averages over: 65 of 80 steps."""

_MOMENTS = 10  # of a clip's 100 frames; neighbors show nearly the same


def find_clips(folder: Path) -> list[tuple[Path, Split | None]]:
    """Folders of sharp frames with blurry ones beside them; REDS' own validation clips stay such.

    Raises TrainerError when there are none.
    """
    found: list[tuple[Path, Split | None]] = []
    parts: tuple[tuple[str, Split | None], ...] = (("train", None), ("val", "validation"))
    for part, split in parts:
        sharp, blur = folder / part / f"{part}_sharp", folder / part / f"{part}_blur"
        if sharp.is_dir() and blur.is_dir():
            clips = sorted(p for p in sharp.iterdir() if p.is_dir() and (blur / p.name).is_dir())
            found.extend((clip, split) for clip in clips)
    if not found:
        raise TrainerError(
            f"{folder} has no clips; REDS is laid out as train/train_sharp/000/00000000.png beside"
            " train/train_blur/000/00000000.png."
        )
    return found


def clip_digest(clip: Path) -> str:
    """SHA-256 over the names and contents of a clip's sharp frames."""
    digest = hashlib.sha256()
    for frame in _frames(clip):
        digest.update(f"{frame.name}:{hashlib.sha256(frame.read_bytes()).hexdigest()};".encode())
    return digest.hexdigest()


def reds_moments(clip: Path, notes: list[str]) -> Iterator[Moment]:
    """Evenly spaced frames of a clip with their real blur. What is skipped is said in `notes`.

    Raises TrainerError when no frame of the clip is usable.
    """
    blur = clip.parent.parent / clip.parent.name.replace("_sharp", "_blur") / clip.name
    frames = _frames(clip)
    usable = 0
    for index in sorted({round(i) for i in np.linspace(0, len(frames) - 1, min(_MOMENTS, len(frames)))}):
        sharp = _read(frames[index], notes)
        blurry = _read(blur / frames[index].name, notes)
        if sharp is None or blurry is None:
            continue
        if sharp.shape != blurry.shape:
            notes.append(f"{frames[index].name} of {clip.name} has another size than its blurry frame.")
            continue
        sides = [_read(frames[n], notes) if 0 <= n < len(frames) else None for n in (index - 1, index + 1)]
        before, after = (side if side is not None and side.shape == sharp.shape else None for side in sides)
        if before is None and after is None:
            notes.append(f"{frames[index].name} of {clip.name} has no neighbor to measure motion by.")
            continue
        usable += 1
        yield Moment(sharp, [Exposure(blurry, central_motion(sharp, before, after, DUTY))])
    if not usable:
        reason = notes[0] if notes else "it is empty."
        raise TrainerError(f"The clip {clip} has no usable frame: {reason}")


def _frames(clip: Path) -> list[Path]:
    return sorted(p for p in clip.iterdir() if p.suffix.lower() in (".png", ".jpg", ".jpeg"))


def _read(path: Path, notes: list[str]) -> Frame | None:
    try:
        return (read_pixels(path) * 255).round().astype(np.uint8)
    except PhotoError as error:
        notes.append(str(error))
        return None
