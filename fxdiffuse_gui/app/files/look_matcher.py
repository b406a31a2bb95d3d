"""`Matcher`: reads a photo whose look is wanted, and has the look estimated, off the drawing thread."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from fxdiffuse_gui.app.error_text import error_sentence
from fxdiffuse_gui.app.files.qimage import from_qimage
from fxdiffuse_gui.core.i18n import tr, tr_noop
from fxdiffuse_gui.document.edit_state import Reference
from fxdiffuse_gui.engine.conditions.condition import FloatImage, image_hash
from fxdiffuse_gui.engine.conditions.look_estimate import LookEstimate

_LOOK_MS = 30
_SMALL_SIDE = 640
_LOSSLESS = frozenset({"png", "tiff", "bmp", "raw"})
"""Formats that keep the fine noise; the others may, but mostly do not."""

Estimator = Callable[[FloatImage, bool, threading.Event], LookEstimate]
"""Pixels (H, W, 3) in [0, 1], whether they were compressed with loss, and what calls it off."""


@dataclass(frozen=True, eq=False)
class FoundLook:
    """The photo that was looked at, as a reference for the colors, and what it tells of the rest.

    `small` is the photo with at most 640 pixels a side, to be shown.
    """

    reference: Reference
    look: LookEstimate
    small: FloatImage


class Matcher(QObject):
    """Estimates one photo at a time: another one, or `stop`, calls the last one off."""

    found = Signal(object)
    """FoundLook."""
    failed = Signal(str)
    """Why the photo could not be looked at: one sentence."""

    def __init__(self, estimator: Estimator | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._estimate = estimator or _estimate_look
        self._cancel = threading.Event()
        self._name = ""
        self._awaited: Future[FoundLook] | None = None
        # Looking is safer than being told: this object may be gone when the estimate is there.
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._collect)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._awaited is not None

    def look_at(self, path: Path) -> None:
        """Looks at the photo at `path`; `found` or `failed` follows."""
        self._begin(path.name, lambda: _read(path))

    def look_at_image(self, image: QImage) -> None:
        """Looks at a picture without a file. Those come from browsers, so it counts as compressed."""
        copy = image.copy()
        self._begin(tr("The picture"), lambda: (_dropped(copy), True))

    def stop(self) -> None:
        """Calls off what is being looked at: nothing follows."""
        self._cancel.set()
        self._awaited = None
        self._look.stop()

    def _begin(self, name: str, read: Callable[[], tuple[Reference, bool]]) -> None:
        self.stop()
        self._name = name
        self._cancel = cancel = threading.Event()
        estimate = self._estimate

        def work() -> FoundLook:
            reference, lossy = read()
            look = estimate(reference.pixels, lossy, cancel)
            return FoundLook(reference, look, _shrunk(reference.pixels))

        self._awaited = _worker().submit(work)
        self._look.start()

    def _collect(self) -> None:
        awaited = self._awaited
        if awaited is None or not awaited.done():
            return
        self._awaited = None
        self._look.stop()
        error = awaited.exception()
        if isinstance(error, Exception):
            self.failed.emit(error_sentence(error, tr_noop("{name} could not be looked at"), name=self._name))
        else:
            self.found.emit(awaited.result())


@cache
def _worker() -> ThreadPoolExecutor:
    """The one thread that estimates."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="matcher")


def _read(path: Path) -> tuple[Reference, bool]:
    from fxdiffuse_gui.photo.codecs.sniff import sniff_format
    from fxdiffuse_gui.photo.reader import read_pixels

    pixels = read_pixels(path)
    reference = Reference(path.name, path, pixels, image_hash(pixels) or "")
    return reference, sniff_format(path) not in _LOSSLESS


def _dropped(image: QImage) -> Reference:
    samples, _ = from_qimage(image)
    pixels = samples.astype(np.float32) / np.float32(255)
    return Reference(tr("Dropped picture"), None, pixels, image_hash(pixels) or "")


def _shrunk(pixels: FloatImage) -> FloatImage:
    import cv2

    scale = _SMALL_SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)


def _estimate_look(pixels: FloatImage, lossy: bool, cancel: threading.Event) -> LookEstimate:
    """The engine's own. torch is imported now, in the thread that waits for it anyway."""
    import torch

    from fxdiffuse_gui.engine.measure.match import estimate_look

    torch.set_num_threads(1)  # of this thread: the model's picture is to come all the same
    return estimate_look(pixels, lossy=lossy, cancel=cancel)
