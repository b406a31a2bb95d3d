"""REDS (Nah et al., NTIRE 2019): clips of sharp and really blurred frames, and the motion between them.

Layout: `train/train_sharp/000/00000000.png`, `train/train_blur/000/00000000.png`; `val` likewise.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.photo.image import PhotoError
from fxdiffuse_gui.photo.reader import read_pixels
from trainer.data.clips import BlurredFrame
from trainer.data.exposures import Exposure
from trainer.data.optical_flow import Frame, central_motion
from trainer.data.pack import Split
from trainer.errors import TrainerError

DUTY = 0.8
"""Exposure time over the time between frames: REDS averages 65 of 80 steps."""

_MAX_FRAMES = 10  # of a clip's 100 frames; neighbors show nearly the same


def find_clips(folder: Path) -> list[tuple[Path, Split | None]]:
    """Folders of sharp frames that have blurry counterparts. REDS' own validation clips keep that split.

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
            "{folder} has no clips; REDS is laid out as train/train_sharp/000/00000000.png next to"
            " train/train_blur/000/00000000.png.",
            folder=folder,
        )
    return found


def clip_sha256(clip: Path) -> str:
    """SHA-256 over the names and contents of a clip's sharp frames, in hex."""
    digest = hashlib.sha256()
    for frame in _frames(clip):
        digest.update(f"{frame.name}:{file_sha256(frame)[0]};".encode())
    return digest.hexdigest()


def reds_frames(clip: Path, notes: list[str]) -> Iterator[BlurredFrame]:
    """Ten evenly spaced frames of a clip with their real blur. `notes` gets a sentence per skipped frame.

    Raises TrainerError when no frame of the clip is usable.
    """
    blur = clip.parent.parent / clip.parent.name.replace("_sharp", "_blur") / clip.name
    frames = _frames(clip)
    usable = 0
    for index in sorted({round(i) for i in np.linspace(0, len(frames) - 1, min(_MAX_FRAMES, len(frames)))}):
        sharp = _read(frames[index], notes)
        blurry = _read(blur / frames[index].name, notes)
        if sharp is None or blurry is None:
            continue
        if sharp.shape != blurry.shape:
            notes.append(f"{frames[index].name} of {clip.name} differs in size from its blurry frame.")
            continue
        neighbors = [
            _read(frames[n], notes) if 0 <= n < len(frames) else None for n in (index - 1, index + 1)
        ]
        before, after = (n if n is not None and n.shape == sharp.shape else None for n in neighbors)
        if before is None and after is None:
            notes.append(f"{frames[index].name} of {clip.name} has no neighbor to measure motion with.")
            continue
        usable += 1
        yield BlurredFrame(sharp, [Exposure(blurry, central_motion(sharp, before, after, DUTY))])
    if not usable:
        reason = notes[0] if notes else "it is empty."
        raise TrainerError("The clip {clip} has no usable frame: {reason}", clip=clip, reason=reason)


def _frames(clip: Path) -> list[Path]:
    return sorted(p for p in clip.iterdir() if p.suffix.lower() in (".png", ".jpg", ".jpeg"))


def _read(path: Path, notes: list[str]) -> Frame | None:
    """The frame, or None and a note when it cannot be read."""
    try:
        return (read_pixels(path) * 255).round().astype(np.uint8)
    except PhotoError as error:
        notes.append(str(error))
        return None
