"""`Matcher`: reads a photo and estimates its look, off the window's thread."""

import atexit
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.background import BackgroundThread, LatestTask
from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.files.qimage import from_qimage
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.engine.conditions.condition import FloatImage
from fxdiffuse_gui.engine.conditions.look_estimate import LookEstimate

_SMALL_SIDE = 640
_LOSSLESS = frozenset({"png", "tiff", "bmp", "raw"})
"""Formats that keep the fine noise; the others may, but mostly do not."""

Estimator = Callable[[FloatImage, bool, threading.Event], LookEstimate]
"""Pixels (H, W, 3) in [0, 1], whether they were compressed with loss, and the event that cancels it."""


@dataclass(frozen=True, eq=False)
class FoundLook:
    """The photo as a reference for the colors, and the estimate of its look.

    `small` is the photo with at most 640 pixels a side, to be shown.
    """

    reference: Reference
    look: LookEstimate
    small: FloatImage


class Matcher(QObject):
    """Estimates one photo at a time: another one, or `stop`, cancels the last one."""

    found = Signal(object)
    """FoundLook."""
    failed = Signal(str)
    """Why the photo could not be looked at: one sentence."""

    def __init__(self, estimator: Estimator | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._estimate = estimator or _estimate_look
        self._task = LatestTask(_thread())
        # The thread outlives this object.
        self.destroyed.connect(self._task.cancel)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._task.is_busy

    def look_at(self, path: Path) -> None:
        """Looks at the photo at `path`; `found` or `failed` follows."""
        self._begin(path.name, lambda: _read(path))

    def look_at_image(self, image: QImage) -> None:
        """Looks at a picture without a file. Such pictures come from browsers, so it counts as compressed."""
        copy = image.copy()
        self._begin(tr("The picture"), lambda: (_dropped(copy), True))

    def stop(self) -> None:
        """Stops looking: nothing follows."""
        self._task.cancel()

    def _begin(self, name: str, read: Callable[[], tuple[Reference, bool]]) -> None:
        estimate = self._estimate

        def work(cancel: threading.Event) -> FoundLook:
            reference, lossy = read()
            look = estimate(reference.pixels, lossy, cancel)
            return FoundLook(reference, look, _shrunk(reference.pixels))

        def failed(error: Exception) -> None:
            self.failed.emit(error_sentence(error, tr_noop("{name} could not be looked at"), name=name))

        self._task.submit(work, self.found.emit, failed)


@cache
def _thread() -> BackgroundThread:
    """The one thread that estimates, for as long as the program runs."""
    thread = BackgroundThread("matcher")
    thread.start()
    atexit.register(thread.close)
    return thread


def _read(path: Path) -> tuple[Reference, bool]:
    from fxdiffuse_gui.photo.codecs.sniff import sniff_format

    reference = Reference.read(path)
    return reference, sniff_format(path) not in _LOSSLESS


def _dropped(image: QImage) -> Reference:
    samples, _ = from_qimage(image)
    return Reference.of_pixels(tr("Dropped picture"), None, as_float(samples))


def _shrunk(pixels: FloatImage) -> FloatImage:
    import cv2

    scale = _SMALL_SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)


def _estimate_look(pixels: FloatImage, lossy: bool, cancel: threading.Event) -> LookEstimate:
    """The engine's estimate. Imports torch, in this thread."""
    import torch

    from fxdiffuse_gui.engine.measure.match import estimate_look

    torch.set_num_threads(1)  # of this thread only: the preview needs the processor
    return estimate_look(pixels, lossy=lossy, cancel=cancel)
